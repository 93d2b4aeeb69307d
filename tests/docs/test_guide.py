"""The user guide says what is true: its names, keys, commands, links and pictures are those of the program."""

import importlib
import inspect
import pkgutil
import re
from pathlib import Path

import pytest
from babel.messages.pofile import read_po
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QDialog

import genglossary_gui.ui
from genglossary_gui.core import i18n, paths
from genglossary_gui.ui import shortcuts
from genglossary_gui.ui.actions import bare
from genglossary_gui.ui.help_pages import PAGES, find_section, read_page
from genglossary_gui.ui.shortcuts import Place

_ROOT = Path(__file__).parents[2]
_GUIDE = _ROOT / "docs" / "user"
_CATALOGUE = _ROOT / "resources" / "translations" / "ja" / "LC_MESSAGES" / "genglossary.po"
_LANGUAGES = tuple(i18n.LANGUAGES)
_EVERY_PAGE = [pytest.param(language, name, id=f"{language}-{name}") for language in _LANGUAGES for name in PAGES]
_BOLD = re.compile(r"\*\*(.+?)\*\*")
_BOLD_WITH_KEY = re.compile(r"\*\*([^*]+)\*\*[ ]?(?:\(|（|\| )`([^`]+)`")
_KEY = re.compile(r"`((?:(?:Ctrl|Alt|Shift)\+)*(?:F\d+|[A-Z]|[.,0-9]|[A-Z][a-z]+))`")
_OF_QT = {"Tab", "Shift+Tab", "Up", "Down", "Return", "Esc", "Ctrl+A", "Shift+Down"}
"""Keys that every table, editor and dialog has."""
_OF_DIALOGS = {"Ctrl+T", "Ctrl+K", "Ctrl+B", "T", "R", "X", "S", "D"}
"""Keys of the import and of a selection in a document; those are no actions with a key of a person's choice."""


@pytest.fixture(autouse=True)
def _english_afterwards():
    yield
    i18n.set_language("en")


@pytest.fixture(scope="module")
def modules():
    """Every module of the window: some declare keys, some have dialogs."""
    found = pkgutil.walk_packages(genglossary_gui.ui.__path__, "genglossary_gui.ui.")
    return [importlib.import_module(module.name) for module in found]


def names_of(language: str) -> set[str]:
    """Everything that the program can say in this language, without key marks and dots."""
    with _CATALOGUE.open("rb") as file:
        catalogue = read_po(file)
    said: set[str] = set()
    for message in catalogue:
        texts = (message.id if language == "en" else message.string) or ()
        said.update(bare(text).strip() for text in ((texts,) if isinstance(texts, str) else texts))
    return said | set(i18n.LANGUAGES.values())


def test_both_languages_have_the_same_pages():
    for language in _LANGUAGES:
        assert {file.stem for file in (_GUIDE / language).glob("*.md")} == set(PAGES)


@pytest.mark.parametrize("name", PAGES)
def test_a_page_has_the_same_sections_in_both_languages(name):
    pages = [read_page(language, name) for language in _LANGUAGES]
    assert len({tuple(section.anchor for section in page.sections) for page in pages}) == 1
    for page in pages:
        assert len(page.sections) == len(re.findall("^## ", page.text, re.MULTILINE)), "a heading without an anchor"
        assert page.title != name


@pytest.mark.parametrize(("language", "name"), _EVERY_PAGE)
def test_every_name_in_bold_is_a_text_of_the_program(language, name):
    text = read_page(language, name).text
    unknown = set(_BOLD.findall(text)) - names_of(language)
    assert not unknown
    assert "**" not in _BOLD.sub("", text)


@pytest.mark.parametrize(("language", "name"), _EVERY_PAGE)
def test_bold_is_bold_where_it_is_shown(language, name):
    """Japanese around the marks can keep them from being marks."""
    from markdown_it import MarkdownIt

    assert "**" not in MarkdownIt().enable("table").render(read_page(language, name).text)


