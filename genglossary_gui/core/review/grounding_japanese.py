"""Compares a Japanese sentence with its evidence: runs of kanji, katakana, Latin letters and figures are its words."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from functools import cache, lru_cache

from genglossary_gui.core.paths import resources
from genglossary_gui.core.review.grounding_parts import Found, Piece, exchanged, swapped, turned
from genglossary_gui.core.review.japanese_words import GENERIC, OPPOSITES, SAME

_WEIGHT, _LONG_WEIGHT, _SINGLE_WEIGHT, _LETTER_WEIGHT, _GENERIC_SHARE = 1.0, 1.2, 0.5, 0.3, 0.3
"""A verb is often written with one character, and has many that can stand for it."""
_LONG = 3
_PARTLY = 0.75
"""What it counts that all the characters of a compound stand somewhere in the evidence."""
_KANJI = "々〆ヶ㐀-鿿"
_UNIT = re.compile(rf"[{_KANJI}]+|[ァ-ヺー]+|[A-Za-z][A-Za-z0-9_.+-]*")
_FIGURE = re.compile(rf"(\d+(?:[.,]\d+)*)((?:cm|mm|km|kg|m|g|L)(?![A-Za-z])|[{_KANJI}ァ-ヺーか%]?)")
_COUNTED = "回個人日月年つ段本枚件度分秒時箇か名台種割倍句字語章条項級位歳才次点面者通票社店校週世代号番桁"
_COUNTED += "両頭匹羽棟軒戸杯着足冊隻基"
_COUNTER = re.compile(rf"(?<=\d)(?:[{_COUNTED}](?![{_KANJI}])|[回年月日個件本枚台秒人](?=[{_KANJI}]{{2}}))")
_KANJI_FIGURE = re.compile(rf"[一二三四五六七八九十百]+(?=[{_COUNTED}万億円])")
_UNITS = {
    "センチメートル": "cm",
    "ミリメートル": "mm",
    "キロメートル": "km",
    "キログラム": "kg",
    "センチ": "cm",
    "ミリ": "mm",
    "メートル": "m",
    "グラム": "g",
    "リットル": "L",
    "°C": "度",
    "パーセント": "%",
}
_SPELT_UNIT = re.compile(rf"(?<=\d)(?:{'|'.join(_UNITS)})")
_UNIT_SIGN = re.compile(r"(?<=\d)(?:cm|mm|km|kg|m|g|L)(?![A-Za-z])")
_HALF_YEAR = re.compile("半年")
_TENTHS = re.compile(r"(\d+)割(?:(\d)分)?(?!り|引|当)")
_DIGITS = {character: number for number, character in enumerate("〇一二三四五六七八九")}
_NEGATION = re.compile(
    r"(?:(?<!少)(?<!危)(?<!だけで)(?<!ばかりで)な(?:い|く(?!な[るり])|けれ|かっ)|ませ?ん|(?<=[かさたなまらばがわえけせてねめれげべじき])ず(?=[にと、。]|$)|せず|不可|禁止|に(?:\d+回)?失敗)"
)
_TOKEN = re.compile(rf"{_UNIT.pattern}|[ぁ-ん]+|\d+")
_MOST_EXCHANGED = 2
_COMPOUND = 2
"""Characters of most words that came from China: mostly each of them has a meaning."""
_BESIDE = "的性化後前時中"
"""What may stand behind a compound without changing what it is about."""
_ENDING = re.compile("[ぁ-ん]")
_NAME = re.compile(r"[A-Z]\w|\w+[A-Z]")
_WITH_ENDING = re.compile(rf"(?<![{_KANJI}])([{_KANJI}])(?![はがをにでとのもへやか])[ぁ-ん]")
_FAILED = re.compile("失敗|不能|不可|不可能|不成功")
_NEAR = 12
"""Characters before a negation."""
_SENTENCE = re.compile(r"[。！？\n]")
_ROLE = re.compile(rf"([{_KANJI}ァ-ヺー]+)([がはをに])")
_BEHIND = re.compile("あと(?=[にでのは、])")
_INSTEAD = re.compile(rf"([{_KANJI}ァ-ヺー]+)の(?:代|か)わりに([{_KANJI}ァ-ヺー]+)")
_EVERY = re.compile(r"すべて|全て|全部|あらゆる|誰でも|どの")
_SEVERAL = re.compile(r"複数|いくつも|数多|多数|二つ以上")
_ONE = re.compile(r"(?:ただ|唯|たった)1つ|ただ一つ|唯一|1つだけ|1つしか|単一")
_UNLESS = re.compile(r"(?:なければ|なくては|ないと|ない限り|ずには)(?=.*(?:な[いけかく]|ませ?ん|ず))")
_EVEN_WITHOUT = re.compile(rf"([{_KANJI}ァ-ヺー]*)[がはも]?(?:なくても|なくとも)")
_ONLY = re.compile(r"だけ(?!で)|のみ|一部|限り|限られ")
_PARTS = re.compile("[、，；：]")
_CLAUSE = re.compile(r"[、。，．；：！？\n]|(?<=[るいた])(?:一方で?|ため|が(?=、))")


def compare(sentence: str, evidence: str, names: str) -> Found:
    """What ``sentence`` says that ``evidence`` does not; ``names`` (of the term) need no evidence."""
    sentence, evidence, names = (_plain(text) for text in (sentence, evidence, names))
    own = frozenset(_UNIT.findall(names))
    held = frozenset(_UNIT.findall(evidence))
    meant = _said_otherwise(sentence, evidence)
    parts = _PARTS.split(_UNIT_SIGN.sub("", _COUNTER.sub("", sentence)))
    found = Found(
        [
            Piece(unit, 0.0, 1.0, number)
            if _is_own(unit, own, names)
            else Piece(unit, _weight(unit), 1.0 if unit in meant else _support(unit, held, evidence), number)
            for number, part in enumerate(parts)
            for unit in _UNIT.findall(part)
        ]
    )
    known = {*_figures(evidence), *_figures(names)}
    found.figures = [figure + unit for figure, unit in _figures(sentence) if not _is_known(figure, unit, known)]
    found.names = [piece.word for piece in found.pieces if not piece.support and _NAME.match(piece.word)]
    found.opposites = _opposites(sentence, evidence) + _turned_round(sentence, evidence)
    found.opposites += _widened(sentence, evidence) + _swapped(sentence, evidence)
    if any(_UNLESS.search(evidence) or _is_needed(m[1], evidence) for m in _EVEN_WITHOUT.finditer(sentence)):
        found.opposites.append("なくても")
    found.negated = turned(_denials(sentence, own, names), _denials(evidence, own, names))
    found.exchanged = _exchanged(sentence, evidence)
    return found


def _weight(unit: str) -> float:
    is_kanji = re.match(f"[{_KANJI}]", unit) is not None
    if len(unit) == 1:
        weight = _SINGLE_WEIGHT if is_kanji else _LETTER_WEIGHT
    else:
        weight = _LONG_WEIGHT if is_kanji and len(unit) > _LONG else _WEIGHT
    return weight * _GENERIC_SHARE if unit in GENERIC else weight


def _support(unit: str, held: frozenset[str], evidence: str) -> float:
    """1 where the evidence has the word or one for it; of a compound else the share of its characters, with less."""
    if _is_held(unit, held, evidence):
        return 1.0
    characters = re.findall(f"[{_KANJI}]", unit)
    return _PARTLY * sum(each in evidence for each in characters) / len(characters) if characters else 0.0


def _said_otherwise(sentence: str, evidence: str) -> frozenset[str]:
    """The words of the sentence for which the evidence has another one of the same meaning."""
    theirs = _meant(evidence)
    return frozenset(m[0] for m in _UNIT.finditer(sentence) if not theirs.isdisjoint(_meanings_at(m)))


def _is_needed(word: str, evidence: str) -> bool:
    """Whether the evidence says of ``word`` that it must be there."""
    return bool(word) and re.search(rf"{word}[がはを](?:必要|必須|不可欠|要)", evidence) is not None


def _plain(text: str) -> str:
    """Half-width figures, and figures instead of the numerals that count something."""
    text = _BEHIND.sub("後", unicodedata.normalize("NFKC", text).replace(",", ""))
    text = _KANJI_FIGURE.sub(_figure, _HALF_YEAR.sub("6か月", text))
    return _TENTHS.sub(_per_cent, _SPELT_UNIT.sub(lambda match: _UNITS[match[0]], text))


def _per_cent(match: re.Match[str]) -> str:
    """二割五分 is 25%."""
    return f"{10 * int(match[1]) + int(match[2] or 0)}%"


def _figures(text: str) -> list[tuple[str, str]]:
    """Each figure with the first character of what it counts."""
    return [(match[1], match[2].replace("ヶ", "か").replace("箇", "か")) for match in _FIGURE.finditer(text)]


def _is_known(figure: str, unit: str, known: set[tuple[str, str]]) -> bool:
    # “one” is rather an article than a figure.
    return figure == "1" or any(figure == other and (unit == its or not unit or not its) for other, its in known)


def _figure(match: re.Match[str]) -> str:
    total = unit = 0
    for character in match[0]:
        if character in _DIGITS:
            unit = 10 * unit + _DIGITS[character]
        else:
            total, unit = total + (unit or 1) * (100 if character == "百" else 10), 0
    return str(total + unit)


def _is_own(unit: str, own: frozenset[str], names: str) -> bool:
    return unit in own or (len(unit) > 1 and unit in names)


def _is_held(unit: str, held: frozenset[str], evidence: str) -> bool:
    """Whether the evidence has the word, most of its characters, or another word for it."""
    if unit in evidence or unit.casefold() in evidence.casefold():
        return True
    if any(unit in group and any(other in evidence for other in group) for group in SAME):
        return True
    if not re.match(f"[{_KANJI}]", unit):
        return any(len(other) > 3 and unit.rstrip("ー") == other.rstrip("ー") for other in held)
    if _FAILED.fullmatch(unit) and _NEGATION.search(evidence):
        return True
    if any(_is_another_kind(unit, other) for other in held):
        return False
    core = unit.rstrip(_BESIDE)
    if len(core) == _COMPOUND and not _native(evidence).isdisjoint(core):
        return True
    characters = [character for character in unit if character not in "的化性等者用後前中内行毎各"]
    known = sum(character in evidence for character in characters)
    return bool(characters) and known >= 0.6 * len(characters) and (len(characters) == 1 or known > 1)


def _is_another_kind(unit: str, other: str) -> bool:
    """白血球 and 赤血球: all the same but for the character that tells what kind it is."""
    return len(unit) > _COMPOUND and len(unit) == len(other) and unit[1:] == other[1:] and unit[0] != other[0]


@lru_cache(maxsize=64)
def _native(text: str) -> frozenset[str]:
    """The characters that stand alone for a verb or an adjective (短く): 短縮 says the same."""
    return frozenset(match[1] for match in _WITH_ENDING.finditer(text))


@lru_cache(maxsize=64)
def _meant(text: str) -> frozenset[int]:
    """The meanings of all words of a text."""
    return frozenset().union(*(_meanings_at(match) for match in _UNIT.finditer(text)))


def _meanings_at(match: re.Match[str]) -> frozenset[int]:
    """Of the word and, where grammar may follow it, of the verb or adjective that begins with it."""
    known, behind = _meanings(), match.string[match.end() : match.end() + 1]
    found = known.get(match[0], frozenset()) | known.get(match[0].rstrip(_BESIDE), frozenset())
    return found | known.get(f"{match[0]}~", frozenset()) if behind and _ENDING.fullmatch(behind) else found


@cache
def _meanings() -> dict[str, frozenset[int]]:
    """Word → the numbers of its meanings; ``短~`` stands for all forms of 短い."""
    found: defaultdict[str, set[int]] = defaultdict(set)
    text = (resources() / "synonyms" / "ja.synonyms").read_text(encoding="utf-8")
    for number, line in enumerate(text.splitlines()):
        for word in line.split():
            unit = _UNIT.match(word)
            if unit is not None:
                found[word if unit[0] == word else f"{unit[0]}~"].add(number)
    return {word: frozenset(numbers) for word, numbers in found.items()}


def _opposites(sentence: str, evidence: str) -> list[str]:
    ours, theirs = _led(sentence), _led(evidence)
    found = []
    for word, leaders in ours.items():
        others = OPPOSITES[word]
        if word not in evidence and any(other in theirs for other in others) and not any(o in ours for o in others):
            found.append(word)
            continue
        for leader in leaders:
            against = any(leader in theirs.get(other, ()) for other in others)
            if leader and against and leader not in theirs.get(word, ()):
                found.append(word)
                break
    return found


def _swapped(sentence: str, evidence: str) -> list[str]:
    """Two words of which each stands in the place of the other."""
    ours = _TOKEN.findall(sentence)
    found = (word for part in _SENTENCE.split(evidence) for word in swapped(ours, _TOKEN.findall(part)))
    return [word for word in found if len(word) > 1 and _UNIT.fullmatch(word) and word not in GENERIC]


def _turned_round(sentence: str, evidence: str) -> list[str]:
    """Who does something to whom, turned round."""
    ours, theirs = _roles(sentence), _roles(evidence)
    return [doer for doer, other in ours if (other, doer) in theirs and (doer, other) not in theirs]


def _roles(text: str) -> set[tuple[str, str]]:
    """(who, whom) of each sentence: what stands before が or は with what stands before を or に behind it; and what
    something stands for."""
    found = {(match[1], match[2]) for match in _INSTEAD.finditer(text)}
    for part in _SENTENCE.split(text):
        places = [(match.start(), match[1], match[2]) for match in _ROLE.finditer(part)]
        for at, who, particle in places:
            if particle in "がは":
                found |= {(who, whom) for place, whom, its in places if place > at and its in "をに"}
    return found


def _widened(sentence: str, evidence: str) -> list[str]:
    """“All” where the evidence says “only”; “several” where it says “exactly one”."""
    return [
        wide[0]
        for wider, narrower in ((_EVERY, _ONLY), (_SEVERAL, _ONE))
        if (wide := wider.search(sentence)) and narrower.search(evidence) and not wider.search(evidence)
    ]


def _exchanged(sentence: str, evidence: str) -> list[str]:
    """Words in the place of others, in a sentence that keeps to the evidence word for word around them."""
    ours, held = _TOKEN.findall(sentence), frozenset(_UNIT.findall(evidence))
    meant = _said_otherwise(sentence, evidence)
    found = []
    for part in _SENTENCE.split(evidence):
        for mine, its in exchanged(ours, _TOKEN.findall(part)):
            new = [word for word in mine if _UNIT.fullmatch(word) and word not in GENERIC and word not in meant]
            lost = [word for word in its if _UNIT.fullmatch(word) and word not in GENERIC and word not in sentence]
            if 0 < len(new) == len(lost) <= _MOST_EXCHANGED and not any(_support(word, held, evidence) for word in new):
                found += new
    return found


def _led(text: str) -> dict[str, set[str]]:
    """Word that has an opposite → the words before it, in its clause."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    for clause in _CLAUSE.split(text):
        previous = ""
        for unit in _UNIT.findall(clause):
            word = _opposed(unit)
            if word:
                found[word].add(previous)
            previous = unit
    return found


