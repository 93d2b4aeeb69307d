"""How a recent project looks in the list of the home screen."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from genglossary_gui.core.glossary import RunStatus
from genglossary_gui.core.i18n import _, listed
from genglossary_gui.core.store.projects import ProjectSummary
from genglossary_gui.core.words import word
from genglossary_gui.ui import phrases, theme
from genglossary_gui.ui.icons import icon
from genglossary_gui.ui.models.harmless import harmless
from genglossary_gui.ui.shell import RecentProject

_MARGIN, _GAP, _ICON = 12, 4, 20
_LONGEST = 200
"""Characters of a name; the line has room for fewer."""


@dataclass(frozen=True)
class Line:
    """A project with what is known of it so far; ``is_read`` tells whether the file was looked at."""

    project: RecentProject
    folder: str = ""
    summary: ProjectSummary | None = None
    changed_at: str = ""
    is_read: bool = False

    @property
    def name(self) -> str:
        return harmless(self.summary.name if self.summary else self.project.path.stem, _LONGEST)

    def figures(self) -> str:
        """Documents, terms and issues, or why there are none."""
        if not self.project.exists:
            return _("The file is not there any more")
        if self.summary is None:
            return _("The file cannot be read") if self.is_read else ""
        summary = self.summary
        return " · ".join(
            (
                phrases.documents(summary.documents),
                phrases.terms(summary.terms),
                phrases.open_issues(summary.open_issues),
            )
        )

    def last_run(self) -> str:
        if self.summary is None:
            return ""
        status = self.summary.last_run_status
        return _("Last run: {status}").format(status=word(RunStatus(status))) if status else _("No runs yet")

    def place(self) -> str:
        return " · ".join(part for part in (harmless(self.folder), phrases.ago(self.changed_at)) if part)

    def in_words(self) -> str:
        """Everything about the project, for a screen reader."""
        return listed(part for part in (self.name, self.place(), self.figures(), self.last_run()) if part)


class RecentDelegate(QStyledItemDelegate):
    """Two lines: name and figures above, folder and last run below."""

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(200, 2 * QFontMetrics(option.font).height() + _GAP + 2 * _MARGIN)  # type: ignore[attr-defined]

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        line: Line = index.data(Qt.ItemDataRole.UserRole)
        colours, rect, state = theme.current(), option.rect, option.state  # type: ignore[attr-defined]
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        selected = bool(state & QStyle.StateFlag.State_Selected and state & QStyle.StateFlag.State_HasFocus)
        if selected or state & QStyle.StateFlag.State_MouseOver:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(colours.selection if selected else colours.hover))
            painter.drawRoundedRect(rect.adjusted(2, 1, -2, -1), 6, 6)
        strong = colours.text if line.project.exists else colours.muted
        icon("document", "" if line.project.exists else "muted").paint(
            painter, QRect(rect.left() + _MARGIN, rect.center().y() - _ICON // 2, _ICON, _ICON)
        )
        self._paint_lines(painter, option, line, strong, colours.muted if not selected else colours.on_selection)
        painter.restore()

    def _paint_lines(
        self, painter: QPainter, option: QStyleOptionViewItem, line: Line, strong: str, muted: str
    ) -> None:
        rect: QRect = option.rect.adjusted(2 * _MARGIN + _ICON, _MARGIN, -_MARGIN, -_MARGIN)  # type: ignore[attr-defined]
        bold = QFont(option.font)  # type: ignore[attr-defined]
        bold.setWeight(QFont.Weight.DemiBold)
        height = QFontMetrics(option.font).height()  # type: ignore[attr-defined]
        upper = QRect(rect.left(), rect.top(), rect.width(), height)
        _paint_pair(painter, upper, (line.name, bold, strong), (line.figures(), option.font, muted))  # type: ignore[attr-defined]
        lower = upper.translated(0, height + _GAP)
        _paint_pair(painter, lower, (line.place(), option.font, muted), (line.last_run(), option.font, muted))  # type: ignore[attr-defined]


def _paint_pair(painter: QPainter, rect: QRect, left: tuple[str, QFont, str], right: tuple[str, QFont, str]) -> None:
    """Two texts in one line; the left one gives way."""
    width = min(QFontMetrics(right[1]).horizontalAdvance(right[0]) + 1, rect.width() * 2 // 3)
    right_rect = QRect(rect.right() - width, rect.top(), width, rect.height())
    left_rect = QRect(rect.left(), rect.top(), rect.width() - width - 16, rect.height())
    for (text, font, colour), area, side in (
        (left, left_rect, Qt.AlignmentFlag.AlignLeft),
        (right, right_rect, Qt.AlignmentFlag.AlignRight),
    ):
        painter.setFont(font)
        painter.setPen(QColor(colour))
        shown = QFontMetrics(font).elidedText(text, Qt.TextElideMode.ElideMiddle, area.width())
        painter.drawText(area, side | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine, shown)
