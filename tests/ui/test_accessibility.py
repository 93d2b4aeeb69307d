"""Every window, page and dialog can be used by keyboard and read by a screen reader, in both themes, at every size.

All of it is measured on the real windows: names and roles as a screen reader gets them, the way of the Tab key by
pressing it, contrast and the sign of the keyboard from what is painted.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from operator import ne

import pytest
from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QAccessible, QColor, QImage, QRegion
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractScrollArea,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QHeaderView,
    QLabel,
    QLineEdit,
    QMainWindow,
    QMenuBar,
    QPlainTextEdit,
    QScrollArea,
    QTabBar,
    QTableView,
    QTextEdit,
    QToolBar,
    QToolButton,
    QWidget,
)
from pytestqt.qtbot import QtBot

from genglossary_gui.core import i18n
from genglossary_gui.ui.fitting import fit
from genglossary_gui.ui.plain import button, label
from genglossary_gui.ui.theme import apply_theme
from genglossary_gui.ui.views.elided import ElidedLabel
from tests.ui.gallery import Gallery
from tests.ui.test_theme import luminance

pytestmark = pytest.mark.timeout(600)
INTERACTIVE = (
    QAbstractButton, QAbstractItemView, QAbstractSpinBox, QComboBox, QLineEdit, QPlainTextEdit, QTabBar, QTextEdit,
)  # fmt: skip
SMALL = QSize(1024, 700)
THREE_TIMES_LARGER = QSize(1920 // 3, 1080 // 3 - 40)
"""What a text three times as large leaves of a usual screen, without the frame of a window."""
SHARP = 3
"""Pixels of the pictures for one of the screen: at its true size thin type has no pixel in its full colour."""


@pytest.fixture(autouse=True)
def _dressed(qapp: QApplication) -> Iterator[None]:
    """The look that people see."""
    apply_theme(qapp, "light")
    yield
    apply_theme(qapp, "light")
    qapp.setStyleSheet("")


def visible(root: QWidget) -> Iterator[QWidget]:
    """The widgets that a person sees in this window, without those inside other controls."""
    for widget in [root, *root.findChildren(QWidget)]:
        if widget.isVisible() and widget.window() is root and not is_inner(widget):
            yield widget


def is_inner(widget: QWidget) -> bool:
    """Whether it is a part that Qt builds into a control, which speaks for it."""
    parent = widget.parentWidget()
    name = widget.objectName()
    return (
        isinstance(widget, QHeaderView)
        or name.startswith("qt_")
        or isinstance(parent, QComboBox | QAbstractSpinBox | QLineEdit | QMenuBar)
        or (isinstance(parent, QTabBar | QToolBar) and name.startswith(("Scroll", "qt_")))
        or (isinstance(parent, QAbstractItemView) and isinstance(widget, QAbstractButton))
    )


def named(widget: QWidget) -> str:
    """A widget for people who read a failed test."""
    texts = [getattr(widget, "text", str)() if isinstance(widget, QAbstractButton | QLabel) else ""]
    owner = widget.parentWidget()
    return f"{type(widget).__name__}({widget.objectName() or '?'}, {texts[0][:30]!r}) in {type(owner).__name__}"


def spoken(widget: QWidget) -> tuple[str, QAccessible.Role]:
    """Name and role as a screen reader gets them."""
    interface = QAccessible.queryAccessibleInterface(widget)
    return interface.text(QAccessible.Text.Name).strip(), interface.role()


def test_every_control_has_a_name_and_a_role(gallery: Gallery) -> None:
    faults = []
    for screen, root in gallery.screens():
        for widget in visible(root):
            if isinstance(widget, INTERACTIVE):
                name, role = spoken(widget)
                if not name:
                    faults.append(f"{screen}: no name: {named(widget)}")
                if role in (QAccessible.Role.NoRole, QAccessible.Role.Client):
                    faults.append(f"{screen}: no role: {named(widget)}")
    assert faults == []


def test_every_column_that_is_shown_has_a_title(gallery: Gallery) -> None:
    faults = []
    for screen, root in gallery.screens():
        for table in root.findChildren(QTableView):
            header = table.horizontalHeader()
            if table.isVisible() and header.isVisible():
                for column in range(header.count()):
                    title = table.model().headerData(column, Qt.Orientation.Horizontal)
                    spoken = table.model().headerData(
                        column, Qt.Orientation.Horizontal, Qt.ItemDataRole.AccessibleTextRole
                    )
                    if not header.isSectionHidden(column) and not (title or spoken):
                        faults.append(f"{screen}: {named(table)} column {column}")
    assert faults == []


def focus_stops(root: QWidget, most: int = 300) -> list[QWidget]:
    """Where Tab leads, from the first stop until it comes round; a trap never comes round.

    In a page of the help Tab leads from link to link before it goes on.
    """
    stops: list[QWidget] = []
    root.activateWindow()
    if root.focusWidget() is None:
        QTest.keyClick(root, Qt.Key.Key_Tab)
    for _press in range(most):
        focused = QApplication.focusWidget()
        if focused is None or focused.window() is not root or focused in stops[:-1]:
            break
        if focused not in stops:
            stops.append(focused)
        QTest.keyClick(focused, Qt.Key.Key_Tab)
    return stops


def test_tab_leads_to_every_control_and_round_again(gallery: Gallery) -> None:
    faults = []
    for screen, root in gallery.screens():
        stops = focus_stops(root)
        focused = QApplication.focusWidget()
        if not stops or focused is not stops[0]:
            faults.append(f"{screen}: Tab ends at {named(focused) if focused else None} after {len(stops)}")
        for widget in visible(root):
            wants = widget.focusPolicy() & Qt.FocusPolicy.TabFocus and widget.isEnabled()
            if isinstance(widget, INTERACTIVE) and wants and widget not in stops and not widget.focusProxy():
                faults.append(f"{screen}: not reached: {named(widget)}")
    assert faults == []


def picture(widget: QWidget) -> QImage:
    """The widget as its window paints it, with what lies behind it."""
    root = widget.window()
    image = QImage(widget.size() * SHARP, QImage.Format.Format_RGB32)
    image.setDevicePixelRatio(SHARP)
    image.fill(0)
    root.render(image, QPoint(), QRegion(QRect(widget.mapTo(root, QPoint()), widget.size())))
    return image


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_what_has_the_keyboard_is_seen(gallery: Gallery, qapp: QApplication, theme: str) -> None:
    apply_theme(qapp, theme)
    faults = []
    for screen, root in gallery.screens():
        for stop in focus_stops(root):
            stop.setFocus(Qt.FocusReason.TabFocusReason)
            bring_into_view(stop)
            with_it = picture(stop)
            stop.clearFocus()
            if difference(with_it, picture(stop)) < SHARP * 20:
                faults.append(f"{screen}: {named(stop)}")
    assert faults == []


def bring_into_view(widget: QWidget) -> None:
    """As Tab does."""
    parent = widget.parentWidget()
    while parent is not None:
        if isinstance(parent, QScrollArea):
            parent.ensureWidgetVisible(widget)
        parent = parent.parentWidget()
    QApplication.processEvents()


def difference(first: QImage, second: QImage) -> int:
    """How many pixels differ."""
    return sum(map(ne, pixels(first), pixels(second)))


def pixels(image: QImage) -> memoryview:
    return memoryview(bytes(image.constBits())).cast("I")


def contrast(widget: QWidget) -> float:
    """Between the commonest colour of the widget, and the one that stands out most from it: its ground and its text."""
    rim = 2 * SHARP
    image = picture(widget)
    tones = Counter(pixels(image.copy(image.rect().adjusted(rim, rim, -rim, -rim))))
    if not tones:
        return 21.0
    ground = luminance(QColor(tones.most_common(1)[0][0]).name())
    shades = [luminance(QColor(tone).name()) for tone in tones]
    return max((max(ground, shade) + 0.05) / (min(ground, shade) + 0.05) for shade in shades)


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_text_stands_out_from_what_is_painted_behind_it(gallery: Gallery, qapp: QApplication, theme: str) -> None:
    apply_theme(qapp, theme)
    faults = []
    for screen, root in gallery.screens():
        for widget in visible(root):
            if isinstance(widget, QLabel | QAbstractButton) and widget.text() and widget.isEnabled():
                is_whole = widget.visibleRegion().boundingRect() == widget.rect()
                if is_whole and (measured := contrast(widget)) < 4.5:
                    faults.append(f"{screen}: {measured:.2f}: {named(widget)}")
    assert faults == []


def test_the_measure_notices_grey_on_grey(qtbot: QtBot) -> None:
    window = label("Hello")
    qtbot.addWidget(window)
    for colour, is_enough in (("#777777", False), ("#111111", True)):
        window.setStyleSheet(f"color: {colour}; background: #bbbbbb")
        window.show()
        qtbot.waitExposed(window)
        assert (contrast(window) >= 4.5) is is_enough


def cut(widget: QWidget) -> str:
    """What of the widget's text is not seen, and nothing else tells; empty when all is."""
    if isinstance(widget, QLabel) and not isinstance(widget, ElidedLabel) and widget.text():
        if widget.wordWrap():
            needed = widget.heightForWidth(widget.width())
            return f"{widget.height()} < {needed} high" if needed > widget.height() + 1 else ""
        return _smaller(widget)
    if isinstance(widget, QToolButton) and widget.toolButtonStyle() is Qt.ToolButtonStyle.ToolButtonIconOnly:
        return ""
    if isinstance(widget, QAbstractButton) and widget.text():
        return _smaller(widget)
    if isinstance(widget, QTabBar) and widget.count():
        width = widget.fontMetrics().horizontalAdvance
        tabs = [tab for tab in range(widget.count()) if width(widget.tabText(tab)) > widget.tabRect(tab).width()]
        return ", ".join(widget.tabText(tab) for tab in tabs)
    if isinstance(widget, QComboBox) and not widget.toolTip():
        text = widget.currentText()
        return text if widget.fontMetrics().horizontalAdvance(text) > widget.width() - 30 else ""
    if isinstance(widget, QTableView) and (header := widget.horizontalHeader()).isVisible():
        shown = [column for column in range(header.count()) if not header.isSectionHidden(column)]
        narrow = [
            column for column in shown if header.sectionSizeFromContents(column).width() > header.sectionSize(column)
        ]
        told = Qt.ItemDataRole.ToolTipRole
        return ", ".join(
            str(widget.model().headerData(column, Qt.Orientation.Horizontal))
            for column in narrow
            if not widget.model().headerData(column, Qt.Orientation.Horizontal, told)
        )
    return ""


