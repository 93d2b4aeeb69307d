"""Saving the diagnostics: the place is asked for, they are collected beside the window, and the end is told."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from pathlib import Path

from PySide6.QtCore import QStandardPaths
from PySide6.QtWidgets import QFileDialog, QWidget

from genglossary_gui.core.i18n import _
from genglossary_gui.core.settings import AppSettings


def save_diagnostics(
    parent: QWidget,
    settings: AppSettings,
    facts: Mapping[str, str],
    tell: Callable[[str], None],
    saved: Callable[[Path], object] | None = None,
) -> QFileDialog:
    """Ask where, then write the archive; ``tell(sentence)`` says how it went, ``saved(file)`` that it is there."""
    from genglossary_gui.ui.dialogs.files import choose_target

    folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
    proposed = Path(folder, time.strftime("GenGlossary-diagnostics-%Y-%m-%d.zip"))
    return choose_target(
        parent,
        _("Save diagnostics"),
        proposed,
        lambda target: write_diagnostics(parent, target, settings, facts, tell, saved),
    )


def write_diagnostics(
    parent: QWidget,
    target: Path,
    settings: AppSettings,
    facts: Mapping[str, str],
    tell: Callable[[str], None],
    saved: Callable[[Path], object] | None = None,
) -> None:
    """Write the archive to ``target`` in a thread of its own; see ``save_diagnostics``."""
    from genglossary_gui.ui.background import Background

    def done(_nothing: object) -> None:
        words = _("The diagnostics were written to “{name}”. They hold no documents, terms or keys.")
        tell(words.format(name=target.name))
        if saved is not None:
            saved(target)

    tell(_("The diagnostics are being collected…"))
    Background(parent, lambda: _write(target, settings, facts), done, lambda error: tell(error.full_text))


def _write(target: Path, settings: AppSettings, facts: Mapping[str, str]) -> None:
    from genglossary_gui.core.diagnostics import make_diagnostics
    from genglossary_gui.core.exchange.writing import write_whole

    write_whole(target, make_diagnostics(settings, facts))
