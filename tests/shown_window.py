"""The whole program, which says when its window is there; the test that started it sends it a signal then.

``--first`` PROJECT: it says so when the window has its first page only, and gets its parts then.
"""

import sys

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from genglossary_gui.starting import main

is_first_enough = "--first" in sys.argv


def look() -> None:
    shown = [widget for widget in QApplication.topLevelWidgets() if widget.isVisible()]
    if any(is_first_enough or not getattr(widget, "first", None) for widget in shown):
        timer.stop()
        print("shown", flush=True)


if __name__ == "__main__":
    qt = QApplication([])
    timer = QTimer(interval=20)
    timer.timeout.connect(look)
    timer.start()
    sys.exit(main([each for each in sys.argv[1:] if each != "--first"]))
