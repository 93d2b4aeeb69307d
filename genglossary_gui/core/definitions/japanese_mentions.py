"""The Japanese sentence that stands in where no passage defines a term: it says something and can be read alone."""

from __future__ import annotations

import re
from collections.abc import Sequence

from genglossary_gui.core.definitions import japanese, readable, statements
from genglossary_gui.core.definitions.japanese_incidental import is_of_parameter
from genglossary_gui.core.definitions.match import is_prose
from genglossary_gui.core.glossary import Passage
from genglossary_gui.core.passages import stated

_SHORTEST, _LONGEST = 20, 160
_EARLY = 25
"""A sentence that names the term within so many characters is more likely about it."""
_OPENING = 100
_CLASS = (
    r"(?:\s?(?:形式|画像|ファイル|モデル|プロトコル|言語|規格|ライブラリー?|ツール|コマンド|フィルター|モード|システム|"
    r"アプリケーション|関数|処理|効果|補正|タグ))?"
)
"""「PNG 形式は…」 speaks of PNG."""
_LEAD = r"(?:すべての|全ての|あらゆる|各)?"
_TOPIC = r"(?:\s?(?:は|とは|では、)|の(?:最大の|主な|主要な)?(?:利点|目的|役割|特徴|用途|長所|メリット|強み|働き)は)"
_LEANS = re.compile(
    r"残念|デフォルトで|既定で|うちの|\[|今は|従って|実際|時には|ときには|できるのは|ですが|でも|もちろん|そもそも|とはいえ|ちなみに|特に|一部の|通常(?!は)|なお|"
    r"代わりに|それで|ですから|だから|逆に|以上|例|ときどき|違いは|まず|最後に|次に|もう|より|ほか|他の|別の|追加の|同じ|"
    r"前者|後者|それぞれ|.{1,20}も(?:同じ|同様)|両方|どちら|なぜ|ただ|とりわけ|要するに|言い換え|一般的に、|多くの場合|たいてい|ふつう|さて|ところ"
)
"""How a sentence begins that leans on the one before."""
_POINTS_AWAY = re.compile(
    r"説明(?:し|さ|を|が|は|の)|詳し|詳細|後ほど|後述|前述|参照|ご覧|紹介|[ぁ-んァ-ヺ一-鿿]章|の節|セクション|チュートリアル|"
    r"ページ(?:では|を読)|``|例:|[:：]\s|\s-\s|\.\.\.|…|注意|お(?:勧|すす)め|推奨|しょう|です[かね]|残念"
)
"""It sends its reader elsewhere, gives advice or is no running text."""
_SUBJECT = re.compile(
    r"[^、]は|が[^、。]{0,14}。$|も[^、。]{1,30}(?:ます|です|る)。$|"
    r"が(?![^。]*(?:後|前|とき|時|たび|よう|際|ため|もの)(?:に|は|で))[^、。]+を[^、。]+(?:ます|です)。$"
)
_ENDS = re.compile(r"(?:ます|です|(?<!て)[るうくすつぶむぬぐ])[)）」]?。$")
"""It states something; 「…された時。」 and 「…として使いたい。」 do not."""
_HAPPENED = re.compile(r"(?:ました|でした|った|した)[。、]|[0-9０-９]{4}年|バージョン|現在[はの、]|今回|新しく|最近")
_OF_ONE_CASE = re.compile(
    r"クリック|ドラッグ|ボタンを|キーを押|場合|とき|もし|(?:る|ない)と、|れば|ば、|なら|たら、|ません|ない。|ないで|"
    r"デフォルト|既定|初期設定|簡単|便利|重要|有用|容易|だけ|[かを]確認"
)
_TELLS = re.compile(
    r"ため[のに]|一種|[ひ一1１]とつ|一つ|でき(?:ており|ています)|から(?:成|な[りる]|構成)|[をに](?:表[しす]|示[しす]|指[しす]|定め|保持し|"
    r"格納し|担|もつ|持[ちつ])|として(?:機能|働|使)|ように(?:し|な)|役割"
)
"""What says what it is made of, what for or what it holds: of two sentences on one topic it tells more."""
_SAYS_LITTLE = re.compile(
    r"も(?:あり|通用|多|同)|[^、。]{0,16}最も|[いう]ちばん|一番|気に|運の|随分|ずいぶん|かなり|とても|非常に|必ず|いくらでも|数百"
)
"""What somebody finds of it."""
_MODIFIED = re.compile(r"[一-鿿々ァ-ヺーA-Za-z0-9]\s?$")
_JOINED = re.compile(r"[一-鿿々ァ-ヺーA-Za-z0-9]")
_OF_ANOTHER = re.compile(r".{1,20}とは")
"""A sentence that says what something is: if not of ours, then of another."""
_HOW_TO = re.compile(
    r"[^、。]*[るうくすつぶむぬぐ](?:に|ため(?:に)?|のに|場合|とき)は、[^はが]*ます。$|"
    r"[^はが]*(?:を(?:クリック|選択|押|開|入力|指定)[ぁ-ん]{0,3}(?:ます|る)|で操作します)。$|.*から(?:です|である|だ)。$|次は|次に|必要であれば"
)
"""「消すには、…を押します」: what a reader does; 「…からです」: why something is so."""
_SAYS_NOTHING = 9


