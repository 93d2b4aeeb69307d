"""Japanese sentences that name a term in passing: of one case, of one of its kind, of what happens to it."""

from __future__ import annotations

import re
from collections.abc import Sequence

_LED_IN = re.compile(
    r"(?:デフォルト|既定|初期設定|標準設定)で(?:は|の)?|[^はが、]{0,20}[0-9] ?以降(?:では|は)?、|"
    r"(?:現在|今回|最近|ふつう|たいてい|うち[のでは]|わが|我が|弊社|当社)"
)
"""How a sentence begins that tells of one case or one time."""
_CONDITION = re.compile(
    r"[^は]{2,40}(?:すると|[ぁ-ん]れば|[けげせてねべめれえ]ば|ったら|なら|"
    r"(?<=[たるい])(?:とき|時|場合)(?:は|に|には)?)、"
)
"""「…を修正すると、Xは…」: of one case."""
_MOMENT = re.compile(
    r"(?<!持っ)(?<!もっ)(?<!有し)(?<!成り立っ)(?<!サポートし)(?<!対応し)(?<!提供し)(?<!構成され)(?<!構成し)"
    r"(?<!依存し)(?<!属し)(?<!準拠し)(?<!含んで)(?<!設計され)てい(?:ます|る)[。)）]*$|"
    r"(?:ことが多|必要(?:に|が|で)|実用的|便利|有用|有益|役立|役に立|簡単|容易|わかりやす|分かりやす|重要|"
    r"(?:すべき|べき)(?:で|こと))[^。]{0,8}。$|"
    r"(?<!て)(?<!と)も(?!の)[^、。はがを]{0,14}(?:ます|です)[。)）]*$|"
    r"すると|クリック|ドラッグ|ボタンを押|キーを押|右ボタン|(?<=[いるたすだ])が、|すでに|もはや|ちなみ|一番"
)
"""What is so at the moment, what somebody finds of it, what is added, a step of a procedure."""
_DOES_WITH = re.compile(
    r"(?:使用|利用|指定|表示|実行|適用|作成)(?:し|でき)ます[。)）]*$|"
    r"(?:最[良高適大]|優れた|良い|高い|豊富)[^、。]+を提供|"
    r"(?:提供|保存|格納|記録|管理|作成|使用)され(?:ます|る)[。)）]*$|含まれ(?:ます|る)[。)）]*$"
)
"""「Xは…を使用します」, 「最良の互換性を提供します」, 「…に含まれます」: what it does or is done to it, by the way."""
_WHAT_FOR = re.compile(
    r"(?:ために|のに)(?:使用|利用|使|用い)[ぁ-ん]{0,2}(?:ます|る)[。)）]*$|"
    r"として(?:機能|働|動作|考え|定義|使用|利用|使わ|用い)[ぁ-ん]{0,3}(?:ます|る)[。)）]*$|役割を[^、。]{1,6}ます[。)）]*$"
)
"""What it is used for or serves as is what it is."""
_SOME_THING_AND = re.compile(
    r"[^は]{1,30}は、?[^、。]{3,}[るたすむ](?!場所|環境|状態|方法|目的|時|形)[一-鿿]{1,6}[りきみ]?で、"
)
"""「Xは液の重さを表す目盛りで、…」: it goes on after saying what X is."""
_WAS = re.compile(r"でした[。)）]*$")
"""「…な発明でした」: not any more."""
_SOME_CALL = re.compile(r"(?:呼ぶ|言う|いう)(?:人|こと|場合)[がも]")
_POINTS = re.compile(
    r"上記|前述|後述|[上下]に示[しす]|(?<![一-鿿])[上下]の(?:例|図|表)|以上で(?:語|述|説明)|(?<![0-9０-９%％])以下の|(?<![一-鿿])次の|図\s?[0-9０-９]|先ほど|今回|章で(?:説明|述べ|紹介)"
)
"""What a reader of the page understands only."""
_SOME_OF_THEM = re.compile(r"[^はが]{1,30}は、?[0-9０-９一二三四五六]\s?つの[^、。]{1,16}を示し")
"""「プレビューは、3 つの状態の行を示します」: of what is on the page."""
_OF_ITS_TEXT = re.compile(r"向けの[^、。]{1,4}です[。)）]*$|(?:内容|話|説明|記述|章|節|項目)です[。)）]*$")
"""「上級者向けの内容です」: of what is written, not of a thing."""
_BEST_WAY = re.compile(
    r"(?:最も[^、。]{1,10}|主な|主要な|一般的な|簡単な|[良よ]い|効果的な|最適な|最良の|便利な)(?:方法|手段|やり方)です[。)）]*$"
)
"""「…を始める最も簡単な方法です」 tells what it is good for."""
_ACTION = re.compile(r"の(?!仕組み)[一-鿿]{2}[。)）]*$")
"""「相関の向上」: an action, no thing."""
_VERB_END = re.compile(r"(?:ます|(?<!で)[るうくすつぶむぬぐ])[。)）]*$")
_ASIDE = re.compile(r"\s?[（(][^（）()]*[）)]")
_NOT_TO = re.compile(r"(?:ない|という)こと(?:です|である)[。)）]*$|ばかり(?:です|である)[。)）]*$")
"""「…をマウントしないことです」, 「…にも使えるということです」: advice or a consequence."""
_LIKED = re.compile(r"(?:頻繁に|よく|広く|ひろく|多くの[^、。]+で)(?:使わ|用い|使用さ|利用さ)れ(?:ます|る|てい)")
"""「…でよく使われます」: how much it is used."""
_LANGUAGE_END = re.compile(r"(?:英語|日本語|PDF|スライド)[)）]$")
"""「（紹介スライド、英語）」: where something is to be read."""
_LISTED = ("definition_list", "label", "table")
_VERBAL = ("statement", "function", "opener")
"""Rules that ask for no word that explains."""
_WEAK, _GLOSSARY = 0.27, 0.9


