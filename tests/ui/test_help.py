from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QImage, QPalette, QTextDocument
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from genglossary_gui.core import i18n, paths
from genglossary_gui.ui import theme
from genglossary_gui.ui.dialogs.about import AboutDialog
from genglossary_gui.ui.dialogs.palette import CommandPalette
from genglossary_gui.ui.help import GuideBrowser, HelpWindow, show_help
from genglossary_gui.ui.help_pages import PAGES, Page, inside_guide, read_page, to_html

_IMAGE = QTextDocument.ResourceType.ImageResource.value
_STYLE = QTextDocument.ResourceType.StyleSheetResource.value


@pytest.fixture
def help_window(qtbot):
    window = show_help("terms")
    qtbot.waitUntil(window.isActiveWindow)
    yield window
    for each in open_windows():
        each.close()
    i18n.set_language("en")


def shown(window: HelpWindow) -> str:
    return window.browser.toPlainText()


def is_empty_picture(resource: object) -> bool:
    return isinstance(resource, QImage) and resource.isNull()


def open_windows() -> list[HelpWindow]:
    return [each for each in QApplication.topLevelWidgets() if isinstance(each, HelpWindow) and each.isVisible()]


def test_the_window_shows_the_page_that_is_asked_for_and_the_contents_mark_it(help_window):
    assert shown(help_window).startswith(read_page("en", "terms").title)
    assert help_window.contents.currentItem().text(0) == read_page("en", "terms").title
    assert help_window.contents.topLevelItemCount() == len(PAGES)


def test_there_is_one_help_window(help_window):
    assert show_help("runs") is help_window
    assert len(open_windows()) == 1


def test_a_section_is_scrolled_to(help_window):
    show_help("privacy#share")
    assert help_window.browser.verticalScrollBar().value() > 0
    assert help_window.contents.currentItem().text(0) == read_page("en", "privacy").sections[-1].title


def test_what_is_no_page_leads_to_the_first_one(help_window):
    show_help("no such page#nothing")
    assert shown(help_window).startswith(read_page("en", PAGES[0]).title)