def best_mention(passages: Sequence[Passage], names: Sequence[str], *, often: bool) -> Passage | None:
    """Of ``passages``, those that come first being worth more, the one that tells most of the term named ``names``.

    It is a whole sentence that names the term, leans on no other one and states something.  A sentence with the term
    as its topic comes before one that says in passing what is called so (「Xと呼ばれる関数」), and this before one
    that only holds the name, which a term must be used ``often`` for.  ``None`` where all are worse.
    """
    texts = [stated(passage) for passage in passages]
    found = [(_worth(text, names), _TELLS.search(text) is None, at) for at, text in enumerate(texts)]
    least, _is_silent, at = min(((w, w < 2 and silent, i) for w, silent, i in found), default=(_SAYS_NOTHING, False, 0))
    limit = _SAYS_NOTHING if often else 3
    return passages[at] if least < limit else None


def _worth(text: str, names: Sequence[str]) -> int:
    """0 is best; from ``_SAYS_NOTHING`` on it does not stand alone, or is about something else."""
    if not _stands_alone(text) or is_of_parameter(text, names):
        return _SAYS_NOTHING
    found = _place(text, names)
    if found is None or _HAPPENED.search(text):
        return _SAYS_NOTHING
    return found + (2 if _OF_ONE_CASE.search(text) else 0) + (1 if _SAYS_LITTLE.search(text) else 0)


def _stands_alone(text: str) -> bool:
    return (
        _SHORTEST <= len(text) <= _LONGEST
        and text[-1] == "。"
        and "。" not in text[:-1]
        and not _LEANS.match(text)
        and not _HOW_TO.match(text)
        and not _POINTS_AWAY.search(text)
        and _SUBJECT.search(text) is not None
        and _ENDS.search(text) is not None
        and is_prose(text)
        and readable.is_sentence(text)
        and not japanese.is_vague(text)
    )


def _place(text: str, names: Sequence[str]) -> int | None:
    """How much of the sentence the term is: its topic 0, what is called so 2, near its beginning 3 or 5, else 6."""
    if any(_is_topic(text, name) for name in names):
        return 0 if statements.is_general(text) else 1
    if _OF_ANOTHER.match(text):
        return None
    if introduces(text, names):
        return 2
    at = _named_at(text, names)
    if at < 0:
        return None
    return (3 if at == 0 else 5) if at <= _EARLY else 6


def introduces(text: str, names: Sequence[str]) -> bool:
    """Whether a sentence says in passing what is called by one of ``names``: 「Xと呼ばれる関数」, 「…というX」."""
    name = "|".join(re.escape(name) for name in names)
    named = rf"(?<![一-鿿ァ-ヺーA-Za-z])[「『]?(?:{name})[」』]?"
    kind = rf"{named}(?:と呼ばれる|という)、?[^、。]*[一-鿿ァ-ヺー]"
    with_it = r"である|という|と呼ばれる|を(?:もつ|持つ|もたない|持たない|する|行う|おこなう)"
    called = rf"(?:{with_it})\s?{named}(?![一-鿿ァ-ヺー])"
    return re.search(rf"{kind}|{called}", text) is not None


def _is_topic(text: str, name: str) -> bool:
    subject = rf"{_LEAD}「?{re.escape(name)}」?(?:\s?[（(][^）)]*[）)])?{_CLASS}{_TOPIC}"
    return re.match(subject, text[:_OPENING], re.IGNORECASE) is not None


def _named_at(text: str, names: Sequence[str]) -> int:
    """Where ``text`` holds one of ``names``, not as a part of a longer name; else -1."""
    places = (
        match.start()
        for name in names
        for match in re.finditer(re.escape(name) + _CLASS, text[:_OPENING], re.IGNORECASE)
        if not _MODIFIED.search(text[: match.start()]) and not _JOINED.match(text[match.end() :].lstrip()[:1])
    )
    return min(places, default=-1)
