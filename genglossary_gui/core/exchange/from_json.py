"""Our own JSON, and a plain list of objects with the same names."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from genglossary_gui.core.exchange.cells import clean_name, clean_text
from genglossary_gui.core.exchange.fields import aliases_of, category_of, language_of, problem_of
from genglossary_gui.core.exchange.from_csv import decode
from genglossary_gui.core.exchange.imported import (
    MOST_ROWS,
    BadRow,
    ImportedEntry,
    ImportedFile,
    ImportProblem,
    too_many_rows,
)
from genglossary_gui.core.i18n import _

_VERSION = 1


def read_json(data: bytes) -> ImportedFile:
    """The entries of a JSON export; ``line`` counts them from 1.  Raises ``ImportProblem``."""
    try:
        value = json.loads(decode(data), strict=False)
    except (ValueError, RecursionError) as error:
        line = getattr(error, "lineno", 0)
        place = _(" (line {line})").format(line=line) if line else ""
        raise ImportProblem(_("The file is not whole, or no JSON{place}.").format(place=place)) from error
    items = _entries(value)
    if len(items) > MOST_ROWS:
        raise too_many_rows()
    entries: list[ImportedEntry] = []
    bad: list[BadRow] = []
    for number, item in enumerate(items, 1):
        found = _entry(number, item)
        if isinstance(found, ImportedEntry):
            entries.append(found)
        else:
            bad.append(found)
    return ImportedFile("json", tuple(entries), tuple(bad))


def _entries(value: Any) -> list[Any]:
    if isinstance(value, list):
        return value
    if isinstance(value, dict) and isinstance(value.get("entries"), list):
        if value.get("format") == "genglossary" and value.get("version") not in (_VERSION, None):
            raise ImportProblem(
                _("The file was written by a newer version of GenGlossary."), hint=_("Update GenGlossary to import it.")
            )
        return value["entries"]
    raise ImportProblem(_("The file holds no list of entries."))


def _entry(number: int, item: Any) -> ImportedEntry | BadRow:
    if not isinstance(item, Mapping):
        return BadRow(number, _("This is no entry."))
    texts = {name: item[name] for name in ("term", "definition", "notes", "category", "language") if name in item}
    aliases = item.get("aliases")
    is_list = aliases is None or (isinstance(aliases, list) and all(isinstance(alias, str) for alias in aliases))
    if not all(isinstance(text, str) for text in texts.values()) or not is_list:
        return BadRow(number, _("A value is not of the kind it should be."))
    term = clean_name(texts.get("term", ""))
    if reason := problem_of(term, texts.get("definition", ""), texts.get("notes", "")):
        return BadRow(number, reason)
    return ImportedEntry(
        line=number,
        term=term,
        aliases=aliases_of(term, aliases or ()),
        category=category_of(texts.get("category", "")),
        definition=clean_text(texts.get("definition", "")),
        notes=clean_text(texts.get("notes", "")),
        approved=item.get("approved") is True,
        language=language_of(texts.get("language", "")),
    )
