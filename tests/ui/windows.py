"""Windows with real runs in them, and projects whose last owner died in the middle of a run."""

from __future__ import annotations

import gc
import uuid
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QAbstractButton, QMessageBox
from pytestqt.qtbot import QtBot

from genglossary_gui.app import App
from genglossary_gui.core.compute import Workers
from genglossary_gui.core.glossary import Scope, Step
from genglossary_gui.core.pipeline import PipelineExecutor
from genglossary_gui.core.settings import AppSettings, RunSettings
from genglossary_gui.core.store import drafts, runs
from genglossary_gui.core.store.connection import connect
from genglossary_gui.core.store.projects import project_info
from genglossary_gui.core.store.runs import RunRow, get_run
from genglossary_gui.ui.controller import RunController
from genglossary_gui.ui.main_window import MainWindow
from genglossary_gui.ui.models.reader import Reader
from genglossary_gui.ui.shell import Workspace
from tests.support import SimpleEngine
from tests.ui.glossary_support import FakeShell

MakeWindow = Callable[..., MainWindow]


@contextmanager
def running_app(qtbot: QtBot, **parts: Any) -> Iterator[App]:
    """The app without its process; at the end its windows close and nothing of it is left."""
    app = App(AppSettings(language="en", theme="light", workers=1), **parts)
    yield app
    app.quit()
    qtbot.waitUntil(lambda: not app.windows)
    app.close()
    gc.collect()


def open_window(
    shell: FakeShell, project: Path, workers: Workers, engine: SimpleEngine, *, limit: int = 8
) -> MainWindow:
    """The window of a project as the app puts it together, shown; runs of dead owners are recovered first."""
    with closing(connect(project)) as connection:
        info = project_info(connection)
    controller = RunController(project, PipelineExecutor(workers, lambda _settings: engine), limit=limit)
    window = MainWindow(shell, Workspace(project, info, controller, Reader(project), controller.recover()))
    window.show()
    return window


def abandon_run(project: Path, *, step: Step | None = Step.EXTRACT, is_kept: bool = False, name: str = "") -> int:
    """A run whose process has died at 147 of 190 units of ``step``; ``is_kept``: its terms are whole."""
    with closing(connect(project)) as connection:
        run_id = runs.insert_run(
            connection,
            uuid=uuid.uuid4().hex,
            scope=Scope.FULL,
            engine="offline",
            triggered_by="manual",
            settings=RunSettings(documents_language="ja", max_document_mb=7).to_json(),
            owner="gone",
            name=name,
        )
        if step is not None:
            runs.mark_running(connection, run_id, "gone")
            runs.write_progress(connection, run_id, step=step, done=147, total=190, warnings=0, counts={})
            drafts.begin(connection, run_id, "")
            if is_kept:
                drafts.finish(connection, run_id, Step.EXTRACT, "")
    return run_id


def action(window: MainWindow, name: str) -> QAction:
    found = window.findChild(QAction, name)
    assert found is not None, name
    return found


def row_of(window: MainWindow, run_id: int) -> RunRow:
    assert window.workspace is not None
    row = get_run(window.workspace.reader.connection(), run_id)
    assert row is not None
    return row


def offers(window: MainWindow) -> list[str]:
    """The words of the buttons in the banner."""
    return [button.text() for button in window.banner._buttons]


def press(window: MainWindow, words: str) -> None:
    """Press the button of the banner that says this."""
    next(button for button in window.banner._buttons if button.text() == words).click()


def answer(window: MainWindow, words: str) -> None:
    """Give this answer to the question that is open."""
    question = window.findChild(QMessageBox, "question")
    assert question is not None
    buttons: list[QAbstractButton] = question.buttons()
    next(button for button in buttons if button.text() == words).click()
