"""A window that is painted before it has its parts."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QApplication, QTableView, QTableWidget
from pytestqt.qtbot import QtBot
from qasync import QEventLoop

from genglossary_gui.app import App
from genglossary_gui.core.settings import AppSettings
from genglossary_gui.opening import fill, show_early
from genglossary_gui.ui.main_window import MainWindow
from tests.support import make_project


@pytest.fixture
def app(qapp: QApplication) -> Iterator[App]:
    qapp.setQuitOnLastWindowClosed(False)
    app = App(AppSettings(language="en"))
    yield app
    app.close()


def close(qtbot: QtBot, app: App, window: MainWindow) -> None:
    window.close()
    qtbot.waitUntil(lambda: not app.windows)
    window.deleteLater()


def test_the_first_page_gives_way_to_the_parts(qtbot: QtBot, qapp: QApplication, app: App, tmp_path: Path) -> None:
    project = make_project(tmp_path, "A weir.")
    window = show_early(app, project)
    assert window is not None
    assert window.findChild(QTableWidget) is not None
    assert window.project is None

    with QEventLoop(qapp) as loop:
        loop.run_until_complete(fill(app, window, project))

    for name in ("glossaryTable", "termTable", "documentTable", "issueTable", "runTable"):
        assert window.findChild(QTableView, name) is not None, name
    assert window.project is not None
    assert window.project.isVisible()
    close(qtbot, app, window)


def test_a_window_that_is_closed_before_it_has_its_parts_closes_then(
    qtbot: QtBot, qapp: QApplication, app: App, tmp_path: Path
) -> None:
    project = make_project(tmp_path, "A weir.")
    window = show_early(app, project)
    assert window is not None
    window.close()
    assert window.isHidden()
    assert not window.is_closed

    with QEventLoop(qapp) as loop:
        loop.run_until_complete(fill(app, window, project))

    assert window.is_closed
    qtbot.waitUntil(lambda: not app.windows)
    window.deleteLater()


def drop(window: MainWindow, *paths: Path) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    no_key = Qt.KeyboardModifier.NoModifier
    window.dropEvent(QDropEvent(QPointF(9, 9), Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, no_key))


@pytest.mark.parametrize("turns", range(12))
def test_a_project_dropped_on_its_window_at_any_moment_of_its_filling_is_opened_once(
    qtbot: QtBot, qapp: QApplication, app: App, tmp_path: Path, turns: int
) -> None:
    project = make_project(tmp_path, "A weir.")
    window = show_early(app, project)
    assert window is not None

    async def drop_while_filling() -> None:
        filling = asyncio.ensure_future(fill(app, window, project))
        for _turn in range(turns):
            await asyncio.sleep(0)
        drop(window, project, project)
        await filling
        drop(window, project)

    with QEventLoop(qapp) as loop:
        loop.run_until_complete(drop_while_filling())

    assert app.windows == (window,)
    assert window.workspace is not None
    assert not window.workspace.is_read_only
    assert window.banner.text == ""
    close(qtbot, app, window)


def test_a_window_that_was_closed_while_it_was_filled_comes_back_when_its_project_is_opened_again(
    qtbot: QtBot, qapp: QApplication, app: App, tmp_path: Path
) -> None:
    project = make_project(tmp_path, "A weir.")
    window = show_early(app, project)
    assert window is not None
    window.close()
    app.open_project(project)

    with QEventLoop(qapp) as loop:
        loop.run_until_complete(fill(app, window, project))

    assert app.windows == (window,)
    assert window.isVisible()
    close(qtbot, app, window)


def test_after_a_window_could_not_be_filled_its_project_can_be_opened(
    qtbot: QtBot, qapp: QApplication, app: App, tmp_path: Path
) -> None:
    project = make_project(tmp_path, "A weir.")
    early = show_early(app, project)
    assert early is not None
    early.first = None
    early.close()
    assert not app.is_open(project)

    app.open_project(project)

    assert app.is_open(project)
    for window in app.windows:
        window.close()
    qtbot.waitUntil(lambda: not app.windows)
    early.deleteLater()


def test_what_is_no_project_is_not_shown_early(app: App, tmp_path: Path) -> None:
    (tmp_path / "a.genglossary").write_text("no database", encoding="utf-8")

    assert show_early(app, tmp_path / "a.genglossary") is None
    assert not app.windows
