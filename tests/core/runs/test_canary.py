"""A canary key and a private folder are planted in every kind of failure, then looked for in every file left.

The key must be in none of them; the folder in the application's log only.
"""

import base64
import json
import logging
import queue
import sqlite3
import subprocess
import sys
import threading
import unicodedata
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote

import pytest

from genglossary_gui.core import app_log, errors
from genglossary_gui.core.errors import UserFacingError
from genglossary_gui.core.glossary import Level, RunStatus, Step
from genglossary_gui.core.pipeline import ExecutionContext, PipelineExecutor
from genglossary_gui.core.runs import failures
from genglossary_gui.core.runs.job import Ended
from genglossary_gui.core.runs.manager import RunManager
from genglossary_gui.core.settings import RunSettings
from genglossary_gui.core.store import projects, runs
from genglossary_gui.core.store.connection import connect, transaction
from tests.support import PATIENCE, SimpleEngine, make_project

CANARY = "canary-7c1e5b0a-93d4-4f62-8e0d-5a1b2c3d4e5f"
PRIVATE = "家族が wilma-4b8d"
FOLDER = f"/mnt/{PRIVATE}/clients"
FILE = f"{FOLDER}/plan of 3.txt"
BASIC = base64.b64encode(f"ann:{CANARY}".encode()).decode()
LOADED = "\n".join(
    [
        f"asked with Authorization: Bearer {CANARY}",
        f"{{'proxy-authorization': 'Basic {BASIC}', 'x-api-key': '{CANARY}'}}",
        f"https://ann:p@{CANARY}@host.example/x?page=1&key={CANARY}&b=2",
        f'{{"api_key": "sk-{CANARY}", "password": "a {CANARY}"}} SERVICE_API_KEY={CANARY}',
        f"Set-Cookie: id={CANARY}; Path=/",
        f"cannot read '{FILE}' nor {FOLDER}/x.txt (file://{quote(FILE)})",
        f"nor {json.dumps(FILE)}, {FILE!a}, C:\\{PRIVATE}\\x.txt, \\\\server\\{PRIVATE}\\x.txt",
    ]
)
S = RunStatus
Run = Callable[[sqlite3.Connection, ExecutionContext], object]


def in_any_encoding(*values: str) -> dict[str, bytes]:
    """Every spelling of the values in which a file could hold them."""
    spellings: dict[str, bytes] = {}
    for value in values:
        for form in ("NFC", "NFD"):
            text = unicodedata.normalize(form, value)
            for encoding in ("utf-8", "utf-16-le", "utf-16-be"):
                spellings[f"{value} {form} {encoding}"] = text.encode(encoding)
            spellings[f"{value} {form} percent"] = quote(text).encode()
            spellings[f"{value} {form} json"] = json.dumps(text)[1:-1].encode()
            spellings[f"{value} {form} bytes"] = repr(text.encode())[2:-1].encode()
            for shift in range(3):
                coded = base64.b64encode(b" " * shift + text.encode())
                spellings[f"{value} {form} base64 {shift}"] = coded[4:-4]
    return spellings


KEYS = in_any_encoding(CANARY, CANARY.removeprefix("canary-"))
PLACES = in_any_encoding(PRIVATE, PRIVATE.split(" ")[0], PRIVATE.split(" ")[1])


# --- what may go wrong ------------------------------------------------------------------------------


class Unshowable(Exception):
    def __str__(self) -> str:
        raise ValueError(LOADED)

    __repr__ = __str__


class Talkative(Exception):
    def __str__(self) -> str:
        return LOADED


class Base(BaseException):
    """Neither an error nor a cancel."""


class UnshowableSentence(UserFacingError):
    def __str__(self) -> str:
        raise ValueError(LOADED)


class NotText(Exception):
    def __str__(self) -> str:
        return LOADED.encode()  # type: ignore[return-value]


def chained(*, cause: bool) -> BaseException:
    try:
        try:
            raise OSError(2, LOADED, FILE)
        except OSError as error:
            if cause:
                raise RuntimeError("outer") from error
            raise KeyError(LOADED)  # noqa: B904  (the context is the point)
    except (RuntimeError, KeyError) as error:
        return error


