"""One process of ``scripts.screenshots``: takes the pictures of one language, theme and scale."""

from __future__ import annotations

import asyncio
import os
import sys
from collections import Counter
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, closing
from pathlib import Path

from PySide6.QtCore import QMessageLogContext, QSettings, QSize, Qt, QtMsgType, qInstallMessageHandler
from PySide6.QtGui import QAction, QImage, qRgb
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractItemView, QApplication, QDialog, QPushButton, QWidget
from qasync import QEventLoop

from genglossary_gui import cli
from genglossary_gui.app import App
from genglossary_gui.core import i18n, paths
from genglossary_gui.core.compute import Workers
from genglossary_gui.core.settings import AppSettings, save_settings
from genglossary_gui.core.store.connection import connect, transaction
from genglossary_gui.core.store.projects import create_project
from genglossary_gui.ui.dialogs.compare import CompareDialog
from genglossary_gui.ui.dialogs.settings import SettingsDialog
from genglossary_gui.ui.help import show_help
from genglossary_gui.ui.main_window import MainWindow
from tests.bench import projects

_SETTLE = 0.5
_LONG = 3.0
_PATIENCE = 100
"""Tenths of a second until a dialog must be there."""
_MANY = 100_000
_COLOURS = 256
_SETTINGS = ("general", "model", "compute", "documents", "shortcuts")


