"""What kind of thing a term names, told only where its form leaves no doubt."""

from __future__ import annotations

import re

from genglossary_gui.core.glossary import Category
from genglossary_gui.core.terms.japanese import proper_kinds

_ORGANIZATION = re.compile(
    r"[A-Z].* (?:Inc|Ltd|LLC|Corp|Corporation|GmbH|PLC|University|Institute|Ministry|Foundation|Association)\.?"
    r"|(?:University|Ministry|Institute|Bank|Department) of [A-Z].*"
)
_PERSON = re.compile(r"(?:Mr|Mrs|Ms|Dr|Prof|Professor|Captain)\.? [A-Z].*")
_PLACE = re.compile(
    r"(?:Lake|Mount|Cape|Port of|Gulf of|Isle of) [A-Z][\w ]*|[A-Z][\w ]* (?:River|Island|Islands|County)"
)
_JAPANESE_ORGANIZATION = re.compile(
    r"(?:株式会社|有限会社|合同会社).+|.+(?:株式会社|有限会社|大学|協会|学会|財団|銀行|省|庁)"
)
_JAPANESE_PERSON = re.compile(r".+(?:氏|さん|博士)")
_JAPANESE_PLACE = re.compile(r".+[県府市町村区郡川山島港湾]")
_TITLE = re.compile(
    r"(?:[a-z]+[ -])+(?:officer|director|president|minister|ambassador|governor|superintendent|secretary|foreman)",
    re.IGNORECASE,
)
_JAPANESE_TITLE = re.compile(
    r".*(?:社長|部長|課長|係長|所長|署長|校長|会長|院長|局長|船長|機長|工場長|長官|大臣|知事|取締役|責任者|監督者)"
)
_SHORTEST_NAME = 3


def category_of(term: str, *, is_general: bool = False) -> Category:
    """The category of ``term`` as it is written; ``technical_term`` where no rule is sure.

    Japanese proper nouns are told by Sudachi's dictionary together with a suffix (長野 alone may be a surname).
    ``is_general``: it is a word of everyday language that nothing in the documents defines.
    """
    if _ORGANIZATION.fullmatch(term):
        return Category.ORGANIZATION
    if _PERSON.fullmatch(term):
        return Category.PERSON
    if _PLACE.fullmatch(term):
        return Category.PLACE
    if _TITLE.fullmatch(term) or _JAPANESE_TITLE.fullmatch(term):
        return Category.TITLE
    if len(term) >= _SHORTEST_NAME:
        if _JAPANESE_ORGANIZATION.fullmatch(term) and not term.startswith("各"):
            return Category.ORGANIZATION
        kinds = proper_kinds(term) if _JAPANESE_PERSON.fullmatch(term) or _JAPANESE_PLACE.fullmatch(term) else ()
        if "人名" in kinds and _JAPANESE_PERSON.fullmatch(term):
            return Category.PERSON
        if "地名" in kinds and _JAPANESE_PLACE.fullmatch(term):
            return Category.PLACE
    return Category.COMMON_NOUN if is_general else Category.TECHNICAL_TERM
