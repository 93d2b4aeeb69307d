"""An unexpected error, told in plain words, with a report to pass on."""

from __future__ import annotations

import traceback
from collections.abc import Callable, Mapping

from PySide6.QtCore import QSize, Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QApplication, QHBoxLayout, QPlainTextEdit, QWidget

from genglossary_gui.core import app_log
from genglossary_gui.core.diagnostics import report
from genglossary_gui.core.i18n import _, ngettext
from genglossary_gui.core.settings import AppSettings
from genglossary_gui.ui.dialogs.form import FormDialog
from genglossary_gui.ui.plain import button, number, spaced
from genglossary_gui.ui.saving_diagnostics import save_diagnostics
from genglossary_gui.ui.theme import monospace_font


class CrashDialog(FormDialog):
    """Lies over ``parent`` without holding it up: runs go on, other windows can be used.  Gone when it is closed."""

    help_at = "troubleshooting#diagnostics"

    def __init__(
        self,
        error: BaseException,
        facts: Mapping[str, str],
        settings: Callable[[], AppSettings],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("crashDialog")
        self.setModal(False)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setMinimumSize(480, 360)
        self.resize(QSize(680, 480))
        self._further = 0
        self._settings = settings
        self._lead = self.add_note("")
        self.report = QPlainTextEdit()
        self.report.setReadOnly(True)
        self.report.setTabChangesFocus(True)
        self.report.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self.report.setFont(monospace_font(self.font().pointSizeF()))
        trace = "".join(traceback.format_exception(error))
        self.report.setPlainText(report(error, trace, facts))
        self._caption = self.add_field(self.report, stretch=1)
        self._note = self.add_note()
        self.copy, self.save, self.log = button(), button(), button()
        self.copy.clicked.connect(self._copy)
        self.save.clicked.connect(lambda: save_diagnostics(self, self._settings(), facts, self._note.setText))
        self.log.clicked.connect(lambda: QDesktopServices.openUrl(QUrl.fromLocalFile(str(app_log.log_file().parent))))
        row = QHBoxLayout()
        spaced(row)
        for each in (self.copy, self.save, self.log):
            row.addWidget(each)
        row.addStretch(1)
        self.column.addLayout(row)
        _accept, self._close = self.add_buttons(with_accept=False)
        self._close.setDefault(True)
        self.retranslate()

    def count_further(self) -> None:
        """One more error came while this one is shown."""
        self._further += 1
        self._show_further()

    def retranslate(self) -> None:
        self.setWindowTitle(_("Unexpected error"))
        self.title.setText(_("Something went wrong"))
        self._lead.setText(
            _(
                "The program met an error it did not expect. What was saved is safe, and you can go on working. If"
                " something behaves oddly afterwards, close the window and open the project again."
            )
        )
        self._caption.setText(_("Report"))
        self.report.setAccessibleName(_("Report"))
        self.copy.setText(_("Copy report"))
        self.save.setText(_("Save diagnostics…"))
        self.log.setText(_("Show the log"))
        self._close.setText(_("Close"))
        self._show_further()

    def _show_further(self) -> None:
        words = ngettext(
            "{count} more error came since; it is in the log.",
            "{count} more errors came since; they are in the log.",
            self._further,
        )
        self._note.setText(words.format(count=number(self._further)) if self._further else "")

    def _copy(self) -> None:
        QApplication.clipboard().setText(self.report.toPlainText())
        self._note.setText(_("The report was copied. It holds no keys and no names of folders."))
