"""The language of a passage, by the share of Japanese characters among its letters."""

from __future__ import annotations

import re

from genglossary_gui.core.keys import JAPANESE

_JAPANESE = re.compile(f"[{JAPANESE}]+")
_TWO_HIRAGANA = re.compile("[ぁ-ゖ][^ぁ-ゖ]*[ぁ-ゖ]")
_LATIN = re.compile("[A-Za-zÀ-ɏ]+")
_SHARE = 0.15
_SHARE_WITH_HIRAGANA = 0.05
"""Japanese technical prose can be mostly Latin words; its particles give it away."""


def passage_language(text: str, language: str = "auto") -> str:
    """``ja`` or ``en`` for one passage.

    ``language``: ``en`` holds for every passage, ``ja`` for those with a Japanese character (a Latin-only
    passage is read as English in any case), ``auto`` decides by the share of characters.
    """
    if language == "en" or text.isascii():
        return "en"
    japanese = sum(map(len, _JAPANESE.findall(text)))
    if not japanese or language == "ja":
        return "ja" if japanese else "en"
    share = japanese / (japanese + sum(map(len, _LATIN.findall(text))))
    needed = _SHARE_WITH_HIRAGANA if _TWO_HIRAGANA.search(text) else _SHARE
    return "ja" if share >= needed else "en"
