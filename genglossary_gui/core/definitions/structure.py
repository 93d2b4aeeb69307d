"""Definitions that the shape of a document tells: definition lists, labels, tables, section openers."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from typing import NamedTuple

from genglossary_gui.core.definitions import english, english_descriptions, english_heads, japanese, japanese_heads
from genglossary_gui.core.definitions.match import LONGEST, Match, clamp, is_named, is_prose
from genglossary_gui.core.keys import term_key
from genglossary_gui.core.passages import LABEL
from genglossary_gui.core.text import Block, BlockKind, DocumentText, Sentence, SpanKind

_JAPANESE = re.compile("[\u3040-\u9fff]")
_LONGEST_NAME = 120
_LABEL_REACH = 60
_NUMBERING = re.compile(r"^(?:[A-Z]?[\d.]+[.)]?|第?[0-9０-９]+[章節項.．、])\s+")
_BRACKET = re.compile(r"\s*[（(]([^（）()]+)[）)]\s*$")
_NAME_COLUMN = re.compile(
    r"(?:term|word|concept|abbreviation|acronym|name|component|role|type|用語|名称|名前|語|略語|概念|"
    r"コンポーネント|種類|役割)s?",
    re.IGNORECASE,
)
_GLOSSARY_COLUMN = re.compile(r"(?:term|word|concept|abbreviation|acronym|用語|語|略語|概念)s?", re.IGNORECASE)
_MEANING_COLUMN = re.compile(
    r"(?:definition|description|meaning|explanation|what it is|説明|意味|定義|解説|内容)s?", re.IGNORECASE
)
_FIELD = re.compile(
    r"(?:arguments?|parameters?|params?|returns?|return value|types?|defaults?|default value|examples?|notes?|tips?|"
    r"warning|caution|important|usage|syntax|details?|requirements?|required|optional|status|version|authors?|"
    r"date|summary|"
    r"see also|overview|introduction|description|general|since|input|output|values?|results?|answer|question|"
    r"step|goal|purpose|reason|benefits?|"
    r"引数|型|戻り値|返り値|例|備考|概観|はじめに|説明|注|注意|注記|警告|重要|ヒント|補足|詳細|デフォルト|"
    r"既定値|初期値|使い方|用法|構文|参照|目的|理由|結果|"
    r"要件|必須|任意|状態|バージョン|著者|日付|概要|入力|出力|値|期待値|手順|利点|欠点|メリット|デメリット|回答|"
    r"質問)",
    re.IGNORECASE,
)
"""Names of the fields with which manuals describe something: what follows tells of that thing, not of the field."""
_GLOSSARY = re.compile(
    r"glossary|terminology|vocabulary|\bterms\b|definitions|concepts|acronyms|abbreviations|用語|概念|略語|定義",
    re.IGNORECASE,
)
_CONTROLS = re.compile(
    r"\b(?:options?|settings?|parameters?|arguments?|flags?|switches|dialogs?|tabs?|menus?|keys?|modifiers?|"
    r"shortcuts?|"
    r"commands?|subcommands?|buttons?|toolbars?|preferences|variables?|attributes?|fields?|properties|columns?|"
    r"examples?|"
    r"config(?:uration)?|activat\w+|format|syntax|synopsis|usage|files|using|environment)\b|"
    r"オプション|設定|パラメータ|引数|ダイアログ|タブ|メニュー|キー|コマンド|ボタン|ツールバー|変数|属性|"
    r"プロパティ|例|書式|構文|"
    r"使い方|呼び出し|起動|ファイル",
    re.IGNORECASE,
)
"""Headings above lists of what a program can be told."""
_OPTION = re.compile(r"(?:^|[\s,])[-/]{1,2}\w|[<>=\[\]{}$%*|]|\w\.\w|\w_\w|\w\(\)|^\W*$", re.MULTILINE)
_OF_GLOSSARY, _OF_CONTROLS = 0.9, 0.3
_NAME_SECTION = re.compile(r"\s*(?:NAME|Name|名前|名称)\s*")
_OF_PAGE, _SHORTEST_GIST = 0.35, 3
_LOOKED_AT = 40
"""Blocks of a list, to tell which kind it is."""
_HIRAGANA = re.compile("[ぁ-ゖ]")
_SEE = re.compile(r"(?:See|Compare|Cf\.)(?: also)?[ :]")
_STRONG = (SpanKind.BOLD, SpanKind.EMPHASIS)
# What stands in an enumeration is found slowly: loops over all blocks have names of their own for it.
_HEADING, _TERM, _DESCRIPTION, _TABLE_ROW, _PARAGRAPH, _LIST_ITEM = (
    BlockKind.HEADING,
    BlockKind.TERM,
    BlockKind.DESCRIPTION,
    BlockKind.TABLE_ROW,
    BlockKind.PARAGRAPH,
    BlockKind.LIST_ITEM,
)
_LISTED = (_TERM, _DESCRIPTION)
_LABELLED = (_PARAGRAPH, _LIST_ITEM)

_LEADS = ("", "a ", "an ", "the ", "in ", "in a ", "in an ", "in the ")
_GOES_ON = re.compile(r",? [a-z]|は|とは|では")
_FIRST_WORDS = 5
_SAYS_WHAT = ("copula", "refers", "function")

ByBlock = Mapping[int, Sequence[Sentence]]


class Shape(NamedTuple):
    """A document as these rules see it: its blocks and the sentences in each."""

    text: DocumentText
    sentences: ByBlock


def definition_lists(shape: Shape) -> Iterator[Match]:
    """The terms of a definition list with the first sentences of what is said of them."""
    heads: list[Block] = []
    weight = 0.0
    listed = False
    heading = ""
    for index, block in enumerate(shape.text.blocks):
        if block.kind is _HEADING:
            heading = shape.text.text[block.start : block.end]
        if block.kind is _TERM:
            if not listed:
                weight = _list_weight(shape.text, index, heading)
            heads.append(block)
            listed = True
            continue
        if block.kind is _DESCRIPTION and heads:
            gist = _gist(shape, index, block.start)
            for head in heads if gist else ():
                name = shape.text.text[head.start : head.end]
                if weight == _OF_GLOSSARY or _FIELD.fullmatch(name.strip(" :：")) is None:
                    yield from _described(shape.text.text, (head.start, head.end), gist, "definition_list", weight)
        listed = block.kind is _DESCRIPTION
        heads = []


def _list_weight(text: DocumentText, first: int, heading: str) -> float:
    """How much a definition list that begins at a block tells of its terms: a glossary explains them, a list of
    options or of the parts of a dialog says what those do and not what their names mean."""
    if _GLOSSARY.search(heading) or _GLOSSARY.search(text.title):
        return _OF_GLOSSARY
    if _CONTROLS.search(heading):
        return _OF_CONTROLS
    for block in islice(text.blocks, first, first + _LOOKED_AT):
        if block.kind not in _LISTED:
            break
        if block.kind is _TERM and _OPTION.search(text.text, block.start, block.end):
            return _OF_CONTROLS
    return 0.8


def labels(shape: Shape) -> Iterator[Match]:
    """“**X**: …” in a paragraph or list item, “X: …” in a list item."""
    spans = iter(shape.text.spans)
    span = next(spans, None)
    for index, block in enumerate(shape.text.blocks):
        while span and span.start < block.start:
            span = next(spans, None)
        if block.kind not in _LABELLED:
            continue
        text = shape.text.text[block.start : min(block.end, block.start + 2 * _LABEL_REACH)]
        marked = span is not None and span.start == block.start
        if marked and span and span.end - span.start < _LABEL_REACH:
            name = text[: span.end - block.start]
            label = LABEL.match(text, len(name))
            inside = name.rstrip()[-1:] in ":：" and len(name) < len(text)
            after = label.end() if label else len(name) if inside else 0
            weight = 0.66 if span.kind in _STRONG else 0.6
        elif block.kind is _LIST_ITEM and (label := LABEL.search(text, 0, _LABEL_REACH)):
            name, after, weight = text[: label.start()], label.end(), 0.5
        elif block.kind is _PARAGRAPH and " - " in text and _is_below(shape.text, index, _NAME_SECTION):
            yield from _manual_page(shape, index)
            continue
        else:
            continue
        # A name with such a mark inside could not be told from its description.
        plain = LABEL.search(name.rstrip().rstrip(":：")) is None
        if after and plain and (gist := _gist(shape, index, block.start + after)) and _informs(name, gist[2]):
            yield from _described(shape.text.text, (block.start, block.start + len(name)), gist, "label", weight)


def _is_below(text: DocumentText, index: int, title: re.Pattern[str]) -> bool:
    """Whether a block is the first one below such a heading."""
    above = text.blocks[index - 1] if index else text.blocks[index]
    return above.kind is _HEADING and title.fullmatch(text.text, above.start, above.end) is not None


def _manual_page(shape: Shape, index: int) -> Iterator[Match]:
    """“tar - keeps files in an archive”: the first line of a manual page says what the program does."""
    block = shape.text.blocks[index]
    name, _dash, gist = shape.text.text[block.start : block.end].partition(" - ")
    if len(gist.split()) >= _SHORTEST_GIST and block.end - block.start <= LONGEST and english_heads.is_head(name):
        yield Match(name, "label", _OF_PAGE, block.start, block.end)


def tables(shape: Shape) -> Iterator[Match]:
    """Rows of a table whose header says that it names things and tells what they are."""
    columns: tuple[int, int, float] | None = None
    previous = _PARAGRAPH
    for block in shape.text.blocks:
        if block.kind is _TABLE_ROW:
            cells = shape.text.text[block.start : block.end].split("\t")
            if previous is not _TABLE_ROW:
                columns = _columns(cells)
            elif columns and len(cells) > max(columns[:2]):
                name, meaning, weight = columns
                start = block.start + sum(len(cell) + 1 for cell in cells[:meaning])
                gist = _trimmed(shape.text.text, start, start + len(cells[meaning]))
                yield from _described(
                    shape.text.text, (block.start, block.start + len(cells[name])), gist, "table", weight
                )
        previous = block.kind


def openers(shape: Shape, found: Mapping[tuple[int, int], Sequence[Match]]) -> Iterator[Match]:
    """The first sentence below a heading, when it speaks of what the heading names.

    ``found`` holds what the language rules saw in each sentence, by its offsets.
    """
    blocks = shape.text.blocks
    for index in range(len(blocks) - 1):
        first = next(iter(shape.sentences.get(index + 1, ())), None)
        if blocks[index].kind is _HEADING and blocks[index + 1].kind is _PARAGRAPH and first:
            heading = shape.text.text[blocks[index].start : blocks[index].end]
            sentence = shape.text.text[first.start : first.end]
            matches = found.get((first.start, first.end), ())
            rule, weight = _opening(heading, sentence, matches, is_title=blocks[index].level <= 1)
            for name in heading_names(heading) if rule else ():
                start = first.start if is_named(name, sentence) else blocks[index].start
                yield Match(name, rule, clamp(weight), start, first.end)


def heading_names(heading: str) -> list[str]:
    """“3.1 Continuous Integration (CI)” → Continuous Integration, CI; empty when it names no thing."""
    if len(heading) > _LONGEST_NAME:
        return []
    heading = _NUMBERING.sub("", heading.strip())
    bracket = _BRACKET.search(heading)
    names = [_BRACKET.sub("", heading), bracket[1]] if bracket else [heading]
    return [name for name in names if _is_head(name)]


def _opening(heading: str, sentence: str, matches: Sequence[Match], *, is_title: bool) -> tuple[str, float]:
    """Rule and weight; an empty rule when the sentence does not speak of the heading's thing."""
    names = [term_key(name) for name in heading_names(heading)]
    if not names or not is_prose(sentence) or sentence[-1] not in "。.!)）":
        return "", 0.0
    best = max((m for m in matches if m.rule in _SAYS_WHAT), key=lambda match: match.weight, default=None)
    if best and term_key(best.head) in names:
        return best.rule, best.weight + 0.1
    if best and best.weight > 0.5 and all(_is_longer(term_key(best.head), name) for name in names):
        return "", 0.0
    if best and any(_share(name, term_key(match.head)) for name in names for match in matches):
        return "opener", best.weight * 0.55
    if best and best.weight > 0.5 and best.head.isupper() and best.head.isascii():
        return "opener", best.weight * 0.6
    if english.is_vague(sentence) or japanese.is_vague(sentence):
        return "", 0.0
    if english_descriptions.is_phrase(sentence):
        return "opener", 0.6
    if not english_descriptions.informs(sentence) or not japanese.is_statement(sentence):
        return "", 0.0
    opening = term_key(sentence[:_LABEL_REACH])
    ends = [len(lead + name) for name in names for lead in _LEADS if opening.startswith(lead + name)]
    if any(_GOES_ON.match(opening, end) for end in ends):
        return "opener", 0.4
    if is_title and any(name in opening for name in names):
        return "opener", 0.2
    if any(f" {name} " in f" {' '.join(opening.split()[:_FIRST_WORDS])} " for name in names):
        return "opener", 0.14
    return "", 0.0


