"""The first steps: up to four cards, one after the other, each beside the part of the window that it speaks of."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QSettings, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QVBoxLayout, QWidget

from genglossary_gui.core import paths
from genglossary_gui.core.i18n import _
from genglossary_gui.ui import shortcuts
from genglossary_gui.ui.plain import button, enlarge, label, spaced

if TYPE_CHECKING:
    from genglossary_gui.ui.main_window import MainWindow

_WIDTH = 380
_GAP = 10
_AROUND = 4
"""Pixels between what a card speaks of and the frame around it."""
_SEEN = "tour/seen"


@dataclass(frozen=True)
class _Step:
    """``spot``: the part of the window it speaks of, in coordinates of the window."""

    title: Callable[[], str]
    text: Callable[[], str]
    spot: Callable[[MainWindow], QRect]


def is_due() -> bool:
    """Whether the first steps have never been shown to this person."""
    return not _remembered().value(_SEEN, False, bool)


class Tour(QFrame):
    """Shown when it is made, over ``window``, which stays in use.  ``ended()``: skipped or done, and gone.

    From now on ``is_due`` says no.
    """

    ended = Signal()

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self.setObjectName("tour")
        self.setProperty("role", "tour")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._window = window
        self._index = 0
        self._before = QApplication.focusWidget()
        self._frame = QFrame(window)
        self._frame.setProperty("role", "spot")
        self._frame.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._frame.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.title, self.text = label(wrap=True), label(wrap=True)
        self._count = label(role="muted")
        self.skip, self.back, self.next = button("link"), button(), button("primary")
        self.next.setObjectName("tourNext")
        self._build()
        self.skip.clicked.connect(self.finish)
        self.back.clicked.connect(self._go_back)
        self.next.clicked.connect(self._go_on)
        window.installEventFilter(self)
        _remembered().setValue(_SEEN, True)
        self.retranslate()
        self._frame.show()
        self.show()
        self._place()
        self.next.setFocus(Qt.FocusReason.OtherFocusReason)

    @property
    def step(self) -> int:
        """Which card is shown; the first is 1."""
        return self._index + 1

    def retranslate(self) -> None:
        """Show the card in the current language."""
        step, is_last = _STEPS[self._index], self.step == len(_STEPS)
        self.title.setText(step.title())
        self.text.setText(step.text())
        self._count.setText(_("{step} of {steps}").format(step=self.step, steps=len(_STEPS)))
        self.skip.setText(_("Skip"))
        self.skip.setVisible(not is_last)
        self.back.setText(_("Back"))
        self.back.setVisible(self._index > 0)
        self.next.setText(_("Done") if is_last else _("Next"))
        self.setAccessibleName(step.title())
        self.setAccessibleDescription(step.text())
        self.next.setAccessibleDescription(f"{step.title()} {step.text()}")
        self._place()

    @Slot()
    def finish(self) -> None:
        """Go away and give the keyboard back."""
        had_focus = self.isAncestorOf(QApplication.focusWidget() or self._window)
        self._window.removeEventFilter(self)
        self._frame.hide()
        self._frame.deleteLater()
        self.close()
        if had_focus and self._before is not None and self._window.isAncestorOf(self._before):
            self._before.setFocus()
        self.ended.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.finish()
        else:
            super().keyPressEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.Resize, QEvent.Type.LayoutRequest, QEvent.Type.FontChange):
            # When the window has laid itself out.
            QTimer.singleShot(0, self, self._place)
        return super().eventFilter(watched, event)

    def _build(self) -> None:
        enlarge(self.title, 1.15, bold=True)
        column = QVBoxLayout(self)
        spaced(column, 16, 8)
        column.addWidget(self.title)
        column.addWidget(self.text)
        row = QHBoxLayout()
        spaced(row)
        row.addWidget(self._count)
        row.addStretch(1)
        for each in (self.skip, self.back, self.next):
            row.addWidget(each)
        column.addSpacing(4)
        column.addLayout(row)

    @Slot()
    def _go_on(self) -> None:
        if self.step == len(_STEPS):
            self.finish()
        else:
            self._show(self._index + 1)

    @Slot()
    def _go_back(self) -> None:
        self._show(max(self._index - 1, 0))

    def _show(self, index: int) -> None:
        self._index = index
        self.retranslate()
        if QApplication.focusWidget() not in (self.back, self.next, self.skip):
            self.next.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def _place(self) -> None:
        """Below what it speaks of, or above it where there is more room; always inside the window."""
        spot = _STEPS[self._index].spot(self._window).intersected(self._window.rect())
        around = spot.adjusted(-_AROUND, -_AROUND, _AROUND, _AROUND)
        self._frame.setGeometry(around.intersected(self._window.rect()))
        room = self._window.rect().adjusted(_GAP, _GAP, -_GAP, -_GAP)
        width = min(_WIDTH, room.width())
        layout = self.layout()
        assert layout is not None
        height = max(layout.totalHeightForWidth(width), self.minimumSizeHint().height())
        below = spot.bottom() + _AROUND + _GAP
        top = below if below + height <= room.bottom() else max(spot.top() - _AROUND - _GAP - height, room.top())
        left = min(max(spot.center().x() - width // 2, room.left()), room.right() - width)
        self.setGeometry(left, top, width, height)
        self._frame.raise_()
        self.raise_()


def _of(widget: QWidget, window: QWidget) -> QRect:
    return QRect(widget.mapTo(window, QPoint(0, 0)), widget.size())


def _tab(window: MainWindow, index: int) -> QRect:
    if window.project is None:
        return QRect()
    bar = window.project.tabs.tabBar()
    return bar.tabRect(index).translated(bar.mapTo(window, QPoint(0, 0)))


def _help_menu(window: MainWindow) -> QRect:
    bar = window.menuBar()
    if not bar.isVisible() or not bar.actions():
        # Where the system has the menus at the top of the screen.
        return _of(window.actions_.tool_bar, window)
    return bar.actionGeometry(bar.actions()[-1]).translated(bar.mapTo(window, QPoint(0, 0)))


def _key(name: str) -> str:
    return shortcuts.shown(name)


_STEPS = (
    _Step(
        lambda: _("Press Run to make the glossary"),
        lambda: _(
            "GenGlossary reads the documents, finds the terms and looks for what they mean. You can work on meanwhile;"
            " each run has its progress and its log at the bottom of the window."
        ),
        lambda window: _of(window.actions_.run_button, window),
    ),
    _Step(
        lambda: _("Decide which terms count"),
        lambda: _(
            "The page “Terms” lists the candidates, best first. {accept} accepts one, {drop} drops it, and {undo} takes"
            " anything back. Later runs keep every decision."
        ).format(
            accept=_key("terms/actionAcceptTerm"), drop=_key("terms/actionDropTerm"), undo=_key("window/actionUndo")
        ),
        lambda window: _tab(window, 1),
    ),
    _Step(
        lambda: _("Read definitions with their evidence"),
        lambda: _(
            "The page “Glossary” shows what each term means and the passages that say so. Click a passage, and the"
            " document opens at that line."
        ),
        lambda window: _tab(window, 0),
    ),
    _Step(
        lambda: _("Find everything again"),
        lambda: _(
            "{palette} goes to any action, term, document or run by its name. {help} opens the guide at the page about"
            " what you see. These steps are in the menu “Help”, too."
        ).format(palette=_key("window/actionPalette"), help=_key("window/actionHelp")),
        lambda window: _help_menu(window),
    ),
)


def _remembered() -> QSettings:
    return QSettings(str(paths.config_folder() / "window.ini"), QSettings.Format.IniFormat)
