"""The progress of a run in a cell: a bar and its figures."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QPainter, QPainterPath
from PySide6.QtWidgets import QApplication, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from genglossary_gui.core.glossary import RunStatus
from genglossary_gui.core.store.runs import RunRow
from genglossary_gui.ui import theme
from genglossary_gui.ui.models.paged import ROW_ROLE

_MARGIN, _GAP = 8, 8
_HEIGHT = 6
_NARROWEST = 24


class ProgressDelegate(QStyledItemDelegate):
    """A bar for runs at work, hatched while the total is not known; figures alone for the others."""

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        cell = QStyleOptionViewItem(option)
        self.initStyleOption(cell, index)
        row = index.data(ROW_ROLE)
        cell.displayAlignment = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter  # type: ignore[attr-defined]
        widget = cell.widget  # type: ignore[attr-defined]
        style = widget.style() if widget else QApplication.style()
        style.drawControl(QStyle.ControlElement.CE_ItemViewItem, cell, painter, widget)
        if isinstance(row, RunRow) and row.status is RunStatus.RUNNING:
            figures = cell.fontMetrics.horizontalAdvance(cell.text)  # type: ignore[attr-defined]
            _paint_bar(painter, _bar_in(cell.rect, figures), row)  # type: ignore[attr-defined]


def _bar_in(cell, figures: int) -> QRectF:
    room = cell.width() - 2 * _MARGIN - (figures + _GAP if figures else 0)
    return QRectF(cell.x() + _MARGIN, cell.center().y() - _HEIGHT / 2 + 1, room, _HEIGHT)


def _paint_bar(painter: QPainter, bar: QRectF, row: RunRow) -> None:
    if bar.width() < _NARROWEST:
        return
    colours = theme.current()
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    shape = QPainterPath()
    shape.addRoundedRect(bar, _HEIGHT / 2, _HEIGHT / 2)
    painter.fillPath(shape, QColor(colours.scroll))
    painter.setClipPath(shape)
    if row.total:
        done = QRectF(bar.x(), bar.y(), bar.width() * row.done / row.total, bar.height())
        painter.fillRect(done, QColor(colours.accent))
    else:
        painter.fillRect(bar, QBrush(QColor(colours.accent), Qt.BrushStyle.BDiagPattern))
    painter.restore()