def noted() -> BaseException:
    error = ValueError("see the note")
    error.add_note(LOADED)
    return error


def in_local_variable() -> BaseException:
    key = LOADED
    try:
        raise ValueError(f"{key=}")
    except ValueError as error:
        return error


ERRORS: dict[str, Callable[[], BaseException]] = {
    "text": lambda: ValueError(LOADED),
    "bytes": lambda: ValueError(LOADED.encode()),
    "headers": lambda: ValueError({"Authorization": f"Bearer {CANARY}", b"X-Api-Key": [CANARY.encode()]}),
    "several arguments": lambda: ValueError("x-api-key", ("token", CANARY), {"password": CANARY}, Path(FILE)),
    "key": lambda: KeyError(LOADED),
    "cause": lambda: chained(cause=True),
    "context": lambda: chained(cause=False),
    "note": noted,
    "local variable": in_local_variable,
    "group": lambda: ExceptionGroup(LOADED, [ValueError(LOADED), ExceptionGroup("inner", [OSError(2, LOADED, FILE)])]),
    "base group": lambda: BaseExceptionGroup("several", [KeyboardInterrupt(LOADED), Base(LOADED)]),
    "interrupt": lambda: KeyboardInterrupt(LOADED),
    "exit": lambda: SystemExit(LOADED),
    "generator exit": lambda: GeneratorExit(LOADED),
    "base": lambda: Base(LOADED),
    "unshowable": Unshowable,
    "unshowable inside": lambda: ValueError(Unshowable()),
    "not text": NotText,
    "talkative": Talkative,
    "no file": lambda: FileNotFoundError(2, "No such file or directory", FILE),
    "two files": lambda: OSError(18, "Invalid cross-device link", FILE, None, f"{FOLDER}/b.txt"),
    "denied, by others": lambda: PermissionError(13, LOADED, FILE),
    "bare system error": lambda: OSError(LOADED),
    "connection": lambda: ConnectionError(LOADED),
    "time": lambda: TimeoutError(LOADED),
    "decoding": lambda: UnicodeDecodeError("utf-8", f"password={CANARY}".encode(), 0, 3, LOADED),
    "program": lambda: subprocess.CalledProcessError(1, ["x", f"--api-key={CANARY}", FILE], output=LOADED),
    "syntax": lambda: SyntaxError(LOADED, (FILE, 1, 1, LOADED)),
    "import": lambda: ImportError(LOADED, name="x", path=FILE),
    "json": lambda: json.JSONDecodeError(LOADED, LOADED, 3),
    "memory": lambda: MemoryError(LOADED),
    "assertion": lambda: AssertionError(LOADED),
    "database": lambda: sqlite3.DatabaseError(LOADED),
    "locked": lambda: sqlite3.OperationalError(LOADED),
    "constraint": lambda: sqlite3.IntegrityError(LOADED),
    "sentence": lambda: UserFacingError(LOADED),
    "hint": lambda: UserFacingError("It did not work.", hint=LOADED),
    "unquoted place": lambda: UserFacingError(f"The file {FILE} is gone.", hint=f"Put it back into {FOLDER}/."),
    "unshowable sentence": lambda: UnshowableSentence("x"),
    **{
        name: lambda kind=kind: kind(LOADED, hint=LOADED)
        for name, kind in vars(errors).items()
        if isinstance(kind, type) and issubclass(kind, UserFacingError)
    },
}


def raising(name: str) -> Run:
    def work(connection: sqlite3.Connection, context: ExecutionContext) -> None:
        raise ERRORS[name]()

    return work


def really_raising(sql: str) -> Run:
    return lambda connection, context: connection.execute(sql)


def nested(connection: sqlite3.Connection, context: ExecutionContext) -> None:
    def deeper(message: str) -> None:
        deeper(message)

    deeper(LOADED)


