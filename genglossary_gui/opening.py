"""How a window of a project opens at once: it is painted with the top of the glossary, and gets its parts afterwards.

Each piece of that is short, and the window answers between them.
"""

from __future__ import annotations

import importlib
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QApplication

from genglossary_gui.core.errors import UserFacingError
from genglossary_gui.core.store.connection import connect
from genglossary_gui.ui.main_window import MainWindow

if TYPE_CHECKING:
    from genglossary_gui.app import App

_BUSY_MS = 50
_REST = (
    "concurrent.futures", "asyncio.events", "asyncio", "qasync",
    "genglossary_gui.core.redaction", "filelock", "multiprocessing.connection", "genglossary_gui.core.compute",
    "genglossary_gui.core.store.glossary", "genglossary_gui.core.store.drafts", "genglossary_gui.core.pipeline",
    "genglossary_gui.core.runs.manager", "genglossary_gui.ui.controller", "genglossary_gui.ui.models.paged",
    "genglossary_gui.ui.views.table_page", "genglossary_gui.ui.models.entries",
    "genglossary_gui.core.exchange.text_diff",
    "genglossary_gui.ui.views.entry_page", "genglossary_gui.ui.views.entry", "genglossary_gui.ui.views.glossary",
    "genglossary_gui.ui.views.log_view", "genglossary_gui.ui.views.log_panel", "genglossary_gui.ui.models.runs",
    "genglossary_gui.ui.views.run_panel", "genglossary_gui.ui.views.terms", "genglossary_gui.ui.views.documents",
    "genglossary_gui.ui.views.issues", "genglossary_gui.ui.views.document", "genglossary_gui.ui.views.workspace",
    "genglossary_gui.ui.status_bar", "genglossary_gui.ui.run_commands", "genglossary_gui.ui.run_enabling",
    "genglossary_gui.ui.run_news", "genglossary_gui.ui.stopping", "PySide6.QtNetwork",
    "genglossary_gui.ui.single_instance",
)  # fmt: skip
"""What ``fill`` needs, in an order in which none brings much with it that comes later."""


def show_early(app: App, project: Path) -> MainWindow | None:
    """The window of the project, painted with its first page; None where that cannot be read at once.

    Who opens it in full says why.
    """
    from genglossary_gui.core.store.first_entries import first_entries, project_name
    from genglossary_gui.ui.views.first_page import ENTRIES, FirstPage

    try:
        with closing(connect(project, busy_timeout_ms=_BUSY_MS, read_only=True)) as connection:
            page = FirstPage(project_name(connection), first_entries(connection, ENTRIES))
    except (sqlite3.Error, UserFacingError):
        return None
    window = app.keep(MainWindow(app, None, page), coming=project)
    app.show(window)
    QApplication.processEvents()  # painted now, not after the next import
    return window


def load_the_rest(qt: QApplication | None) -> None:
    """Import what a window needs; between the parts ``qt`` paints and hears what is on the screen already."""
    for module in _REST:
        if qt is not None:
            qt.processEvents()
        importlib.import_module(module)


async def fill(app: App, window: MainWindow, project: Path) -> None:
    """Give the window its project; one that a person has closed meanwhile closes then.  Raises ``ProjectError``."""
    from asyncio import sleep

    from genglossary_gui.ui.views.workspace import WorkspaceView

    await sleep(0)
    with app.workspace(project) as (workspace, lock):
        await sleep(0)
        view = WorkspaceView(workspace, in_pieces=True)
        window.hold(view)
        for _piece in view.build():
            await sleep(0)
        # What is shown takes longest: one after the other.
        shown_later = (view.glossary.entry, view.runs, view.runs.log)
        for part in shown_later:
            part.hide()
        window.fill(workspace, view)
        app.furnish(window, workspace, lock)
        await sleep(0)
        if not window.is_closed:
            window.uncover()
        for part in shown_later:
            await sleep(0)
            if not window.is_closed:
                part.show()
    app.remember_project(project)
    if window.isHidden():
        window.close()
