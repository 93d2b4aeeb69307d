"""The whole program, which the desktop asks to quit as soon as its window is there with all its parts."""

import sys

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from genglossary_gui.starting import main


def look() -> None:
    # Before that no event loop runs, and Qt would not hear of it.
    if any(widget.isVisible() and not getattr(widget, "first", None) for widget in QApplication.topLevelWidgets()):
        timer.stop()
        QApplication.quit()


if __name__ == "__main__":
    qt = QApplication([])
    timer = QTimer(interval=20)
    timer.timeout.connect(look)
    timer.start()
    sys.exit(main(sys.argv[1:]))
