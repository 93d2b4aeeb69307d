"""Real records in a real file: secrets in no part of it, tracebacks whole."""

import logging
import subprocess
import sys
import threading
from contextlib import closing, suppress
from pathlib import Path

import pytest

from genglossary_gui.core import app_log

KEY = "sk-canarykey0123456789"
HEADER = "Authorization: Bearer canarykey-0123"


class Unshowable:
    def __str__(self):
        raise RuntimeError(KEY)

    __repr__ = __str__


@pytest.fixture
def log(monkeypatch):
    """A logger of the package, with the file and the hooks in place for one test."""
    root = logging.getLogger("genglossary_gui")
    before, level = list(root.handlers), root.level
    for module, hook in [(sys, "excepthook"), (threading, "excepthook"), (sys, "unraisablehook")]:
        monkeypatch.setattr(module, hook, getattr(module, hook))
    app_log.start_logging()
    yield logging.getLogger("genglossary_gui.test")
    for handler in [handler for handler in root.handlers if handler not in before]:
        root.removeHandler(handler)
        handler.close()
    root.setLevel(level)


def written() -> str:
    return app_log.log_file().read_text(encoding="utf-8")


def raise_chained() -> None:
    try:
        raise OSError(2, "No such file", f"/data/wilma/{KEY}.txt")
    except OSError as error:
        try:
            raise ValueError({"Authorization": "Bearer canarykey-0123"}, b"x-api-key: canarykey")
        except ValueError:
            problem = RuntimeError("https://ann:canarykey@host.example/")
            problem.add_note(f"asked with {HEADER}")
            raise problem from ExceptionGroup("several", [error, ValueError("password=canarykey")])


def test_messages_and_arguments_hold_no_secret(log):
    log.info("asked %s with %s", "https://ann:canarykey@host.example/", {"api_key": "canarykey"})
    log.info(HEADER)
    log.info("%(token)s", {"token": KEY})
    text = written()
    assert "canarykey" not in text
    assert text.count("\n") == 3
    assert "https://•••@host.example/" in text


@pytest.mark.expected_logs("it failed")
def test_r87_tracebacks_are_whole_but_for_their_secrets(log):
    try:
        raise_chained()
    except RuntimeError:
        log.exception("it failed")
    text = written()
    assert "canarykey" not in text
    for part in [
        "Traceback",
        "RuntimeError: https://•••@",
        "ValueError: ",
        "FileNotFoundError",
        "several",
        "/data/wilma",
    ]:
        assert part in text
    assert "in raise_chained" in text


@pytest.mark.filterwarnings("ignore::pytest.PytestUnhandledThreadExceptionWarning")
@pytest.mark.expected_logs("uncaught exception")
@pytest.mark.parametrize("hook", ["main", "thread", "destructor"])
def test_r82_what_nobody_caught_is_logged_without_secrets(log, capsys, hook):
    class Leaving:
        def __del__(self):
            raise_chained()

    if hook == "main":
        try:
            raise_chained()
        except RuntimeError as error:
            sys.excepthook(type(error), error, error.__traceback__)
    elif hook == "thread":
        thread = threading.Thread(target=raise_chained)
        thread.start()
        thread.join()
    else:
        Leaving()
    printed = capsys.readouterr().err
    assert "RuntimeError" in written()
    assert "RuntimeError" in printed
    assert "canarykey" not in written() + printed


@pytest.mark.expected_logs("uncaught exception")
def test_an_exception_that_cannot_be_shown_is_logged_all_the_same(log, capsys):
    error = RuntimeError(Unshowable())
    sys.excepthook(RuntimeError, error, None)
    assert "RuntimeError" in written()
    assert "canarykey" not in written() + capsys.readouterr().err


def test_arguments_that_fail_cost_their_record_and_print_nothing(capsys):
    with closing(app_log.redacting_handler("genglossary.log")) as handler:
        for message, arguments in [("%s", (Unshowable(),)), ("%d", (KEY,)), ("next", ())]:
            handler.handle(logging.LogRecord("test", logging.INFO, "", 1, message, arguments, None))
    text = written()
    assert "canarykey" not in text + capsys.readouterr().err
    assert text.count("could not be written") == 2
    assert "next" in text


def test_r84_a_surrogate_costs_no_record(log):
    log.info("file \udce9.txt")
    assert "file \\udce9.txt" in written()


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="a full disk to try on")
def test_a_full_disk_prints_no_record(capsys):
    handler = app_log.redacting_handler("/dev/full")
    handler.handle(logging.LogRecord("test", logging.INFO, "", 1, KEY, (), None))
    with suppress(OSError):
        handler.close()
    assert "canarykey" not in capsys.readouterr().err


@pytest.mark.parametrize("place", ["file", "file/below"])
def test_a_folder_that_cannot_be_made_costs_only_the_log(tmp_path, monkeypatch, capsys, place):
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("GENGLOSSARY_HOME", str(tmp_path / place))
    app_log.redacting_handler("x.log").handle(logging.LogRecord("test", logging.INFO, "", 1, KEY, (), None))
    assert not capsys.readouterr().err


def test_in_a_process_of_its_own_nothing_of_it_reaches_file_or_screen():
    program = (
        "import sys\nfrom genglossary_gui.core import app_log\napp_log.start_logging()\n"
        "key = ''.join(['sk-', 'canarykey', '0123456789'])\nraise RuntimeError(key) from ValueError(f'password={key}')"
    )
    ended = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert ended.returncode == 1
    assert ended.stderr.strip() == "RuntimeError: •••"
    assert "ValueError: password=•••" in written()
    assert "canarykey" not in written()
