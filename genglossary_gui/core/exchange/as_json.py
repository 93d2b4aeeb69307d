"""JSON for programs: every field, format version 1 (described in the user guide)."""

from __future__ import annotations

import json
from dataclasses import asdict

from genglossary_gui.core.exchange.exported import ExportedGlossary

VERSION = 1


def render(glossary: ExportedGlossary) -> bytes:
    """The glossary as one JSON object in UTF-8, entries by rank."""
    value = {
        "format": "genglossary",
        "version": VERSION,
        "project": {"name": glossary.name, "languages": glossary.languages},
        "entries": [asdict(entry) for entry in glossary.entries],
    }
    return (json.dumps(value, ensure_ascii=False, indent=1) + "\n").encode()
