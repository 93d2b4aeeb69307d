"""The phrase a Japanese sentence speaks of: from the words before は or と呼ぶ to names of things."""

from __future__ import annotations

import re
from typing import NamedTuple

from genglossary_gui.core.definitions.match import is_code

_FIRST_REFUSED = re.compile(
    r"(?:これ|それ|あれ|この|その|あの|こちら|そちら|ここ|そこ|どの|どちら|何|なに|だれ|誰|いつ|こう|そう|"
    r"本書|本章|本節|本稿|当|各|次|つぎ|両者|双方|以下|上記|前述|上述|下記|前者|後者|私|我々|われわれ|あなた|皆|"
    r"みな|彼|彼女|うち(?:の|で)|わが|我が|弊社|"
    r"例えば|たとえば|また|しかし|なお|さらに|つまり|すなわち|もし|ただし|そして|一つ|1つ|１つ|ひとつ|もう|"
    r"ほとんど|すべて|全て|多く|一部|いくつ|最も|最初|最後|今回|現在|今日|通常|一般|同じ|他|ほか|別|もの|こと|"
    r"[①-⑳]|[0-9０-９]+(?:つ|個|番|回|年|月|日|人))"
)
_REFUSED_INSIDE = re.compile(
    r"[をがへ、。！？]|に(?!ん)|で(?!き)|と(?!り)|して|する|した|され|なる|なっ|いる|ある|れる|から|まで|たい|ない|"
    r"という|また|より|場合|とき|際|ため|こと|もの$|よう|あたり|だけ|ほど|ところ|うち$|以外|自体$|時$|後$|前$|中$"
)
_GENERIC = re.compile(
    r"(?:^|[のなるたい])(?:目的|理由|例|問題|利点|欠点|長所|短所|結果|方法|やり方|違い|差|値|戻り値|"
    r"デフォルト値?|仕事|既定値|初期値|省略値|特徴|"
    r"意味|役割|名前|名称|場所|順序|内容|種類|数|量|部分|一つ|1つ|ひとつ|ポイント|メリット|デメリット|原因|手順|"
    r"注意点|課題|対象|条件|選択肢|答え|概要|詳細|構文|使い方|仕組み|考え方|必要性|重要性|効果|影響|範囲|単位|"
    r"形式|状態|大きさ|サイズ|色|位置|機能|動作|設定|作者|著者|図|表|章|節|ページ|文書|ドキュメント|記事|"
    r"セクション|ガイド)$"
)
_QUALITY = re.compile(
    r"(?:不?可能|不?必要|必須|任意|省略可能?|非?推奨|[有無]効|重要|大切|困難|容易|簡単|便利|安全|危険|自由|同じ|既定|デフォルト)"
)
"""What something is like names nothing: 「…は不可能である」, 「String（任意）」."""
_PART = re.compile(r"の\s?(?:多く|大半|すべて|全て|[1１一]\s?つ|一部|ほとんど)$")
_NAMES = re.compile(r"[一-鿿]|(?=.{2})(?:.*[ァ-ヺー一-鿿々A-Za-z]|[ぁ-ゖー]{3,}$)")
_LEAD_TAIL = re.compile(
    r"(?:では|には|は|において|における|として|としては|によると|的に|一般に|ば|ると|また|しかし|つまり|"
    r"すなわち|なお|"
    r"さらに|一方で?|ここで|このため|そのため|したがって|ただし|まず|次に|最後に|要するに|言い換えると|これに対し|"
    r"対して|場合|とき|際|ため|から|それぞれ|通常|そして|加えて|同様に|しばしば|よく|例えば|たとえば|本来|"
    r"もともと|特に|実際|"
    r"基本|近年|現在|従来|観点からは?)$"
)
_CONNECTIVE = re.compile(
    r"(?:また|しかし|なお|さらに|一方|ただし|そして|加えて|同様に|このため|そのため|したがって|これに)"
)
_ALSO = re.compile(r"(?:しばしば|よく|時に|単に)?(.{1,24}?)と(?:も|して)?(?:呼ばれ|いわれ|言われ|略され|知られ)")
_BRACKETS = re.compile(r"[（(]([^（）()]{1,40})[）)]")
_INNER_QUOTES = re.compile('[「」『』“”"`]')
_QUOTES = "「」『』“”\"'*_` "
_QUOTED_AT_END = re.compile(r"[でには、]「([^「」]+)」\s*$")
"""「Vueの文脈で「コンポーザブル」とは」: what is quoted last is spoken of."""
_CLASSIFIED = re.compile(
    r"([A-Za-z][\w.+#-]*[A-Z0-9][\w.+#-]*)\s?(?:ファイル|画像|データ|色|カラー)?(?:形式|フォーマット|モデル|"
    r"ファイル|画像|プロトコル|"
    r"言語|オブジェクト|規格|ライブラリ|ライブラリー)"
)
"""「SVG 形式は…」 speaks of SVG."""
_SHORT_FOR = re.compile(r"^[^、。は]{3,50}[—―–-]+略して")
"""「Scalable Vector Graphics」—略して SVG は…"""
_ADVERB = re.compile(r"(?:本来|元来|もともと|そもそも|一般に)(?=[「『A-Za-zァ-ヺ一-鿿])(?!的)")
"""「本来明度とは…」, 「一般にキャッシュは…」: no part of the name."""
_REPEATED = re.compile(r"([^-–—:：]{2,30}?)\s?[-–—:：]\s?(?=\1)")
"""「グレースケール- グレースケール画像は…」: a line that begins with its title."""
_ONE_QUOTE = re.compile(r"「[^「」]*[／/][^「」]*」")
"""「描画色/背景色」ダイアログ: the name of one thing."""
_COMMA = re.compile("[、,]")
_PAIRS = re.compile(r"(?:または|もしくは|あるいは|すなわち|(?<![A-Za-z0-9])[／/]|[／/](?![A-Za-z0-9])| or )")


