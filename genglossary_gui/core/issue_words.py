"""What issues say, in whatever language is current: an issue keeps which text it is and the values in it.

So a list of issues is read in the language of its reader, not in that of the run which found them.  What a project
says comes from anywhere: it can only choose among the texts here, and values stay values.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from genglossary_gui.core.glossary import IssueDraft, IssueType
from genglossary_gui.core.i18n import _, listed, quoted

Value = str | Sequence[str] | Sequence[tuple[str, int]]
"""A text, several of them, or several with a number each."""


@dataclass(frozen=True)
class _Words:
    """What is wrong (None: only the run knows, in its own words) and what to do."""

    explanation: Callable[[], str] | None
    action: Callable[[], str]


def issue(
    key: str, kind: IssueType, name: str, values: Mapping[str, Value], related: tuple[str, ...] = ()
) -> IssueDraft:
    """The issue that the text ``name`` tells, with its values.  Raises ``KeyError`` for a name that is not here."""
    words = _WORDS[name]
    said = _packed(name, values)
    return IssueDraft(key, kind, explanation(said, ""), words.action(), related, said)


def issue_of_model(key: str, kind: IssueType, name: str, words: str, related: tuple[str, ...] = ()) -> IssueDraft:
    """An issue that a language model explains in its own ``words``; what to do is ours."""
    return IssueDraft(key, kind, words, _WORDS[name].action(), related, _packed(name, {}))


def explanation(said: str, otherwise: str) -> str:
    """What is wrong, in the current language; ``otherwise`` where ``said`` tells nothing that is known here."""
    found = _unpacked(said)
    template = None if found is None else found[0].explanation
    if found is None or template is None:
        return otherwise
    try:
        return template().format(**{name: _shown(value) for name, value in found[1].items()})
    except (KeyError, TypeError, ValueError):
        return otherwise


def action(said: str, otherwise: str) -> str:
    """What to do about it; like ``explanation``."""
    found = _unpacked(said)
    return otherwise if found is None else found[0].action()


def _packed(name: str, values: Mapping[str, Value]) -> str:
    return json.dumps([name, values], ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def _unpacked(said: str) -> tuple[_Words, dict[str, Value]] | None:
    if not said:
        return None
    try:
        name, values = json.loads(said)
        return (_WORDS[name], values) if isinstance(values, dict) else None
    except (ValueError, KeyError, TypeError, RecursionError):
        return None


def _shown(value: Value) -> str:
    if isinstance(value, str):
        return value
    return listed(quoted(item) if isinstance(item, str) else _counted(*item) for item in value)


def _counted(text: str, count: int) -> str:
    return _("{term} ({count})").format(term=quoted(text), count=count)


def _which_is_right() -> str:
    return _("Find out which of them is right.")


def _join_or_tell_apart() -> str:
    return _("Join them as synonyms if they name one thing, or tell them apart.")


def _link() -> str:
    return _("Link the entries as related terms.")


def _add_long_form() -> str:
    return _("Add its long form.")


# Projects hold the names: one that has been in use stays.
_WORDS: dict[str, _Words] = {
    "undefined": _Words(
        lambda: _("No passage of the documents defines “{term}”."),
        lambda: _("Write a definition, add a document that defines it, or exclude the term."),
    ),
    "too_short": _Words(
        lambda: _("The definition of “{term}” is too short to explain it."),
        lambda: _("Complete it or choose another passage."),
    ),
    "points_back": _Words(
        lambda: _("The definition of “{term}” begins with “{word}”, which refers to something said before."),
        lambda: _("Say what is meant, or choose a passage that stands alone."),
    ),
    "everyday": _Words(
        lambda: _("“{term}” is an everyday word that no passage defines."),
        lambda: _("Exclude it, or define what it means here."),
    ),
    "unsupported": _Words(
        lambda: _("No evidence holds this sentence of the definition of “{term}”: {sentence}"),
        lambda: _("Check it against the documents, or remove the sentence."),
    ),
    "same_spelling": _Words(lambda: _("“{first}” and “{second}” share a spelling."), _join_or_tell_apart),
    "same_definition": _Words(lambda: _("“{first}” and “{second}” have the same definition."), _join_or_tell_apart),
    "only_repeats": _Words(
        lambda: _("The definition of “{term}” only repeats the term."),
        lambda: _("Say what it is, or choose another passage."),
    ),
    "by_each_other": _Words(
        lambda: _("“{first}” is explained by “{second}”, and “{second}” by “{first}”."),
        lambda: _("Explain one of them without the other."),
    ),
    "stands_for": _Words(lambda: _("Nothing says what “{abbreviation}” stands for."), _add_long_form),
    "uses_abbreviation": _Words(
        lambda: _("The definition of “{term}” uses “{abbreviation}”, which nothing explains."), _add_long_form
    ),
    "spelled": _Words(
        lambda: _("“{term}” is also spelled {spellings}."),
        lambda: _("Choose one spelling and use it in the documents."),
    ),
    "uses": _Words(lambda: _("The definition of “{term}” uses {others}."), _link),
    "disagree": _Words(lambda: _("The documents disagree about “{term}”: “{first}” and “{second}”"), _which_is_right),
    "required": _Words(
        lambda: _("The required term “{term}” is in none of the documents."),
        lambda: _("Add documents that speak of it, correct its name, or take it off the list."),
    ),
    "stale": _Words(
        lambda: _("The definition of “{term}” rests on what was changed or is gone: {documents}."),
        lambda: _("Look for the passages again, or check the definition."),
    ),
    "concern": _Words(lambda: _("“{first}” and “{second}” concern each other."), _link),
    "concern_contradiction": _Words(lambda: _("“{first}” and “{second}” concern each other."), _which_is_right),
    "concern_duplicate": _Words(lambda: _("“{first}” and “{second}” concern each other."), _join_or_tell_apart),
    "model": _Words(None, _link),
    "model_contradiction": _Words(None, _which_is_right),
    "model_duplicate": _Words(None, _join_or_tell_apart),
}
