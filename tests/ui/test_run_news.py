"""What the window says about runs that ended, also while nobody looked."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import pytest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from genglossary_gui.core import i18n
from genglossary_gui.core.glossary import RunMode, RunStatus, Step
from genglossary_gui.core.store import runs
from genglossary_gui.core.store.connection import connect, transaction
from tests.support import make_project
from tests.ui.windows import MakeWindow, abandon_run, offers, press, row_of

WAIT = 60_000


@pytest.fixture
def project(tmp_path: Path) -> Path:
    return make_project(tmp_path, "A Lock is here.")


def test_r7_an_interrupted_run_is_told_with_its_place_and_what_can_be_done(
    project: Path, make_window: MakeWindow
) -> None:
    abandon_run(project)
    window = make_window(project)

    assert window.banner.isVisible()
    assert window.banner.text.startswith("Run 1 was interrupted at “Finding terms” (147 of 190).")
    assert offers(window) == ["Resume", "Discard…", "Open the log"]


def test_the_documents_of_a_run_that_did_not_complete_are_counted(
    qtbot: QtBot, project: Path, make_window: MakeWindow
) -> None:
    abandon_run(project)
    window = make_window(project)
    assert window.workspace is not None
    status = window.statusBar()
    texts = lambda: [each.text() for each in status.findChildren(QLabel)]  # noqa: E731
    qtbot.waitUntil(lambda: any("document" in text for text in texts()))
    before = texts()
    with closing(connect(project)) as connection, transaction(connection):
        connection.execute(
            "INSERT INTO documents (source_id, path, format, size, state, reason, scanned_at)"
            " SELECT id, 'new.md', 'md', 1, 'unreadable', 'empty', '' FROM sources"
        )

    window.workspace.controller.run_finished.emit(1)

    qtbot.waitUntil(lambda: texts() != before)


def test_r7_keep_is_offered_only_when_there_is_something_to_keep(project: Path, make_window: MakeWindow) -> None:
    abandon_run(project, step=Step.GENERATE, is_kept=True)

    assert offers(make_window(project)) == ["Resume", "Keep what is done", "Discard…", "Open the log"]


def test_r7_the_banner_resumes(qtbot: QtBot, project: Path, make_window: MakeWindow) -> None:
    abandon_run(project)
    window = make_window(project)
    assert window.workspace is not None

    with qtbot.waitSignal(window.workspace.controller.run_finished, timeout=WAIT):
        press(window, "Resume")

    row = row_of(window, 2)
    assert (row.mode, row.status) == (RunMode.RESUME, RunStatus.COMPLETED)


def test_r7_a_run_that_is_resumed_from_the_menu_is_offered_no_more(
    qtbot: QtBot, project: Path, make_window: MakeWindow
) -> None:
    abandon_run(project)
    window = make_window(project)
    assert window.workspace is not None
    assert window.project is not None
    news, controller = window.banner.text, window.workspace.controller
    window.project.runs.select(1)
    resume = window.actions_["actionResumeRun"]
    qtbot.waitUntil(resume.isEnabled)

    with qtbot.waitSignal(controller.run_finished, timeout=WAIT):
        with qtbot.waitSignal(controller.run_started, timeout=WAIT):
            resume.trigger()
        assert window.banner.isHidden() or window.banner.text != news


def test_r7_several_interrupted_runs_go_on_together(qtbot: QtBot, project: Path, make_window: MakeWindow) -> None:
    abandon_run(project)
    abandon_run(project, step=None)
    window = make_window(project)
    assert window.workspace is not None
    controller = window.workspace.controller
    assert window.banner.text.startswith("2 runs were interrupted when the program ended: 1, 2.")
    assert offers(window) == ["Resume all", "Discard all…", "Show the runs"]

    press(window, "Resume all")

    # The one that never began has nothing to resume: it is run again.
    assert [row_of(window, n).mode for n in (3, 4)] == [RunMode.RESUME, RunMode.WORK]
    qtbot.waitUntil(lambda: not controller.active_runs(), timeout=WAIT)


def test_r7_a_run_that_never_began_is_run_again(project: Path, make_window: MakeWindow) -> None:
    abandon_run(project, step=None)
    window = make_window(project)

    assert window.banner.text.startswith("Run 1 was interrupted before it began.")
    assert offers(window) == ["Run again", "Open the log"]


def test_r54_a_run_that_had_published_is_told_as_completed(project: Path, make_window: MakeWindow) -> None:
    run_id = abandon_run(project)
    with closing(connect(project)) as connection, transaction(connection):
        runs.mark_published(connection, run_id, "gone")
    window = make_window(project)

    assert "had published its results" in window.banner.text
    assert row_of(window, run_id).status is RunStatus.COMPLETED
    assert offers(window) == []


def test_r55_a_run_that_is_recovered_later_is_told_too(project: Path, make_window: MakeWindow) -> None:
    window = make_window(project)
    assert window.workspace is not None
    assert not window.banner.isVisible()
    abandon_run(project)

    window.workspace.controller._recovery.timeout.emit()

    assert window.banner.text.startswith("Run 1 was interrupted at")


def test_r55_a_run_that_another_process_has_recovered_is_told_once(project: Path, make_window: MakeWindow) -> None:
    window = make_window(project)
    assert window.project is not None
    run_id = abandon_run(project)
    with closing(connect(project)) as connection:
        runs.write_recovered(connection, run_id, "gone")

    window.project.runs.model.foreign_changed.emit(run_id)
    assert window.banner.text.startswith("Run 1 was interrupted at")
    window.banner.hide()
    window.project.runs.model.foreign_changed.emit(run_id)
    assert not window.banner.isVisible()


@pytest.mark.parametrize("language", ["en", "ja"])
def test_r7_the_banner_fits_a_small_screen(project: Path, make_window: MakeWindow, language: str) -> None:
    abandon_run(project, step=Step.GENERATE, is_kept=True)
    i18n.set_language(language)
    try:
        window = make_window(project)
        banner = window.banner
        assert window.minimumSizeHint().width() <= 720
        window.resize(720, 500)
        buttons = banner._buttons
        assert len(buttons) == 4
        assert all(button.width() >= button.sizeHint().width() for button in buttons)
        assert all(banner.rect().contains(button.geometry()) for button in buttons)
    finally:
        i18n.set_language("en")


def test_a_closing_window_says_which_runs_it_waits_for(project: Path, make_window: MakeWindow) -> None:
    window = make_window(project)
    assert window._news is not None
    assert window.workspace is not None
    window.workspace.controller.set_paused(True)
    window.actions_["actionRun"].trigger()
    window.actions_["actionRun"].trigger()

    window._news.tell_stopping()

    assert window.banner.text == "Stopping runs 1, 2…"


def test_the_title_counts_the_active_runs(qtbot: QtBot, project: Path, make_window: MakeWindow) -> None:
    window = make_window(project)
    assert window.workspace is not None
    controller = window.workspace.controller
    controller.set_paused(True)
    window.actions_["actionRun"].trigger()
    assert "1 run active" in window.windowTitle()

    controller.cancel_all()

    qtbot.waitUntil(lambda: "active" not in window.windowTitle(), timeout=WAIT)


def test_an_edit_that_was_taken_back_is_offered_for_undo_no_more(
    qtbot: QtBot, project: Path, make_window: MakeWindow
) -> None:
    window = make_window(project)
    assert window.project is not None
    edits = window.project.runs.edits
    for words in ("1 term accepted", "1 term dropped"):
        with qtbot.waitSignal(edits.edited):
            edits.make(lambda _connection: 1, lambda _connection, _done: 1, lambda _done, words=words: words)
    assert (window.banner.text, offers(window)) == ("1 term dropped", ["Undo"])

    with qtbot.waitSignal(edits.changed):
        window.actions_["actionUndo"].trigger()

    assert window.banner.isHidden()
