"""In a language that puts brackets around every text, what has none is either data or was forgotten.

A static look at the sources (tests/test_translations.py) finds words that are handed to a widget; this finds what
is put together, comes from a model, or stays as it was when the language changes while a window is open.
"""

from __future__ import annotations

import gettext
import re
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QCoreApplication, Qt, QTranslator
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QGroupBox,
    QLabel,
    QLineEdit,
    QListView,
    QMenu,
    QPlainTextEdit,
    QTabBar,
    QTableView,
    QTextEdit,
    QTreeView,
    QWidget,
)

from genglossary_gui.core import i18n
from genglossary_gui.ui.main_window import MainWindow
from tests.ui.gallery import Gallery

pytestmark = pytest.mark.timeout(600)
OPEN, CLOSE = "⟦", "⟧"
DATA = re.compile(
    r"A weir is a low dam across a river|A low dam across a river|Nobody knows what a lock is|Ask\.|A gate|A wall|"
    r"\b(?:weirs?|lock|overflow|rivers|bird|sluice|gone|"
    # Names of formats, products and languages in their own words, of units, and of keys.
    r"GenGlossary|Ollama|OpenAI|Azure|English|日本語|utf|md|txt|csv|MB|kB|KB|bytes|localhost|http|API|KEY|MIT|"
    r"Markdown|HTML|CSV|XLSX|JSON|TBX|DOCX|Ctrl|Shift|Alt|Del|Esc|Return|Space|Up|Down|Home|End|F\d+)\b",
    re.IGNORECASE,
)
OF_OTHERS = {
    ("help", "QTreeWidget"): "titles of the guide, which has a file for each language",
    ("help", "title"): "the same",
    ("about", "QTableWidget"): "names and licences of libraries",
    ("import-rows", "QComboBox"): "the heads of the columns in the file",
    ("import-rows", "QLabel"): "the same",
    ("settings-documents", "QPlainTextEdit"): "patterns of names of files",
}
"""Screen and kind of widget whose texts may come from elsewhere."""
STAY = ("question", "palette")
"""What holds up its window until it is answered: nobody can change the language meanwhile."""


class Bracketed(gettext.NullTranslations):
    """Every text of ours in brackets."""

    def gettext(self, message: str) -> str:
        return f"{OPEN}{message}{CLOSE}"

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        return self.gettext(msgid1 if n == 1 else msgid2)

    def pgettext(self, context: str, message: str) -> str:
        return self.gettext(message)


class BracketedQt(QTranslator):
    """Every text of Qt in brackets."""

    def translate(self, context: str, text: str, disambiguation: str | None = None, n: int = -1) -> str:
        return f"{OPEN}{text}{CLOSE}"

    def isEmpty(self) -> bool:
        return False


def speak_in_brackets(translator: QTranslator) -> None:
    """Change the language of the process, as the settings do; Qt tells all windows by an event."""
    i18n._catalogue = Bracketed()
    QCoreApplication.installTranslator(translator)
    QApplication.processEvents()


def speak_english(translator: QTranslator) -> None:
    i18n.set_language("en")
    QCoreApplication.removeTranslator(translator)
    QApplication.processEvents()


@pytest.fixture
def translator(qapp: QApplication) -> Iterator[QTranslator]:
    translator = BracketedQt()
    yield translator
    speak_english(translator)


@pytest.fixture
def bracketed(translator: QTranslator) -> None:
    """It holds before any window is made."""
    speak_in_brackets(translator)


def texts(root: QWidget) -> Iterator[tuple[str, str]]:
    """What a person can see or hear in this window: where it is, and the text."""
    yield "title", root.windowTitle()
    for widget in [root, *root.findChildren(QWidget)]:
        if widget.window() is not root or not widget.isVisible():
            continue
        where = f"{type(widget).__name__}({widget.objectName()})"
        yield f"{where} tool tip", widget.toolTip()
        yield f"{where} name", widget.accessibleName()
        if isinstance(widget, QLabel | QAbstractButton):
            yield where, widget.text()
        elif isinstance(widget, QGroupBox):
            yield where, widget.title()
        elif isinstance(widget, QLineEdit | QPlainTextEdit | QTextEdit):
            yield f"{where} hint", widget.placeholderText()
        elif isinstance(widget, QAbstractSpinBox):
            yield where, widget.text()
        elif isinstance(widget, QComboBox):
            yield from ((where, widget.itemText(item)) for item in range(widget.count()))
        elif isinstance(widget, QTabBar):
            yield from ((where, widget.tabText(tab)) for tab in range(widget.count()) if widget.isTabVisible(tab))
        elif isinstance(widget, QTableView | QTreeView | QListView):
            yield from _cells(widget, where)
        yield from ((f"{where} action", action.text()) for action in widget.actions())
    for menu in root.findChildren(QMenu):
        yield "menu", menu.title()
        yield from (("menu", action.text()) for action in menu.actions() if not action.isSeparator())


def _cells(view: QTableView | QTreeView | QListView, where: str) -> Iterator[tuple[str, str]]:
    model = view.model()
    # A list model keeps its number of columns to itself.
    for column in range(1 if isinstance(view, QListView) else model.columnCount()):
        if not isinstance(view, QListView):
            yield f"{where} header", str(model.headerData(column, Qt.Orientation.Horizontal) or "")
        for row in range(min(model.rowCount(), 5)):
            yield f"{where} cell", str(model.index(row, column).data() or "")


def forgotten(text: str) -> bool:
    """Whether words are left when what is in brackets, data, names and markup are taken away."""
    text = re.sub(r"<[^<>]*>|&(?=\S)", "", text)
    while True:
        less = re.sub(rf"{OPEN}[^{OPEN}{CLOSE}]*{CLOSE}", "", text)
        if less == text:
            break
        text = less
    text = re.sub(r"\S*[/\\]\S*|\S+\.(?:genglossary|md|csv|txt|zip)\b", "", text)
    return re.search(r"[^\W\d_]{2,}", DATA.sub("", text)) is not None


def test_the_measure_notices_a_text_without_brackets() -> None:
    assert forgotten("Open the file")
    assert forgotten(f"{OPEN}Open{CLOSE} the file")
    assert not forgotten(f"{OPEN}Open {OPEN}weir{CLOSE} ({{n}}){CLOSE} — GenGlossary 12")


def faults_of(screen: str, root: QWidget) -> list[str]:
    found = {
        f"{screen}: {where}: {text[:90]!r}"
        for where, text in texts(root)
        if forgotten(text) and (screen, where.partition("(")[0]) not in OF_OTHERS
    }
    return sorted(found)


@pytest.mark.usefixtures("bracketed")
def test_every_text_of_every_screen_is_translated(gallery: Gallery) -> None:
    faults = [fault for screen, root in gallery.screens() for fault in faults_of(screen, root)]
    assert faults == []


def test_what_is_open_takes_the_new_language(translator: QTranslator, gallery: Gallery) -> None:
    faults: list[str] = []
    # What was said stays as it was said.
    gallery.window.banner.hide()
    for screen, root in gallery.screens():
        speak_in_brackets(translator)
        if isinstance(root, MainWindow):
            root.retranslate()
        gallery.settle(root)
        if screen not in STAY:
            faults += faults_of(screen, root)
        speak_english(translator)
        gallery.window.retranslate()
    assert faults == []