def while_writing(connection: sqlite3.Connection, context: ExecutionContext) -> None:
    with transaction(connection):
        context.log(LOADED, level=Level.ERROR)
        raise ValueError(LOADED)


def stopped_generator(connection: sqlite3.Connection, context: ExecutionContext) -> None:
    def numbers() -> Iterator[int]:
        raise StopIteration(LOADED)
        yield 1

    list(numbers())


FAILURES: dict[str, Run] = {
    **{name: raising(name) for name in ERRORS},
    "real table": really_raising(f'SELECT * FROM "password={CANARY} {FILE}"'),
    "real syntax": really_raising(f"SELEC '{FILE}' sk-{CANARY}"),
    "real constraint": really_raising(f"INSERT INTO sources (id, path) VALUES ('password={CANARY}', NULL)"),
    "real file": lambda connection, context: Path(FILE).read_text(),
    "real json": lambda connection, context: json.loads(LOADED),
    "real decoding": lambda connection, context: (b"\xff" + LOADED.encode()).decode(),
    "real program": lambda connection, context: subprocess.run([FILE, f"--token={CANARY}"], check=True),
    "recursion": nested,
    "in a transaction": while_writing,
    "stopped generator": stopped_generator,
}
TALK: dict[str, Run] = {
    "info": lambda connection, context: context.log(LOADED),
    "warning": lambda connection, context: context.log(LOADED, level=Level.WARNING),
    "error": lambda connection, context: context.log(LOADED, level=Level.ERROR),
    "warning of an engine": lambda connection, context: context.work().warn(LOADED),
    "document": lambda connection, context: context.log("Not read", document=FILE),
    "document, loaded": lambda connection, context: context.log("Not read", document=LOADED),
    "term": lambda connection, context: context.log("Defined", term=LOADED),
    "many": lambda connection, context: [context.log(LOADED) for _ in range(500)],
    "bytes": lambda connection, context: context.log(repr(LOADED.encode())),
    "json": lambda connection, context: context.log(json.dumps({"error": json.dumps(LOADED)})),
    "surrogates": lambda connection, context: context.log(f"\udce9{LOADED}", document="a\udce9", term="b\udce9"),
    "own folders": lambda connection, context: [
        context.log(f"in {folder}/secret plans/x.txt") for folder in projects.source_ids(connection).values()
    ],
}


# --- how it is run ----------------------------------------------------------------------------------


@dataclass
class Steps:
    """An executor whose work is a function; keeps the contract of ``PipelineExecutor``."""

    work: Run

    def execute(self, connection: sqlite3.Connection, scope: object, context: ExecutionContext) -> bool:
        context.progress.begin(Step.SCAN, 3)
        self.work(connection, context)
        return context.token.is_cancelled


@dataclass
class Runner:
    """Carries out one run after the other in a thread of its own, and records the end."""

    project: Path
    ends: "queue.SimpleQueue[tuple[int, Ended]]" = field(default_factory=queue.SimpleQueue)
    on_change: Callable[[int, int], None] = lambda run_id, last: None

    def carry_out(self, executor: object, **parts) -> runs.RunRow:
        manager = RunManager(self.project, executor, self._launch, **parts)  # type: ignore[arg-type]
        try:
            manager.start_run("full")
            run_id, ended = self.ends.get(timeout=PATIENCE)
            with suppress(sqlite3.Error):
                while not manager.record_end(run_id, ended):
                    pass
        finally:
            manager.close()
        return self.last_row()

    def last_row(self) -> runs.RunRow:
        with closing(connect(self.project)) as connection:
            row = runs.get_run(connection, connection.execute("SELECT MAX(id) FROM runs").fetchone()[0])
        assert row is not None
        return row

    def _launch(self, job) -> None:
        thread = threading.Thread(target=lambda: self.ends.put((job.run_id, job.carry_out(self.on_change))))
        thread.start()
        thread.join(PATIENCE)


