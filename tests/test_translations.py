"""Every text that a person sees is in the catalogue, and every translation can stand in for its original."""

from __future__ import annotations

import ast
import runpy
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from string import Formatter

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po

from genglossary_gui.core import errors, i18n
from genglossary_gui.core import words as core_words
from genglossary_gui.core.documents.reasons import Reason
from genglossary_gui.core.glossary import Category, IssueType, Level, RunStatus, Scope, Stage, Step
from genglossary_gui.ui.models import words

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "resources" / "translations"
PO = FOLDER / "ja" / "LC_MESSAGES" / "genglossary.po"
TOOL = runpy.run_path(str(ROOT / "scripts" / "translations.py"))
SOURCES = sorted((ROOT / "genglossary_gui").rglob("*.py"))

TRANSLATING = {"_", "N_", "ngettext", "pgettext"}
SPEAKING = {
    "QAction", "addButton", "addItem", "addMenu", "complain", "label", "say", "setAccessibleDescription",
    "setAccessibleName", "setInformativeText", "setPlaceholderText", "setSpecialValueText", "setStatusTip", "setSuffix",
    "setText", "setTitle", "setToolTip", "setWindowTitle", "set_words", "tool_tip",
    *(name for name, kind in vars(errors).items() if isinstance(kind, type) and issubclass(kind, Exception)),
}  # fmt: skip
SPEAKING_KEYWORDS = {"accept", "description", "help", "hint", "reject"}


@pytest.fixture(scope="module")
def template() -> Catalog:
    """All texts of the sources as they are now."""
    return TOOL["_extract"]()


@pytest.fixture(scope="module")
def catalogue() -> Catalog:
    with PO.open("rb") as file:
        return read_po(file, locale="ja")


def messages(catalogue: Catalog) -> list[Message]:
    return [message for message in catalogue if message.id]


def forms(text: object) -> tuple[str, ...]:
    """The singular and the plural, or the only form."""
    return tuple(text) if isinstance(text, tuple | list) else (str(text),)


def fields(text: str) -> set[tuple[str, str, str]]:
    """The placeholders: name, format and conversion."""
    return {(name, spec or "", how or "") for _text, name, spec, how in Formatter().parse(text) if name is not None}


def test_the_catalogue_holds_every_text_of_the_sources_and_no_other(template: Catalog, catalogue: Catalog):
    wanted = {(message.context, forms(message.id)) for message in messages(template)}
    assert {(message.context, forms(message.id)) for message in messages(catalogue)} == wanted
    assert not catalogue.obsolete
    assert (FOLDER / "genglossary.pot").read_bytes() == TOOL["_text"](template)


def test_every_text_is_translated(catalogue: Catalog):
    open_texts = [m.id for m in messages(catalogue) if m.fuzzy or not all(forms(m.string))]
    assert len(messages(catalogue)) > 300
    assert open_texts == []


def test_a_text_with_a_count_has_as_many_forms_as_the_language(catalogue: Catalog):
    counted = [message for message in messages(catalogue) if message.pluralizable]
    assert counted
    assert catalogue.num_plurals == 1
    assert [message.id for message in counted if len(forms(message.string)) != catalogue.num_plurals] == []


def test_the_compiled_catalogue_says_what_the_readable_one_says(catalogue: Catalog):
    assert PO.with_suffix(".mo").read_bytes() == TOOL["_compile"](catalogue)


def test_a_translation_has_the_placeholders_of_its_original(catalogue: Catalog):
    for message in messages(catalogue):
        wanted = fields(forms(message.id)[-1])
        for text in forms(message.string):
            assert fields(text) == wanted, message.id
            text.format_map(defaultdict(lambda: 1.0))


@pytest.mark.parametrize("language", i18n.LANGUAGES)
@pytest.mark.parametrize("count", [1, 2])
def test_texts_with_a_count_say_it(template: Catalog, language: str, count: int):
    i18n.set_language(language)
    counted = [forms(message.id) for message in messages(template) if message.pluralizable]
    assert counted
    for singular, plural in counted:
        text = i18n.ngettext(singular, plural, count)
        assert str(count) in text.format_map(defaultdict(lambda: count))
        if language == "en":
            assert text == (singular if count == 1 else plural)
        else:
            assert text not in (singular, plural)


