"""The terms that a person requires: where an engine did not find one, the documents are searched for its words."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field

from ahocorasick_rs import AhoCorasick, MatchKind

from genglossary_gui.core.glossary import Entry, IssueDraft, Level, Passage, TermDraft
from genglossary_gui.core.i18n import _, ngettext
from genglossary_gui.core.pipeline.context import ExecutionContext
from genglossary_gui.core.review.required import missing_required
from genglossary_gui.core.store import documents
from genglossary_gui.core.store.decisions import Listed, ListedTerm, listed_terms
from genglossary_gui.core.text import DocumentText

_MOST_PASSAGES = 8
_AROUND = 160
"""Characters of a passage on either side of the term, within its line."""
_NAMED = 10
"""So many missing terms are named in the log."""
_WORD = re.compile(r"[0-9A-Za-zÀ-ÖØ-öø-ÿ_]")


@dataclass
class _Found:
    times: int = 0
    contents: set[int] = field(default_factory=set)
    passages: list[Passage] = field(default_factory=list)


def find_required(connection: sqlite3.Connection, context: ExecutionContext, known: Collection[str]) -> list[TermDraft]:
    """The required terms that are not ``known`` (by key) as far as the documents hold them; last in rank."""
    wanted = [term for term in listed_terms(connection, Listed.REQUIRED) if term.key not in known]
    if not wanted:
        return []
    automaton = AhoCorasick([term.term.lower() for term in wanted], matchkind=MatchKind.Standard)
    found = {term.key: _Found() for term in wanted}
    ids = sorted({content_id for _document, content_id in documents.ready_contents(connection)})
    for content_id, text in documents.load_contents(connection, ids):
        context.token.checkpoint()
        _search(automaton, wanted, content_id, text, found)
        context.progress.tick()
    return [
        _draft(term, found[term.key], len(known) + number)
        for number, term in enumerate(wanted, 1)
        if found[term.key].times
    ]


def report_required(connection: sqlite3.Connection, context: ExecutionContext, found: Iterable[TermDraft]) -> None:
    """Count the required terms that no document holds, and name them in the log."""
    present = {term.key for term in found}
    required = listed_terms(connection, Listed.REQUIRED)
    missing = [term.term for term in required if term.key not in present]
    if not required:
        return
    context.progress.count("required", len(required))
    context.progress.count("required_missing", len(missing))
    for name in missing[:_NAMED]:
        words = _("The required term “{term}” is in none of the documents.").format(term=name)
        context.log(words, level=Level.WARNING, term=name)
    more = len(missing) - _NAMED
    if more > 0:
        words = ngettext(
            "{count} further required term is in none of the documents.",
            "{count} further required terms are in none of the documents.",
            more,
        )
        context.log(words.format(count=more), level=Level.WARNING)


def report_undefined(connection: sqlite3.Connection, context: ExecutionContext, defined: Collection[str]) -> None:
    """Count the required terms without a definition, neither ``defined`` (keys) now nor before, and name them."""
    required = listed_terms(connection, Listed.REQUIRED)
    if not required:
        return
    names = [term.term for term in required if term.key not in defined and not term.is_defined]
    context.progress.count("required_undefined", len(names))
    if names:
        words = ngettext(
            "{count} required term has no definition: {names}",
            "{count} required terms have no definition: {names}",
            len(names),
        ).format(count=len(names), names=", ".join(names[:_NAMED]) + (" …" if len(names) > _NAMED else ""))
        context.log(words, level=Level.WARNING)


def required_issues(connection: sqlite3.Connection, entries: Iterable[Entry]) -> list[IssueDraft]:
    """The required terms that none of ``entries``, all that the run knows, has found in the documents."""
    required = {term.key: term.term for term in listed_terms(connection, Listed.REQUIRED)}
    present = [entry.term.key for entry in entries if entry.term.frequency]
    return list(missing_required(required, present))


def _search(
    automaton: AhoCorasick, wanted: list[ListedTerm], content_id: int, text: DocumentText, found: dict[str, _Found]
) -> None:
    lowered = text.text.lower()
    # Some capitals become longer in lower case: then places would be shifted.
    haystack = lowered if len(lowered) == len(text.text) else text.text
    # Overlapping: a term inside a longer one is there too.
    for pattern, start, end in automaton.find_matches_as_indexes(haystack, overlapping=True):
        if not _is_whole(text.text, start, end):
            continue
        place = found[wanted[pattern].key]
        place.times += 1
        place.contents.add(content_id)
        if len(place.passages) < _MOST_PASSAGES:
            place.passages.append(_passage(content_id, text, start, end))


def _is_whole(text: str, start: int, end: int) -> bool:
    """Whether a Latin word begins and ends there; always true in Japanese, which does not mark words."""
    before, after = text[start - 1 : start], text[end : end + 1]
    return not (_WORD.match(text[start]) and _WORD.match(before)) and not (
        _WORD.match(text[end - 1]) and _WORD.match(after)
    )


def _passage(content_id: int, text: DocumentText, start: int, end: int) -> Passage:
    first = max(text.text.rfind("\n", 0, start) + 1, start - _AROUND)
    line_end = text.text.find("\n", end)
    last = min(line_end if line_end >= 0 else len(text.text), end + _AROUND)
    return Passage(content_id, first, last, text.line_at(first), text.text[first:last], rule="required")


def _draft(term: ListedTerm, found: _Found, rank: int) -> TermDraft:
    japanese = any("\u3040" <= character <= "\u9fff" for character in term.term)
    return TermDraft(
        key=term.key,
        term=term.term,
        language="ja" if japanese else "en",
        score=0.0,
        rank=rank,
        frequency=found.times,
        document_frequency=len(found.contents),
        suggested=True,
        passages=tuple(found.passages),
    )