class Screens:
    """Takes pictures into ``folder``."""

    def __init__(self, folder: Path, size: QSize, language: str, theme: str) -> None:
        self.folder, self.size, self.language = folder, size, language
        folder.mkdir(parents=True, exist_ok=True)
        settings = AppSettings(language=language, theme=theme)
        save_settings(settings)
        QSettings(str(paths.config_folder() / "window.ini"), QSettings.Format.IniFormat).setValue("tour/seen", True)
        self.workers = Workers(1)
        self.app = App(settings, workers=self.workers)

    def close(self) -> None:
        self.app.close()
        self.workers.close()

    async def take(self, name: str, widget: QWidget, seconds: float = _SETTLE) -> None:
        """A picture of a widget when what it asked for has come."""
        await asyncio.sleep(seconds)
        _compressed(widget.grab().toImage()).save(str(self.folder / f"{name}.png"))

    @asynccontextmanager
    async def window(self, state: str) -> AsyncIterator[MainWindow]:
        project = _PROJECTS[state](self.language)
        window = self.app.build_window(project)
        window.resize(self.size)
        self.app.show(window)
        await asyncio.sleep(_LONG)
        yield window
        closed: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        window.closed.connect(lambda: closed.set_result(None))
        window.close()
        await closed

    async def take_window(self, state: str) -> None:
        """The pages of a window, with the document beside them, and the tour."""
        async with self.window(state) as window:
            assert window.project is not None
            for index, page in enumerate(("glossary", "terms", "documents", "issues")):
                window.project.show_page(index)
                await self._choose_first(window, index)
                await self.take(f"{state}-{page}", window)
            if state == "typical":
                await self.open_evidence(window)
                await self.take(f"{state}-document", window)
                window.show_tour()
                for step in range(1, 5):
                    await self.take(f"tour-{step}", window, 0.1)
                    button = window.findChild(QPushButton, "tourNext")
                    assert button is not None
                    button.click()

    async def take_home(self) -> None:
        """The first screen, with the projects that were opened and without any."""
        for state in ("empty", "typical"):
            if state == "typical":
                for kind in ("typical", "empty"):
                    self.app.remember_project(_PROJECTS[kind](self.language))
            self.app.show_home()
            [home] = [window for window in self.app.windows if window.home is not None]
            home.resize(self.size)
            await self.take(f"{state}-home", home, 1.0)
            home.close()
            await asyncio.sleep(0.1)

    async def take_dialogs(self) -> None:
        async with self.window("typical") as window:
            assert window.project is not None
            assert window.workspace is not None
            for name in ("Export", "Import", "InsertLinks", "NewProject", "About", "Palette"):
                await self._dialog(name, window.actions_[f"action{name}"].trigger)
            window.project.show_page(1)
            await self._choose_first(window, 1)
            for name in ("AddTerm", "TermLists"):
                await self._dialog(name, _action(window, f"action{name}").trigger)
            window.project.show_page(2)
            await self._choose_first(window, 2)
            await self._dialog("Folders", window.project.documents.folders.trigger)
            window.project.show_page(3)
            await self._choose_first(window, 3)
            await self._dialog("Ignore", _action(window, "actionIgnoreIssue").trigger)
            window.project.runs.select(1)
            window.project.focus_runs()
            await asyncio.sleep(_SETTLE)
            await self._dialog("EditAndRun", window.actions_["actionEditAndRun"].trigger)
            await self._dialog("RunNote", window.actions_["actionRunNote"].trigger)
            for page in _SETTINGS:
                settings = SettingsDialog(self.app, window, page=page)
                await self._dialog(f"Settings-{page}", settings.open)
            compare = CompareDialog(window.workspace, 1, 2, window)
            compare.show()
            await self.take("dialog-Compare", compare, 2.0)
            compare.close()
            for place in ("first-glossary", "terms#review", "privacy"):
                guide = show_help(place)
                await self.take(f"help-{place.partition('#')[0]}", guide)
                guide.close()
                await asyncio.sleep(0.1)

    async def take_front(self) -> None:
        """What a person sees who has opened the evidence of the first entry."""
        async with self.window("typical") as window:
            await self.open_evidence(window)
            await self.take("typical-document", window)

    async def take_guide(self) -> None:
        async with self.window("typical") as window:
            assert window.project is not None
            window.project.below.setSizes([390, 270])
            window.project.show_page(1)
            await self._choose_first(window, 1)
            await self.take("guide-terms", window)
            window.project.show_page(0)
            await self._choose_first(window, 0)
            await self.take("guide-glossary", window)
            window.project.runs.setFixedHeight(340)
            window.project.runs.select(1)
            await self.take("guide-runs", window.project.runs, 1.0)
            settings = SettingsDialog(self.app, window)
            settings.open()
            await self.take("guide-settings", settings)
            settings.close()

    async def open_evidence(self, window: MainWindow) -> None:
        """Choose the first entry that is defined, and open the passage it rests on."""
        assert window.project is not None
        glossary = window.project.glossary
        window.project.show_page(0)
        model = glossary.page.model
        rows = ((row, model.value_at(row)) for row in range(model.rowCount()))
        first = next(row for row, entry in rows if entry is not None and entry.definition)
        glossary.page.table.setCurrentIndex(model.index(first, 0))
        await asyncio.sleep(_SETTLE)
        glossary.entry.focus_first_passage()
        card = QApplication.focusWidget()
        assert card is not None
        QTest.keyClick(card, Qt.Key.Key_Return)

    async def _choose_first(self, window: MainWindow, page: int) -> None:
        assert window.project is not None
        await asyncio.sleep(_SETTLE)
        table = _table(window, page)
        table.setCurrentIndex(table.model().index(0, 0))
        await asyncio.sleep(_SETTLE)

    async def _dialog(self, name: str, show: Callable[[], object]) -> None:
        show()
        for _tick in range(_PATIENCE):
            await asyncio.sleep(0.1)
            if found := [w for w in QApplication.topLevelWidgets() if isinstance(w, QDialog) and w.isVisible()]:
                break
        else:
            raise SystemExit(f"the dialog {name} did not open")
        dialog = found[-1]
        await self.take(f"dialog-{name}", dialog)
        dialog.reject()
        await asyncio.sleep(0.1)


def _action(window: MainWindow, name: str) -> QAction:
    action = window.findChild(QAction, name)
    assert action is not None, name
    return action


