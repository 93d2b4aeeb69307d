"""Definitions as the review reads them: sentence by sentence."""

from __future__ import annotations

import re

from genglossary_gui.core.japanese_marks import with_usual_marks

_END = re.compile(r"(?<=[。！？])(?![」』）)])|(?<=[.!?])\s+(?=[A-Z\"“(\u3040-\u9fff])")
_BLANKS = re.compile(r"\s+")
_CONNECTIVE = re.compile(
    r"(?:however|therefore|thus|hence|moreover|furthermore|additionally|in addition|consequently|"
    r"likewise|similarly|"
    r"on the other hand|in contrast|finally|also|next|then|as a result),\s+"
    r"|(?:また|しかし|ただし|なお|さらに|一方で?|そのため|このため|したがって|よって|つまり|すなわち|次に|そして|加えて)、",
    re.IGNORECASE,
)
_PRONOUN = re.compile(
    r"(?:this|that|these|those|it|they|he|she|its|their|such)\b"
    r"|(?:これ|それ|この|その|ここ|そこ|こちら|前者|後者|彼|彼女|同じく)",
    re.IGNORECASE,
)


def split(text: str) -> list[str]:
    """The sentences of a definition, without the blanks between them."""
    ends = [end.span() for end in _END.finditer(with_usual_marks(text))]
    starts = [0, *(stop for _end, stop in ends)]
    stops = [*(end for end, _stop in ends), len(text)]
    parts = (text[start:stop].strip() for start, stop in zip(starts, stops, strict=True))
    return [part for part in parts if part]


def folded(text: str) -> str:
    """``text`` for comparison: case and runs of blanks do not count."""
    return _BLANKS.sub(" ", text).strip().casefold()


def starts_unresolved(text: str) -> bool:
    """Whether ``text`` begins with a word that points to what stood before it."""
    return bool(pronoun(text))


def pronoun(text: str) -> str:
    """The word with which ``text`` points back; empty if it does not."""
    match = _PRONOUN.match(text)
    return match[0] if match else ""


def without_connective(text: str) -> str:
    """``text`` without “However, ”, 「また、」 at its start; the rest is untouched."""
    match = _CONNECTIVE.match(text)
    return text[match.end() :] if match else text


def is_very_short(text: str) -> bool:
    """Whether ``text`` has less than three words, or less than eight characters of Japanese."""
    if any("\u3040" <= character <= "\u9fff" for character in text):
        return len(text) < 8
    return len(text.split()) < 3
