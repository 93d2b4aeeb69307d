from __future__ import annotations

import pytest

from genglossary_gui.core.glossary import Category
from genglossary_gui.core.terms.categories import category_of


@pytest.mark.parametrize(
    ("term", "category"),
    [
        ("University of Leeds", Category.ORGANIZATION),
        ("Acme Inc.", Category.ORGANIZATION),
        ("霞岳酒造株式会社", Category.ORGANIZATION),
        ("Dr Who", Category.PERSON),
        ("山本さん", Category.PERSON),
        ("Lake Geneva", Category.PLACE),
        ("兵庫県", Category.PLACE),
        ("chief executive officer", Category.TITLE),
        ("製造責任者", Category.TITLE),
        ("経年成長", Category.TECHNICAL_TERM),
        ("current directory", Category.TECHNICAL_TERM),
        ("火山", Category.TECHNICAL_TERM),
        ("本山", Category.TECHNICAL_TERM),
        ("sluice gate", Category.TECHNICAL_TERM),
    ],
)
def test_only_what_is_sure_gets_a_category(term: str, category: Category) -> None:
    assert category_of(term) is category


def test_a_general_word_is_a_common_noun() -> None:
    assert category_of("water", is_general=True) is Category.COMMON_NOUN
