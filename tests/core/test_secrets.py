import threading

import keyring
import pytest
from keyring.backend import KeyringBackend
from keyring.errors import KeyringLocked

from genglossary_gui.core import secrets
from genglossary_gui.core.cancellation import Cancelled, CancelToken

HOST = "example.org:443"


class Safe(KeyringBackend):
    """A keyring in memory; ``gate`` makes it wait for a person."""

    priority = 5  # type: ignore[assignment]
    viable = False  # type: ignore[assignment]
    """Nobody but these tests chooses it."""

    def __init__(self):
        super().__init__()
        self.kept: dict[tuple[str, str], str] = {}
        self.gate: threading.Event | None = None

    def get_password(self, service, username):
        if self.gate is not None:
            self.gate.wait(60)
        return self.kept.get((service, username))

    def set_password(self, service, username, password):
        self.kept[service, username] = password

    def delete_password(self, service, username):
        del self.kept[service, username]


class Readable(Safe):
    """One that keeps its secrets in a readable file would be of such a priority."""

    priority = 0.5  # type: ignore[assignment]


class Locked(Safe):
    def get_password(self, service, username):
        raise KeyringLocked("the key is canary-123")

    set_password = get_password


@pytest.fixture
def use(monkeypatch):
    monkeypatch.delenv(secrets.ENVIRONMENT, raising=False)
    before = keyring.get_keyring()

    def choose(backend):
        keyring.set_keyring(backend)
        return backend

    yield choose
    keyring.set_keyring(before)


def test_a_key_comes_back_for_its_host_only(use):
    use(Safe())
    secrets.keep_key("compatible", HOST, "k")
    assert secrets.find_key("compatible", HOST) == "k"
    assert secrets.find_key("compatible", "elsewhere.org") == ""


def test_an_empty_key_removes_it(use):
    backend = use(Safe())
    secrets.keep_key("openai", HOST, "k")
    secrets.keep_key("openai", HOST, "")
    assert backend.kept == {}


def test_the_environment_stands_in(use, monkeypatch):
    use(Safe())
    monkeypatch.setenv(secrets.ENVIRONMENT, " from-the-environment ")
    assert secrets.find_key("openai", HOST) == "from-the-environment"


def test_a_keyring_that_is_not_safe_is_refused(use):
    backend = use(Readable())
    assert not secrets.has_keyring()
    with pytest.raises(secrets.KeyringError):
        secrets.keep_key("openai", HOST, "k")
    assert backend.kept == {}
    backend.kept["GenGlossary", f"openai@{HOST}"] = "k"
    assert secrets.find_key("openai", HOST) == ""


@pytest.mark.expected_logs("keyring could not be")
def test_a_locked_keyring_says_nothing_of_what_it_holds(use, caplog):
    use(Locked())
    assert secrets.find_key("openai", HOST) == ""
    with pytest.raises(secrets.KeyringError) as refusal:
        secrets.keep_key("openai", HOST, "canary-123")
    assert "canary" not in caplog.text + str(refusal.value)
    assert refusal.value.__cause__ is None


def test_r42_a_cancel_does_not_wait_for_a_keyring_that_waits_for_a_person(use):
    backend = use(Safe())
    backend.gate = threading.Event()
    token = CancelToken()
    threading.Timer(0.1, token.request).start()
    with pytest.raises(Cancelled):
        secrets.key_for_run("openai", HOST, token)
    backend.gate.set()


def test_a_run_gets_its_key(use):
    use(Safe())
    secrets.keep_key("openai", HOST, "k")
    assert secrets.key_for_run("openai", HOST, CancelToken()) == "k"


def test_where_the_key_is_can_be_told_without_it(use, monkeypatch):
    use(Safe())
    secrets.keep_key("compatible", HOST, "k")
    assert secrets.key_state("compatible", HOST) == secrets.KeyState(True, True, False)
    monkeypatch.setenv(secrets.ENVIRONMENT, "e")
    assert secrets.key_state("compatible", "elsewhere.org") == secrets.KeyState(True, False, True)
    use(Readable())
    assert secrets.key_state("compatible", HOST) == secrets.KeyState(False, False, True)
