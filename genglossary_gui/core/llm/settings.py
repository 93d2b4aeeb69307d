"""Which language model answers, where, and within what limits."""

from __future__ import annotations

import ipaddress
import re
from dataclasses import dataclass
from enum import StrEnum
from urllib.parse import SplitResult, urlsplit, urlunsplit

from genglossary_gui.core.errors import UsageError
from genglossary_gui.core.i18n import _
from genglossary_gui.core.redaction import redact


class Provider(StrEnum):
    """Who speaks the protocol of OpenAI, and in which dialect."""

    OLLAMA = "ollama"
    OPENAI = "openai"
    AZURE = "azure"
    COMPATIBLE = "compatible"
    """Any other server: llama.cpp, LM Studio, vLLM …"""


_AZURE_PLAIN = "/openai/v1"
"""Where Azure takes the same requests as OpenAI, since August 2025."""
_PLACE = r"/(?:chat/completions|completions|responses|models)$"
_PLACES = {
    Provider.OLLAMA: re.compile(rf"{_PLACE}|/api(?:/\w+)?$"),
    Provider.OPENAI: re.compile(_PLACE),
    Provider.AZURE: re.compile(r"/openai(?:/deployments(?:/.*)?)?$|(?<=/openai/v1)/.*$"),
    Provider.COMPATIBLE: re.compile(_PLACE),
}
"""What an address may end with that is not its base."""
DEFAULT_ADDRESSES = {Provider.OLLAMA: "http://localhost:11434", Provider.OPENAI: "https://api.openai.com/v1"}


@dataclass(frozen=True, kw_only=True, repr=False)
class LlmSettings:
    """Everything a session needs.  The key is never shown; seconds are limits, not pauses."""

    provider: Provider = Provider.OLLAMA
    base_url: str = ""
    """Empty: where the provider usually is."""
    model: str = ""
    """For Azure the name of the deployment."""
    api_key: str = ""
    api_version: str = ""
    """For Azure only."""
    connect_seconds: float = 10.0
    first_byte_seconds: float = 60.0
    total_seconds: float = 180.0
    """For one answer, however slowly it comes."""
    parallel: int = 4
    retries: int = 3
    temperature: float = 0.0
    seed: int | None = None
    context_tokens: int = 0
    """Tokens that the model reads at once, question and answer together; 0: unknown."""
    budget_tokens: int = 0
    """Tokens that a session may use, of questions and answers together; 0: any number."""

    def __repr__(self) -> str:
        # The address may hold a password.
        return f"LlmSettings({self.provider}, {self.host!r}, {self.model!r})"

    @property
    def address(self) -> str:
        """The base of all addresses of the protocol (``…/v1``); for Azure the endpoint.

        Of an address that names what is done there (``…/chat/completions``), as servers show it, the base counts.
        """
        text = self.base_url.strip() or DEFAULT_ADDRESSES.get(self.provider, "")
        parts = _split(text)
        given = parts.path.rstrip("/")
        path = _PLACES[self.provider].sub("", given)
        if path != given:
            parts = parts._replace(query="", fragment="")
        if self.provider is not Provider.AZURE and not path:
            path = "/v1"
        return urlunsplit(parts._replace(path=path))

    @property
    def is_plain(self) -> bool:
        """Whether the protocol is OpenAI's own, and not Azure's with deployments and versions in the address."""
        return self.provider is not Provider.AZURE or _split(self.address).path.endswith(_AZURE_PLAIN)

    @property
    def host(self) -> str:
        """Who is asked, as a person may see it: without a scheme, credentials or a path."""
        parts = _split(self.address)
        return parts.netloc.rpartition("@")[2] or redact(self.base_url.rpartition("@")[2].strip())

    @property
    def is_local(self) -> bool:
        """Whether the server is on this computer: then nothing leaves it."""
        name = (_split(self.address).hostname or "").rstrip(".")
        if name == "localhost" or name.endswith(".localhost"):
            return True
        try:
            return ipaddress.ip_address(name).is_loopback
        except ValueError:
            return False


def check_settings(settings: LlmSettings, *, needs_model: bool = True) -> None:
    """Raise ``UsageError`` when no server could be asked with these settings."""
    if not _is_web_address(settings.address):
        raise UsageError(
            _("“{address}” is not the address of a server.").format(address=settings.host),
            hint=_("It looks like http://localhost:11434 or https://api.example.com/v1."),
        )
    if not (settings.api_key.isascii() and settings.api_key.isprintable()) or " " in settings.api_key:
        raise UsageError(
            _("The key holds characters that no key has."),
            hint=_("Copy it once more, without blanks and line breaks."),
        )
    if needs_model and not settings.model.strip():
        raise UsageError(_("No model is chosen."), hint=_("Name the model that the server should use."))


def _split(text: str) -> SplitResult:
    """The parts of an address; nothing but a path where it is none."""
    try:
        return urlsplit(text)
    except ValueError:
        return SplitResult("", "", text, "", "")


def _is_web_address(text: str) -> bool:
    parts = _split(text)
    try:
        return parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:
        return False
