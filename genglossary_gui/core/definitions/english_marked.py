"""English sentences in which a name is set in bold or italics: textbooks mark a term where they explain it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from genglossary_gui.core.definitions.english_descriptions import is_command
from genglossary_gui.core.definitions.english_heads import clean_head, is_head
from genglossary_gui.core.definitions.english_names import SHORT_FORM, is_vague, stands_alone
from genglossary_gui.core.definitions.match import Marks, Match, clamp

_READER = re.compile(r"\b(?:you|your)\b", re.IGNORECASE)
_MOST_MARKS = 2
"""Of a sentence with more marks none is the one that it explains."""
_FOLLOWS = 30
"""Characters beside a marked term that are enough to explain it."""
_CASE = re.compile(r"\b(?:should|must|shall)\b|^(?:One (?:for|to)|In particular,)\s|^(?:Having|Using|Being)\b|\w[_:]\w")
"""What is asked for, and words of a program."""
_COUNTED_AS = re.compile(
    r"\b(?:(?:is|are|was|were|be|being|been) (?:\w+ly |often |also |sometimes )?"
    r"(?:described|classified|identified|regarded|designated|defined|seen|considered|characterized|categorized|"
    r"understood|labeled|labelled|dubbed|named|said to be|thought of) (?:as (?:being )?)?|"
    r"(?:goes|go|went) by the name (?:of )?|(?:is|are) given the name (?:of )?|"
    r"\b(?:what|which|that) (?:[\w-]+ ){0,3}(?:calls?|called|terms?|termed|refers? to as|named?) |"
    r"(?:is|are) (?:an? )?(?:examples?|instances?|forms?|types?|kinds?|cases?) of |"
    r"(?:,|\bthis|\bthat|\bit) (?:[\w-]+ ){0,2}(?:calls?|called|terms?|termed|named) (?:this |it )?)"
    r"(?:an? |the |his |her |their )?[\"“]?$"
)
"""“… is described as the **X**”, “…, which economists call **X**”."""
_LEAST_BEFORE = 24
"""Characters before such words that are enough to explain a name."""
_LISTED_AFTER = re.compile(
    r"\s?(?:\([^()]*\))?[:—–] ?"
    r"(?=[a-z][\w ,'’-]{2,60}? (?:of|that|which|who|in|for|given|used|made|to|by|with|from|between)\b)"
)
"""“**sanctions**: rewards given for …”"""
_OPENS = re.compile(
    r"(?:(?:An?|The|Most|All|Many|Some|(?:Unlike|Like|In contrast to|Compared with) [\w -]{3,40},|In contrast,|"
    r"Finally,|Likewise,|Similarly,) )?(?:the |an? )?[\"“]?"
)
_SUBJECT_ENDS = re.compile(
    r"[\"”]?(?: \([^()]*\))? (?!(?:and|or|of|in|was|were|to|for|at|by|on|with|from|as|had|will)\b|"
    r"ha(?:s|ve) been\b)[a-z]"
)
_AT_END = re.compile(
    r"[\"”]?(?: \([^()]*\))?(?:[.;]|, (?:because|since|in which|which|where|or|and|so|whereby|while)\b)"
)
_ASKS = re.compile(r"(?:for more|please|to|note|let|see|use|with)\b", re.IGNORECASE)
_TELLS_WHAT = re.compile(
    r"(?:This|It|These|They) (?:(?:is|are) (?:an?|the|when|where|how|what)|refers?|means?|occurs?|happens?|involves?|"
    r"describes?|consists?|takes? place|represents?|measures?)\b"
)
_BACK = re.compile(r"\b(?:this|these|such)\b|^(?:it|they)\b", re.IGNORECASE)
_ONCE = re.compile(r" (?:was|were|had|will|would|did)\b")
"""What happened to one."""
_ASIDE = re.compile(r" \([^()]*\)|; (?:this|these|it|they|such)\b.*")
_LETTERED = re.compile(r"[A-Z]\d?[ -][a-z]{3}")
_SOON = 12
_SUBJECT, _INSIDE, _LAST = 0.56, 0.5, 0.4


def by_marked_name(text: str, marks: Marks) -> Iterator[Match]:
    """“… is described as the **X**”, “… with **X**: what …”."""
    for start, end in marks if marks and not _READER.search(text) else ():
        name = _name(text, start, end)
        if not name:
            continue
        if start >= _LEAST_BEFORE and stands_alone(text, end) and _COUNTED_AS.search(text, max(0, start - 60), start):
            yield Match(name, "called", clamp(0.72 - (0.1 if is_vague(text) else 0)), 0, len(text))
        elif len(text) - end > _FOLLOWS // 2 and _LISTED_AFTER.match(text, end) and (start or text[end] == "—"):
            yield Match(name, "apposition", clamp(0.5 - (0.15 if is_vague(text) else 0)), 0, len(text))


def by_mark(text: str, marks: Marks) -> Iterator[Match]:
    """A term in a sentence that stands alone: as its subject, inside it or as what it comes to."""
    if not marks or is_vague(_itself(text)) or _ASKS.match(text) or is_command(text) or _READER.search(_itself(text)):
        return
    if _CASE.search(_itself(text)) or len(marks) > _MOST_MARKS or not text[0].isupper() or text[-1] != ".":
        return
    for start, end in marks:
        name = _name(text, start, end)
        if not name or not stands_alone(text, end):
            continue
        if _OPENS.fullmatch(text, 0, start) and _SUBJECT_ENDS.match(text, end) and len(text) - end > _FOLLOWS // 2:
            yield Match(name, "marked", _SUBJECT, 0, len(text))
        elif (
            _is_plain(name) and len(text) - end > (_FOLLOWS if start > _SOON else _SOON) and not _ONCE.match(text, end)
        ):
            yield Match(name, "marked", _INSIDE, 0, len(text))
        elif _is_plain(name) and start > _FOLLOWS and _AT_END.match(text, end):
            yield Match(name, "marked", _LAST, 0, len(text))


def by_mark_before(text: str, marks: Marks, following: str) -> Iterator[Match]:
    """“The bond has a **face value**. This is what …”: the next sentence explains a name."""
    if len(marks) > _MOST_MARKS or not text[0].isupper() or text[-1] != "." or is_command(text):
        return
    for start, end in marks:
        name = _name(text, start, end)
        kind = name.split()[-1] if name else ""
        tells = _TELLS_WHAT.match(following) or (
            kind and re.match(rf"(?:This|These|Such) {re.escape(kind)} ", following)
        )
        if name and tells and _is_plain(name) and start > _SOON and _AT_END.match(text, end):
            yield Match(name, "marked", _INSIDE, 0, len(text))


def by_mark_behind(text: str, marks: Marks) -> Iterator[Match]:
    """“When this happens, people feel **X**.”: with the sentence before it explains a name."""
    if (
        len(marks) > _MOST_MARKS
        or not text[0].isupper()
        or text[-1] != "."
        or _READER.search(text)
        or _CASE.search(text)
    ):
        return
    for start, end in marks if points_back(text) and not is_command(text) else ():
        name = _name(text, start, end)
        if name and _is_plain(name) and start > _SOON and stands_alone(text, end):
            yield Match(name, "marked", _LAST, 0, len(text))


def points_back(text: str) -> bool:
    """Whether a sentence begins with what the one before said: “When this happens, …”."""
    return _BACK.search(text, 0, _FOLLOWS) is not None


def _is_plain(name: str) -> bool:
    """Whether it is written as a word of the language is, not as the name of a program or a label; “G2 phase” is."""
    return name[0].islower() or _LETTERED.match(name) is not None


def _itself(text: str) -> str:
    """What a sentence says without its asides and without what a second clause says of the first."""
    return _ASIDE.sub("", text) if "(" in text or "; " in text else text


def _name(text: str, start: int, end: int) -> str:
    name = clean_head(SHORT_FORM.sub("", text[start:end]))
    return name if is_head(name) else ""
