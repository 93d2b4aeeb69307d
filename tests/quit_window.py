"""The whole program, which the desktop asks to quit as soon as its window is there."""

import sys

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from genglossary_gui.app import main


def look() -> None:
    if any(widget.isVisible() for widget in QApplication.topLevelWidgets()):
        timer.stop()
        QApplication.quit()


if __name__ == "__main__":
    qt = QApplication([])
    timer = QTimer(interval=20)
    timer.timeout.connect(look)
    timer.start()
    sys.exit(main(sys.argv[1:]))
