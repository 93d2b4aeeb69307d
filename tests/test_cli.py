"""The command line, mostly as real processes."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

import pytest

from genglossary_gui import cli, console
from genglossary_gui.cli import main
from genglossary_gui.core.settings import AppSettings, save_settings

_COMMAND = (sys.executable, "-m", "genglossary_gui.cli")
_SMALL = {
    "guide/intro.md": "# Volcanoes\n\nA magma chamber is a large pool of liquid rock below the surface of the"
    " Earth. The magma chamber feeds the volcano.\n\nAn ash cloud is a plume of volcanic ash. The ash cloud"
    " drifts with the wind. A magma chamber may stay silent for years.\n",
    "kazan.txt": "火山灰とは、噴火によって放出される細かい粒子である。火山灰は風に乗る。\n",
}
Built = tuple[Path, subprocess.CompletedProcess[str]]
Output = pytest.CaptureFixture[str]

_ON_PROJECTS = (["run"], ["runs"], ["log", "1"], ["cancel", "1"], ["export", "-o", "out.md"])
_BAD_USAGE = ("", "fly", "build", "build x", "build x -o y.md --workers 0", "log p x", "log p 99999999999999999999")

_posix = pytest.mark.skipif(sys.platform == "win32", reason="needs POSIX signals")


@pytest.fixture(scope="module", autouse=True)
def english() -> Iterator[None]:
    """Also for the processes that a test starts."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("LC_ALL", "C.UTF-8")
        yield


def _write(folder: Path, texts: dict[str, str]) -> Path:
    for name, text in texts.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder


def _add_long_work(folder: Path) -> None:
    """Enough text to keep one worker process busy for many seconds."""
    sentence = "The lava{} flow of crater{} reaches village{} near a coast."
    lines = "\n".join(sentence.format(n, n % 97, n % 89) for n in range(2000))
    _write(folder, {f"long/{number}.txt": f"Report {number}.\n{lines}\n" for number in range(40)})


def _run(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*_COMMAND, *map(str, arguments)], capture_output=True, encoding="utf-8", timeout=100, check=False
    )


