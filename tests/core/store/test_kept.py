"""Changes that wait for their undo are kept small, exactly, and in order."""

from __future__ import annotations

import gc

from genglossary_gui.core.store.kept import KeptChanges
from genglossary_gui.core.store.reversible import Change, RowChange


def change(number: int) -> Change:
    return (RowChange("terms", (number,), {"notes": "水門"}, {"notes": None}),)


def test_pieces_come_back_as_they_were_added() -> None:
    kept = KeptChanges()
    for first in (0, 3, 6):
        kept.add([change(first), change(first + 1), change(first + 2)])

    assert len(kept) == 9
    assert [[row[0].key[0] for row in piece] for piece in kept.pieces()] == [[0, 1, 2], [3, 4, 5], [6, 7, 8]]
    assert [[row[0].key[0] for row in piece] for piece in kept.pieces_back()] == [[6, 7, 8], [3, 4, 5], [0, 1, 2]]
    assert next(kept.pieces()) == [change(0), change(1), change(2)]


def test_nothing_is_nothing() -> None:
    kept = KeptChanges()
    kept.add([])

    assert not kept
    assert list(kept.pieces()) == []


def test_many_changes_are_few_objects() -> None:
    kept = KeptChanges()
    before = len(gc.get_objects())
    for first in range(0, 5_000, 500):
        kept.add([change(number) for number in range(first, first + 500)])
    gc.collect()

    assert len(gc.get_objects()) - before < 200
