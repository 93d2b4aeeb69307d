"""Text from anywhere made safe to show on one line."""

from __future__ import annotations

import unicodedata

LONGEST = 2_000
"""Characters of a text that a table shows; a longer line can stop the window for a minute."""

_JOINERS = "\u200c\u200d"  # They join emoji and the letters of some scripts.
_LINE_BREAKS = "\n\r\v\f\x85\u2028\u2029"


def harmless(text: str, longest: int = LONGEST) -> str:
    """One line without control, escape, bidi or invisible characters: each becomes a visible sign.

    A line break becomes ⏎, a tab a space, escape ^[ as on terminals.  Text longer than ``longest``
    characters is cut and ends in “…”.
    """
    safe = text[: longest + 1]
    if not safe.isprintable():
        safe = safe.replace("\r\n", "\n").translate(_SIGNS)
    return safe if max(len(text), len(safe)) <= longest else safe[: longest - 1] + "…"


class _Signs(dict[int, str]):
    """Code point → what is shown for it, worked out when first met."""

    def __missing__(self, code: int) -> str:
        self[code] = _sign(chr(code))
        return self[code]


_SIGNS = _Signs()


def _sign(character: str) -> str:
    code = ord(character)
    if character in _LINE_BREAKS:
        return "⏎"
    if character == "\t":
        return " "
    if code < 0x20 or code == 0x7F:
        return f"^{chr(code ^ 0x40)}"
    category = unicodedata.category(character)
    if category == "Cs":
        return "\ufffd"
    return f"<U+{code:04X}>" if category in ("Cc", "Cf") and character not in _JOINERS else character
