"""Does the main job in the real window where nobody can click: run the sample, save the glossary and a screenshot.

``python scripts/demo.py FOLDER``: the window opens (on a virtual screen when there is no display), Run is
pressed, the run completes, ``glossary.md`` and ``window.png`` are written to FOLDER.  Exit status 0 or 1.
"""

from __future__ import annotations

import argparse
import asyncio
import sys
import tempfile
from contextlib import closing
from pathlib import Path

from PySide6.QtCore import QMessageLogContext, QSize, Qt, QtMsgType, qInstallMessageHandler
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from qasync import QEventLoop

from genglossary_gui.app import build_main_window
from genglossary_gui.core import paths
from genglossary_gui.core.exchange.export import export_project
from genglossary_gui.core.glossary import RunStatus
from genglossary_gui.core.settings import AppSettings
from genglossary_gui.core.store import runs
from genglossary_gui.core.store.connection import connect
from genglossary_gui.core.store.projects import create_project
from genglossary_gui.ui.main_window import MainWindow

_PATIENCE = 600.0
_SETTLE = 1.0
_SIZE = QSize(1360, 880)


async def demonstrate(target: Path, language: str, theme: str, screenshot: str) -> int:
    with tempfile.TemporaryDirectory() as folder:
        project = Path(folder) / "sample.genglossary"
        create_project(project, [paths.resources() / "samples" / language], name="Sample")
        window = build_main_window(project, settings=AppSettings(language=language, theme=theme))
        window.resize(_SIZE)
        window.show()
        assert window.workspace is not None
        assert window.project is not None
        ended: asyncio.Future[int] = asyncio.get_running_loop().create_future()
        window.workspace.controller.run_finished.connect(ended.set_result)
        await asyncio.sleep(_SETTLE)
        window.actions_["actionRun"].trigger()
        run_id = await asyncio.wait_for(ended, _PATIENCE)
        await asyncio.sleep(_SETTLE)
        with closing(connect(project)) as connection:
            row = runs.get_run(connection, run_id)
        assert row is not None
        entries = export_project(project, target / "glossary.md")
        _open_first_evidence(window)
        await asyncio.sleep(_SETTLE)
        window.grab().save(str(target / screenshot))
        closed: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        window.closed.connect(lambda: closed.set_result(None))
        window.close()
        await closed
    print(f"The sample run ended {row.status} with {entries} entries.")
    print(f"Glossary:   {target / 'glossary.md'}")
    print(f"Screenshot: {target / screenshot}")
    return 0 if row.status is RunStatus.COMPLETED else 1


def _open_first_evidence(window: MainWindow) -> None:
    """What a person does next: choose an entry that is defined, then open the passage it rests on."""
    assert window.project is not None
    glossary = window.project.glossary
    model = glossary.page.model
    rows = ((row, model.value_at(row)) for row in range(model.rowCount()))
    first = next(row for row, entry in rows if entry is not None and entry.definition)
    glossary.page.table.setCurrentIndex(model.index(first, 0))
    glossary.entry.focus_first_passage()
    card = QApplication.focusWidget()
    assert card is not None
    QTest.keyClick(card, Qt.Key.Key_Return)


def _report(kind: QtMsgType, context: QMessageLogContext, text: str) -> None:
    """What Qt says, without what a virtual screen cannot do."""
    if not text.startswith("This plugin does not support"):
        print(text, file=sys.stderr)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("target", type=Path)
    parser.add_argument("--language", choices=("en", "ja"), default="en")
    parser.add_argument("--theme", choices=("light", "dark"), default="light")
    parser.add_argument("--screenshot", default="window.png")
    options = parser.parse_args()
    options.target.mkdir(parents=True, exist_ok=True)

    qInstallMessageHandler(_report)
    qt = QApplication([])
    qt.setQuitOnLastWindowClosed(False)
    with QEventLoop(qt) as loop:
        return loop.run_until_complete(demonstrate(options.target, options.language, options.theme, options.screenshot))


if __name__ == "__main__":
    sys.exit(main())