@pytest.fixture
def runner(tmp_path, monkeypatch):
    """A project, and the application's log in its file."""
    root = logging.getLogger("genglossary_gui")
    before, level = list(root.handlers), root.level
    for module, hook in [(sys, "excepthook"), (threading, "excepthook"), (sys, "unraisablehook")]:
        monkeypatch.setattr(module, hook, getattr(module, hook))
    app_log.start_logging()
    yield Runner(make_project(tmp_path / "documents of a person", "The Lock and the Weir."))
    for handler in [handler for handler in root.handlers if handler not in before]:
        root.removeHandler(handler)
        handler.close()
    root.setLevel(level)


def assert_nothing_leaked(project: Path) -> None:
    """The bytes of the database (with what was deleted or not yet moved into it) and of the log."""
    places = {path: {**KEYS, **PLACES} for path in project.parent.glob(f"{project.name}*")}
    places |= dict.fromkeys(app_log.log_file().parent.iterdir(), KEYS)
    assert project in places
    found = [
        (path.name, spelling)
        for path, spellings in places.items()
        for spelling, needle in spellings.items()
        if needle in path.read_bytes()
    ]
    assert not found


def assert_readable(sentence: str) -> None:
    assert sentence.strip()
    assert sentence.isprintable()


def test_the_canary_would_be_found(runner):
    """The look-out itself: every spelling is seen where nothing is redacted."""
    for spelling in (LOADED, json.dumps(LOADED), quote(LOADED), LOADED.encode("utf-16").decode("latin-1")):
        with closing(connect(runner.project)) as connection:
            connection.execute("INSERT OR REPLACE INTO project VALUES ('x', ?)", (spelling,))
        with pytest.raises(AssertionError):
            assert_nothing_leaked(runner.project)


@pytest.mark.expected_logs("failed")
@pytest.mark.parametrize("name", FAILURES)
def test_r88_a_failure_leaves_no_trace_of_key_or_place(runner, name):
    row = runner.carry_out(Steps(FAILURES[name]))
    assert row.status is S.FAILED
    assert_readable(row.error)
    assert_nothing_leaked(runner.project)
    with closing(connect(runner.project)) as connection:
        text = failures.report(connection, row)
    assert not any(needle in text.encode() for needle in (KEYS | PLACES).values())


@pytest.mark.expected_logs("failed")
@pytest.mark.parametrize("name", ["text", "cause", "no file", "hint", "group", "interrupt", "unshowable"])
def test_r88_nor_does_the_failure_of_an_engine(runner, name):
    executor = PipelineExecutor(make_engine=lambda settings: SimpleEngine(error=ERRORS[name]()))
    row = runner.carry_out(executor)
    assert (row.status, row.step) == (S.FAILED, Step.GENERATE)
    assert_readable(row.error)
    assert_nothing_leaked(runner.project)


@pytest.mark.parametrize("name", TALK)
def test_r88_nor_does_what_a_run_says(runner, name):
    row = runner.carry_out(Steps(TALK[name]))
    assert (row.status, row.error) == (S.COMPLETED, "")
    assert_nothing_leaked(runner.project)


def test_r88_places_below_the_own_folders_keep_the_name_of_the_file_only(runner):
    runner.carry_out(Steps(TALK["own folders"]))
    with closing(connect(runner.project)) as connection:
        texts = [row[0] for row in connection.execute("SELECT message FROM log_records")]
    assert "in …/x.txt" in texts
    assert not any("person" in text or "secret plans" in text for text in texts)


def test_what_a_record_names_stays(runner):
    runner.carry_out(Steps(lambda connection, context: context.log("Not read", document="a b/c.txt", term="key/値")))
    with closing(connect(runner.project)) as connection:
        assert ("a b/c.txt", "key/値") in connection.execute("SELECT document, term FROM log_records").fetchall()


@pytest.mark.expected_logs("telling of run")
def test_r88_nor_does_a_listener_that_fails(runner):
    def fail(run_id: int, last: int) -> None:
        raise ValueError(LOADED)

    runner.on_change = fail
    assert runner.carry_out(Steps(TALK["info"])).status is S.COMPLETED
    assert_nothing_leaked(runner.project)


