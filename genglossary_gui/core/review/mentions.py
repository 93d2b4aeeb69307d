"""Which entries the definitions speak of."""

from __future__ import annotations

from collections.abc import Sequence

from ahocorasick_rs import AhoCorasick, MatchKind

from genglossary_gui.core.glossary import Entry
from genglossary_gui.core.keys import term_key

_SHORTEST = 2


def names(entry: Entry) -> list[str]:
    """The term and its variants."""
    return [entry.term.term, *(variant.surface for variant in entry.term.variants)]


def mentions(entries: Sequence[Entry]) -> dict[str, list[str]]:
    """Key of an entry → keys of the other entries that its definition names, in order, each once.

    Of overlapping names the longest at the leftmost place counts; a Latin name counts as a whole word only.
    """
    owners: dict[str, str] = {}
    for entry in entries:
        for name in names(entry):
            if len(name) >= _SHORTEST:
                owners.setdefault(name.casefold(), entry.term.key)
    if not owners:
        return {}
    surfaces = list(owners)
    automaton = AhoCorasick(surfaces, matchkind=MatchKind.LeftmostLongest)
    found: dict[str, list[str]] = {}
    for entry in entries:
        text = entry.definition.text.casefold()
        keys = (
            owners[surfaces[index]]
            for index, start, end in automaton.find_matches_as_indexes(text)
            if _stands_alone(text, start, end)
        )
        found[entry.term.key] = [key for key in dict.fromkeys(keys) if key != entry.term.key]
    return found


def owners_by_name(entries: Sequence[Entry]) -> dict[str, list[str]]:
    """Key of each name (term or variant) → keys of the entries that bear it, each once."""
    owners: dict[str, list[str]] = {}
    for entry in entries:
        for key in {term_key(name) for name in names(entry)} | {entry.term.key}:
            owners.setdefault(key, []).append(entry.term.key)
    return owners


def _stands_alone(text: str, start: int, end: int) -> bool:
    """Whether no Latin word goes on before ``start`` or after ``end`` (a plural s may follow)."""
    before = text[start - 1 : start]
    after = text[end : end + 2]
    if _is_latin(text[start]) and before and _is_latin(before):
        return False
    if not _is_latin(text[end - 1]) or not after or not _is_latin(after[0]):
        return True
    return after[0] == "s" and not _is_latin(after[1:])


def _is_latin(character: str) -> bool:
    return bool(character) and character.isalnum() and character < "\u3000"
