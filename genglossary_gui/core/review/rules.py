"""What is wrong with a glossary, found by rules: each rule looks at all entries and names what it finds."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from rapidfuzz import fuzz

from genglossary_gui.core.glossary import Category, Entry, IssueDraft, IssueType, Variant
from genglossary_gui.core.issue_words import Value, issue
from genglossary_gui.core.keys import has_japanese, singular, term_key
from genglossary_gui.core.review import grounding, sentences
from genglossary_gui.core.review.abbreviations import undefined_abbreviations
from genglossary_gui.core.review.contradictions import contradiction
from genglossary_gui.core.review.mentions import mentions, names, owners_by_name

_NEARLY_SAME = 92
"""Per cent of likeness (rapidfuzz) from which two definitions count as one."""
_EDGE = 20
_CROWD = 50
"""More definitions that begin or end alike are a phrase of the trade, not duplicates."""
_NO_DEFINITION = 0.05
"""Below this confidence the offline engine found a sentence that speaks of the term, no definition."""
_UNSURE = 0.2
"""Below this one sentence may stand behind two terms because it names both, not because they are the same."""
_FREQUENT, _TWICE = 3, 2
_SHARE = 0.2
_RELATIONS = 10
"""Most entries that are told of missing relations."""
_IDENTIFIER = re.compile(r"_|[a-z][A-Z]")
_WORD = re.compile(r"[a-z0-9]+|[一-鿿ァ-ヺー]+")
_FILLER_WORDS = """
a an the is are was of or and to in for that which it as by on with means refers term called
"""
_FILLER = frozenset(_FILLER_WORDS.split())


@dataclass(frozen=True)
class Glossary:
    """The entries under review with what every rule asks for."""

    entries: Sequence[Entry]
    by_key: Mapping[str, Entry]
    mentioned: Mapping[str, Sequence[str]]
    """Key of an entry → keys of the entries its definition names."""

    def term(self, key: str) -> str:
        """The term of an entry as a person knows it."""
        return self.by_key[key].term.term


Rule = Callable[[Glossary], Iterator[IssueDraft]]


def review(entries: Sequence[Entry]) -> Iterator[IssueDraft]:
    """The issues of the glossary, rule by rule, entries in the given order within each rule.

    A definition that a person wrote is not asked for evidence.  Time grows with the length of all definitions
    together; 2,000 entries take well under two seconds.
    """
    glossary = Glossary(entries, {entry.term.key: entry for entry in entries}, mentions(entries))
    for rule in RULES:
        yield from rule(glossary)


def unclear(glossary: Glossary) -> Iterator[IssueDraft]:
    """No definition or none that defines, a very short one, or one that begins with a word that points back."""
    for entry in glossary.entries:
        text, term = entry.definition.text, entry.term.term
        if not _is_defined(entry):
            if entry.term.suggested and entry.term.category is not Category.COMMON_NOUN:
                yield issue(entry.term.key, IssueType.UNCLEAR, "undefined", {"term": term})
        elif sentences.is_very_short(text) and not _spells_out(entry):
            yield issue(entry.term.key, IssueType.UNCLEAR, "too_short", {"term": term})
        elif sentences.starts_unresolved(text) or sentences.without_connective(text) != text:
            yield issue(entry.term.key, IssueType.UNCLEAR, "points_back", {"term": term, "word": _beginning(text)})


def _spells_out(entry: Entry) -> bool:
    return any(v.kind == "long_form" and v.surface in entry.definition.text for v in entry.term.variants)


def unnecessary(glossary: Glossary) -> Iterator[IssueDraft]:
    """A word of everyday language that the documents do not define."""
    for entry in glossary.entries:
        if entry.term.category is Category.COMMON_NOUN and not _is_defined(entry):
            yield issue(entry.term.key, IssueType.UNNECESSARY, "everyday", {"term": entry.term.term})


def _is_defined(entry: Entry) -> bool:
    """Whether the definition is more than a sentence that speaks of the term."""
    definition = entry.definition
    return bool(definition.text) and (definition.origin != "offline" or definition.confidence >= _NO_DEFINITION)


def unsupported(glossary: Glossary) -> Iterator[IssueDraft]:
    """A sentence of a definition that no passage of its evidence holds."""
    for entry in glossary.entries:
        missing = unsupported_sentences(entry)
        if missing:
            values = {"term": entry.term.term, "sentence": missing[0]}
            yield issue(entry.term.key, IssueType.UNSUPPORTED, "unsupported", values)


def unsupported_issues(entries: Sequence[Entry]) -> Iterator[IssueDraft]:
    """The issues of sentences without evidence alone."""
    return unsupported(Glossary(entries, {entry.term.key: entry for entry in entries}, {}))


def unsupported_sentences(entry: Entry) -> list[str]:
    """The sentences of the definition that none of its passages holds; none if a person wrote it.

    The words of a model are compared in substance (``grounding``), all others to the letter.
    """
    if entry.definition.origin == "person":
        return []
    if entry.definition.origin == "llm":
        passages = [passage.text for passage in entry.definition.evidence]
        return grounding.unsupported(entry.definition.text, passages, names(entry))
    evidence = [sentences.folded(passage.text) for passage in entry.definition.evidence]
    return [
        sentence
        for sentence in sentences.split(entry.definition.text)
        if not any(sentences.folded(sentence) in passage for passage in evidence)
    ]


def duplicates(glossary: Glossary) -> Iterator[IssueDraft]:
    """Two entries that bear one name, or whose definitions are the same or nearly."""
    told: set[tuple[str, str]] = set()
    for key, owners in owners_by_name(glossary.entries).items():
        for first, second in combinations(owners, 2):
            pair = (min(first, second), max(first, second))
            if key and pair not in told:
                told.add(pair)
                yield _duplicate(glossary, first, second, "same_spelling")
    for first, second in _alike(glossary.entries):
        pair = (min(first, second), max(first, second))
        if pair not in told:
            told.add(pair)
            yield _duplicate(glossary, first, second, "same_definition")


def _duplicate(glossary: Glossary, first: str, second: str, name: str) -> IssueDraft:
    names = {"first": glossary.term(first), "second": glossary.term(second)}
    return issue(first, IssueType.DUPLICATE, name, names, (second,))


def _alike(entries: Sequence[Entry]) -> Iterator[tuple[str, str]]:
    """Pairs of keys with nearly the same definition; only those that begin or end alike are compared."""
    groups: defaultdict[str, list[tuple[str, str]]] = defaultdict(list)
    for entry in entries:
        text = _without_names(entry)
        if len(text) >= _EDGE and (entry.definition.origin != "offline" or entry.definition.confidence >= _UNSURE):
            groups["<" + text[:_EDGE]].append((entry.term.key, text))
            groups[">" + text[-_EDGE:]].append((entry.term.key, text))
    for group in groups.values():
        if len(group) <= _CROWD:
            for (first, text), (second, other) in combinations(group, 2):
                if first != second and fuzz.ratio(text, other, score_cutoff=_NEARLY_SAME):
                    yield first, second


def _without_names(entry: Entry) -> str:
    text = sentences.folded(entry.definition.text)
    for name in sorted(names(entry), key=len, reverse=True):
        text = text.replace(name.casefold(), "")
    return text.strip()


def circular(glossary: Glossary) -> Iterator[IssueDraft]:
    """Two terms explained by nothing but each other, or a definition that only repeats its term."""
    for entry in glossary.entries:
        key, text = entry.term.key, entry.definition.text
        others = glossary.mentioned.get(key, ())
        if text and _only_repeats(entry):
            yield issue(key, IssueType.CIRCULAR, "only_repeats", {"term": entry.term.term})
        elif len(others) == 1 and list(glossary.mentioned.get(others[0], ())) == [key] and key < others[0]:
            names = {"first": entry.term.term, "second": glossary.term(others[0])}
            yield issue(key, IssueType.CIRCULAR, "by_each_other", names, (others[0],))


def _only_repeats(entry: Entry) -> bool:
    # What an abbreviation stands for says more than the abbreviation.
    own = [entry.term.term, *(v.surface for v in entry.term.variants if v.kind != "long_form")]
    known = {word for name in own for word in _WORD.findall(term_key(name))}
    left = [w for w in _WORD.findall(term_key(entry.definition.text)) if w not in known and w not in _FILLER]
    return not left


def abbreviations(glossary: Glossary) -> Iterator[IssueDraft]:
    """Terms in capitals without a long form, and abbreviations in definitions that nothing explains."""
    for key, abbreviation in undefined_abbreviations(glossary.entries):
        if abbreviation == glossary.term(key):
            yield issue(key, IssueType.UNDEFINED_ABBREVIATION, "stands_for", {"abbreviation": abbreviation})
        else:
            names = {"term": glossary.term(key), "abbreviation": abbreviation}
            yield issue(key, IssueType.UNDEFINED_ABBREVIATION, "uses_abbreviation", names)


def inconsistent_spelling(glossary: Glossary) -> Iterator[IssueDraft]:
    """Two spellings of one term that are no slip; capitals, plurals and names in program code do not count."""
    for entry in glossary.entries:
        if _IDENTIFIER.search(entry.term.term):
            continue
        counts: Counter[str] = Counter()
        shown: dict[str, Variant] = {}
        for variant in sorted(entry.term.variants, key=lambda v: (-v.frequency, v.surface)):
            if variant.kind == "spelling" and not _IDENTIFIER.search(variant.surface):
                spelled = _spelled(variant.surface)
                shown.setdefault(spelled, variant)
                counts[spelled] += variant.frequency
        own = _spelled(entry.term.term)
        others = [name for name, count in counts.most_common() if name != own and _is_deliberate(name, count, entry)]
        if others:
            spellings = [(shown[name].surface, counts[name]) for name in others]
            values: dict[str, Value] = {"term": entry.term.term, "spellings": spellings}
            yield issue(entry.term.key, IssueType.INCONSISTENT_SPELLING, "spelled", values)


def _spelled(surface: str) -> str:
    """``surface`` without capitals and, in English, without its plural: hyphens and blanks stay."""
    return re.sub(r"[a-z]+(?![a-z])", lambda word: singular(word[0]), surface.casefold())


def _is_deliberate(name: str, count: int, entry: Entry) -> bool:
    """Another writing of a Japanese word is no matter of grammar, as the hyphen of an English one may be."""
    if has_japanese(name) and term_key(name) != entry.term.key:
        return count >= _TWICE
    return count >= max(_FREQUENT, _SHARE * entry.term.frequency)


def missing_relations(glossary: Glossary) -> Iterator[IssueDraft]:
    """Definitions that use other entries' terms: worth a link; the best-ranked entries only."""
    using = [entry for entry in glossary.entries if glossary.mentioned.get(entry.term.key)]
    for entry in sorted(using, key=lambda entry: entry.term.rank)[:_RELATIONS]:
        related = tuple(glossary.mentioned[entry.term.key])[:3]
        values: dict[str, Value] = {"term": entry.term.term, "others": [glossary.term(key) for key in related]}
        yield issue(entry.term.key, IssueType.MISSING_RELATION, "uses", values, related)


def contradictions(glossary: Glossary) -> Iterator[IssueDraft]:
    """Two passages that say the same of one term with different numbers or dates, or one of them with a “not”."""
    for entry in glossary.entries:
        if found := contradiction(entry):
            values = {"term": entry.term.term, "first": found[0], "second": found[1]}
            yield issue(entry.term.key, IssueType.CONTRADICTION, "disagree", values)


def _beginning(text: str) -> str:
    """The connective or pronoun that a definition begins with."""
    rest = sentences.without_connective(text)
    return text[: len(text) - len(rest)].rstrip(" ,、") or sentences.pronoun(text)


RULES: tuple[Rule, ...] = (
    contradictions,
    circular,
    duplicates,
    unsupported,
    unclear,
    unnecessary,
    abbreviations,
    inconsistent_spelling,
    missing_relations,
)
"""The more serious first."""
