"""Searching the log of a run: by words or by a regular expression, in the line that a person sees.

The database joins the records of a stretch into one text, which is then searched as a whole: about ten times faster
than record by record.  A record is one line of it, so nothing but a line break separates them.
"""

from __future__ import annotations

import json
import sqlite3
from array import array
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING

from genglossary_gui.core import times
from genglossary_gui.core.errors import UsageError
from genglossary_gui.core.glossary import Level
from genglossary_gui.core.i18n import _
from genglossary_gui.core.store.log_literals import literal_of

if TYPE_CHECKING:
    import regex

SEPARATOR = " · "
LINE_BREAK = "⏎"
MOST_SECTIONS = 2_000
"""Further sections are not told apart."""
_FEW = 0.2
"""If no more of the records hold what an expression must find, they alone are read."""
_SECONDS = 2.0
"""What a regular expression may take for one stretch."""
_LINE = f"message || iif(term = '', '', '{SEPARATOR}' || term) || iif(document = '', '', '{SEPARATOR}' || document)"
"""All that ``models.log_lines.cells`` says of a record (it leaves out what the message names already)."""


@dataclass(frozen=True, slots=True)
class LogQuery:
    """Which records of a log are wanted: those of these levels that hold ``text``."""

    text: str = ""
    is_regex: bool = False
    levels: frozenset[Level] = frozenset(Level)

    @property
    def is_everything(self) -> bool:
        return not self.text and len(self.levels) == len(Level)


@dataclass(frozen=True, slots=True)
class Section:
    """Records ``first`` to ``last`` (inclusive), all of one step; of them so many warnings and errors."""

    step: str
    first: int
    last: int
    warnings: int = 0
    errors: int = 0
    seconds: float = 0.0
    """From the first record to the last."""


@lru_cache(maxsize=8)
def pattern_of(text: str, is_regex: bool) -> regex.Pattern[str]:
    """What finds ``text`` in a line, whatever its case.  Raises ``UsageError`` when it is not a regular expression."""
    import regex  # when a person searches: the window opens sooner without it

    flags = regex.IGNORECASE | regex.MULTILINE
    if not is_regex:
        return regex.compile(regex.escape(text, literal_spaces=True), flags)
    try:
        return regex.compile(text, flags)
    except (regex.error, OverflowError, RecursionError) as error:
        raise UsageError(_("This is not a regular expression: {reason}.").format(reason=error)) from error


def find(connection: sqlite3.Connection, run_id: int, query: LogQuery, first: int, last: int) -> array[int]:
    """Numbers of the records ``first`` to ``last`` (inclusive) that ``query`` wants, in order.

    Raises ``UsageError`` when its expression is none, or takes too long.
    """
    if query.is_everything:
        return array("q", range(first, last + 1))
    seqs, where = _of_levels(connection, run_id, query.levels, first, last)
    if not query.text or not seqs:
        return array("q", seqs)
    values: tuple[int | str, ...] = (run_id, first, last)
    if not query.is_regex and _is_cased_in_ascii_only(query.text):
        return _containing(connection, query.text, where, values)
    if literal := _literal_of(query):
        holding = _containing(connection, literal, where, values)
        if not holding:
            return holding
        if len(holding) <= _FEW * len(seqs):
            seqs, where = holding, "run_id = ? AND seq IN (SELECT value FROM json_each(?))"
            values = (run_id, json.dumps(holding.tolist()))
    text = _joined(connection, _LINE, where, values)
    if text.count("\n") >= len(seqs):
        text = _joined(connection, f"replace({_LINE}, char(10), '{LINE_BREAK}')", where, values)
    lines = _expressed(query.text, text) if query.is_regex else _worded(query.text, text)
    return array("q", (seqs[line] for line in lines))


def _is_cased_in_ascii_only(text: str) -> bool:
    """Whether the database, which knows no other capitals, compares ``text`` as we do."""
    return all(character.isascii() or character.lower() == character.upper() for character in text)


def _literal_of(query: LogQuery) -> str:
    """What a record must hold for the expression to find anything in it; empty when that is not known."""
    if not query.is_regex:
        return ""
    pattern_of(query.text, is_regex=True)  # or what is no expression would find nothing, and not be told
    literal = literal_of(query.text)
    # What joins the parts of a line stands in none of them.
    is_in_a_part = not {LINE_BREAK, SEPARATOR.strip(), "\n"} & set(literal)
    return literal if is_in_a_part and _is_cased_in_ascii_only(literal) else ""


def _containing(connection: sqlite3.Connection, text: str, where: str, values: tuple[int | str, ...]) -> array[int]:
    pattern = "%" + text.replace("~", "~~").replace("%", "~%").replace("_", "~_") + "%"
    rows = connection.execute(
        f"SELECT seq FROM log_records WHERE {where}"
        " AND (message LIKE ? ESCAPE '~' OR term LIKE ? ESCAPE '~' OR document LIKE ? ESCAPE '~') ORDER BY seq",
        (*values, pattern, pattern, pattern),
    )
    return array("q", (row[0] for row in rows))


def _joined(connection: sqlite3.Connection, line: str, where: str, values: tuple[int | str, ...]) -> str:
    # By the primary key, so in order; sorting them takes half as long again.
    records = f"log_records NOT INDEXED WHERE {where}"
    return connection.execute(f"SELECT group_concat({line}, char(10)) FROM {records}", values).fetchone()[0]


