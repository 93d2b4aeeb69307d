"""What a passage says of its term, without the name that a list, a table, a label or a heading sets before it."""

from __future__ import annotations

import re

from genglossary_gui.core.glossary import Passage

LABEL = re.compile(r"\s*(?:[:：]|[—–―]| - )\s*")
"""What stands between the name and the description in “X: …” and “**X** — …”."""


def stated(passage: Passage) -> str:
    """The words of ``passage`` that explain; all of it where the rule found a sentence that names the term.

    A quote holds the name too, so that a reader sees what the words are about.
    """
    text = passage.text
    if passage.rule == "label":
        label = LABEL.search(text)
        return text[label.end() :] if label else text
    return text.rpartition("\t" if passage.rule == "table" else "\n")[2]
