"""What a person reads of a comparison."""

from __future__ import annotations

import json

from genglossary_gui.core.exchange.comparison import Aspect, Comparison, Difference, Kind
from genglossary_gui.core.exchange.run_comparison import Fact
from genglossary_gui.core.glossary import RunMode, RunStatus, Scope
from genglossary_gui.core.i18n import N_, _, listed, ngettext, pgettext
from genglossary_gui.core.words import word

_ASPECTS = {
    Aspect.DEFINITION: N_("Definition"),
    Aspect.SPELLING: N_("Spelling"),
    Aspect.CATEGORY: N_("Category"),
    Aspect.CONFIDENCE: N_("Confidence"),
    Aspect.EVIDENCE: N_("Evidence"),
    Aspect.SUGGESTED: N_("Suggested"),
}
_KINDS = {Kind.ADDED: N_("Added"), Kind.REMOVED: N_("Removed"), Kind.CHANGED: N_("Changed")}
_FACTS = {
    "scope": N_("Scope"),
    "engine": N_("Engine"),
    "mode": N_("Beginning"),
    "documents_language": N_("Language of the documents"),
    "max_document_mb": N_("Largest document (MB)"),
    "status": N_("Status"),
    "seconds": N_("Time"),
    "warnings": N_("Warnings"),
    "documents": N_("Documents"),
    "unreadable": N_("Unreadable documents"),
    "terms": N_("Terms"),
    "definitions": N_("Definitions"),
    "issues": N_("Issues"),
    "refined": N_("Refined"),
}
_VALUES: dict[str, dict[str, str]] = {
    "engine": {"offline": N_("Offline"), "llm": N_("Language model")},
    "documents_language": {"auto": N_("Automatic"), "ja": "日本語", "en": "English"},
    "mode": {
        RunMode.WORK: N_("From the beginning"),
        RunMode.RESUME: N_("Resumed"),
        RunMode.KEEP: N_("Kept what was done"),
        RunMode.RESTORE: N_("Published again"),
    },
}


def kind_word(kind: Kind) -> str:
    return _(_KINDS[kind])


def sign(kind: Kind) -> str:
    """One character that tells the kind without colour."""
    return {Kind.ADDED: "+", Kind.REMOVED: "−", Kind.CHANGED: "≠"}[kind]


def reason(difference: Difference) -> str:
    """Why a term counts as added or removed that both runs have; empty for any other."""
    if difference.before is None or difference.after is None or difference.kind is Kind.CHANGED:
        return ""
    if difference.kind is Kind.ADDED:
        return _("It was a candidate before and is suggested now.")
    return _("It is still a candidate, but not suggested any more.")


def changes(difference: Difference) -> list[tuple[str, str, str]]:
    """(what, before, after) of every aspect that changed; definition and evidence have no words, see their diffs."""
    return [(_(_ASPECTS[aspect]), *_values(difference, aspect)) for aspect in difference.aspects]


def summary(difference: Difference) -> str:
    """What differs, on one line: of a changed term what has changed, of another its definition or the reason."""
    if difference.kind is not Kind.CHANGED:
        return reason(difference) or difference.entry.definition.text or _("No definition found.")
    return listed(
        f"{what} {arrow(before, after)}" if before or after else what for what, before, after in changes(difference)
    )


def arrow(before: str, after: str) -> str:
    """The way from one value to another."""
    return pgettext("change", "{before} → {after}").format(before=before, after=after)


def rank(difference: Difference) -> str:
    """“3 → 7”; one number when it stands where it stood, or only one run has it."""
    ranks = [f"{entry.term.rank}" for entry in (difference.before, difference.after) if entry]
    return ranks[0] if len(set(ranks)) == 1 else arrow(*ranks)


def unchanged(comparison: Comparison) -> str:
    """How many terms both runs have alike, in a sentence."""
    count, moved = comparison.unchanged, comparison.moved
    sentence = ngettext("{count} term is the same in both.", "{count} terms are the same in both.", count)
    if not moved:
        return sentence.format(count=count)
    rest = ngettext("{count} of them has another rank.", "{count} of them have another rank.", moved)
    return _("{sentence} {hint}").format(sentence=sentence.format(count=count), hint=rest.format(count=moved))


def fact_name(fact: Fact) -> str:
    """The name of a setting or figure; the code where it is not known."""
    return _(_FACTS[fact.name]) if fact.name in _FACTS else fact.name


def fact_change(fact: Fact) -> str:
    """The way from one value to the other; a dash where a run does not have it."""
    return arrow(*(fact_value(fact.name, value) or "–" for value in (fact.before, fact.after)))


def fact_value(name: str, value: object) -> str:
    """The value of a setting or figure; empty for one that the run does not have."""
    if value is None:
        return ""
    if name == "scope":
        return word(Scope(str(value)))
    if name == "status":
        return word(RunStatus(str(value)))
    if name == "seconds":
        return pgettext("duration", "{seconds} s").format(seconds=f"{value:.1f}")
    known = _VALUES.get(name, {}).get(str(value))
    if known is not None:
        return _(known)
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def _values(difference: Difference, aspect: Aspect) -> tuple[str, str]:
    before, after = difference.before, difference.after
    assert before is not None
    assert after is not None
    if aspect is Aspect.SPELLING:
        return before.term.term, after.term.term
    if aspect is Aspect.CATEGORY:
        return word(before.term.category), word(after.term.category)
    if aspect is Aspect.CONFIDENCE:
        return f"{before.definition.confidence:.0%}", f"{after.definition.confidence:.0%}"
    if aspect is Aspect.SUGGESTED:
        return _yes_no(before.term.suggested), _yes_no(after.term.suggested)
    return "", ""


def _yes_no(value: bool) -> str:
    return _("Yes") if value else _("No")