def is_incidental(rule: str, weight: float, text: str, names: Sequence[str]) -> bool:
    """Whether ``text``, found by ``rule`` to define the term named ``names``, tells something, yet not what it is.

    A general statement never tells that, a weak word for what a thing does (“uses”, “runs”) neither, unless it is what
    the thing is there for.
    """
    if weight >= _GLOSSARY:
        return False
    if is_of_parameter(text, names):
        return True
    if rule in _LISTED:
        return _is_of_list(rule, text, names)
    if _POINTS.search(text) or (rule not in ("refers", "called") and _CONDITION.match(text)):
        return True
    if rule == "refers" and _SOME_OF_THEM.match(text):
        return True
    if rule == "called":
        return _SOME_CALL.search(text) is not None
    if rule == "copula":
        return any(pattern.search(text) for pattern in (_NOT_TO, _WAS, _OF_ITS_TEXT, _BEST_WAY))
    if rule == "opener" and (_is_version(text, names) or (weight <= _WEAK and not speaks_of(text, names))):
        return True
    return rule in _VERBAL and (_is_weak(rule, weight, text) or _is_of_the_moment(text))


def _is_weak(rule: str, weight: float, text: str) -> bool:
    tells = _WHAT_FOR.search(text) or _SOME_THING_AND.match(text)
    return weight <= _WEAK and rule != "opener" and tells is None


def _is_of_the_moment(text: str) -> bool:
    first = text[: text.find("。") + 1] or text
    if _LED_IN.match(text) or _MOMENT.search(first) or _LIKED.search(first):
        return True
    return _DOES_WITH.search(first) is not None and _WHAT_FOR.search(first) is None


def speaks_of(text: str, names: Sequence[str]) -> bool:
    """Whether one of ``names`` ends the topic or the subject of a Japanese sentence."""
    name = "|".join(re.escape(name) for name in names)
    topic = r"[」）)]?(?:\s?[（(][^）)]*[）)])?\s?(?:という(?:言葉|用語|語)(?:に|で)?)?(?:とは|は|が|では、)"
    return re.match(rf"[^はが]{{0,40}}(?<!の)(?:{name}){topic}", text) is not None


def is_of_parameter(text: str, names: Sequence[str]) -> bool:
    """「url は…」 tells of what is called so in a program, not of a URL."""
    name = names[0]
    small = name.isascii() and name.isupper() and len(name) > 1
    return small and re.match(rf"{re.escape(name.lower())}\s?(?:は|に|を|が|で)", text) is not None


def _is_version(text: str, names: Sequence[str]) -> bool:
    """「WCAG 2.1 は…」 tells of one version of what is called WCAG."""
    name = "|".join(re.escape(name) for name in names)
    return re.match(rf"(?:{name})\s?[0-9][0-9.]*\s?(?:は|とは|では)", text) is not None


def _is_of_list(rule: str, text: str, names: Sequence[str]) -> bool:
    """Whether it tells what a field, an option or a case is about: in a verb, by the name itself, as an action."""
    if rule == "definition_list":
        return False
    if _LANGUAGE_END.search(text) or _BEST_WAY.search(text):
        return True
    first = _ASIDE.sub("", text.partition("。")[0])
    if speaks_of(first, names):
        return False
    return any(name in first for name in names) or any(end.search(first) for end in (_ACTION, _VERB_END))
