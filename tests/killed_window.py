"""A window whose run stops in the middle and says so; the test that started it kills it there."""

import sys
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from genglossary_gui.app import build_main_window
from genglossary_gui.core.settings import AppSettings
from tests.support import SimpleEngine


class Stuck(SimpleEngine):
    def define(self, terms, work):
        print("at work", flush=True)
        work.token.wait(600)
        yield from super().define(terms, work)


if __name__ == "__main__":
    qt = QApplication([])
    window = build_main_window(
        Path(sys.argv[1]), settings=AppSettings(workers=1), make_engine=lambda settings: Stuck(revision="stuck")
    )
    window.show()
    QTimer.singleShot(0, window.actions_["actionRun"].trigger)
    qt.exec()
