"""Keys of language model servers: in the keyring of the system, or in the environment; nowhere else.

A key belongs to one host: it is never sent to another.  A keyring may ask a person for a password and wait for the
answer, so none of these functions may be called in the GUI thread; what a run needs is fetched beside it.
"""

from __future__ import annotations

import logging
import os
import threading
from dataclasses import dataclass
from typing import TYPE_CHECKING

from genglossary_gui.core.cancellation import CancelToken
from genglossary_gui.core.errors import UserFacingError
from genglossary_gui.core.i18n import _

if TYPE_CHECKING:
    from keyring.backend import KeyringBackend

logger = logging.getLogger(__name__)

ENVIRONMENT = "GENGLOSSARY_API_KEY"
_SERVICE = "GenGlossary"
_LEAST_PRIORITY = 1
"""Backends below it keep what they are given in a readable file, or do not work."""
_POLL = 0.05


class KeyringError(UserFacingError):
    """The keyring of the system cannot keep a key."""


@dataclass(frozen=True)
class KeyState:
    """Where the key for a host is, without the key."""

    has_keyring: bool
    """Whether this system has a keyring that keeps a key safe."""
    is_stored: bool
    """Whether that keyring has a key for this host; it is then the one that is used."""
    is_in_environment: bool


def has_keyring() -> bool:
    """Whether this system has a keyring that keeps a key safe.  May wait."""
    return _backend() is not None


def key_state(provider: str, host: str) -> KeyState:
    """Where ``find_key`` would find the key for a host.  May wait."""
    backend = _backend()
    return KeyState(
        backend is not None,
        backend is not None and bool(_stored(backend, provider, host)),
        bool(os.environ.get(ENVIRONMENT, "").strip()),
    )


def find_key(provider: str, host: str) -> str:
    """The key for a host (``name:port``): from the keyring, else from the environment; empty without one.  May wait."""
    backend = _backend()
    stored = _stored(backend, provider, host) if backend is not None else ""
    return stored or os.environ.get(ENVIRONMENT, "").strip()


def keep_key(provider: str, host: str, key: str) -> None:
    """Put the key for a host into the keyring; an empty one removes it.  May wait.

    Raises ``KeyringError`` when this system has no safe keyring, or it refuses.
    """
    backend = _backend()
    if backend is None:
        raise KeyringError(
            _("This system has no keyring that keeps a key safe."),
            hint=_("Set the environment variable {name} instead.").format(name=ENVIRONMENT),
        )
    try:
        if key:
            backend.set_password(_SERVICE, _name(provider, host), key)
        elif backend.get_password(_SERVICE, _name(provider, host)):
            backend.delete_password(_SERVICE, _name(provider, host))
    except Exception as error:  # see _stored
        logger.warning("the keyring could not be written: %s", type(error).__name__)
        raise KeyringError(_("The keyring of the system did not take the key."), hint=_("Is it unlocked?")) from None


def key_for_run(provider: str, host: str, token: CancelToken) -> str:
    """``find_key`` in a thread of its own; raises ``Cancelled`` as soon as the token is, whatever the keyring does."""
    found: list[str] = []
    thread = threading.Thread(target=lambda: found.append(find_key(provider, host)), name="keyring", daemon=True)
    thread.start()
    while thread.is_alive():
        token.checkpoint()
        thread.join(_POLL)
    return found[0] if found else ""


def _stored(backend: KeyringBackend, provider: str, host: str) -> str:
    try:
        return backend.get_password(_SERVICE, _name(provider, host)) or ""
    except Exception as error:  # every backend has its own errors; they may hold what they were given
        logger.warning("the keyring could not be read: %s", type(error).__name__)
        return ""


def _backend() -> KeyringBackend | None:
    import keyring
    from keyring.backends.chainer import ChainerBackend

    chosen = keyring.get_keyring()
    backends = list(chosen.backends) if isinstance(chosen, ChainerBackend) else [chosen]
    return next((backend for backend in backends if _is_safe(backend)), None)


def _is_safe(backend: KeyringBackend) -> bool:
    try:
        return backend.priority >= _LEAST_PRIORITY
    except Exception:  # a backend says so when what it needs is not there
        return False


def _name(provider: str, host: str) -> str:
    return f"{provider}@{host}"