@pytest.mark.parametrize(("language", "name"), _EVERY_PAGE)
def test_every_key_of_an_action_is_its_real_key(language, name, modules, qapp):
    i18n.set_language(language)
    keys: dict[str, set[str]] = {}
    for each in shortcuts.declared():
        texts = {key.toString() for key in shortcuts.own_keys(each.name)}
        keys.setdefault(bare(each.words()), set()).update(texts)
    for words, key in _BOLD_WITH_KEY.findall(read_page(language, name).text):
        if words in keys:
            assert key in keys[words], words


@pytest.mark.parametrize(("language", "name"), _EVERY_PAGE)
def test_every_key_that_is_named_does_something(language, name, modules, qapp):
    known = {key.toString() for each in shortcuts.declared() for key in shortcuts.own_keys(each.name)}
    named = {key for key in _KEY.findall(read_page(language, name).text) if not re.fullmatch(r"\d{2,}", key)}
    assert named <= known | _OF_QT | _OF_DIALOGS


@pytest.mark.parametrize("language", _LANGUAGES)
def test_the_page_about_keys_lists_every_action_that_has_one(language, modules, qapp):
    i18n.set_language(language)
    rows = set(_BOLD_WITH_KEY.findall(read_page(language, "keyboard").text))
    for each in shortcuts.declared():
        keys = shortcuts.own_keys(each.name)
        if keys and not (each.place is Place.TERMS and "Category" in each.name):
            assert (bare(each.words()), keys[0].toString()) in rows, "run scripts/guide_keys.py"


@pytest.mark.parametrize("language", _LANGUAGES)
def test_the_keys_of_the_page_about_keys_are_keys(language):
    for _words, key in _BOLD_WITH_KEY.findall(read_page(language, "keyboard").text):
        assert QKeySequence(key).toString() == key


@pytest.mark.parametrize(("language", "name"), _EVERY_PAGE)
def test_links_lead_to_sections_and_pictures_are_there(language, name):
    text = read_page(language, name).text
    for picture in re.findall(r"!\[[^\]]+\]\(([^)]+)\)", text):
        assert (_GUIDE / language / picture).is_file(), picture
    for target in re.findall(r"(?<!!)\[[^\]]+\]\(([^)]+)\)", text):
        file, _mark, anchor = target.partition("#")
        assert (_GUIDE / language / file).is_file(), target
        sections = {section.anchor for section in read_page(language, file.removesuffix(".md")).sections}
        assert not anchor or anchor in sections, target


def test_every_picture_is_shown_on_a_page():
    shown = {match for file in _GUIDE.rglob("*.md") for match in re.findall(r"images/([\w-]+\.png)", file.read_text())}
    assert {file.name for file in (_GUIDE / "images").iterdir()} == shown


def test_every_dialog_leads_to_its_section(modules):
    dialogs = {
        each
        for module in modules
        for _name, each in inspect.getmembers(module, inspect.isclass)
        if issubclass(each, QDialog) and each.__module__.startswith("genglossary_gui") and each.__name__ != "FormDialog"
    }
    assert len(dialogs) >= 13
    for dialog in dialogs:
        target = getattr(dialog, "help_at", "")
        page, anchor = find_section(target)
        assert target.partition("#")[0] == page, dialog
        for language in _LANGUAGES:
            sections = {section.anchor for section in read_page(language, page).sections}
            assert anchor == "" or anchor in sections, dialog


def test_the_guide_is_found_with_the_resources_where_they_are_installed(tmp_path, monkeypatch):
    (tmp_path / "resources" / "guide" / "en").mkdir(parents=True)
    monkeypatch.setattr("sys._MEIPASS", str(tmp_path), raising=False)
    assert paths.guide() == tmp_path / "resources" / "guide"


def test_what_is_built_holds_the_guide():
    assert '"docs/user" = "genglossary_gui/resources/guide"' in (_ROOT / "pyproject.toml").read_text()
    assert '("docs/user", "resources/guide")' in (_ROOT / "build.spec").read_text()
