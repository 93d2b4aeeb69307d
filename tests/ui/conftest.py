from __future__ import annotations

import gc
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from genglossary_gui.core.compute import Workers
from genglossary_gui.ui import shortcuts
from genglossary_gui.ui.edits import Edits
from genglossary_gui.ui.main_window import MainWindow
from genglossary_gui.ui.models.reader import Reader
from tests.support import SimpleEngine
from tests.ui.gallery import Gallery
from tests.ui.glossary_support import FakeShell, make_glossary
from tests.ui.models.run_support import RunBook
from tests.ui.windows import MakeWindow, abandon_run, open_window


@pytest.fixture(autouse=True)
def _collected_in_this_thread() -> Iterator[None]:
    """Python must not destroy objects of Qt in a reader thread; see ``GarbageCollector``."""
    gc.disable()
    yield
    gc.collect()
    gc.enable()


@pytest.fixture(autouse=True)
def _own_keys() -> Iterator[None]:
    """Keys that a test has chosen are gone afterwards."""
    yield
    shortcuts.use({})


@pytest.fixture
def glossary(tmp_path: Path) -> Path:
    """A project with a published glossary."""
    return make_glossary(tmp_path)


@pytest.fixture
def glossary_reader(qtbot: QtBot, glossary: Path) -> Iterator[Reader]:
    reader = Reader(glossary)
    yield reader
    reader.close()


@pytest.fixture
def edits(qtbot: QtBot, glossary: Path) -> Iterator[Edits]:
    """Those of the project with a glossary; what they still have to write is written at the end."""
    edits = Edits(glossary)
    yield edits
    qtbot.waitUntil(lambda: not edits.is_at_work)


@pytest.fixture
def book(tmp_path: Path) -> Iterator[RunBook]:
    """A project whose runs a test writes by itself."""
    book = RunBook(tmp_path)
    yield book
    book.close()


@pytest.fixture
def shell() -> FakeShell:
    return FakeShell()


@pytest.fixture(scope="session")
def window_workers(_session_home: None) -> Iterator[Workers]:
    workers = Workers(1)
    yield workers
    workers.close()


@pytest.fixture
def make_window(qtbot: QtBot, shell: FakeShell, window_workers: Workers) -> Iterator[MakeWindow]:
    """Opens windows as ``tests.ui.windows.open_window`` does; their runs are stopped at the end."""
    windows: list[MainWindow] = []

    def make(project: Path, engine: SimpleEngine | None = None, **options: Any) -> MainWindow:
        windows.append(open_window(shell, project, window_workers, engine or SimpleEngine(), **options))
        return windows[-1]

    yield make
    for window in windows:
        assert window.workspace is not None
        controller = window.workspace.controller
        controller.set_paused(False)
        controller.cancel_all()
        qtbot.waitUntil(lambda c=controller: not c.active_runs(), timeout=20_000)
        qtbot.waitUntil(lambda c=controller: not c._threads, timeout=20_000)
        window.close()
        window.deleteLater()


@pytest.fixture
def gallery(qtbot: QtBot, shell: FakeShell, glossary: Path, make_window: MakeWindow) -> Gallery:
    """Every window, page and dialog, of a project with a glossary and a run that nobody ended."""
    abandon_run(glossary)
    window = make_window(glossary)
    window.resize(1280, 800)
    return Gallery(qtbot, shell, window)