class Subject(NamedTuple):
    """The names of one thing and how the sentence led to them: ``connective`` · ``scope`` · empty."""

    names: tuple[str, ...]
    lead: str


def parse_subject(text: str) -> Subject | None:
    """The names in the words before は; ``None`` when they do not name a thing in general."""
    text = _ADVERB.sub("", _SHORT_FOR.sub("、", text))
    if _ONE_QUOTE.match(text):
        return None
    if quoted := _QUOTED_AT_END.search(text):
        text = quoted[1]
    text, lead, aliases = _without_lead_in(text.strip("、 "))
    brackets = _BRACKETS.findall(text)
    outer = _BRACKETS.sub("", text)
    repeated = _REPEATED.match(outer)
    outer = outer[repeated.end() :] if repeated else outer
    names = [clean_head(part) for part in _PAIRS.split(outer)]
    aliases += [repeated[1]] if repeated else []
    if not names or not all(map(is_head, names)):
        return None
    inner = [clean_head(part) for bracket in brackets for part in _COMMA.split(bracket)]
    kinds = [found[1] for name in names if (found := _CLASSIFIED.fullmatch(name))]
    return Subject((*names, *filter(is_head, [*inner, *aliases, *kinds])), lead)


def clean_head(text: str) -> str:
    """``text`` without quotes and outer punctuation."""
    text = _INNER_QUOTES.sub("", text).strip(_QUOTES + "、。:：,.;")
    return text[: -len("という用語")] if text.endswith("という用語") else text


def is_head(text: str) -> bool:
    """Whether a Japanese phrase can name a thing: one kanji, three kana, at most 40 characters; no clause, pronoun
    or task."""
    return (
        len(text) <= 40
        and not is_code(text)
        and _NAMES.match(text) is not None
        and not _FIRST_REFUSED.match(text)
        and not _QUALITY.fullmatch(text)
        and not _REFUSED_INSIDE.search(text)
        and not _GENERIC.search(text)
        and not _PART.search(text)
        and text.count("の") <= 2
        and text[-1] != "の"
        and len(text.split()) <= 7
    )


def _without_lead_in(text: str) -> tuple[str, str, list[str]]:
    """The last part of “…では、X”; the first of “X、しばしばYとも呼ばれるもの” with Y as another name."""
    first, comma, rest = text.partition("、")
    if not comma:
        scope, inside, last = text.rpartition("における")
        return (last, "scope", []) if inside and scope else (text, "", [])
    if alias := _ALSO.search(rest):
        return first, "", [clean_head(alias[1])]
    lead, _, last = text.rpartition("、")
    if _LEAD_TAIL.search(lead):
        return last, "connective" if _CONNECTIVE.match(lead) else "scope", []
    return text, "", []