def level_counts(connection: sqlite3.Connection, run_id: int, after: int, last: int) -> dict[Level, int]:
    """How many records above number ``after``, up to ``last``, there are of each level."""
    rows = connection.execute(
        "SELECT level, COUNT(*) FROM log_records WHERE run_id = ? AND seq > ? AND seq <= ? GROUP BY level",
        (run_id, after, last),
    )
    levels = tuple(Level)
    return {levels[rank]: count for rank, count in rows}


def next_at_level(
    connection: sqlite3.Connection, run_id: int, level: Level, seq: int, *, forward: bool = True
) -> int | None:
    """The number of the nearest record of exactly this level after (or before) number ``seq``; None: there is none."""
    comparison, order = (">", "ASC") if forward else ("<", "DESC")
    row = connection.execute(
        f"SELECT seq FROM log_records WHERE run_id = ? AND level = ? AND seq {comparison} ?"
        f" ORDER BY seq {order} LIMIT 1",
        (run_id, level.rank, seq),
    ).fetchone()
    return row[0] if row else None


def sections(connection: sqlite3.Connection, run_id: int, last: int, known: Sequence[Section] = ()) -> list[Section]:
    """The stretches of records of one step, up to number ``last``, in order.

    ``known`` are those of the log when it was shorter.
    """
    begin, reached, step = (known[-1].first, known[-1].last, known[-1].step) if known else (1, 0, "")
    starts = list(_starts(connection, run_id, begin, reached, step, last, MOST_SECTIONS - len(known)))
    return list(known[:-1]) + [
        _section(connection, run_id, step, first, after - 1)
        for (first, step), (after, _step) in pairwise([*starts, (last + 1, "")])
    ]


def _starts(
    connection: sqlite3.Connection, run_id: int, first: int, reached: int, step: str, last: int, most: int
) -> Iterator[tuple[int, str]]:
    """First record and step of each section; the one from ``first`` on is known up to ``reached``."""
    if reached:
        yield first, step
        first = _first_of_another(connection, run_id, reached, step)
    while first and first <= last:
        most -= 1
        if most < 0:
            if step:
                yield first, ""
            return
        step = connection.execute(
            "SELECT step FROM log_records WHERE run_id = ? AND seq = ?", (run_id, first)
        ).fetchone()[0]
        yield first, step
        first = _first_of_another(connection, run_id, first, step)


def _first_of_another(connection: sqlite3.Connection, run_id: int, after: int, step: str) -> int:
    """The number of the next record of another step; 0: there is none."""
    found = connection.execute(
        "SELECT seq FROM log_records WHERE run_id = ? AND seq > ? AND step <> ? ORDER BY seq LIMIT 1",
        (run_id, after, step),
    ).fetchone()
    return found[0] if found else 0


def _section(connection: sqlite3.Connection, run_id: int, step: str, first: int, last: int) -> Section:
    warnings, errors = (
        connection.execute(
            "SELECT COUNT(*) FROM log_records WHERE run_id = ? AND level = ? AND seq BETWEEN ? AND ?",
            (run_id, level.rank, first, last),
        ).fetchone()[0]
        for level in (Level.WARNING, Level.ERROR)
    )
    moments = connection.execute(
        "SELECT at FROM log_records WHERE run_id = ? AND seq IN (?, ?) ORDER BY seq", (run_id, first, last)
    ).fetchall()
    return Section(step, first, last, warnings, errors, seconds_between(moments[0][0], moments[-1][0]))


def seconds_between(earlier: str, later: str) -> float:
    """From one moment as records store it to another; 0 when one of them is foreign."""
    try:
        return (times.parse(later) - times.parse(earlier)).total_seconds()
    except ValueError:
        return 0.0


def _of_levels(
    connection: sqlite3.Connection, run_id: int, levels: frozenset[Level], first: int, last: int
) -> tuple[range | array[int], str]:
    """The numbers of the records of these levels, and the condition (of run, first, last) that gives them."""
    where = "run_id = ? AND seq BETWEEN ? AND ?"
    if len(levels) == len(Level):
        return range(first, last + 1), where
    where += f" AND level IN ({','.join(str(level.rank) for level in sorted(levels))})"
    rows = connection.execute(f"SELECT seq FROM log_records WHERE {where} ORDER BY seq", (run_id, first, last))
    return array("q", (row[0] for row in rows)), where


def _worded(words: str, text: str) -> Iterator[int]:
    """The numbers (from 0) of the lines that hold ``words``, whatever their case."""
    wanted, text = words.lower(), text.lower()
    if wanted in text:
        yield from (number for number, line in enumerate(text.split("\n")) if wanted in line)


def _expressed(expression: str, text: str) -> Iterator[int]:
    """The numbers (from 0) of the lines in which ``expression`` finds something."""
    pattern = pattern_of(expression, is_regex=True)
    number = counted_to = begin = 0
    try:
        while begin <= len(text):
            end = begin - 1
            for match in pattern.finditer(text, begin, concurrent=True, timeout=_SECONDS):
                start = match.start()
                if start <= end:
                    if match.end() > end:
                        break
                    continue
                at = text.rfind("\n", 0, start) + 1
                number += text.count("\n", counted_to, at)
                counted_to = at
                end = text.find("\n", start)
                end = len(text) if end < 0 else end
                if match.end() > end:
                    # What reaches over the end of a record is not in it; something shorter may be.
                    if pattern.search(text[at:end], timeout=_SECONDS):
                        yield number
                    break
                yield number
            else:
                return
            begin = end + 1
    except TimeoutError as error:
        raise UsageError(_("This regular expression takes too long.")) from error
