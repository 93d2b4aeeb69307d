"""When the common spelling of a term changes, so does its key: the decisions of a person follow it to the new key."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Iterator

from genglossary_gui.core.keys import term_key

TOUCHED = (
    "SELECT id FROM terms WHERE status <> 'candidate' OR notes <> '' OR locked = 1 OR listed <> '' OR named = 1"
    " OR categorised = 1 OR merged_into IS NOT NULL"
    " UNION SELECT merged_into FROM terms WHERE merged_into IS NOT NULL"
    " UNION SELECT term_id FROM splits UNION SELECT other_id FROM splits"
    " UNION SELECT term_id FROM definitions WHERE approved = 1 OR origin = 'person'"
)
"""The terms that a person has dealt with."""
_Known = dict[str, tuple[int, int]]


def follow(
    connection: sqlite3.Connection, run_id: int, known: _Known, found: Iterable[tuple[str, Iterable[str]]]
) -> None:
    """Give rows that a person has dealt with the keys under which this run has ``found`` them: (key, spellings).

    ``known``: key → (row, the run that published it), changed along.  A row whose key was not found takes over the
    found term that has its name among its spellings, unless a person has dealt with that one too.  What is not wanted,
    or a synonym of another, only follows a term that was one of its own spellings before: a dropped “IT” does not
    drop “information technology” where an engine joins the two later.
    """
    spelled = {key: list(spellings) for key, spellings in found}
    touched = {term_id for (term_id,) in connection.execute(TOUCHED)}
    gone = {
        key: term_id
        for key, (term_id, published_by) in known.items()
        if key not in spelled and term_id in touched and published_by < run_id
    }
    if not gone:
        return
    own = _own_spellings(connection, gone.values())
    hesitant = {
        term_id
        for (term_id,) in connection.execute(
            "SELECT id FROM terms WHERE merged_into IS NOT NULL OR listed = 'excluded'"
            " OR (status = 'dropped' AND listed <> 'required')"
        )
    }
    for new_key, old_key in _meetings(spelled, gone, own):
        there, published_by = known.get(new_key, (0, 0))
        if old_key not in gone or there in touched or published_by > run_id:
            continue
        term_id = gone[old_key]
        if term_id in hesitant and new_key not in {term_key(surface) for surface in own[term_id]}:
            continue
        if there:
            connection.execute("DELETE FROM terms WHERE id = ?", (there,))
        connection.execute("UPDATE terms SET key = ? WHERE id = ?", (new_key, term_id))
        known[new_key] = known.pop(old_key)
        touched.add(term_id)
        del gone[old_key]


def _own_spellings(connection: sqlite3.Connection, term_ids: Iterable[int]) -> dict[int, set[str]]:
    """Term → how it was written; a spelling that was split off is a term by itself and follows nothing."""
    wanted = set(term_ids) - {row[0] for row in connection.execute("SELECT other_id FROM splits")}
    own: defaultdict[int, set[str]] = defaultdict(set)
    for term_id, surface in connection.execute(
        "SELECT id, term FROM terms UNION ALL SELECT term_id, surface FROM variants"
    ):
        if term_id in wanted:
            own[term_id].add(surface)
    return own


def _meetings(
    spelled: dict[str, list[str]], gone: dict[str, int], own: dict[int, set[str]]
) -> Iterator[tuple[str, str]]:
    """Pairs of a found key and a key that was not found, where a spelling of the first is named by the second."""
    # A key takes long to make: only of spellings that both have.
    by_spelling = {surface: key for key, term_id in gone.items() for surface in own.get(term_id, ())}
    for new_key, spellings in spelled.items():
        for surface in spellings:
            old_key = by_spelling.get(surface)
            if old_key is not None and term_key(surface) == old_key:
                yield new_key, old_key
