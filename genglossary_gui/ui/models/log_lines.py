"""What is said of a log record, in a table and as plain text."""

from __future__ import annotations

import sqlite3
import sys
from collections.abc import Sequence

from genglossary_gui.core.store.logs import LogRecord, read_records, read_records_at
from genglossary_gui.core.words import word
from genglossary_gui.ui.models.harmless import LONGEST, harmless
from genglossary_gui.ui.models.words import step_word, time_of_day

_CHUNK = 1_000


def cells(record: LogRecord, longest: int = LONGEST) -> tuple[str, str, str, str]:
    """What the columns say of a record; the message is followed by the term and the document it is about."""
    about = [part for part in (record.term, record.document) if part and part not in record.message]
    message = " · ".join([record.message, *about])
    return (
        time_of_day(record.at),
        word(record.level),
        step_word(record.step),
        harmless(message, longest),
    )


def text_of(connection: sqlite3.Connection, run_id: int, parts: Sequence[Sequence[int]]) -> str:
    """These records as lines of plain text, columns separated by tabs, messages uncut."""
    chunks = (part[start : start + _CHUNK] for part in parts for start in range(0, len(part), _CHUNK))
    return "".join("\t".join(cells(r, sys.maxsize)) + "\n" for c in chunks for r in records_of(connection, run_id, c))


def records_of(connection: sqlite3.Connection, run_id: int, seqs: Sequence[int]) -> list[LogRecord]:
    """The records with these numbers (ascending)."""
    if isinstance(seqs, range):
        return read_records(connection, run_id, seqs.start, seqs.stop - 1)
    return read_records_at(connection, run_id, seqs)
