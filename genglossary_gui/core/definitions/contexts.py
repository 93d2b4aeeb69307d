"""Which sentences a person reads where nothing defines a term: those that speak of it come first."""

from __future__ import annotations

import re
from collections.abc import Sequence

from genglossary_gui.core.definitions import english, english_descriptions, readable, statements
from genglossary_gui.core.glossary import Passage
from genglossary_gui.core.keys import has_japanese

_OF_CONTROLS = re.compile(
    r"\b(?:sliders?|buttons?|check ?box(?:es)?|drop-?down|menus?|dialogs?|options?|tabs?|toolbars?|"
    r"(?:input|text|entry) box|(?:the|this|these) \w+ (?:commands?|fields?)|click|select the|shortcuts?|"
    r"in degrees)\b|(?<![\w-])--?[a-z]",
    re.IGNORECASE,
)
"""What a window or a command can be told says little of the things that it works on."""
_LABELLED = re.compile(r"[A-Z][\w -]{0,40}: ")
_EARLY = 12
"""Characters before a name that begins its sentence, article and all."""


def best_first(contexts: Sequence[Passage], names: Sequence[str]) -> list[Passage]:
    """``contexts`` of the term with these ``names``: whole sentences about it first, instructions and what is said
    of a slider or an option last; others, and Japanese ones, stay in their order."""
    return sorted(contexts, key=lambda context: -_worth(context.text, names))


def _worth(text: str, names: Sequence[str]) -> int:
    if has_japanese(text):
        return 0
    worth = -3 if _OF_CONTROLS.search(text) else 0
    if readable.is_sentence(text) and statements.is_statement(text):
        worth += 2 + any(text.casefold().find(name.casefold(), 0, _EARLY + len(name)) >= 0 for name in names)
    asks = english_descriptions.is_command(text) or english_descriptions.instructs(text)
    return worth - (asks or _LABELLED.match(text) is not None or english.is_vague(text))
