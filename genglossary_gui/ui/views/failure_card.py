"""What became of a run that did not complete: the cause, the place, and what to do now."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QGuiApplication, QResizeEvent
from PySide6.QtWidgets import (
    QApplication,
    QBoxLayout,
    QFrame,
    QHBoxLayout,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from genglossary_gui.core.glossary import Level, RunStatus
from genglossary_gui.core.i18n import N_, _
from genglossary_gui.core.runs import failures
from genglossary_gui.core.runs.continuing import Choices, choices
from genglossary_gui.core.runs.failures import Suggestion
from genglossary_gui.core.store import logs
from genglossary_gui.core.store.runs import RunRow, get_run
from genglossary_gui.ui import phrases
from genglossary_gui.ui.icons import Picture
from genglossary_gui.ui.models.harmless import harmless
from genglossary_gui.ui.plain import button, enlarge, label, set_words, spaced, tool_tip
from genglossary_gui.ui.shell import Workspace
from genglossary_gui.ui.views.flow import FlowLayout

DISCARD = "discard"
"""Offered beside the suggestions of the core: drop the draft of the run."""

_WORDS: dict[str, str] = {
    Suggestion.RESUME: N_("Resume"),
    Suggestion.KEEP: N_("Keep what is done"),
    Suggestion.RUN_AGAIN: N_("Run again"),
    Suggestion.EDIT_AND_RUN: N_("Edit and run…"),
    Suggestion.SHOW_DOCUMENTS: N_("Show the documents"),
    Suggestion.SHOW_FOLDER: N_("Show the project's folder"),
    Suggestion.SHOW_ERROR: N_("Show in the log"),
    Suggestion.SHOW_APP_LOG: N_("Show the application's log"),
    DISCARD: N_("Discard…"),
}
_ONLY_SHOW = (Suggestion.SHOW_DOCUMENTS, Suggestion.SHOW_FOLDER, Suggestion.SHOW_ERROR, Suggestion.SHOW_APP_LOG)
"""What is suggested where nothing may be changed."""
_BANNERS = {RunStatus.FAILED: "error", RunStatus.INTERRUPTED: "warning", RunStatus.CANCELLED: "info"}
_ICONS = {"error": "status-failed", "warning": "status-interrupted", "info": "status-cancelled"}
_ROOM_FOR_TEXT = 60
"""Letters beside the buttons; with less room the buttons go below the text."""
_NARROWEST = 240
_LONGEST_LINE = 200
"""Characters of the cause and of the first error that are shown; the log has all of it."""


class FailureCard(QFrame):
    """Shows a failed, cancelled or interrupted run; hidden for any other.

    ``suggested(run, suggestion)``: a button was pressed; ``suggestion`` is a ``Suggestion`` or ``DISCARD``.
    The report is copied by the card itself.  ``leaving()``: it goes away with the keyboard on one of its buttons.
    """

    suggested = Signal(int, str)
    leaving = Signal()

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("runFailure")
        self._workspace = workspace
        self._row: RunRow | None = None
        self._shown: tuple[object, ...] = ()
        self._icon = Picture()
        self._title = label(wrap=True)
        enlarge(self._title, 1.0, bold=True)
        self._cause = label(selectable=True, wrap=True)
        self._cause.setObjectName("runFailureCause")
        self._line = button("link")
        self._line.setStyleSheet("QPushButton { text-align: left; padding: 2px 0; }")
        self._line.setCursor(Qt.CursorShape.PointingHandCursor)
        self._line.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self._line.clicked.connect(self._on_line)
        self._buttons: dict[str, QPushButton] = {}
        self._flow = FlowLayout()
        self._parts = QBoxLayout(QBoxLayout.Direction.TopToBottom)
        spaced(self._parts)
        for suggestion in _WORDS:
            self._add_button(suggestion)
        self._copy = button()
        self._copy.clicked.connect(self._on_copy)
        self._copied = label(role="muted")
        self._flow.addWidget(self._copy)
        self._flow.addWidget(self._copied)
        self._lay_out()
        self.hide()
        self.retranslate()
        for signal in (workspace.controller.run_started, workspace.controller.run_finished):
            signal.connect(self.refresh)

    def show_run(self, row: RunRow | None) -> None:
        """Show how ``row`` ended and what may be done with it."""
        if (row and row.id) != (self._row and self._row.id):
            self._copied.hide()
        self._row = row
        self.refresh()

    @Slot()
    def refresh(self) -> None:
        """Look again what may be done: another run may have gone on with this one."""
        row = self._row
        if row is None or row.status not in _BANNERS:
            focused = QApplication.focusWidget()
            if focused is not None and self.isAncestorOf(focused):
                # Qt would give the keyboard to whatever comes next.
                self.leaving.emit()
            self.hide()
            return
        possible = self._workspace.reader.now(lambda connection: choices(connection, row), Choices())
        # The row of an active run changes many times a second.
        if (row, possible) != self._shown:
            self._shown = (row, possible)
            self._show(row, possible)
        self.show()

    def retranslate(self) -> None:
        for suggestion, widget in self._buttons.items():
            widget.setText(words_for(suggestion))
        self._copy.setText(_("Copy report"))
        self._copied.setText(_("Copied"))
        self._shown = ()
        self.refresh()

    def _show(self, row: RunRow, possible: Choices) -> None:
        kind = _BANNERS[row.status]
        self._icon.show_icon(_ICONS[kind])
        self._title.setText(phrases.run_stopped(row))
        is_failed = row.status is RunStatus.FAILED
        cause = harmless(row.error, _LONGEST_LINE) if is_failed else phrases.left_behind(row, possible)
        self._cause.setText(phrases.joined((cause, phrases.model_used(row))))
        self._cause.setToolTip(tool_tip(harmless(row.error)) if is_failed else "")
        offered = self._suggestions(row, possible)
        first_error = self._first_error(row)
        self._show_line(first_error)
        if Suggestion.SHOW_ERROR in offered and first_error != "":
            # The line itself leads there, or there is nothing to go to.
            offered.remove(Suggestion.SHOW_ERROR)
        for suggestion, widget in self._buttons.items():
            widget.setVisible(suggestion in offered)
            widget.setProperty("role", "primary" if suggestion in offered[:1] else "")
            _polish(widget)
        self.setProperty("banner", kind)
        _polish(self)
        self._flow.invalidate()
        self._turn()

    def _suggestions(self, row: RunRow, possible: Choices) -> list[str]:
        found: list[str] = list(failures.suggestions(row, can_resume=possible.can_resume, can_keep=possible.can_keep))
        if self._workspace.is_read_only:
            return [suggestion for suggestion in found if suggestion in _ONLY_SHOW]
        return [*found, DISCARD] if possible.can_discard else found

    def _first_error(self, row: RunRow) -> str | None:
        """The first error in the log; empty when it is the cause itself, None when there is none."""
        if row.status is not RunStatus.FAILED:
            return None
        record = self._workspace.reader.now(lambda c: logs.first_at_level(c, row.id, Level.ERROR), None)
        if record is None:
            return None
        return "" if record.message in row.error else harmless(record.message, _LONGEST_LINE)

    def _show_line(self, first_error: str | None) -> None:
        self._line.setVisible(bool(first_error))
        if first_error:
            text = _("First error: {message}").format(message=first_error)
            # An ampersand would mark a key.
            self._line.setText(text.replace("&", "&&"))
            set_words(self._line, text)

    def _add_button(self, suggestion: str) -> None:
        widget = button()
        widget.setObjectName(f"suggest-{suggestion}")
        widget.clicked.connect(lambda: self._suggest(suggestion))
        self._buttons[suggestion] = widget
        self._flow.addWidget(widget)

    def _suggest(self, suggestion: str) -> None:
        if self._row is not None:
            self.suggested.emit(self._row.id, suggestion)

    @Slot()
    def _on_line(self) -> None:
        self._suggest(Suggestion.SHOW_ERROR)

    @Slot()
    def _on_copy(self) -> None:
        if self._row is not None and copy_report(self._workspace, self._row.id):
            self._copied.show()
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self._copy, self._copied.text()))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._turn()
        if event.size().width() != event.oldSize().width():
            self.updateGeometry()

    def minimumSizeHint(self) -> QSize:
        # As narrow as it can be when the buttons go below the text, but no higher than it is at this width.
        return QSize(_NARROWEST, self.heightForWidth(max(self.width(), _NARROWEST)))

    def _turn(self) -> None:
        """The buttons stand beside the text where there is room for both."""
        is_wide = self.width() >= self._flow.sizeHint().width() + _ROOM_FOR_TEXT * self.fontMetrics().horizontalAdvance(
            "n"
        )
        direction = QBoxLayout.Direction.LeftToRight if is_wide else QBoxLayout.Direction.TopToBottom
        if self._parts.direction() != direction:
            self._parts.setDirection(direction)

    def _lay_out(self) -> None:
        texts = QVBoxLayout()
        spaced(texts, spacing=2)
        for widget in (self._title, self._cause, self._line):
            texts.addWidget(widget)
        self._parts.addLayout(texts, 1)
        self._parts.addLayout(self._flow)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(12, 6, 12, 6)
        layout.setSpacing(10)
        layout.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignTop)
        layout.addLayout(self._parts, 1)
        for widget in (self._copied, self._line):
            widget.hide()


def words_for(suggestion: str) -> str:
    """What a button says that does this."""
    return _(_WORDS[suggestion])


def copy_report(workspace: Workspace, run_id: int) -> bool:
    """Put the report of a run on the clipboard; False when it cannot be read now."""
    text = ""
    row = workspace.reader.now(lambda connection: get_run(connection, run_id), None)
    if row is not None:
        text = workspace.reader.now(lambda connection: failures.report(connection, row), "")
    if text:
        QGuiApplication.clipboard().setText(text)
    return bool(text)


def _polish(widget: QWidget) -> None:
    widget.style().unpolish(widget)
    widget.style().polish(widget)
