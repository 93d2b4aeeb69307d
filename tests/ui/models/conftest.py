from __future__ import annotations

from collections.abc import Iterator

import pytest
from pytestqt.qtbot import QtBot

from genglossary_gui.ui.models.reader import Reader
from tests.ui.models.run_support import FakeController, RunBook


@pytest.fixture
def reader(qtbot: QtBot, book: RunBook) -> Iterator[Reader]:
    reader = Reader(book.project)
    yield reader
    reader.close()


@pytest.fixture
def controller(qtbot: QtBot) -> FakeController:
    return FakeController()
