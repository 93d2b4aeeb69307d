"""The whole program with a run that does not hear of a cancel; the test that started it ends it."""

import sys
import threading

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from genglossary_gui import app, starting
from tests.support import SimpleEngine


class Deaf(SimpleEngine):
    def review(self, entries, work):
        print("at work", flush=True)
        threading.Event().wait(600)
        yield from ()


def start() -> None:
    for window in QApplication.topLevelWidgets():
        if isinstance(window, app.MainWindow) and window.isVisible() and window.first is None:
            timer.stop()
            window.actions_["actionRun"].trigger()


if __name__ == "__main__":
    qt = QApplication([])
    app.App._usual_engine = lambda self, settings: Deaf()
    timer = QTimer(interval=20)
    timer.timeout.connect(start)
    timer.start()
    sys.exit(starting.main(sys.argv[1:]))
