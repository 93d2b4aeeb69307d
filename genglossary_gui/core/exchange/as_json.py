"""JSON for programs: every field, format version 1 (described in the user guide)."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict

from genglossary_gui.core.exchange.columns import ALL
from genglossary_gui.core.exchange.exported import ExportedEntry, ExportedGlossary

VERSION = 1


def render(glossary: ExportedGlossary, columns: Sequence[str] = ALL) -> bytes:
    """The glossary as one JSON object in UTF-8, entries by rank; it always has every field."""
    value = {
        "format": "genglossary",
        "version": VERSION,
        "project": {"name": glossary.name, "languages": glossary.languages},
        "entries": [_fields(entry) for entry in glossary.entries],
    }
    return (json.dumps(value, ensure_ascii=False, indent=1) + "\n").encode()


def _fields(entry: ExportedEntry) -> dict[str, object]:
    fields = asdict(entry)
    del fields["language"]  # no part of the format: the project names its languages
    return fields