def _opposed(unit: str) -> str:
    if unit in OPPOSITES:
        return unit
    # 受注者側, 加熱後: a word with a character before or behind it.
    return next((part for part in (unit[:-1], unit[1:]) if len(part) > 1 and part in OPPOSITES), "")


def _denials(text: str, own: frozenset[str], names: str) -> dict[str, list[bool]]:
    """Word → whether the negation behind it denies it, each time; both where nobody can tell."""
    found: defaultdict[str, list[bool]] = defaultdict(list)
    for part in _SENTENCE.split(text):
        # 登記しなければ対抗できない: said twice over, it is needed.
        is_unclear = _UNLESS.search(part) is not None
        for clause in _CLAUSE.split(part):
            denied, near = _denied(clause)
            for match in _UNIT.finditer(clause):
                if not _is_own(match[0], own, names):
                    at = match.start()
                    found[match[0]] += [True, False] if is_unclear or at in near else [at in denied]
    return found


def _denied(clause: str) -> tuple[set[int], set[int]]:
    """Where the words are that a negation denies, and those near it that it may mean as well."""
    denied: set[int] = set()
    near: set[int] = set()
    for negation in _NEGATION.finditer(clause):
        units = [match.start() for match in _UNIT.finditer(clause, 0, negation.start())]
        units = [at for at in units if negation.start() - at < _NEAR]
        denied.update(units[-1:])
        near.update(units[:-1])
    return denied, near - denied