def _is_longer(head: str, name: str) -> bool:
    """Whether the sentence defines a thing of a longer name: “trailing suction” opens “trailing suction dredger”."""
    return set(name.split()) < set(head.split())


def _share(name: str, other: str) -> bool:
    """Whether one name holds the other or most of its words."""
    words, others = set(name.split()), set(other.split())
    if len(words) == 1 and len(others) == 1:
        inside = (name in other and not _goes_on(other, name)) or (other in name and not name.startswith(f"{other}の"))
        return inside and min(len(name), len(other)) >= 2
    return 2 * len(words & others) > max(len(words), len(others))


def _goes_on(other: str, name: str) -> bool:
    """Whether a Japanese name begins a longer one: 「クライアントスパン」 is no client."""
    return _is_japanese(other) and other.startswith(name) and other != name


def _described(
    text: str, name_at: tuple[int, int], gist: tuple[int, int, str] | None, rule: str, weight: float
) -> Iterator[Match]:
    name = text[slice(*name_at)]
    if gist is None or len(name) > _LONGEST_NAME:
        return
    _start, end, text = gist
    rules = japanese if _is_japanese(text) else english_descriptions
    if not rules.describes(text) or not any(character.isalpha() for character in text):
        return
    if rules.is_command(text):
        return
    if not rules.is_nominal(text):
        weight = weight - 0.1 if weight == _OF_GLOSSARY else max(weight - 0.4, 0.12)
    if english.is_vague(text) or japanese.is_vague(text):
        weight -= 0.2
    bracket = _BRACKET.search(name)
    for head in (_BRACKET.sub("", name), bracket[1]) if bracket else (name,):
        head = japanese_heads.clean_head(head) if _is_japanese(head) else english_heads.clean_head(head)
        if _is_head(head):
            yield Match(head, rule, clamp(weight), name_at[0], end)


