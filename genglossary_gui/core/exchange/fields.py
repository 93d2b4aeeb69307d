"""Tables of other programs: which column means what, and a row as an entry."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence

from genglossary_gui.core.exchange.cells import clean_name, clean_text, split_list
from genglossary_gui.core.exchange.imported import (
    LONGEST_TERM,
    LONGEST_TEXT,
    MOST_ROWS,
    BadRow,
    ImportedEntry,
    ImportedFile,
    ImportProblem,
    too_many_rows,
)
from genglossary_gui.core.glossary import Category
from genglossary_gui.core.i18n import N_, _
from genglossary_gui.core.keys import term_key

Row = tuple[int, Sequence[str]]
"""The line on which a record begins, and its cells."""

FIELDS = {
    "": N_("(left out)"),
    "term": N_("Term"),
    "aliases": N_("Aliases"),
    "category": N_("Category"),
    "definition": N_("Definition"),
    "notes": N_("Notes"),
    "approved": N_("Approved"),
    "language": N_("Language"),
}
"""What a column can be → its words."""

_TITLES: Mapping[str, tuple[str, ...]] = {
    "term": ("term", "terms", "word", "entry", "headword", "name", "title", "source term",
             "用語", "見出し", "見出し語", "語", "語句", "単語", "名称", "項目", "用語名"),
    "aliases": ("aliases", "alias", "synonyms", "synonym", "variants", "variant", "also", "also known as",
                "別名", "同義語", "類義語", "別表記", "異表記", "略語", "別称"),
    "category": ("category", "type", "class", "kind", "subject field",
                 "分類", "カテゴリ", "カテゴリー", "種別", "種類"),
    "definition": ("definition", "definitions", "description", "meaning", "explanation",
                   "定義", "説明", "意味", "解説", "内容", "用語の説明"),
    "notes": ("notes", "note", "comment", "comments", "remark", "remarks", "memo",
              "備考", "メモ", "注記", "注", "コメント", "ノート"),
    "approved": ("approved", "approval", "承認", "承認済み", "確認済み"),
    "language": ("language", "lang", "言語"),
}  # fmt: skip
_KNOWN = {title: name for name, titles in _TITLES.items() for title in titles}

_CATEGORIES = {
    "人名": Category.PERSON, "人物": Category.PERSON,
    "地名": Category.PLACE, "場所": Category.PLACE,
    "組織名": Category.ORGANIZATION, "組織": Category.ORGANIZATION, "organisation": Category.ORGANIZATION,
    "役職・称号": Category.TITLE, "役職": Category.TITLE, "称号": Category.TITLE,
    "専門用語": Category.TECHNICAL_TERM,
    "一般名詞": Category.COMMON_NOUN,
}  # fmt: skip
_TRUE = {"true", "yes", "y", "1", "x", "✓", "✔", "○", "◯", "はい", "済", "済み", "承認", "承認済み", "approved"}
_LANGUAGES = {"ja": "ja", "jp": "ja", "jpn": "ja", "japanese": "ja", "日本語": "ja",
              "en": "en", "eng": "en", "english": "en", "英語": "en"}  # fmt: skip


def field_words() -> dict[str, str]:
    """What a column can be, in the words of the current language."""
    return {name: _(words) for name, words in FIELDS.items()}


def guess_field(title: str) -> str:
    """The field that a column of this title is; empty when it is none of ours."""
    return _KNOWN.get(_plain(title), "")


def category_of(text: str) -> Category | None:
    """The category of this name, in English or Japanese; None when it is none of ours."""
    plain = _plain(text)
    if plain in _CATEGORIES:
        return _CATEGORIES[plain]
    name = plain.replace(" ", "_")
    return Category(name) if name in set(Category) else None


def language_of(text: str) -> str:
    """``ja``, ``en``, or empty for what it does not tell."""
    plain = _plain(text)
    return _LANGUAGES.get(plain) or _LANGUAGES.get(plain.partition("-")[0].partition(" ")[0], "")


def entries_of_table(rows: Iterable[Row], format: str, mapping: Mapping[int, str] | None) -> ImportedFile:
    """The entries of a table whose first row holds the titles.

    ``mapping`` (column number from 0 → field) replaces the guess.  Without a column for the term the first one that
    is not known is taken, and a table with none of our titles has no row of titles.  Raises ``ImportProblem``.
    """
    records = iter(rows)
    first = next(records, None)
    if first is None:
        raise ImportProblem(_("There is nothing in the file."))
    titles = [clean_name(title) for title in first[1]]
    guessed = [guess_field(title) for title in titles]
    has_titles = any(guessed)
    if not has_titles:
        records = _again(first, records)
        titles = [_("Column {number}").format(number=number) for number in range(1, len(titles) + 1)]
        guessed = ["term", "definition", *[""] * len(titles)][: len(titles)]
    elif "term" not in guessed and "" in guessed:
        guessed[guessed.index("")] = "term"
    chosen = _mapped(guessed, mapping)
    if "term" not in chosen:
        raise ImportProblem(_("No column of the table holds the terms."), hint=_("Choose the column in the import."))
    entries: list[ImportedEntry] = []
    bad: list[BadRow] = []
    for count, (line, cells) in enumerate(records, 1):
        if count > MOST_ROWS:
            raise too_many_rows()
        if any(cell.strip() for cell in cells):
            values = {name: cells[index] for index, name in enumerate(chosen) if name and index < len(cells)}
            add_entry(entries, bad, line, values)
    return ImportedFile(format, tuple(entries), tuple(bad), tuple(zip(titles, chosen, strict=True)))


def add_entry(entries: list[ImportedEntry], bad: list[BadRow], line: int, values: Mapping[str, str]) -> None:
    """Append what these texts say, by field, to the entries, or the reason against it to the bad rows."""
    term = clean_name(values.get("term", ""))
    if reason := problem_of(term, values.get("definition", ""), values.get("notes", "")):
        bad.append(BadRow(line, reason))
        return
    entries.append(
        ImportedEntry(
            line=line,
            term=term,
            aliases=aliases_of(term, split_list(values.get("aliases", ""))),
            category=category_of(values.get("category", "")),
            definition=clean_text(values.get("definition", "")),
            notes=clean_text(values.get("notes", "")),
            approved=_plain(values.get("approved", "")) in _TRUE,
            language=language_of(values.get("language", "")),
        )
    )


def problem_of(term: str, definition: str, notes: str) -> str:
    """Why this cannot be an entry; empty when it can."""
    if not term:
        return _("There is no term.")
    if not term_key(term):
        return _("The term consists of marks only.")
    if len(term) > LONGEST_TERM:
        return _("The term is too long.")
    if max(len(definition), len(notes)) > LONGEST_TEXT:
        return _("A text is too long.")
    return ""


def aliases_of(term: str, names: Iterable[str]) -> tuple[str, ...]:
    """The names in one line each, once, without the term itself and what is too long for a name."""
    cleaned = dict.fromkeys(map(clean_name, names))
    return tuple(name for name in cleaned if name and name != term and len(name) <= LONGEST_TERM)


def _mapped(guessed: Sequence[str], mapping: Mapping[int, str] | None) -> list[str]:
    """One column for each field: the first that claims it."""
    wanted = guessed if mapping is None else [mapping.get(index, "") for index in range(len(guessed))]
    taken: set[str] = set()
    chosen: list[str] = []
    for name in wanted:
        chosen.append("" if name in taken or name not in FIELDS else name)
        taken.add(name)
    return chosen


def _again(first: Row, rest: Iterator[Row]) -> Iterator[Row]:
    yield first
    yield from rest


def _plain(text: str) -> str:
    folded = unicodedata.normalize("NFKC", clean_name(text)).casefold().replace("_", " ")
    return " ".join(folded.split())
