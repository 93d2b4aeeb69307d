"""Japanese sentences that say first what a thing is, then its marked name: 「元素の最小の粒子が**原子**である」."""

from __future__ import annotations

import re
from collections.abc import Iterator

from genglossary_gui.core.definitions.japanese_heads import clean_head, is_head
from genglossary_gui.core.definitions.match import Marks, Match

_BEFORE = re.compile(r"(?:^|[。、])([^。、]*(?:、[^。、が]*)*?)(?:が|(?<=の)は)、?「?$")
_BEING = re.compile(
    r"」?(?:[（(][^（）()]*[)）])?(?:で(?:す|ある|あり|した)|だ(?:。|$)|で、|、(?=.*(?:で(?:す|ある)|だ)。?$)|。$)"
)
_TELLS = re.compile(r"[一-鿿ァ-ヺ]")
_POINTS = re.compile(
    r"(?:ここ|そこ|それ|これ|以下|次|上記|例|代表|一つ|最も|主|おもな|有名|問題|デフォルト|既定|答え|"
    r"[^はが]{0,12}(?:例|一つ|代表|ほとんど|大半|多く|問題|重要|大切|必要|便利|有名|特徴|違い|目的|理由|原因))"
)
"""What describes nothing, or only one of many."""
_LEAST = 6
_ALSO_CALLED = re.compile(r".*を「?$")
_CLOSING = re.compile(r"」?(?:[（(][^（）()]*[)）])?、[^。]*を[^。]+と(?:いう|いい|いいます|呼|よ|言)[^。、]{0,6}。?$")
"""Of 「…を**代替財**、…を**補完財**という」 what follows the first name."""


_PAIR = re.compile(
    r"を「?(?P<name>(?:[一-鿿々]{2,10}|[ァ-ヺー]{3,20}))」?、[^。、]{6,}を「?[^。、をはがに]{2,20}」?と(?:いう|いい|呼[びぶ])"
)
"""… where no print marks the names: 「取得することを取得時効、消滅することを消滅時効という」."""


def by_inversion(text: str, marks: Marks) -> Iterator[Match]:
    """「…が**X**である」, 「…を**X**、…を**Y**という」."""
    for start, end in marks:
        name = clean_head(text[start:end])
        if start < _LEAST or not is_head(name):
            continue
        if text[start - 1] in "がは「、" and _BEING.match(text, end):
            described = _BEFORE.search(text, 0, start)
            said = described[1] if described else ""
            if (
                len(said) >= _LEAST
                and _TELLS.search(said)
                and not _POINTS.match(said)
                and said[-2:] not in ("それ", "これ")
            ):
                yield Match(name, "called", 0.65, 0, len(text))
        elif _ALSO_CALLED.match(text, 0, start) and _CLOSING.match(text, end):
            yield Match(name, "called", 0.65, 0, len(text))
    pair = _PAIR.search(text, _LEAST)
    if pair and is_head(pair["name"]):
        yield Match(pair["name"], "called", 0.6, 0, len(text))
