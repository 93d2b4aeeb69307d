from __future__ import annotations

import gc
from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from genglossary_gui.ui.models.reader import Reader
from tests.ui.glossary_support import FakeShell, make_glossary


@pytest.fixture(autouse=True)
def _collected_in_this_thread() -> Iterator[None]:
    """Python must not destroy objects of Qt in a reader thread; see ``GarbageCollector``."""
    gc.disable()
    yield
    gc.collect()
    gc.enable()


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
def shell() -> FakeShell:
    return FakeShell()
