"""The key of a language model's server: goes into the keyring of the system, and never comes back into the window."""

from __future__ import annotations

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from genglossary_gui.core import secrets
from genglossary_gui.core.errors import UserFacingError
from genglossary_gui.core.i18n import _
from genglossary_gui.core.secrets import ENVIRONMENT, KeyState
from genglossary_gui.ui.background import Background
from genglossary_gui.ui.plain import button, spaced


class KeyField(QWidget):
    """Takes the key for one host and says where it is; the keyring is asked beside the window.

    ``told(note, trouble)``: what is to be read below the field; ``settled()``: a key was stored, or refused.
    """

    told = Signal(str, str)
    settled = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.line = QLineEdit()
        self.line.setObjectName("llmKey")
        self.line.setEchoMode(QLineEdit.EchoMode.Password)
        self.remove = button()
        self.remove.hide()
        self.setFocusProxy(self.line)
        row = QHBoxLayout(self)
        spaced(row)
        row.addWidget(self.line, 1)
        row.addWidget(self.remove)
        self.is_storing = False
        self._place = ("", "")
        self._state: KeyState | None = None
        self._trouble = ""
        self._asked = 0
        self.line.editingFinished.connect(self.commit)
        self.remove.clicked.connect(self._on_remove)

    def retranslate(self) -> None:
        self.remove.setText(_("Remove"))
        self._tell()

    def show_place(self, provider: str, host: str) -> None:
        """The key for this host is meant from now on; where it is will be found out."""
        if (provider, host) != self._place:
            self._place, self._trouble = (provider, host), ""
            self._look()

    @Slot()
    def commit(self) -> None:
        """Put what was typed into the keyring."""
        key = self.line.text().strip()
        if not key:
            return
        if not key.isascii() or not key.isprintable() or " " in key:
            self._trouble = _("The key holds characters that no key has.")
            self._tell()
        elif self._place[1]:
            # Not in the field any longer than it has to be; a refusal asks for it again.
            self.line.setText("")
            self._keep(key)

    @Slot()
    def _on_remove(self) -> None:
        self._keep("")

    def _keep(self, key: str) -> None:
        place = self._place
        self._trouble = ""
        self._state = None
        self.is_storing = True
        self._tell()
        Background(self, lambda: secrets.keep_key(*place, key), self._on_kept, self._on_refused)

    def _look(self) -> None:
        provider, host = self._place
        self._asked += 1
        asked = self._asked
        self._state = None
        self._tell()
        if host:
            Background(
                self,
                lambda: secrets.key_state(provider, host),
                lambda state: self._on_state(asked, state),
                self._on_unknown,
            )

    def _on_kept(self, _nothing: object) -> None:
        self._settle()

    def _on_refused(self, error: UserFacingError) -> None:
        self._trouble = error.full_text
        self._settle()

    def _settle(self) -> None:
        self.is_storing = False
        self._look()
        self.settled.emit()

    def _on_state(self, asked: int, state: KeyState) -> None:
        if asked == self._asked:
            self._state = state
            self._tell()

    def _on_unknown(self, error: UserFacingError) -> None:
        self._trouble = error.full_text
        self._tell()

    def _tell(self) -> None:
        state = self._state
        self.line.setEnabled(state is None or state.has_keyring)
        self.remove.setVisible(state is not None and state.is_stored)
        is_stored = state is not None and state.is_stored
        self.line.setPlaceholderText(_("Stored") if is_stored else "")
        self.told.emit(self._note(state), self._trouble)

    def _note(self, state: KeyState | None) -> str:
        host = self._place[1]
        if not host:
            return _("Name the address first: a key belongs to one server.")
        if state is None:
            return _("Asking the keyring of the system…")
        if state.is_stored:
            return _("Stored in the keyring of the system, for {host} only.").format(host=host)
        if state.is_in_environment:
            return _("From the environment variable {name}.").format(name=ENVIRONMENT)
        if not state.has_keyring:
            return _(
                "This system has no keyring that keeps a key safe. Set the environment variable {name} instead."
            ).format(name=ENVIRONMENT)
        return _("No key. Servers on this computer mostly need none; a key goes into the keyring of the system.")
