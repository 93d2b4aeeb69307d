"""Work beside the window: who is told of its end, and who is not any more."""

import threading
from threading import Event

from PySide6.QtCore import QObject
from shiboken6 import Shiboken

from genglossary_gui.core import app_log
from genglossary_gui.core.errors import UserFacingError
from genglossary_gui.ui import background
from genglossary_gui.ui.background import Background
from tests.support import PATIENCE


def test_the_window_hears_of_the_result_in_its_own_thread(qtbot):
    owner, results = QObject(), []
    Background(owner, lambda: 42, results.append, results.append)
    qtbot.waitUntil(lambda: results == [42])


def test_an_error_for_people_is_told_as_it_is(qtbot):
    owner, errors = QObject(), []

    def work():
        raise UserFacingError("The disk is full.")

    Background(owner, work, errors.append, errors.append)
    qtbot.waitUntil(lambda: bool(errors))
    assert str(errors[0]) == "The disk is full."


def test_an_owner_that_has_gone_hears_nothing(qtbot):
    owner, heard, go = QObject(), [], Event()
    Background(owner, go.wait, heard.append, heard.append)
    Shiboken.delete(owner)
    go.set()
    qtbot.waitUntil(lambda: not background._under_way)
    assert not heard


def test_work_that_outlives_the_application_ends_in_silence(qtbot):
    owner, go, uncaught = QObject(), Event(), []
    stop_hearing = app_log.tell_uncaught(uncaught.append)
    try:
        Background(owner, go.wait, uncaught.append, uncaught.append)
        [under_way] = background._under_way
        thread = next(each for each in threading.enumerate() if each.name == "window-work")
        Shiboken.delete(under_way)  # as the end of the application does
        go.set()
        thread.join()
        assert not uncaught
    finally:
        background._under_way.clear()
        stop_hearing()


def test_the_end_of_the_application_waits_for_work(qtbot):
    owner, done = QObject(), []
    go = Event()
    Background(owner, lambda: done.append(go.wait()), done.append, done.append)
    assert not background.finish(0.0)
    go.set()
    assert background.finish(PATIENCE)
    assert done == [True]
    assert not background._under_way
