"""What a language model has answered in the open project: how much of it there is, and how to get rid of it."""

from __future__ import annotations

from contextlib import closing
from functools import reduce
from pathlib import Path

from PySide6.QtCore import QObject, Slot
from shiboken6 import Shiboken

from genglossary_gui.core.errors import UserFacingError
from genglossary_gui.core.i18n import _, ngettext
from genglossary_gui.core.store.answers import KEPT_DAYS, count_answers, delete_answers
from genglossary_gui.core.store.connection import connect
from genglossary_gui.ui.background import Background
from genglossary_gui.ui.dialogs.ask import ask
from genglossary_gui.ui.dialogs.setting_rows import SettingRow
from genglossary_gui.ui.edits import Edits
from genglossary_gui.ui.plain import button, number


class StoredAnswers(QObject):
    """Fills ``row``, whose field is ``button``; both are of use only after ``show_project``.  For the GUI thread."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.button = button()
        self.button.setObjectName("llmDeleteAnswers")
        self.button.setEnabled(False)
        self.button.clicked.connect(self._on_clicked)
        self._row: SettingRow | None = None
        self._project: Path | None = None
        self._edits: Edits | None = None
        self._count: int | None = None
        self._deleted: int | None = None
        self._is_waiting = False

    def show_project(self, row: SettingRow, project: Path | None, edits: Edits | None) -> None:
        """From now on it is about the answers of ``project``, which ``edits`` changes; None: none is open."""
        self._row, self._project, self._edits = row, project, edits
        row.is_wanted = project is not None
        row.setVisible(row.is_wanted)
        if edits is not None:
            edits.failed.connect(self._on_edit_failed)

    def look(self) -> None:
        """Count them beside the window."""
        project = self._project
        if project is not None:
            Background(self, lambda: _count(project), self._on_counted, self._on_failed)

    def retranslate(self) -> None:
        self.button.setText(_("Delete stored answers"))
        if self._row is not None:
            self._row.say(_("Stored answers"), self._note())

    def _note(self) -> str:
        kept = _(
            "The open project keeps what a model answered, so that nobody pays twice for it, until no run has used it"
            " for {days} days."
        ).format(days=KEPT_DAYS)
        parts = [kept]
        if self._deleted is not None:
            words = ngettext("{count} answer was deleted.", "{count} answers were deleted.", self._deleted)
            parts.append(words.format(count=number(self._deleted)))
        if self._count:
            words = ngettext("There is {count} answer.", "There are {count} answers.", self._count)
            parts.append(words.format(count=number(self._count)))
            if self._deleted is not None:
                parts.append(_("What is left is needed by a run that is at work or can be resumed."))
        elif self._count == 0 and self._deleted is None:
            parts.append(_("There are none."))
        return reduce(lambda text, more: _("{sentence} {hint}").format(sentence=text, hint=more), parts)

    @Slot()
    def _on_clicked(self) -> None:
        count = self._count or 0
        question = ngettext("Delete {count} stored answer?", "Delete {count} stored answers?", count)
        ask(
            self.button.window(),
            question.format(count=number(count)),
            _(
                "The glossary stays as it is. A later run asks the model again and pays again. This cannot be undone."
                " What a run needs that can be resumed is kept."
            ),
            accept=_("Delete"),
            reject=_("Keep"),
            accepted=self._delete,
        )

    @Slot()
    def _delete(self) -> None:
        if self._edits is not None and not self._is_waiting:
            self._is_waiting = True
            self.button.setEnabled(False)
            self._edits.carry_out(delete_answers, self._on_deleted, self._on_refused)

    def _on_deleted(self, deleted: int) -> None:
        # It is done all the same when the dialog was closed meanwhile.
        if not Shiboken.isValid(self):
            return
        self._is_waiting = False
        self._deleted = deleted
        self._say()
        self.look()

    def _on_refused(self) -> None:
        if Shiboken.isValid(self):
            self.button.setEnabled(bool(self._count))

    @Slot(str)
    def _on_edit_failed(self, sentence: str) -> None:
        if self._is_waiting and self._row is not None:
            self._is_waiting = False
            self._row.refuse(sentence)

    def _on_counted(self, count: int) -> None:
        self._count = count
        self.button.setEnabled(count > 0 and not self._is_waiting)
        self._say()

    def _on_failed(self, error: UserFacingError) -> None:
        if self._row is not None:
            self._row.refuse(error.full_text)

    def _say(self) -> None:
        if self._row is not None:
            self._row.refuse("")
        self.retranslate()


def _count(project: Path) -> int:
    with closing(connect(project, read_only=True)) as connection:
        return count_answers(connection)
