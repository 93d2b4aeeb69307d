"""Writes the tables of the guide's page about keys: ``python scripts/guide_keys.py``, after an action got a key."""

from __future__ import annotations

import importlib
import os
import pkgutil
import re
import sys
from pathlib import Path

_ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(_ROOT))
os.environ["QT_QPA_PLATFORM"] = "offscreen"

from PySide6.QtWidgets import QApplication  # noqa: E402 (the platform comes first)

import genglossary_gui.ui  # noqa: E402
from genglossary_gui.core import i18n  # noqa: E402
from genglossary_gui.ui import shortcuts  # noqa: E402
from genglossary_gui.ui.actions import bare  # noqa: E402
from genglossary_gui.ui.shortcuts import Place  # noqa: E402

_ANCHORS = {place: place.value for place in Place} | {Place.WINDOW: "anywhere"}
_SUMMED_UP = "Category"
"""The keys of the categories are one row, which is written by hand."""


def main() -> int:
    """The headings and what else stands on the page stay as they are; returns 0."""
    qt = QApplication([])
    for module in pkgutil.walk_packages(genglossary_gui.ui.__path__, "genglossary_gui.ui."):
        importlib.import_module(module.name)
    for language in i18n.LANGUAGES:
        i18n.set_language(language)
        page = _ROOT / "docs" / "user" / language / "keyboard.md"
        text = page.read_text(encoding="utf-8")
        for place, anchor in _ANCHORS.items():
            table = rf'(<a id="{anchor}"></a>\n## .+\n\n\|.+\|\n\|---\|---\|\n)((?:\|.+\|\n)+)'
            found = re.search(table, text)
            if found is None:
                raise SystemExit(f"{page.name}: no table for {anchor}")
            by_hand = [row for row in found[2].splitlines() if "` to `" in row or "`～`" in row]
            text = text.replace(found[0], found[1] + "".join(f"{row}\n" for row in [*_rows(place), *by_hand]))
        page.write_text(text, encoding="utf-8")
    qt.quit()
    return 0


def _rows(place: Place) -> list[str]:
    here = [each for each in shortcuts.declared() if each.place is place and _SUMMED_UP not in each.name]
    keys = [(bare(each.words()), shortcuts.own_keys(each.name)) for each in here]
    return [f"| **{words}** | `{own[0].toString()}` |" for words, own in keys if own]


if __name__ == "__main__":
    sys.exit(main())
