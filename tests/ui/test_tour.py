import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from genglossary_gui.app import App
from genglossary_gui.core import i18n
from genglossary_gui.core.settings import AppSettings
from genglossary_gui.ui.help import show_help
from genglossary_gui.ui.tour import Tour, is_due
from tests.ui.windows import action


@pytest.fixture
def window(make_window, glossary, monkeypatch, tmp_path):
    monkeypatch.setenv("GENGLOSSARY_HOME", str(tmp_path / "home"))
    window = make_window(glossary)
    window.resize(1200, 800)
    QApplication.processEvents()
    return window


def press(key: Qt.Key) -> None:
    widget = QApplication.focusWidget()
    assert widget is not None
    QTest.keyClick(widget, key)


def tour_of(window) -> Tour:
    return window.findChild(Tour, "tour")


def test_it_is_offered_once(window):
    assert is_due()
    window.offer_tour()
    assert tour_of(window).isVisible()
    assert not is_due()
    tour_of(window).finish()
    window.offer_tour()
    assert window._tour is None


def test_it_can_be_begun_again_from_the_menu(window):
    window.offer_tour()
    tour_of(window).finish()
    action(window, "actionTour").trigger()
    assert window._tour.step == 1


def test_a_person_goes_through_it_by_keyboard_and_gets_the_focus_back(window):
    table = window.project.glossary.page.table
    table.setFocus()
    window.offer_tour()
    tour = window._tour
    titles = []
    for step in range(1, 5):
        assert tour.step == step
        titles.append(tour.title.text())
        press(Qt.Key.Key_Space)
    assert window._tour is None
    assert len(set(titles)) == 4
    assert QApplication.focusWidget() is table


def test_escape_skips_it(window):
    window.offer_tour()
    press(Qt.Key.Key_Escape)
    assert window._tour is None
    assert not is_due()


def test_back_goes_back(window):
    window.offer_tour()
    window._tour.next.click()
    window._tour.back.click()
    assert window._tour.step == 1
    assert not window._tour.back.isVisible()


def test_the_window_stays_in_use(window):
    window.offer_tour()
    table = window.project.glossary.page.table
    QTest.mouseClick(table.viewport(), Qt.MouseButton.LeftButton)
    assert window._tour.isVisible()
    action(window, "actionTerms").trigger()
    assert window.project.tabs.currentIndex() == 1


@pytest.mark.parametrize("size", [(1200, 800), (700, 480)])
@pytest.mark.parametrize("language", ["en", "ja"])
def test_every_card_lies_inside_the_window_and_beside_what_it_speaks_of(window, language, size):
    i18n.set_language(language)
    window.retranslate()
    window.resize(*size)
    window.offer_tour()
    for _step in range(4):
        tour = window._tour
        QApplication.processEvents()
        assert window.rect().contains(tour.geometry())
        assert tour.height() >= tour.layout().totalHeightForWidth(tour.width())
        assert not tour.geometry().intersects(tour._frame.geometry())
        tour.next.click()
    i18n.set_language("en")


def test_the_keys_it_names_are_those_in_force(window):
    window.offer_tour()
    window._tour.next.click()
    assert "Ctrl+Return" in window._tour.text.text()
    assert "Ctrl+D" in window._tour.text.text()


def test_f1_opens_the_guide_at_the_page_about_what_is_shown(window):
    action(window, "actionIssues").trigger()
    action(window, "actionHelp").trigger()
    help_window = show_help("issues")
    assert not help_window.back.isEnabled(), "it was there already"
    help_window.close()


def test_the_app_offers_it_with_the_first_project_and_never_again(qtbot, glossary, monkeypatch, tmp_path):
    monkeypatch.setenv("GENGLOSSARY_HOME", str(tmp_path / "new home"))
    app = App(AppSettings(language="en", theme="light", workers=1))
    app.open_project(glossary)
    qtbot.waitUntil(lambda: app.windows[0]._tour is not None)
    app.quit()
    qtbot.waitUntil(lambda: not app.windows)
    app.open_project(glossary)
    with qtbot.assertNotEmitted(app.windows[0].closed, wait=900):
        pass
    assert app.windows[0]._tour is None
    app.quit()
    qtbot.waitUntil(lambda: not app.windows)
    app.close()


def test_the_help_window_does_not_keep_the_app_from_ending(qapp, qtbot, glossary, monkeypatch, tmp_path):
    app = App(AppSettings(language="en", theme="light", workers=1))
    app.open_project(glossary)
    [window] = app.windows
    action(window, "actionHelp").trigger()
    help_window = show_help()
    qtbot.waitUntil(help_window.isVisible)
    heard = []
    help_window.closed.connect(lambda: heard.append("closed"))
    qapp.lastWindowClosed.connect(qapp.quit)
    QTimer.singleShot(0, window.close)
    QTimer.singleShot(5_000, qapp, qapp.quit)
    # Qt tells of the last window only in here.
    qapp.exec()
    assert heard == ["closed"]
    qapp.lastWindowClosed.disconnect(qapp.quit)
    qtbot.waitUntil(lambda: not app.windows)
    app.close()
