"""A process that opens a window, prints when it was painted first and how much memory it has, and ends.

``python -m tests.bench.first_paint PROJECT`` opens the real window, ``… empty`` a ``QMainWindow`` with nothing
in it.  Prints one line of JSON: the time by the wall clock, and megabytes (null where the system does not tell).
"""

from __future__ import annotations

import json
import os
import sys
import time

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QApplication, QMainWindow

from tests.bench.measuring import resident_mb


class _Witness(QObject):
    """Sees the first paint of a main window, then lets the process end."""

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint and isinstance(watched, QMainWindow):
            watched.removeEventFilter(self)
            QTimer.singleShot(0, self._report)
        return False

    def _report(self) -> None:
        print(json.dumps([time.time(), resident_mb()]), flush=True)
        os._exit(0)  # what a window does when it closes is not measured


def main(place: str) -> int:
    qt = QApplication(["bench"])
    witness = _Witness(qt)
    qt.installEventFilter(witness)
    if place == "empty":
        window = QMainWindow()
        window.resize(1360, 880)
        window.show()
        return qt.exec()
    from genglossary_gui import starting  # only the real window pays for it

    return starting.main([place])


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
