from __future__ import annotations

import subprocess
import sys

_OPENED = """
from PySide6.QtCore import QUrl
from PySide6.QtGui import QFileOpenEvent
from genglossary_gui.ui.application import Application
qt = Application([])
qt.file_opened.connect(print)
qt.sendEvent(qt, QFileOpenEvent(QUrl.fromLocalFile("/somewhere/my.genglossary")))
"""


def test_a_file_that_the_desktop_wants_opened_is_told() -> None:
    """In a process of its own: there is one application in a process, and the tests have theirs."""
    done = subprocess.run([sys.executable, "-c", _OPENED], capture_output=True, text=True, check=True)
    assert done.stdout == "/somewhere/my.genglossary\n"