def _table(window: MainWindow, page: int) -> QAbstractItemView:
    assert window.project is not None
    pages = (window.project.glossary.page, window.project.terms.page, window.project.documents.page)
    return pages[page].table if page < len(pages) else window.project.issues.table


def _shared(name: str) -> Path:
    """A project that the processes of one script share, each in its own language."""
    return Path(os.environ["GENGLOSSARY_PICTURES"]) / f"{name}.genglossary"


def _empty(language: str) -> Path:
    project = _shared(f"empty-{language}")
    if not project.exists():
        folder = project.with_suffix("")
        folder.mkdir()
        create_project(project, [folder], name=i18n._("New project"))
    return project


def _typical(language: str) -> Path:
    """Two runs of the sample."""
    project = _shared(f"sample-{language}")
    if not project.exists():
        name = i18n._("Sample: sake brewing") if language == "ja" else i18n._("Sample: tidal harbour")
        create_project(project, [paths.resources() / "samples" / language], name=name)
        for _time in range(2):
            if cli.main(["run", str(project), "--scope", "full", "--quiet"]):
                raise SystemExit("the sample could not be read")
        i18n.set_language(language)
    return project


def _huge(_language: str) -> Path:
    project = _shared("huge")
    if project.exists():
        return project
    projects.make_project(project.parent, project.stem, terms=_MANY, runs=_MANY)
    with closing(connect(project)) as connection, transaction(connection):
        document, content = projects.add_content(connection)
        connection.execute(
            "INSERT INTO evidence SELECT id, 0, ?, ?, 0, 5, 1, text, 'definition', 1, '' FROM definitions",
            (document, content),
        )
        connection.execute(
            "INSERT INTO issues (term_id, type, explanation, action)"
            " SELECT id, 'unclear', 'The definition is too short.', 'Complete it.' FROM terms"
        )
        connection.execute(
            "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ?)"
            " INSERT INTO documents (source_id, path, format, size, state, content_id, scanned_at)"
            " SELECT 1, printf('part %03d/document %06d.md', i / 1000, i), 'md', i * 37, 'ready', ?,"
            " '2026-11-01T09:00:00+00:00' FROM n",
            (_MANY, content),
        )
    return project


_PROJECTS = {"empty": _empty, "typical": _typical, "huge": _huge}


def _compressed(picture: QImage) -> QImage:
    """The picture with its 256 most frequent colours, which is all that a window has."""
    picture = picture.convertToFormat(QImage.Format.Format_RGB32)
    pixels = memoryview(picture.constBits()).cast("I")
    table = [colour for colour, _count in Counter(pixels).most_common(_COLOURS)]
    table = [qRgb(colour >> 16 & 255, colour >> 8 & 255, colour & 255) for colour in table]
    indexed = picture.convertToFormat(QImage.Format.Format_Indexed8, table, Qt.ImageConversionFlag.ThresholdDither)
    indexed.setDevicePixelRatio(1)
    return indexed


def _report(kind: QtMsgType, context: QMessageLogContext, text: str) -> None:
    """What Qt says, without what a virtual screen cannot do."""
    if not text.startswith("This plugin does not support"):
        print(text, file=sys.stderr)


async def _take(arguments: list[str]) -> int:
    folder, screens, states, language, theme, width, height = arguments
    taker = Screens(Path(folder), QSize(int(width), int(height)), language, theme)
    if "window" in screens.split(","):
        await taker.take_home()
        for state in states.split(","):
            await taker.take_window(state)
    if "dialogs" in screens.split(","):
        await taker.take_dialogs()
    if screens == "front":
        await taker.take_front()
    if screens == "guide":
        await taker.take_guide()
    taker.close()
    return 0


def main() -> int:
    qInstallMessageHandler(_report)
    qt = QApplication(["genglossary-gui"])
    qt.setQuitOnLastWindowClosed(False)
    with QEventLoop(qt) as loop:
        return loop.run_until_complete(_take(sys.argv[1:]))


if __name__ == "__main__":
    sys.exit(main())