def _informs(name: str, text: str) -> bool:
    """Whether a label stands before a description: not “Example: …”, nor one title beside another."""
    return _FIELD.fullmatch(name.strip(" :：")) is None and (
        not _is_japanese(text) or _HIRAGANA.search(text) is not None
    )


def _gist(shape: Shape, index: int, start: int) -> tuple[int, int, str] | None:
    """The first sentence of a block from ``start`` on, with the next two while they stay short."""
    end = start
    for count, sentence in enumerate(s for s in shape.sentences.get(index, ()) if s.end > start):
        if count == 3 or (count and sentence.end - start > LONGEST // 2) or sentence.end - start > LONGEST:
            break
        if count and _SEE.match(shape.text.text, sentence.start):
            break
        end = sentence.end
    return _trimmed(shape.text.text, start, end)


def _trimmed(text: str, start: int, end: int) -> tuple[int, int, str] | None:
    inner = text[start:end]
    start += len(inner) - len(inner.lstrip())
    inner = inner.strip()
    return (start, start + len(inner), inner) if inner and len(inner) <= LONGEST else None


def _columns(cells: Sequence[str]) -> tuple[int, int, float] | None:
    """Column of names, column of meanings, weight; ``None`` if the header does not promise definitions."""
    header = [cell.strip() for cell in cells]
    meaning = next((i for i, cell in enumerate(header) if _MEANING_COLUMN.fullmatch(cell)), None)
    if not meaning or not _NAME_COLUMN.fullmatch(header[0]):
        return None
    return 0, meaning, 0.75 if _GLOSSARY_COLUMN.fullmatch(header[0]) else 0.5


def _is_head(text: str) -> bool:
    return japanese_heads.is_head(text) if _is_japanese(text) else english_heads.is_head(text)


def _is_japanese(text: str) -> bool:
    return _JAPANESE.search(text) is not None
