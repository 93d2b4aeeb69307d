"""A window that is painted before it has its parts."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QTableView, QTableWidget
from pytestqt.qtbot import QtBot
from qasync import QEventLoop

from genglossary_gui.app import App
from genglossary_gui.core.settings import AppSettings
from genglossary_gui.opening import fill, show_early
from tests.support import make_project


@pytest.fixture
def app(qapp: QApplication) -> Iterator[App]:
    qapp.setQuitOnLastWindowClosed(False)
    app = App(AppSettings(language="en"))
    yield app
    app.close()


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
    window.close()
    qtbot.waitUntil(lambda: not app.windows)
    window.deleteLater()


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


def test_what_is_no_project_is_not_shown_early(app: App, tmp_path: Path) -> None:
    (tmp_path / "a.genglossary").write_text("no database", encoding="utf-8")

    assert show_early(app, tmp_path / "a.genglossary") is None
    assert not app.windows