@contextmanager
def _started(*arguments: str | Path) -> Iterator[subprocess.Popen[str]]:
    process = subprocess.Popen(
        [*_COMMAND, *map(str, arguments)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
        start_new_session=True,
    )
    try:
        with process:
            yield process
    finally:
        process.kill()


def _wait_for_line(stream: IO[str] | None, text: str) -> None:
    assert stream is not None
    assert any(text in line for line in stream), f"the output ended before “{text}”"


def _statuses(project: Path) -> dict[int, str]:
    return {run["id"]: run["status"] for run in json.loads(_run("runs", project, "--json").stdout)["runs"]}


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """A folder with ``documents``, ``p.genglossary`` and ``out.json``, and how they were built."""
    folder = tmp_path_factory.mktemp("built")
    _write(folder / "documents", {**_SMALL, "broken.html": ""})
    project, out = folder / "p.genglossary", folder / "out.json"
    return folder, _run("build", folder / "documents", "-o", out, "-p", project, "--json")


def test_build_writes_the_glossary_and_says_so(built: Built) -> None:
    folder, done = built
    assert done.returncode == 0, done.stderr
    result = json.loads(done.stdout)
    assert result["run"]["status"] == "completed"
    assert result["run"]["counts"]["documents"] >= 2
    assert result["run"]["seconds"] > 0
    exported = json.loads((folder / "out.json").read_text(encoding="utf-8"))
    assert len(exported["entries"]) == result["export"]["entries"] > 0
    assert {"magma chamber", "火山灰"} <= {entry["term"] for entry in exported["entries"]}
    assert "Completed" in done.stderr


def test_build_leaves_out_what_the_settings_say(tmp_path: Path) -> None:
    save_settings(AppSettings(exclusions=("*.txt",)))
    out = tmp_path / "out.json"

    done = _run("build", _write(tmp_path / "documents", _SMALL), "-o", out)

    assert done.returncode == 0, done.stderr
    terms = {entry["term"] for entry in json.loads(out.read_text(encoding="utf-8"))["entries"]}
    assert "magma chamber" in terms
    assert "火山灰" not in terms


def test_runs_log_and_export_of_a_project(built: Built, tmp_path: Path) -> None:
    project = built[0] / "p.genglossary"
    assert _statuses(project) == {1: "completed"}
    assert " completed " in _run("runs", project).stdout
    log = json.loads(_run("log", project, "1", "--json").stdout)
    assert log["run"]["id"] == 1
    assert [record["seq"] for record in log["records"]] == [*range(1, len(log["records"]) + 1)]
    exported = _run("export", project, "-o", tmp_path / "out.md")
    assert exported.returncode == 0
    assert "magma chamber" in (tmp_path / "out.md").read_text(encoding="utf-8")


def test_without_a_project_nothing_else_is_left(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    documents, temporary = _write(tmp_path / "documents", _SMALL), tmp_path / "temporary"
    temporary.mkdir()
    monkeypatch.setenv("TMPDIR", str(temporary))
    done = _run("build", documents, "-o", tmp_path / "out.csv", "--quiet", "--lang", "en", "--workers", "1")
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert (tmp_path / "out.csv").stat().st_size > 0
    assert list(temporary.iterdir()) == []


@_posix
def test_a_terminal_gets_a_progress_bar(tmp_path: Path) -> None:
    import termios

    documents = _write(tmp_path / "documents", _SMALL)
    ours, theirs = os.openpty()
    termios.tcsetwinsize(theirs, (24, 80))
    command = [*_COMMAND, "build", documents, "-o", tmp_path / "out.md"]
    with subprocess.Popen(command, stderr=theirs) as process:
        os.close(theirs)
        shown = b""
        try:
            while chunk := os.read(ours, 4096):
                shown += chunk
        except OSError:  # Linux reports the end of a terminal as an error
            pass
    os.close(ours)
    assert process.returncode == 0
    assert b"Reading the documents:" in shown
    assert b"%|" in shown


@_posix
@pytest.mark.parametrize("moment", ["Reading the documents", "Finding terms"])
def test_ctrl_c_cancels_the_run(tmp_path: Path, moment: str) -> None:
    documents, project, out = tmp_path / "documents", tmp_path / "p.genglossary", tmp_path / "out.md"
    _add_long_work(documents)
    with _started("build", documents, "-o", out, "-p", project, "--workers", "1", "--json") as process:
        _wait_for_line(process.stderr, moment)
        os.killpg(process.pid, signal.SIGINT)  # as a terminal does: the worker processes get it too
        stdout, stderr = process.communicate(timeout=60)
    assert process.returncode == 130, stderr
    assert json.loads(stdout)["run"]["status"] == "cancelled"
    assert "Traceback" not in stderr
    assert _statuses(project) == {1: "cancelled"}
    assert not out.exists()


@_posix
def test_a_killed_run_is_interrupted_and_the_first_glossary_intact(tmp_path: Path) -> None:
    documents, project = _write(tmp_path / "documents", _SMALL), tmp_path / "p.genglossary"
    assert _run("build", documents, "-o", tmp_path / "first.json", "-p", project).returncode == 0
    _add_long_work(documents)
    with _started("run", project, "--workers", "1") as process:
        _wait_for_line(process.stderr, "Finding terms")
        process.kill()
    assert _statuses(project) == {1: "completed", 2: "interrupted"}
    assert _run("export", project, "-o", tmp_path / "second.json").returncode == 0
    assert (tmp_path / "second.json").read_bytes() == (tmp_path / "first.json").read_bytes()


@_posix
def test_another_process_cancels_a_run_and_its_followed_log_ends(tmp_path: Path) -> None:
    documents, project, out = tmp_path / "documents", tmp_path / "p.genglossary", tmp_path / "out.md"
    _add_long_work(documents)
    with _started("build", documents, "-o", out, "-p", project, "--workers", "1") as process:
        _wait_for_line(process.stderr, "Finding terms")
        with _started("log", project, "1", "--follow") as follower:
            _wait_for_line(follower.stdout, "extract")
            assert _run("cancel", project, "1").returncode == 0
            assert process.wait(timeout=60) == 130
            assert follower.wait(timeout=60) == 0
    assert _run("cancel", project, "1").returncode == 1


@_posix
def test_a_second_ctrl_c_leaves_at_once_and_takes_the_temporary_project_along(tmp_path: Path) -> None:
    temporary = tmp_path / "temporary"
    _write(temporary, {"build.genglossary": ""})
    program = (
        "import os, sys, pathlib\n"
        "from genglossary_gui.cli_progress import Interrupts\n"
        "interrupts = Interrupts(pathlib.Path(sys.argv[1]))\n"
        # Not print(): the signal may come in the middle of one, and it cannot be entered twice.
        "interrupts.on_start(1, lambda: os.write(1, b'cancelled\\n'))\n"
        "with interrupts.handled():\n"
        "    os.write(1, b'ready\\n')\n"
        "    while True:\n"
        "        sys.stdin.read(1)\n"
    )
    with subprocess.Popen(
        [sys.executable, "-c", program, temporary],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
    ) as process:
        _wait_for_line(process.stdout, "ready")
        process.send_signal(signal.SIGINT)
        _wait_for_line(process.stdout, "cancelled")
        process.send_signal(signal.SIGINT)
        assert process.wait(timeout=20) == 130
    assert not temporary.exists()


def test_the_command_line_does_not_load_qt() -> None:
    program = "import sys, genglossary_gui.cli; sys.exit('PySide6' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0


def test_self_test_succeeds() -> None:
    done = _run("self-test")
    assert done.returncode == 0, done.stdout + done.stderr
    assert "FAILED" not in done.stdout


class TestBadInput:
    """One sentence on stderr, exit status 2, nothing written."""

    @pytest.fixture
    def documents(self, tmp_path: Path) -> Path:
        return _write(tmp_path / "documents", {"a.txt": "A term is a word."})

    def _refused(self, capsys: Output, *arguments: str | Path) -> str:
        assert main([*map(str, arguments)]) == 2
        shown = capsys.readouterr()
        assert shown.out == ""
        assert shown.err.count("\n") == 1
        assert "Traceback" not in shown.err
        return shown.err

    def test_a_missing_source(self, capsys: Output, tmp_path: Path) -> None:
        error = self._refused(capsys, "build", tmp_path / "none", "-o", tmp_path / "out.md")
        assert "does not exist" in error

    def test_an_empty_folder(self, capsys: Output, tmp_path: Path) -> None:
        project = tmp_path / "p.genglossary"
        (tmp_path / "empty" / "inner").mkdir(parents=True)
        error = self._refused(capsys, "build", tmp_path / "empty", "-o", tmp_path / "out.md", "-p", project)
        assert "no document" in error
        assert not project.exists()

    def test_a_folder_without_a_readable_document(self, capsys: Output, tmp_path: Path) -> None:
        _write(tmp_path / "documents", {"a.txt": "", "photo.raw": "\0\0"})
        assert main(["build", str(tmp_path / "documents"), "-o", str(tmp_path / "out.md")]) == 2
        shown = capsys.readouterr()
        assert shown.out == ""
        assert "Traceback" not in shown.err
        assert not (tmp_path / "out.md").exists()

    def test_an_unknown_format(self, capsys: Output, documents: Path, tmp_path: Path) -> None:
        sentence = self._refused(capsys, "build", documents, "-o", tmp_path / "out.xyz")
        assert "md, html, csv, xlsx, json, tbx, docx" in sentence

    @pytest.mark.skipif(not Path("/proc/self").is_dir(), reason="needs a place where nobody can create files")
    def test_an_unwritable_place_is_said_before_the_run(self, capsys: Output, documents: Path, tmp_path: Path) -> None:
        project = tmp_path / "p.genglossary"
        error = self._refused(capsys, "build", documents, "-o", "/proc/self/fd/out.md", "-p", project)
        assert "cannot be written" in error
        assert not project.exists()

    def test_a_source_is_never_overwritten(self, capsys: Output, documents: Path, tmp_path: Path) -> None:
        source = (documents / "a.txt").rename(tmp_path / "a.md")
        assert "source" in self._refused(capsys, "build", source, "-o", source)
        assert source.read_text() == "A term is a word."

    def test_a_document_in_the_folder_is_never_overwritten(
        self, capsys: Output, documents: Path, tmp_path: Path
    ) -> None:
        document = _write(documents, {"inner/b.md": "A weir is a low dam."}) / "inner" / "b.md"
        project = tmp_path / "p.genglossary"
        assert "source document" in self._refused(capsys, "build", documents, "-o", document, "-p", project)
        assert document.read_text() == "A weir is a low dam."
        assert not project.exists()

    @pytest.mark.parametrize("name", ["p.md", "./p.md"])
    def test_the_project_is_no_place_for_the_glossary(
        self, capsys: Output, documents: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
    ) -> None:
        monkeypatch.chdir(tmp_path)
        assert "own project" in self._refused(capsys, "build", documents, "-o", "p.md", "-p", name)
        assert not (tmp_path / "p.md").exists()

    @pytest.mark.parametrize("command", _ON_PROJECTS)
    def test_a_file_that_is_no_project(self, capsys: Output, tmp_path: Path, command: list[str]) -> None:
        foreign = tmp_path / "p.genglossary"
        foreign.write_text("something else")
        self._refused(capsys, command[0], foreign, *command[1:])
        assert foreign.read_text() == "something else"

    @pytest.mark.parametrize("command", _ON_PROJECTS)
    def test_a_missing_project(self, capsys: Output, tmp_path: Path, command: list[str]) -> None:
        self._refused(capsys, command[0], tmp_path / "none.genglossary", *command[1:])
        assert list(tmp_path.iterdir()) == []

    @pytest.mark.parametrize("arguments", _BAD_USAGE)
    def test_bad_usage(self, capsys: Output, arguments: str) -> None:
        assert "--help" in self._refused(capsys, *arguments.split())

    def test_an_empty_name_is_not_the_present_folder(self, capsys: Output, tmp_path: Path) -> None:
        self._refused(capsys, "build", "", "-o", tmp_path / "out.md")

    def test_an_unknown_run(self, capsys: Output, built: Built) -> None:
        for command in ("log", "cancel"):
            assert "no run 7" in self._refused(capsys, command, built[0] / "p.genglossary", "7")

    def test_a_bad_regular_expression(self, capsys: Output, built: Built) -> None:
        error = self._refused(capsys, "log", built[0] / "p.genglossary", "1", "--grep", "(")
        assert "regular expression" in error


def test_log_filters_by_level_and_expression(capsys: Output, built: Built) -> None:
    project = str(built[0] / "p.genglossary")
    assert main(["log", project, "1", "--json", "--level", "warning"]) == 0
    assert {r["level"] for r in json.loads(capsys.readouterr().out)["records"]} <= {"warning", "error"}
    assert main(["log", project, "1", "--grep", "^Rank.*$"]) == 0
    assert capsys.readouterr().out.count("\n") == 1


def test_a_glossary_among_the_documents_is_written_again_and_never_read(tmp_path: Path) -> None:
    documents = _write(tmp_path / "documents", _SMALL)
    results = []
    for _time in range(2):
        done = _run("build", documents, "-o", documents / "glossary.md", "--json")
        assert done.returncode == 0, done.stderr
        results.append((json.loads(done.stdout)["run"]["counts"], (documents / "glossary.md").read_bytes()))
    assert results[0] == results[1]


@_posix
def test_who_closes_the_terminal_cancels_the_run(tmp_path: Path) -> None:
    documents, project = tmp_path / "documents", tmp_path / "p.genglossary"
    _add_long_work(documents)
    with _started("build", documents, "-o", tmp_path / "out.md", "-p", project, "--workers", "1") as process:
        _wait_for_line(process.stderr, "Finding terms")
        process.send_signal(signal.SIGHUP)
        process.communicate(timeout=60)
    assert process.returncode == 130
    assert _statuses(project) == {1: "cancelled"}


@_posix
class TestStreams:
    """Whoever reads what we print may have gone; that is no reason to stop."""

    def _shell(self, command: str, *arguments: str | Path) -> subprocess.CompletedProcess[str]:
        words = [*_COMMAND, *map(str, arguments)]
        return subprocess.run(
            ["/bin/sh", "-c", command, "sh", *words], capture_output=True, encoding="utf-8", timeout=100, check=False
        )

    def test_messages_that_nobody_reads_stop_no_run(self, tmp_path: Path) -> None:
        documents = _write(tmp_path / "documents", _SMALL)
        done = self._shell(
            '("$@"; echo $?) 2>&1 >"$0.out" | head -c 1'.replace("$0", str(tmp_path / "status")),
            "build",
            documents,
            "-o",
            tmp_path / "out.md",
        )
        assert done.returncode == 0
        assert (tmp_path / "status.out").read_text().split() == ["0"]
        assert (tmp_path / "out.md").exists()

    def test_a_closed_error_stream_spoils_no_result(self, built: Built, tmp_path: Path) -> None:
        done = self._shell('"$@" 2>&-', "export", built[0] / "p.genglossary", "-o", tmp_path / "out.md", "--json")
        assert done.returncode == 0
        assert json.loads(done.stdout)["entries"] > 0

    def test_all_streams_may_be_closed(self, built: Built, tmp_path: Path) -> None:
        done = self._shell('"$@" <&- >&- 2>&-', "export", built[0] / "p.genglossary", "-o", tmp_path / "out.md")
        assert done.returncode == 0
        assert (tmp_path / "out.md").exists()

    @pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a disk that is always full")
    @pytest.mark.parametrize("command", [["runs"], ["runs", "--json"], ["log", "1"]])
    def test_a_full_disk_is_one_sentence(self, built: Built, command: list[str]) -> None:
        name, *rest = command
        done = self._shell('"$@" >/dev/full', name, built[0] / "p.genglossary", *rest)
        assert done.returncode == 1
        assert done.stderr.count("\n") == 1
        assert "cannot be written" in done.stderr


def test_usage_and_complaints_are_in_the_language_of_the_program(
    capsys: Output, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LC_ALL", "ja_JP.UTF-8")
    assert main(["export"]) == 2
    complaint = capsys.readouterr().err
    assert main(["--help"]) == 0
    shown = capsys.readouterr().out
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    assert main(["--help"]) == 0
    assert "次の引数が必要です" in complaint
    assert "使い方" in shown
    assert "usage" in capsys.readouterr().out


@pytest.fixture
def interrupts() -> Iterator[None]:
    """Ctrl-C as Python has it at first, and afterwards as it was."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


def test_ctrl_c_is_no_traceback(interrupts: None, monkeypatch: pytest.MonkeyPatch) -> None:
    heard = []

    def interrupted() -> int:
        heard.append(signal.getsignal(signal.SIGINT))
        raise KeyboardInterrupt

    monkeypatch.setattr(cli, "main", interrupted)
    assert console.main() == 130
    # Before a command begins and after its end it ends the process without a word.
    assert [*heard, signal.getsignal(signal.SIGINT)] == [signal.SIG_DFL] * 2


def test_a_command_hears_of_ctrl_c(interrupts: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.argv", ["genglossary", "runs", str(tmp_path / "none.genglossary")])
    heard = []
    monkeypatch.setattr(cli, "complain", lambda text: heard.append(signal.getsignal(signal.SIGINT)))
    assert console.main() == 2
    assert heard == [signal.default_int_handler]
