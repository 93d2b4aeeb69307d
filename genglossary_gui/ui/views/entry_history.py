"""What an entry said before: every version, who made it and when, what changed, and the way back to it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from genglossary_gui.core.exchange.text_diff import diff
from genglossary_gui.core.i18n import _, listed
from genglossary_gui.core.store.entry_record import EntryRecord, Version
from genglossary_gui.ui.models.words import ENGINES, date_time, stage_word, word_of
from genglossary_gui.ui.plain import enlarge, label, number, spaced
from genglossary_gui.ui.views.entry_parts import link
from genglossary_gui.ui.views.marked_text import MarkedText, Stretch

_FIRST = 8
"""Versions shown before one asks for all."""


class EntryHistory(QWidget):
    """``restore_wanted(version)``: that version is to be the definition again."""

    restore_wanted = Signal(int)

    def __init__(self, record: EntryRecord, *, can_restore: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._record = record
        self._can_restore = can_restore
        self._layout = QVBoxLayout(self)
        spaced(self._layout, spacing=8)
        self._show(record.versions[:_FIRST])
        if len(record.versions) > _FIRST:
            words = _("Show all {count}").format(count=number(len(record.versions)))
            self._layout.addWidget(link(words, self._show_all), 0, Qt.AlignmentFlag.AlignLeft)

    def _show_all(self) -> None:
        while (item := self._layout.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.deleteLater()
        self._show(self._record.versions)

    def _show(self, versions: Sequence[Version]) -> None:
        older = (*self._record.versions[1:], None)
        for version, before in zip(versions, older, strict=False):
            self._layout.addWidget(self._card(version, before))

    def _card(self, version: Version, before: Version | None) -> QFrame:
        card = QFrame()
        card.setProperty("role", "card")
        inner = QVBoxLayout(card)
        spaced(inner, 12, 4)
        title = label(who(version), wrap=True)
        enlarge(title, 1.0, bold=True)
        inner.addWidget(title)
        is_shown = version.id == self._record.detail.row.definition_id
        facts = [date_time(version.created_at), stage_word(version.stage), *_marks(version, is_shown=is_shown)]
        inner.addWidget(label(" · ".join(fact for fact in facts if fact), role="muted", wrap=True))
        text = MarkedText(Stretch.of(diff(before.text, version.text)) if before else [Stretch(version.text)])
        text.setAccessibleName(version.text or _("Empty"))
        inner.addWidget(text if version.text or before else label(_("Empty"), role="muted"))
        if self._can_restore and not is_shown:
            name = _("Restore the version of {time}").format(time=date_time(version.created_at))
            restore = link(_("Restore"), lambda: self.restore_wanted.emit(version.id), name)
            inner.addWidget(restore, 0, Qt.AlignmentFlag.AlignLeft)
        return card


def who(version: Version) -> str:
    """Who made a version: a person, or an engine in a run."""
    if version.origin == "person" and version.run_id is None:
        return _("A person")
    if version.run_id is None and version.base is not None:
        return _("A person restored an earlier version")
    engine = word_of(version.origin, ENGINES)
    if version.run_id is None:
        return engine
    return _("Run {run} · {engine}").format(run=version.run_id, engine=engine)


def _marks(version: Version, *, is_shown: bool) -> list[str]:
    marks = [
        (is_shown, _("shown now")),
        (version.approved, _("approved")),
        (version.offered, _("suggested")),
    ]
    return [listed(words for holds, words in marks if holds)]
