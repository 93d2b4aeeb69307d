"""Japanese punctuation in one hand: 「．」「，」「｡」「､」 and, behind Japanese, “. ” and “, ” are 。 and 、."""

from __future__ import annotations

import re

_NAME = "0-9A-Za-z０-９Ａ-Ｚａ-ｚ"
_JAPANESE = "ぁ-ゖァ-ヺー々一-鿿"
FULL_STOP = (
    rf"｡+|(?<![{_NAME}．])．++|(?<=[{_NAME}])．++(?![{_NAME}])"
    rf"|(?<=[ぁ-ゖ])\.(?=[{_JAPANESE}「『（(])|(?<=[{_JAPANESE}）)」』])\.(?=\s|$)"
)
"""A pattern: 。 in any of its other forms, not the point of 「３．１」, nor that of “.NET”."""
_COMMA = rf"､|，(?![0-9０-９])|(?<![0-9０-９])，|(?<=[{_JAPANESE}）)」』]),(?=[\s{_JAPANESE}「『（(])"
_OTHER = re.compile(rf"(?P<stop>{FULL_STOP})|{_COMMA}")
_NUMBER = re.compile(r"(?:^|[\n\t 　]|[図表式第章節項])[（(]?(?:[0-9０-９]{1,3}|[A-Za-zＡ-Ｚ])(?:．[0-9０-９]{1,3})*\Z")
_LONGEST_NUMBER = 12
_JAPANESE_BEFORE = re.compile(rf"[{_JAPANESE}）)」』][.,]")
_LETTER = re.compile(f"[{_JAPANESE}]")
_NEAR = 60
"""Characters before a bracket in which its sentence shows whether it is Japanese."""
_MARK = re.compile("[．，｡､]")


def with_usual_marks(text: str) -> str:
    """``text`` with 。 and 、 for the other marks that end a Japanese sentence or part it; as long as before.

    A point or comma inside a number, that of a numbered title (「１．」) and those of Latin names stay.
    """
    if text.isascii() or (_MARK.search(text) is None and _JAPANESE_BEFORE.search(text) is None):
        return text
    return _OTHER.sub(_usual, text)


def numbers(text: str, at: int) -> bool:
    """Whether the 「．」 at ``at`` ends the number of a title or a caption: 「３．構成」, 「図１．構成」."""
    return text[at] == "．" and _NUMBER.search(text[max(0, at - _LONGEST_NUMBER) : at]) is not None


def _usual(match: re.Match[str]) -> str:
    if _ends_english_bracket(match.string, match.start()):
        return match[0]
    if match["stop"] is None:
        return "、"
    return match[0] if numbers(match.string, match.start()) else "。" * len(match[0])


def _ends_english_bracket(text: str, at: int) -> bool:
    """Whether the mark is one of ASCII behind a bracket of ASCII, with nothing Japanese before them in the line."""
    if text[at] not in ".," or text[max(0, at - 1)] != ")":
        return False
    return _LETTER.search(text[max(0, at - _NEAR) : at].rpartition("\n")[2]) is None