def test_back_and_forward_by_keyboard(help_window):
    show_help("runs")
    show_help("issues")
    QTest.keyClick(help_window.browser, Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    assert shown(help_window).startswith(read_page("en", "runs").title)
    QTest.keyClick(help_window.browser, Qt.Key.Key_Right, Qt.KeyboardModifier.AltModifier)
    assert shown(help_window).startswith(read_page("en", "issues").title)
    assert not help_window.forward.isEnabled()


def test_a_link_of_the_guide_is_followed_and_no_other(help_window):
    help_window.browser.anchorClicked.emit(QUrl("runs.md#failed"))
    assert shown(help_window).startswith(read_page("en", "runs").title)
    for elsewhere in ("https://example.com/", "file:///etc/passwd", "../../../README.md", "ftp:runs.md"):
        help_window.browser.anchorClicked.emit(QUrl(elsewhere))
    assert shown(help_window).startswith(read_page("en", "runs").title)


def test_the_search_leaves_the_pages_that_have_the_words_and_goes_from_page_to_page(help_window):
    QTest.keyClick(help_window.browser, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClicks(help_window.search, "keyring")
    rows = range(help_window.contents.topLevelItemCount())
    left = [PAGES[row] for row in rows if not help_window.contents.topLevelItem(row).isHidden()]
    assert left == [name for name in PAGES if "keyring" in read_page("en", name)]
    seen = set()
    for _press in range(20):
        QTest.keyClick(help_window.search, Qt.Key.Key_Return)
        assert help_window.browser.textCursor().selectedText() == "keyring"
        seen.add(help_window.contents.currentItem().text(0))
    assert seen == {read_page("en", name).title for name in left}


def test_escape_ends_the_search_then_the_window(help_window, qtbot):
    QTest.keyClicks(help_window.search, "run")
    QTest.keyClick(help_window.search, Qt.Key.Key_Escape)
    assert help_window.search.text() == ""
    assert help_window.isVisible()
    with qtbot.waitSignal(help_window.closed):
        QTest.keyClick(help_window.browser, Qt.Key.Key_Escape)


def test_the_page_follows_the_language(help_window):
    i18n.set_language("ja")
    help_window.retranslate()
    assert shown(help_window).startswith(read_page("ja", "terms").title)


def test_zoom_enlarges_the_text_and_is_kept(help_window, qtbot):
    before = help_window.browser.document().defaultFont().pointSizeF()
    QTest.keyClick(help_window.browser, Qt.Key.Key_Equal, Qt.KeyboardModifier.ControlModifier)
    larger = help_window.browser.document().defaultFont().pointSizeF()
    assert larger > before
    help_window.close()
    again = show_help("terms")
    qtbot.waitUntil(again.isActiveWindow)
    assert again.browser.document().defaultFont().pointSizeF() == larger
    QTest.keyClick(again.browser, Qt.Key.Key_0, Qt.KeyboardModifier.ControlModifier)
    assert again.browser.document().defaultFont().pointSizeF() == before


def test_the_page_has_the_colours_of_the_theme(help_window, qapp):
    theme.apply_theme(qapp, "dark")
    QApplication.processEvents()
    assert theme.DARK.border in help_window.browser.toHtml()
    assert qapp.palette().color(QPalette.ColorRole.Base).name() == theme.DARK.base
    theme.apply_theme(qapp, "light")


def test_nothing_but_pictures_of_the_guide_is_loaded(qtbot, tmp_path):
    browser = GuideBrowser()
    qtbot.addWidget(browser)
    picture = QImage(4, 4, QImage.Format.Format_RGB32)
    outside = tmp_path / "secret.png"
    picture.save(str(outside))
    inside = next((paths.guide() / "images").glob("en-*.png"))
    assert not is_empty_picture(browser.loadResource(_IMAGE, QUrl(f"../images/{inside.name}")))
    for name in (
        str(outside),
        outside.as_uri(),
        "../../../README.md",
        "https://example.com/a.png",
        "//host/share/a.png",
    ):
        assert is_empty_picture(browser.loadResource(_IMAGE, QUrl(name)))
        assert browser.loadResource(_STYLE, QUrl(name)) == ""


@pytest.mark.parametrize("width", [1040, 620])
def test_pictures_fit_into_the_window(help_window, qtbot, width):
    show_help("first-glossary")
    help_window.resize(width, 700)
    bar = help_window.browser.horizontalScrollBar()
    qtbot.waitUntil(lambda: help_window.browser.verticalScrollBar().maximum() > 0 and bar.maximum() == 0)


def test_a_link_out_of_the_folder_is_not_inside(tmp_path, monkeypatch):
    guide = tmp_path / "guide"
    (guide / "en").mkdir(parents=True)
    secret = tmp_path / "secret.png"
    secret.write_bytes(b"")
    (guide / "en" / "link.png").symlink_to(secret)
    monkeypatch.setattr(paths, "guide", lambda: guide)
    assert inside_guide("en", "link.png") is None
    assert inside_guide("en", "../../secret.png") is None


def test_markup_in_a_page_is_text():
    html = to_html(Page("x", "x", (), "# x\n\n<script>alert(1)</script>\n"), theme.LIGHT)
    assert "<script" not in html


def test_help_of_a_dialog_is_usable_while_the_dialog_is_open(qtbot):
    parent = HelpWindow()
    qtbot.addWidget(parent)
    dialog = AboutDialog(parent)
    dialog.open()
    qtbot.waitUntil(dialog.isActiveWindow)
    QTest.keyClick(dialog, Qt.Key.Key_F1)
    [window] = [each for each in open_windows() if each is not parent]
    assert shown(window).startswith(read_page("en", "troubleshooting").title)
    window.search.setFocus()
    QTest.keyClicks(window.search, "log")
    assert window.search.text() == "log"
    window.close()
    dialog.close()


def test_the_palette_has_help_too(qtbot):
    palette = CommandPalette([], None)
    qtbot.addWidget(palette)
    palette.show()
    qtbot.waitUntil(palette.isActiveWindow)
    QTest.keyClick(palette.search, Qt.Key.Key_F1)
    [window] = open_windows()
    assert shown(window).startswith(read_page("en", "keyboard").title)
    window.close()


def test_a_page_that_is_missing_is_said_and_does_not_stop_the_others(qtbot, monkeypatch, tmp_path):
    guide = tmp_path / "guide"
    (guide / "en").mkdir(parents=True)
    Path(guide / "en" / "runs.md").write_text("# Runs\n", encoding="utf-8")
    monkeypatch.setattr(paths, "guide", lambda: guide)
    window = HelpWindow()
    qtbot.addWidget(window)
    window.show_section("terms")
    assert "not there" in shown(window)
    window.show_section("runs")
    assert shown(window) == "Runs"