@pytest.mark.parametrize(
    "code",
    [
        'box.setText("Hello")',
        'box.setToolTip(f"{name} is here")',
        'QAction("Open", parent)',
        'QAction(icon("open"), "Open")',
        'raise UsageError("Nothing to read.")',
        'raise ProjectError(_("Gone."), hint="Look elsewhere.")',
        'say("{n} done".format(n=1))',
        'box.setText(_("Yes") if sure else "No")',
        'parser.add_argument("--json", help="print JSON")',
    ],
)
def test_the_check_below_notices_a_text_in_one_language(code: str):
    assert list(untranslated(ast.parse(code)))


@pytest.mark.parametrize("place", SOURCES, ids=lambda place: place.relative_to(ROOT).as_posix())
def test_what_a_person_sees_goes_through_the_catalogue(place: Path):
    assert list(untranslated(ast.parse(place.read_text(encoding="utf-8")))) == []


def untranslated(tree: ast.AST) -> Iterator[str]:
    """Where words are shown that did not come from the catalogue."""
    for call in ast.walk(tree):
        if isinstance(call, ast.Call):
            name = _name(call)
            shown = [k.value for k in call.keywords if k.arg in SPEAKING_KEYWORDS]
            if name in SPEAKING:
                shown += call.args if name == "QAction" else call.args[:1]
            for text in (text for value in shown for text in _literals(value)):
                # The product has one name in all languages.
                if any(letter.isalpha() for letter in text.lower().replace("genglossary", "")):
                    yield f"line {call.lineno}: {text}"


def _name(call: ast.Call) -> str:
    return getattr(call.func, "attr", None) or getattr(call.func, "id", "")


def _literals(value: ast.AST) -> Iterator[str]:
    """The strings in an expression, but not those handed to a function: what it returns is checked there."""
    if isinstance(value, ast.Constant):
        if isinstance(value.value, str):
            yield value.value
    elif isinstance(value, ast.Call):
        if _name(value) in ("format", "join") and isinstance(value.func, ast.Attribute):
            yield from _literals(value.func.value)
    elif isinstance(value, ast.IfExp):
        yield from (*_literals(value.body), *_literals(value.orelse))
    elif isinstance(value, ast.BinOp | ast.BoolOp | ast.JoinedStr):
        for part in ast.iter_child_nodes(value):
            yield from _literals(part)


@pytest.mark.parametrize("place", SOURCES, ids=lambda place: place.relative_to(ROOT).as_posix())
def test_only_whole_texts_are_looked_up_and_marked_ones_are(place: Path):
    calls = [call for call in ast.walk(ast.parse(place.read_text(encoding="utf-8"))) if isinstance(call, ast.Call)]
    named = [call for call in calls if isinstance(call.func, ast.Name) and call.func.id in TRANSLATING]
    assert not [call.lineno for call in named if any(isinstance(a, ast.JoinedStr) for a in call.args)]
    if any(_name(call) == "N_" for call in named):
        assert any(_name(call) == "_" and not isinstance(call.args[0], ast.Constant) for call in named)


def test_words_of_the_product_are_japanese_as_soon_as_the_language_is():
    kinds = (Scope, Step, RunStatus, Level, Category, Stage, IssueType)
    values = [value for kind in kinds for value in kind]
    tables = (
        words.TRIGGERS,
        words.ENGINES,
        words.TERM_STATES,
        words.ISSUE_STATES,
        words.DOCUMENT_STATES,
        words.FEATURES,
    )
    english = [core_words.word(value) for value in values]
    i18n.set_language("ja")
    japanese = [core_words.word(value) for value in values]
    japanese += [words.word_of(code, table) for table in tables for code in table]
    japanese += [reason.sentence for reason in Reason]
    assert not [text for text in japanese if text.isascii()]
    i18n.set_language("en")
    assert [core_words.word(value) for value in values] == english
