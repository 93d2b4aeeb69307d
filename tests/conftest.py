"""Fixtures for all tests. What every test is held to, without asking for it, is described in guards.py."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from pytestqt.qtbot import QtBot

from tests import guards

# Windows of the tests stay out of sight, however pytest was started.
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
# No test reads the keys of the person who runs it.
os.environ["PYTHON_KEYRING_BACKEND"] = "keyring.backends.fail.Keyring"
# NumPy would start threads that last when first imported, in whichever test that is.
os.environ["OPENBLAS_NUM_THREADS"] = "1"
# Whether a test passes never depends on how busy the machine is.
settings.register_profile("any machine", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("any machine")
# Nor does it by what a window does in the end: nobody waits so long unless something is wrong.
for wait in (QtBot.waitUntil, QtBot.waitSignal, QtBot.waitSignals):
    wait.__kwdefaults__ = {**(wait.__kwdefaults__ or {}), "timeout": 30_000}


@pytest.fixture(scope="session", autouse=True)
def _session_home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """For what lives longer than one test, such as a pool of worker processes."""
    with guards.home_at(tmp_path_factory.mktemp("home")):
        yield


@pytest.fixture(autouse=True)
def _guarded(_session_home: None, request: pytest.FixtureRequest) -> Iterator[None]:
    """Named first in every test, hence torn down last: it sees what the other fixtures leave."""
    expected = [text for mark in request.node.iter_markers("expected_logs") for text in mark.args]
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as home, ExitStack() as stack:
        stack.enter_context(guards.real_folders_untouched())
        stack.enter_context(guards.home_at(Path(home).resolve()))
        stack.enter_context(guards.english())
        stack.enter_context(guards.projects_closed())
        stack.enter_context(guards.threads_ended())
        stack.enter_context(guards.no_unexpected_logs(tuple(expected)))
        yield


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    """A folder with three real documents: Markdown and plain text in Japanese, HTML in English."""
    folder = tmp_path / "corpus"
    folder.mkdir()
    for name, text in DOCUMENTS.items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder


DOCUMENTS = {
    "酒造り.md": """\
# 酒造りの工程

麹菌とは、蒸した米の上で育ち、でんぷんを糖に変える微生物である。麹菌を米に植えたものを米麹と呼ぶ。

## 酒母

酒母は、酵母を大量に育てた液体を指す。酒母に米麹、蒸米、水を三回に分けて加えることを三段仕込みという。
三段仕込みでは、酵母の数を保ちながら醪の量を増やす。醪とは、発酵の途中にある白く濁った液体である。
""",
    "用語.txt": """\
醪を搾ると清酒と酒粕に分かれる。この作業を上槽という。
上槽のあと、清酒を加熱して酵素の働きを止める。これを火入れという。火入れをしない清酒は生酒と呼ばれる。
精米歩合: 玄米の重さに対する白米の重さの割合。精米歩合が小さいほど、よく磨いた米である。
""",
    "tides.html": """\
<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><title>Tides</title></head><body>
<h1>How tides work</h1>
<p>A <b>tidal range</b> is the difference in height between high water and low water. The tidal range changes
through the month.</p>
<p>A spring tide is a tide with a large tidal range, which occurs when the sun and the moon pull in one line.
A neap tide occurs a week later, and its tidal range is small.</p>
<dl><dt>Slack water</dt><dd>The short time in which the tidal stream stands still before it turns.</dd></dl>
<p>Sailors wait for slack water before they enter a narrow channel: the tidal stream is strong there.</p>
</body></html>
""",
}
