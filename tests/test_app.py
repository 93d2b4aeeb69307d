"""The whole application, nothing replaced: what a person does from the first folder to the exported glossary."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path

import pytest
from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QTableView, QWidget
from qasync import QEventLoop

from genglossary_gui import app as app_module
from genglossary_gui.app import App, build_main_window
from genglossary_gui.core.errors import ProjectError
from genglossary_gui.core.glossary import RunStatus
from genglossary_gui.core.settings import AppSettings
from genglossary_gui.core.store import runs
from genglossary_gui.core.store.connection import connect
from genglossary_gui.core.store.projects import create_project
from genglossary_gui.starting import _quit_on_signals
from genglossary_gui.ui.dialogs.export import ExportDialog
from genglossary_gui.ui.dialogs.new_project import NewProjectDialog
from genglossary_gui.ui.views.passage import PassageCard
from tests.support import PATIENCE, Gate, SimpleEngine, make_project
from tests.ui.windows import running_app

WAIT = int(PATIENCE * 3_000)


@pytest.fixture
def app(qtbot, qapp):
    with running_app(qtbot) as app:
        yield app


@pytest.fixture
def folder(tmp_path):
    folder = tmp_path / "Handbook"
    folder.mkdir()
    (folder / "locks.md").write_text(
        "# Locks\n\nThe harbour has two locks.\n\nA stop log is a heavy beam that closes an opening.\n"
        "The crew stores each stop log dry.\n",
        encoding="utf-8",
    )
    (folder / "用語.txt").write_text("酒母とは、酵母を育てたもののことである。酒母は大切である。\n", encoding="cp932")
    (folder / "broken.txt").write_bytes(bytes(range(256)) * 8)
    return folder


def table(window, name):
    return window.findChild(QTableView, name)


def row_of(view, text):
    model = view.model()
    cells = (
        (row, model.index(row, column).data())
        for row in range(model.rowCount())
        for column in range(model.columnCount())
    )
    return next(row for row, cell in cells if cell == text)


def run_to_end(qtbot, window):
    with qtbot.waitSignal(window.workspace.controller.run_finished, timeout=WAIT) as finished:
        window.findChild(QAction, "actionRun").trigger()
    return finished.args[0]


def test_from_a_folder_to_a_glossary_and_back_after_reopening(qtbot, app, folder, tmp_path):
    # A folder is dropped on the home screen.
    app.show_home()
    [home] = app.windows
    home.take([folder])
    dialog = home.findChild(NewProjectDialog)
    project = tmp_path / "handbook.genglossary"
    dialog.place.setText(str(project))
    QTest.mouseClick(dialog.create_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: [w.workspace is not None for w in app.windows] == [True])
    [window] = app.windows

    # Its documents are there before any run.
    documents = table(window, "documentTable")
    qtbot.waitUntil(lambda: documents.model().rowCount() == 3, timeout=WAIT)

    # Run fills the glossary; the unreadable document is a warning with a reason.
    run_id = run_to_end(qtbot, window)
    glossary = table(window, "glossaryTable")
    qtbot.waitUntil(lambda: glossary.model().rowCount() > 0)
    qtbot.waitUntil(lambda: documents.model().index(row_of(documents, "broken.txt"), 0).isValid())

    # An entry shows its definition and its evidence; the evidence opens the document at the line.
    glossary.setCurrentIndex(glossary.model().index(row_of(glossary, "stop log"), 0))
    panel = window.findChild(QWidget, "entryPanel")
    qtbot.waitUntil(lambda: bool(panel.findChildren(PassageCard)))
    card = panel.findChildren(PassageCard)[0]
    QTest.keyClick(card, Qt.Key.Key_Return)
    view = window.findChild(QWidget, "documentView")
    qtbot.waitUntil(view.isVisible)

    # Export.
    window.findChild(QAction, "actionExport").trigger()
    export = window.findChild(ExportDialog)
    export.format.setCurrentIndex(export.format.findData("json"))
    export.target.setText(str(tmp_path / "out.json"))
    with qtbot.waitSignal(export.exported, timeout=WAIT):
        QTest.mouseClick(export.export_button, Qt.MouseButton.LeftButton)
    entries = {e["term"]: e for e in json.loads((tmp_path / "out.json").read_text(encoding="utf-8"))["entries"]}
    assert entries["stop log"]["evidence"][0]["document"] == "locks.md"
    assert entries["stop log"]["evidence"][0]["line"] == 5
    assert entries["酒母"]["definition"].startswith("酒母とは")

    # Close and open again: everything is there, also the run and its log.
    window.close()
    qtbot.waitUntil(lambda: not app.windows)
    app.open_project(project)
    [again] = app.windows
    glossary, run_table, log = (table(again, name) for name in ("glossaryTable", "runTable", "logView"))
    qtbot.waitUntil(lambda: glossary.model().rowCount() > 0 and run_table.model().rowCount() == 1, timeout=WAIT)
    qtbot.waitUntil(lambda: log.model().rowCount() > 5, timeout=WAIT)
    with closing(connect(project)) as connection:
        row = runs.get_run(connection, run_id)
    assert row is not None
    assert row.status is RunStatus.COMPLETED
    assert row.warnings == 1


def test_one_project_has_one_window(qtbot, app, folder, tmp_path):
    project = tmp_path / "a.genglossary"
    app.create_project(project, [folder], name="A", language="auto")
    app.open_project(project)
    assert len(app.windows) == 1


def test_s1_a_new_project_begins_with_the_exclusions_of_the_settings(qtbot, app, folder, tmp_path):
    app.apply_settings(AppSettings(language="en", theme="light", workers=1, exclusions=("*.txt",)))
    project = tmp_path / "a.genglossary"
    app.create_project(project, [folder], name="A", language="auto")
    documents = table(app.windows[0], "documentTable")
    qtbot.waitUntil(lambda: documents.model().rowCount() == 1, timeout=WAIT)
    assert row_of(documents, "locks.md") == 0


def test_two_projects_have_two_windows_that_both_work(qtbot, app, folder, tmp_path):
    for name in ("a", "b"):
        app.create_project(tmp_path / f"{name}.genglossary", [folder], name=name, language="auto")
    first, second = app.windows
    assert run_to_end(qtbot, first) == run_to_end(qtbot, second) == 1


def test_the_parts_of_a_window_have_their_names(qtbot, qapp, folder, tmp_path):
    create_project(tmp_path / "a.genglossary", [folder])
    window = build_main_window(tmp_path / "a.genglossary", settings=AppSettings(language="en", workers=1))
    names = (
        "runTable logView logFilter glossaryTable termTable documentTable issueTable documentView entryPanel"
        " actionNewProject actionOpenProject actionRun actionCancelRun actionCancelAll actionExport"
        " actionSettings actionQuit"
    )
    assert [name for name in names.split() if window.findChild(QObject, name) is None] == []
    assert window.objectName() == "mainWindow"
    with qtbot.waitSignal(window.closed):
        window.close()
    window.deleteLater()


def test_settings_change_language_and_theme_at_once(qtbot, app, folder, tmp_path):
    app.create_project(tmp_path / "a.genglossary", [folder], name="A", language="auto")
    [window] = app.windows
    window.findChild(QAction, "actionSettings").trigger()
    assert window.findChild(QDialog, "settingsDialog").isVisible()
    app.apply_settings(AppSettings(language="ja", theme="dark", workers=1))
    assert window.findChild(QAction, "actionRun").text() != "&Run"
    assert QApplication.palette().window().color().lightness() < 128
    app.apply_settings(AppSettings(language="en", theme="light", workers=1))
    window.findChild(QDialog, "settingsDialog").close()


@pytest.mark.skipif(sys.platform == "win32", reason="signals")
def test_r50_a_killed_window_leaves_the_first_glossary_and_an_interrupted_run(qtbot, app, folder, tmp_path):
    project = tmp_path / "a.genglossary"
    app.create_project(project, [folder], name="A", language="auto")
    [window] = app.windows
    run_to_end(qtbot, window)
    window.close()
    qtbot.waitUntil(lambda: not app.windows)
    with closing(connect(project)) as connection:
        before = connection.execute("SELECT key, term, run_id FROM terms ORDER BY id").fetchall()

    # Another process begins a second run that stops at a gate, and is killed there.
    script = Path(__file__).with_name("killed_window.py")
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": str(Path(__file__).parents[1])}
    with subprocess.Popen([sys.executable, script, project], stdout=subprocess.PIPE, env=environment) as process:
        assert process.stdout is not None
        try:
            assert process.stdout.readline().strip() == b"at work"
        finally:
            with suppress(ProcessLookupError):
                process.send_signal(signal.SIGKILL)
            process.wait()

    app.open_project(project)
    with closing(connect(project)) as connection:
        after = connection.execute("SELECT key, term, run_id FROM terms ORDER BY id").fetchall()
        row = runs.get_run(connection, 2)
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    assert after == before
    assert row is not None
    assert row.status is RunStatus.INTERRUPTED
    assert not list(tmp_path.glob(f".*.{row.owner}.lock"))
    assert app.windows[0].banner.text.startswith("Run 2 was interrupted at “Finding definitions”")
    assert run_to_end(qtbot, app.windows[0]) == 3


def test_a_damaged_project_is_refused_in_a_sentence(app, tmp_path):
    project = tmp_path / "a.genglossary"
    create_project(project, [tmp_path])
    with closing(connect(project)) as connection:
        page = connection.execute("SELECT rootpage FROM sqlite_schema WHERE name = 'project'").fetchone()[0]
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    with project.open("r+b") as file:
        file.seek((page - 1) * 4096)
        file.write(b"\xff" * 4096)
    with pytest.raises(ProjectError, match="damaged"):
        app.open_project(project)
    assert not app.windows


def test_a_project_without_a_name_is_refused_in_a_sentence(app, tmp_path):
    project = tmp_path / "a.genglossary"
    create_project(project, [tmp_path])
    with closing(connect(project)) as connection:
        connection.execute("DELETE FROM project WHERE key = 'name'")
    with pytest.raises(ProjectError, match="damaged"):
        app.open_project(project)


def test_a_project_file_that_cannot_be_made_is_refused_in_a_sentence(app, folder, tmp_path):
    with pytest.raises(ProjectError, match="cannot be used"):
        app.create_project(tmp_path / f"{'x' * 300}.genglossary", [folder], name="A", language="auto")


@pytest.mark.skipif(sys.platform == "win32", reason="links need a privilege")
def test_a_link_to_a_project_is_the_project(app, folder, tmp_path):
    project, link = tmp_path / "a.genglossary", tmp_path / "link.genglossary"
    app.create_project(project, [folder], name="A", language="auto")
    link.symlink_to(project)
    app.open_project(link)
    assert [window.workspace.project for window in app.windows] == [project]


def test_the_window_opens_without_what_only_runs_need():
    heavy = ("sudachipy", "wordfreq", "HanTa", "numpy")
    script = f"import sys, genglossary_gui.app; print([name for name in {heavy} if name in sys.modules])"
    answer = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert answer.stdout.strip() == "[]"


def test_termination_stops_the_runs_without_asking(qtbot, qapp, tmp_path, monkeypatch):
    # Who does not stop in time takes the process of the tests with it.
    monkeypatch.setattr(app_module, "_TERMINATION_SECONDS", PATIENCE * 3)
    gate = Gate()
    project = make_project(tmp_path, "A lock is a chamber.")
    settings = AppSettings(language="en", workers=1)
    window = build_main_window(project, settings=settings, make_engine=lambda _: SimpleEngine(gates={"extract": gate}))
    window.show()
    window.actions_["actionRun"].trigger()
    qtbot.waitUntil(gate.arrived.is_set, timeout=WAIT)
    app = window._shell
    assert isinstance(app, App)

    qapp.setQuitOnLastWindowClosed(False)
    with QEventLoop(qapp) as loop:
        loop.run_until_complete(app.terminate())

    assert window.is_closed
    with closing(connect(project)) as connection:
        row = runs.get_run(connection, 1)
    assert row is not None
    assert row.status is RunStatus.CANCELLED
    window.deleteLater()


@pytest.mark.parametrize("sent", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_closes_no_window_in_the_middle_of_its_code(app, qtbot, sent):
    before = {each: signal.getsignal(each) for each in (signal.SIGINT, signal.SIGTERM)}
    try:
        _quit_on_signals(app)
        app.show_home()
        [window] = app.windows
        signal.raise_signal(sent)
        assert not window.is_closed
        qtbot.waitUntil(lambda: window.is_closed)
    finally:
        for each, handler in before.items():
            signal.signal(each, handler)


@contextmanager
def shown(folder: Path, *options: str) -> Iterator[subprocess.Popen[bytes]]:
    """A process that shows the window of a new project, from that moment on."""
    create_project(folder / "a.genglossary", [folder])
    script = Path(__file__).with_name("shown_window.py")
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": str(Path(__file__).parents[1])}
    environment["GENGLOSSARY_HOME"] = str(folder / "home")
    command = [sys.executable, script, *options, folder / "a.genglossary"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment) as process:
        assert process.stdout is not None
        assert process.stdout.readline().strip() == b"shown"
        yield process


@pytest.mark.skipif(sys.platform == "win32", reason="signals")
@pytest.mark.parametrize("options", [(), ("--first",)])
@pytest.mark.parametrize("sent", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_ends_the_process_in_good_order(tmp_path, sent, options):
    with shown(tmp_path, *options) as process:
        process.send_signal(sent)
        _, said = process.communicate(timeout=PATIENCE * 3)
    assert process.returncode == 0
    assert b"Traceback" not in said
    assert not list(tmp_path.glob(".*"))


@pytest.mark.skipif(sys.platform == "win32", reason="signals")
def test_whoever_presses_ctrl_c_again_and_again_sees_no_traceback(tmp_path):
    with shown(tmp_path) as process:
        while process.poll() is None:
            process.send_signal(signal.SIGINT)
            with suppress(subprocess.TimeoutExpired):
                process.wait(0.01)
        _, said = process.communicate(timeout=PATIENCE)
    assert process.returncode in (0, -signal.SIGINT)
    assert b"Traceback" not in said