@pytest.mark.expected_logs("a cancel callback failed")
def test_r88_nor_does_a_cancel_whose_callback_fails(runner):
    def fail() -> None:
        raise ValueError(LOADED)

    def work(connection: sqlite3.Connection, context: ExecutionContext) -> None:
        with context.token.on_cancel(fail):
            context.token.request()
        raise ValueError(LOADED)

    row = runner.carry_out(Steps(work))
    assert (row.status, row.error) == (S.CANCELLED, "")
    assert_nothing_leaked(runner.project)


@pytest.mark.expected_logs("could not be started")
@pytest.mark.parametrize("name", ["text", "hint", "no file", "interrupt", "unshowable", "unshowable sentence"])
def test_r88_nor_does_a_run_that_cannot_be_launched(runner, name):
    def launch(job) -> None:
        raise ERRORS[name]()

    manager = RunManager(runner.project, Steps(lambda connection, context: None), launch)  # type: ignore[arg-type]
    with suppress(BaseException):
        manager.start_run("full")
    for run_id, ended in manager.unrecorded():
        assert manager.record_end(run_id, ended)
    manager.close()
    row = runner.last_row()
    assert row.status is S.FAILED
    assert_readable(row.error)
    assert_nothing_leaked(runner.project)


@pytest.mark.expected_logs("failed")
@pytest.mark.parametrize("name", ["locked", "hint", "no file"])
@pytest.mark.parametrize("number", [2, 3])
def test_r88_nor_does_a_project_that_cannot_be_opened(runner, name, number):
    """Connections are opened to recover, to insert, by the run, and to record its end: one of them fails."""
    opened = []

    def open_project(*arguments, **options) -> sqlite3.Connection:
        opened.append(1)
        if len(opened) == number + 1:
            raise ERRORS[name]()
        return connect(*arguments, **options)

    row = runner.carry_out(Steps(lambda connection, context: None), make_connection=open_project)
    assert row.status in (S.FAILED, S.COMPLETED)
    assert len(opened) > number
    assert_nothing_leaked(runner.project)


@pytest.mark.parametrize(
    "settings",
    [
        RunSettings(documents_language=f"https://ann:{CANARY}@host.example/"),
        RunSettings(documents_language=FILE),
    ],
)
def test_r88_settings_that_are_none_are_not_stored(runner, settings):
    manager = RunManager(runner.project, Steps(TALK["info"]), runner._launch)  # type: ignore[arg-type]
    manager.start_run("full", settings=settings)
    assert manager.record_end(*runner.ends.get(timeout=PATIENCE))
    manager.close()
    assert_nothing_leaked(runner.project)


@pytest.mark.parametrize("kind", ["sentence", "log"])
def test_r88_the_own_folders_are_known_whatever_their_name(tmp_path, runner, kind):
    """Without quotes nobody could tell where such a name ends."""
    runner.project = make_project(tmp_path / "notes from my talks with the wilma family about work", "The Weir.")

    def work(connection: sqlite3.Connection, context: ExecutionContext) -> None:
        for folder in projects.source_ids(connection).values():
            context.log(f"reading {folder}/x.txt")
            if kind == "sentence":
                raise UserFacingError(f"The folder {folder} is gone.", hint=f"Was {quote(str(folder))} moved?")

    row = runner.carry_out(Steps(work))
    with closing(connect(runner.project)) as connection:
        texts = [text for (text,) in connection.execute("SELECT message FROM log_records")]
    assert row.status is (S.FAILED if kind == "sentence" else S.COMPLETED)
    assert not any(word in text for text in [row.error, *texts] for word in ("wilma", "talks"))


@pytest.mark.expected_logs("failed")
@pytest.mark.parametrize("text", ["a\udce9b", "a\0b", "a\nb\x1b[31m", "a\u202eb"])
def test_r84_a_failure_with_odd_characters_is_recorded_in_one_line(runner, text):
    def work(connection: sqlite3.Connection, context: ExecutionContext) -> None:
        raise UserFacingError(f"It failed: {text}.")

    row = runner.carry_out(Steps(work))
    assert row.status is S.FAILED
    assert_readable(row.error)
