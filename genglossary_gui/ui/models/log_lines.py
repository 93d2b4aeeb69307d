"""What is said of a log record, in a table and as plain text."""

from __future__ import annotations

import sqlite3
import sys
from collections.abc import Sequence

from genglossary_gui.core.i18n import _, ngettext
from genglossary_gui.core.store.log_search import SEPARATOR, Section, seconds_between
from genglossary_gui.core.store.logs import LogRecord, read_records, read_records_at
from genglossary_gui.core.words import word
from genglossary_gui.ui.models.harmless import LONGEST, harmless
from genglossary_gui.ui.models.words import duration, step_word, time_of_day
from genglossary_gui.ui.plain import number

_CHUNK = 1_000


def cells(record: LogRecord, longest: int = LONGEST, *, since: str = "") -> tuple[str, str, str, str]:
    """What the columns say of a record; the message is followed by the term and the document it is about.

    The time is that of the day, or what has passed since the moment ``since``.
    """
    about = [part for part in (record.term, record.document) if part and part not in record.message]
    message = SEPARATOR.join([record.message, *about])
    return (
        elapsed(seconds_between(since, record.at)) if since else time_of_day(record.at),
        word(record.level),
        step_word(record.step),
        harmless(message, longest),
    )


def heading_cells(section: Section) -> tuple[str, str, str, str]:
    """What the columns say of the stretch of one step."""
    count = section.last - section.first + 1
    parts = [ngettext("{count} record", "{count} records", count).format(count=number(count))]
    for figure, words in (
        (section.warnings, ngettext("{count} warning", "{count} warnings", section.warnings)),
        (section.errors, ngettext("{count} error", "{count} errors", section.errors)),
    ):
        if figure:
            parts.append(words.format(count=number(figure)))
    parts.append(duration(section.seconds, is_over=True))
    return "", "", step_word(section.step) or _("Other records"), SEPARATOR.join(parts)


def elapsed(seconds: float) -> str:
    """``+0:00:03.250``, always of the same length below ten hours."""
    whole, thousandths = divmod(round(max(0.0, seconds) * 1000), 1000)
    minutes, rest = divmod(whole, 60)
    hours, minutes = divmod(minutes, 60)
    return f"+{hours}:{minutes:02d}:{rest:02d}.{thousandths:03d}"


def text_of(connection: sqlite3.Connection, run_id: int, parts: Sequence[Sequence[int]]) -> str:
    """These records as lines of plain text, columns separated by tabs, messages uncut."""
    chunks = (part[start : start + _CHUNK] for part in parts for start in range(0, len(part), _CHUNK))
    return "".join("\t".join(cells(r, sys.maxsize)) + "\n" for c in chunks for r in records_of(connection, run_id, c))


def records_of(connection: sqlite3.Connection, run_id: int, seqs: Sequence[int]) -> list[LogRecord]:
    """The records with these numbers (ascending)."""
    if isinstance(seqs, range):
        return read_records(connection, run_id, seqs.start, seqs.stop - 1)
    return read_records_at(connection, run_id, seqs)