def _smaller(widget: QWidget) -> str:
    size, needed = widget.size(), widget.sizeHint()
    is_small = needed.width() > size.width() + 1 or needed.height() > size.height() + 1
    return f"{size.toTuple()} < {needed.toTuple()}" if is_small else ""


def covered(widget: QWidget) -> str:
    """What of a control or label lies outside of its parents or behind others, where nothing scrolls it into view."""
    if not isinstance(widget, (*INTERACTIVE, QLabel)) or isinstance(widget, QAbstractScrollArea) or _scrolls(widget):
        return ""
    seen = widget.visibleRegion().boundingRect()
    return f"only {seen.getRect()} of {widget.rect().getRect()}" if seen != widget.rect() else ""


def _scrolls(widget: QWidget) -> bool:
    parent = widget.parentWidget()
    while parent is not None and not parent.isWindow():
        if isinstance(parent, QAbstractScrollArea):
            return True
        parent = parent.parentWidget()
    return False


@pytest.mark.parametrize("language", i18n.LANGUAGES)
@pytest.mark.parametrize("room", [SMALL, THREE_TIMES_LARGER], ids=["1024", "three times larger"])
def test_no_text_is_cut_and_no_control_is_lost(gallery: Gallery, language: str, room: QSize) -> None:
    i18n.set_language(language)
    gallery.window.retranslate()
    faults = []
    for screen, root in gallery.screens():
        fit(root, room)
        if isinstance(root, QMainWindow):
            root.resize(room)
        gallery.settle(root)
        if not (root.width() <= room.width() and root.height() <= room.height()):
            faults.append(f"{screen}: {root.size().toTuple()} is larger than the screen")
        for widget in visible(root):
            if fault := cut(widget) or covered(widget):
                faults.append(f"{screen}: {fault}: {named(widget)}")
    assert faults == []


def test_the_measure_notices_a_cut_text(qtbot: QtBot) -> None:
    pressed = button()
    qtbot.addWidget(pressed)
    pressed.setText("A long name of an action")
    pressed.resize(pressed.sizeHint())
    assert cut(pressed) == ""
    pressed.setFixedWidth(40)
    assert cut(pressed)
