"""The log of a run as a file: lines of text for people, JSON lines for programs."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from pathlib import Path

from genglossary_gui.core import times
from genglossary_gui.core.exchange.writing import write_whole
from genglossary_gui.core.store.connection import connect
from genglossary_gui.core.store.logs import LogRecord, count_records, read_records, read_records_at

JSON_LINES = ".jsonl"
_CHUNK = 1_000


def save_log(project: Path, run_id: int, target: Path, seqs: Sequence[int] | None = None) -> int:
    """Write the records with these numbers (None: all) of a run; returns how many.

    JSON lines when ``target`` ends in ``.jsonl``, else text with a line for each record, whatever is in its message.
    The file appears whole or not at all.  Raises ``ExportError``, ``ProjectError``.  For any thread but the window's.
    """
    line = _json_line if target.suffix.lower() == JSON_LINES else _text_line
    with closing(connect(project, read_only=True)) as connection:
        wanted = range(1, count_records(connection, run_id) + 1) if seqs is None else seqs
        write_whole(target, b"".join(_chunks(connection, run_id, wanted, line)))
    return len(wanted)


def _chunks(
    connection: sqlite3.Connection, run_id: int, seqs: Sequence[int], line: Callable[[LogRecord], str]
) -> Iterator[bytes]:
    for start in range(0, len(seqs), _CHUNK):
        part = seqs[start : start + _CHUNK]
        if isinstance(part, range):
            records = read_records(connection, run_id, part[0], part[-1])
        else:
            records = read_records_at(connection, run_id, part)
        yield "".join(line(record) for record in records).encode("utf-8", "replace")


def _json_line(record: LogRecord) -> str:
    return json.dumps(record._asdict(), ensure_ascii=False) + "\n"


def _text_line(record: LogRecord) -> str:
    at = times.parse(record.at).astimezone().isoformat(sep=" ", timespec="milliseconds")
    about = [part for part in (record.term, record.document) if part]
    return "\t".join((at, record.level, record.step, _one_line(" · ".join([record.message, *about])))) + "\n"


def _one_line(text: str) -> str:
    """``text`` without what would begin another line or drive a terminal."""
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in text)
