"""What a start does not load, seen in processes of their own: each of it costs more than the start itself."""

import json
import subprocess
import sys

import pytest

from tests.support import make_project

HEAVY = ("numpy", "sudachipy", "HanTa", "wordfreq", "openai", "httpx", "asyncio", "docx", "lxml", "xlsxwriter")
"""Engines, tokenizers, clients and formats."""
OURS = ("engines", "documents", "exchange", "compute", "pipeline", "llm", "redaction")
"""Parts of our own core."""
COMMAND = """
import json, sys
from genglossary_gui import cli
cli.main({arguments!r})
print(json.dumps([*sys.modules]))
"""


def loaded_after(program: str) -> set[str]:
    """The modules of a process that carried ``program`` out and printed them last, with the packages they lie in."""
    ended = subprocess.run([sys.executable, "-c", program], capture_output=True, encoding="utf-8", check=True)
    modules = json.loads(ended.stdout.splitlines()[-1])
    return {".".join(name.split(".")[:depth]) for name in modules for depth in range(1, name.count(".") + 2)}


@pytest.mark.parametrize("command", ["version", "help", "runs"])
def test_a_short_command_loads_no_engine_and_no_format(tmp_path, command):
    project = make_project(tmp_path)
    arguments = {"version": ["--version"], "help": ["--help"], "runs": ["runs", str(project)]}[command]
    loaded = loaded_after(COMMAND.format(arguments=arguments))
    assert not loaded & {*HEAVY, "PySide6", *(f"genglossary_gui.core.{name}" for name in OURS)}


WINDOW = """
import json, sys
from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication, QMainWindow

class Witness(QObject):
    def eventFilter(self, watched, event):
        if event.type() == QEvent.Type.Paint and isinstance(watched, QMainWindow):
            print(json.dumps([*sys.modules]), flush=True)
            sys.stdout.flush()
            os._exit(0)
        return False

import os
qt = QApplication([])
witness = Witness()
qt.installEventFilter(witness)
from genglossary_gui.starting import main
main([{project!r}])
"""
LATER = ("core.runs.manager", "core.engines", "core.documents", "core.exchange", "core.compute", "core.redaction")
"""Parts of our own that no window needs for its first paint, besides most of its views."""


def test_a_window_is_painted_before_anything_else_is_loaded(tmp_path):
    loaded = loaded_after(WINDOW.format(project=str(make_project(tmp_path, "A weir."))))
    heavy = {*HEAVY, "qasync", "filelock", "multiprocessing", "PySide6.QtNetwork", "PySide6.QtPrintSupport"}
    ours = {f"genglossary_gui.{name}" for name in (*LATER, "ui.controller", "ui.views.workspace", "ui.dialogs")}
    assert "genglossary_gui.ui.views.first_page" in loaded
    assert sorted(loaded & (heavy | ours)) == []
