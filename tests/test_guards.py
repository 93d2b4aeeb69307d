"""Each guard is shown a test that misbehaves, and must notice; a tidy test beside them must pass."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
INNER = """
import logging, os, sqlite3, threading, warnings
from pathlib import Path
import platformdirs, pytest
from PySide6.QtCore import QThread, qWarning
from genglossary_gui.core import i18n, paths
from tests import guards

guards.SETTLE_SECONDS = 0.2
KEPT = []

class Worker(QThread):
    def run(self):
        self.exec()

def test_real_folder():
    (Path(os.environ["REAL_CACHE"]) / paths.APP_NAME).mkdir()

def test_thread():
    KEPT.append(gate := threading.Event())
    threading.Thread(target=gate.wait, name="forgotten", daemon=True).start()

def test_qthread(qapp):
    KEPT.append(worker := Worker())
    worker.start()

def test_project_file(tmp_path):
    KEPT.append(connection := sqlite3.connect(tmp_path / "a.genglossary"))
    connection.execute("CREATE TABLE t (x)")

def test_log():
    logging.getLogger("genglossary_gui.core.runs").warning("the disk is full")

def test_qt_message(qapp):
    qWarning("something is wrong with a widget")

def test_python_warning():
    warnings.warn("old", DeprecationWarning)

@pytest.mark.expected_logs("disk is full")
def test_tidy(qtbot, tmp_path):
    logging.getLogger("genglossary_gui.core.runs").warning("the disk is full")
    worker = Worker()
    worker.start()
    connection = sqlite3.connect(tmp_path / "a.genglossary")
    connection.close()
    worker.quit()
    worker.wait()
    i18n.set_language("ja")

def test_next_is_in_english():
    assert i18n.language() == "en"

def test_folders_are_temporary():
    assert Path(os.environ["REAL_CACHE"]) != platformdirs.user_cache_path()

def test_end():
    for thing in KEPT:
        for name in ("set", "quit", "wait", "close"):
            getattr(thing, name, lambda: None)()
"""


@pytest.fixture(scope="module")
def verdicts(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Name of an inner test -> what pytest's summary says about it."""
    folder = tmp_path_factory.mktemp("inner")
    (folder / "cache").mkdir()
    (folder / "test_inner.py").write_text(INNER, encoding="utf-8")
    cache = str(folder / "cache")
    environment = {**os.environ, "XDG_CACHE_HOME": cache, "REAL_CACHE": cache, "COLUMNS": "200"}
    options = ["-p", "tests.conftest", "-p", "no:cacheprovider", "-rA", "--tb=no"]
    where = ["-c", str(ROOT / "pyproject.toml"), f"--rootdir={folder}", str(folder / "test_inner.py")]
    command = [sys.executable, "-m", "pytest", *options, *where]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    found = re.findall(r"^(PASSED|FAILED|ERROR) \S*::(\w+)(.*)$", done.stdout, re.MULTILINE)
    assert found, done.stdout + done.stderr
    # The summary names a test twice if it passed and its teardown failed: the failure comes last.
    return {name: verdict + said for verdict, name, said in found}


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("test_real_folder", "real folders"),
        ("test_thread", "forgotten"),
        ("test_qthread", "native threads still running"),
        ("test_project_file", "still open"),
        ("test_log", "the disk is full"),
        ("test_qt_message", "FAILED"),
        ("test_python_warning", "DeprecationWarning"),
    ],
)
def test_misbehaviour_is_noticed(verdicts: dict[str, str], name: str, said: str) -> None:
    assert not verdicts[name].startswith("PASSED")
    assert said in verdicts[name]


@pytest.mark.parametrize("name", ["test_tidy", "test_next_is_in_english", "test_folders_are_temporary"])
def test_good_behaviour_passes(verdicts: dict[str, str], name: str) -> None:
    assert verdicts[name].startswith("PASSED")
