"""Errors that nobody expected: in the log always, in one dialog once, and never with a secret."""

from __future__ import annotations

import asyncio
import logging
import sys
import threading
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from zipfile import ZipFile

import pytest
from PySide6.QtCore import QTimer, qWarning
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from genglossary_gui.core import app_log
from genglossary_gui.core.settings import AppSettings
from genglossary_gui.ui.crash import CrashWatch
from genglossary_gui.ui.dialogs.crash import CrashDialog

KEY = "sk-canary0123456789abcdef"
pytestmark = [pytest.mark.expected_logs("uncaught exception"), pytest.mark.qt_no_exception_capture]


def fail(words: str = "it broke") -> None:
    raise RuntimeError(f"{words}: password={KEY} in /home/wilma/plan.txt")


def fail_elsewhere() -> None:
    raise LookupError("another place")


@pytest.fixture
def watch(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> Iterator[CrashWatch]:
    """A watch over the hooks of the process, as ``starting`` sets them."""
    for module, hook in [(sys, "excepthook"), (threading, "excepthook"), (sys, "unraisablehook")]:
        monkeypatch.setattr(module, hook, getattr(module, hook))
    logger = logging.getLogger("genglossary_gui")
    before, level = list(logger.handlers), logger.level
    app_log.start_logging()
    watch = CrashWatch(AppSettings)
    yield watch
    watch.stop()
    for dialog in dialogs():
        dialog.close()
    qtbot.waitUntil(lambda: not dialogs())
    for handler in [handler for handler in logger.handlers if handler not in before]:
        logger.removeHandler(handler)
        handler.close()
    logger.setLevel(level)


def dialogs() -> list[CrashDialog]:
    return [each for each in QApplication.topLevelWidgets() if isinstance(each, CrashDialog)]


def logged() -> str:
    return app_log.log_file().read_text(encoding="utf-8")


def test_an_exception_of_a_slot_is_told_and_logged(qtbot: QtBot, watch: CrashWatch) -> None:
    QTimer.singleShot(0, fail)
    qtbot.waitUntil(lambda: len(dialogs()) == 1)
    shown = dialogs()[0]

    assert shown.isVisible()
    assert not shown.isModal()
    assert "RuntimeError: it broke" in shown.report.toPlainText()
    assert "in fail" in shown.report.toPlainText()
    assert "RuntimeError: it broke" in logged()


def test_the_report_holds_no_secret_and_can_be_copied(qtbot: QtBot, watch: CrashWatch) -> None:
    QTimer.singleShot(0, fail)
    qtbot.waitUntil(lambda: len(dialogs()) == 1)
    dialogs()[0].copy.click()

    copied = QApplication.clipboard().text()
    assert "RuntimeError: it broke" in copied
    assert "canary" not in copied + dialogs()[0].report.toPlainText()
    assert "wilma" not in copied


@pytest.mark.parametrize("thread", ["thread", "destructor", "task"])
def test_other_places_are_heard_too(qtbot: QtBot, watch: CrashWatch, thread: str) -> None:
    class Leaving:
        def __del__(self) -> None:
            fail()

    if thread == "thread":
        worker = threading.Thread(target=fail)
        worker.start()
        worker.join()
    elif thread == "destructor":
        Leaving()
    else:
        with closing(asyncio.new_event_loop()) as loop:
            watch.watch_loop(loop)
            loop.call_soon(fail)
            loop.call_soon(loop.stop)
            loop.run_forever()
    qtbot.waitUntil(lambda: len(dialogs()) == 1)


def test_there_is_one_dialog_at_a_time_and_it_counts(qtbot: QtBot, watch: CrashWatch) -> None:
    for act in (fail, fail, fail_elsewhere):
        QTimer.singleShot(0, act)
    qtbot.waitUntil(lambda: len(dialogs()) == 1 and "2 more" in dialogs()[0]._note.text())

    assert logged().count("uncaught exception") == 3


def test_the_same_fault_is_told_once(qtbot: QtBot, watch: CrashWatch) -> None:
    QTimer.singleShot(0, fail)
    qtbot.waitUntil(lambda: len(dialogs()) == 1)
    dialogs()[0].close()
    qtbot.waitUntil(lambda: not dialogs())

    QTimer.singleShot(0, fail)
    QTimer.singleShot(0, fail_elsewhere)
    qtbot.waitUntil(lambda: len(dialogs()) == 1)
    assert "LookupError" in dialogs()[0].report.toPlainText()


def test_the_window_behind_stays_in_use(qtbot: QtBot, watch: CrashWatch) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    window.show()
    QTimer.singleShot(0, fail)
    qtbot.waitUntil(lambda: len(dialogs()) == 1)

    assert QApplication.activeModalWidget() is None
    assert dialogs()[0].parent() is window


@pytest.mark.expected_logs("uncaught exception", "default: the driver")
def test_a_message_of_qt_is_logged(qtbot: QtBot, watch: CrashWatch) -> None:
    qWarning(f"the driver said password={KEY}")

    assert "default: the driver said" in logged()
    assert KEY not in logged()


def test_diagnostics_are_saved_from_it(qtbot: QtBot, watch: CrashWatch, tmp_path: Path) -> None:
    from genglossary_gui.ui.saving_diagnostics import write_diagnostics

    QTimer.singleShot(0, fail)
    qtbot.waitUntil(lambda: len(dialogs()) == 1)
    told: list[str] = []
    write_diagnostics(dialogs()[0], tmp_path / "d.zip", AppSettings(), {"Qt": "6"}, told.append)
    qtbot.waitUntil(lambda: len(told) == 2, timeout=20_000)

    assert "d.zip" in told[1]
    with ZipFile(tmp_path / "d.zip") as archive:
        assert b"it broke" in archive.read("logs/genglossary.log")
        assert b"canary" not in archive.read("logs/genglossary.log")


def test_a_place_that_cannot_be_written_is_told(qtbot: QtBot, tmp_path: Path) -> None:
    from genglossary_gui.ui.saving_diagnostics import write_diagnostics

    window = QWidget()
    qtbot.addWidget(window)
    told: list[str] = []
    write_diagnostics(window, tmp_path / "gone" / "d.zip", AppSettings(), {}, told.append)
    qtbot.waitUntil(lambda: len(told) == 2, timeout=20_000)

    assert "does not exist" in told[1]
