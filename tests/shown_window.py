"""The whole program, which says when its window is there; the test that started it sends it a signal then."""

import sys

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from genglossary_gui.starting import main


def look() -> None:
    if any(widget.isVisible() and not getattr(widget, "first", None) for widget in QApplication.topLevelWidgets()):
        timer.stop()
        print("shown", flush=True)


if __name__ == "__main__":
    qt = QApplication([])
    timer = QTimer(interval=20)
    timer.timeout.connect(look)
    timer.start()
    sys.exit(main(sys.argv[1:]))
