"""Settings, declared once: what the app remembers, and what is frozen into a run.

A broken settings file costs only the broken value: each key is checked on its own, and what cannot be
used falls back to its default with a warning in the application's log.
"""

from __future__ import annotations

import json
import logging
import os
import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields, replace
from pathlib import Path
from typing import Any, Self, TypeVar

from genglossary_gui.core import paths

logger = logging.getLogger(__name__)

_CHOICES: dict[str, tuple[str, ...]] = {
    "language": ("auto", "en", "ja"),
    "theme": ("system", "light", "dark"),
    "engine": ("offline", "llm"),
    "llm_provider": ("ollama", "openai", "azure", "compatible"),
    "documents_language": ("auto", "ja", "en"),
}
_DASK_ADDRESS = re.compile(r"(?:tcp|tls|ws|wss)://(?:[\w.-]+|\[[0-9A-Fa-f:.]+\]):\d{1,5}")
_RANGES: dict[str, tuple[int, int]] = {
    "workers": (0, 256),
    "max_document_mb": (1, 4096),
    "parallel_runs": (1, 16),
    "llm_connect_seconds": (1, 600),
    "llm_first_byte_seconds": (1, 3600),
    "llm_total_seconds": (1, 7200),
    "llm_parallel": (1, 64),
    "llm_retries": (0, 10),
    "llm_seed": (-1, 2**31 - 1),
    "llm_budget_tokens": (0, 2**31 - 1),
    "llm_context_tokens": (0, 2**20),
}
_LONGEST_KEY = 60
_MOST_PATTERNS, _LONGEST_PATTERN = 500, 200
_TEXTS: dict[str, re.Pattern[str]] = {
    # Neither credentials nor a query: what is stored may be shown.
    "llm_url": re.compile(r"(?:https?://[^\s@?#\x00-\x1f]{1,500})?"),
    "llm_model": re.compile(r"[^\x00-\x1f\x7f-\x9f]{0,200}"),
    "llm_api_version": re.compile(r"[\w.-]{0,40}"),
}


@dataclass(frozen=True, kw_only=True)
class ModelSettings:
    """Which language model is asked, and how; the key is no setting (see ``core.secrets``)."""

    engine: str = "offline"
    """``offline`` or ``llm``; the others say nothing unless it is ``llm``."""
    llm_provider: str = "ollama"
    """``ollama`` · ``openai`` · ``azure`` · ``compatible`` (any other server that speaks the protocol of OpenAI)."""
    llm_url: str = ""
    """Empty: where the provider usually is.  Never with a user name, a password or a query."""
    llm_model: str = ""
    llm_api_version: str = ""
    """For Azure only."""
    llm_connect_seconds: int = 10
    llm_first_byte_seconds: int = 60
    llm_total_seconds: int = 180
    """For one answer, however slowly it comes."""
    llm_parallel: int = 4
    llm_retries: int = 3
    llm_temperature: float = 0.0
    llm_seed: int = -1
    """-1: the server's own."""
    llm_budget_tokens: int = 0
    """Tokens that one run may use, of questions and answers together; 0: any number."""
    llm_context_tokens: int = 0
    """Tokens that the model reads at once, question and answer together; 0: what Ollama tells, any number elsewhere."""
    llm_drop_common: bool = False
    """Whether a run takes words of everyday language that no passage defines from the suggested terms."""


@dataclass(frozen=True, kw_only=True)
class RunSettings(ModelSettings):
    """What shapes the result of a run; stored with the run and never changed afterwards."""

    documents_language: str = "auto"
    """``auto`` decides per passage."""
    max_document_mb: int = 64
    terms: tuple[str, ...] = ()
    """Keys of the terms whose definitions a *generate* run looks for; empty: of all."""

    def to_json(self) -> str:
        """Only values that ``from_json`` would accept: what else was put here is not stored."""
        values = {name: value for name, value in asdict(self).items() if _is_usable(name, value)}
        if not self.terms:
            values.pop("terms", None)
        if self.engine != "llm":
            values = {name: value for name, value in values.items() if not name.startswith("llm_")}
        return json.dumps(values, sort_keys=True)

    @classmethod
    def from_json(cls, text: str) -> Self:
        """The settings that ``to_json`` wrote; unusable values become defaults."""
        return _from_mapping(cls, _parse(text))


@dataclass(frozen=True, kw_only=True)
class AppSettings(ModelSettings):
    """What a person chose for the whole app; the engine and the model are what new runs begin with."""

    language: str = "auto"
    theme: str = "system"
    workers: int = 0
    """Worker processes for text work; 0 means one for each processor."""
    max_document_mb: int = 64
    dask_address: str = ""
    """Scheduler of the Dask cluster that does the text work; empty: this computer does it."""
    parallel_runs: int = 3
    """So many runs of one project work at once; further ones wait in a queue."""
    exclusions: tuple[str, ...] = ()
    """Patterns of what new projects do not read; empty: the usual ones."""
    shortcuts: Mapping[str, str] = field(default_factory=dict)
    """The keys that a person has chosen: action → key as portable text, empty for none."""

    @property
    def worker_count(self) -> int:
        return self.workers or os.cpu_count() or 1

    def for_run(self, **chosen: Any) -> RunSettings:
        """The settings of a new run: these defaults, and what was ``chosen`` for it by name."""
        names = {field.name for field in fields(RunSettings)}
        mine = {name: value for name, value in asdict(self).items() if name in names}
        return RunSettings(**mine | chosen)


def load_settings() -> AppSettings:
    """The saved settings; defaults where a value is missing or unusable."""
    try:
        text = _file().read_text(encoding="utf-8")
    except FileNotFoundError:
        return AppSettings()
    except (OSError, UnicodeDecodeError) as error:
        logger.warning("the settings file cannot be read: %s", type(error).__name__)
        return AppSettings()
    return _from_mapping(AppSettings, _parse(text))


def save_settings(settings: AppSettings) -> None:
    """Write the settings as a whole or not at all; one that is damaged is kept beside.  Raises ``OSError``."""
    target = _file()
    if _is_damaged(target):
        target.replace(target.with_name("settings.damaged.json"))
    temporary = target.with_name(f".{target.name}.part")
    try:
        temporary.write_text(json.dumps(asdict(settings), indent=2), encoding="utf-8")
        temporary.replace(target)
    finally:
        temporary.unlink(missing_ok=True)


def _is_damaged(file: Path) -> bool:
    try:
        json.loads(file.read_text(encoding="utf-8"))
    except ValueError:
        return True
    except OSError:
        pass
    return False


def _file() -> Path:
    return paths.config_folder() / "settings.json"


def _parse(text: str) -> Mapping[str, Any]:
    try:
        value = json.loads(text)
    except ValueError:
        logger.warning("the settings are not readable; defaults are used")
        return {}
    return value if isinstance(value, dict) else {}


def _usable_shortcuts(value: object) -> Mapping[str, str]:
    """Those that could be keys of actions: a broken one costs only itself."""
    if not isinstance(value, dict):
        logger.warning("the shortcuts are not readable; each action has its own")
        return {}
    usable = {name: key for name, key in value.items() if isinstance(key, str) and len(key) <= _LONGEST_KEY}
    for name in value.keys() - usable.keys():
        logger.warning("the shortcut of %r has an unusable value; its own is used", name)
    return usable


_S = TypeVar("_S", "RunSettings", "AppSettings")


def _from_mapping(cls: type[_S], values: Mapping[str, Any]) -> _S:
    settings = cls()
    for name in (each.name for each in fields(cls)):
        if name not in values:
            continue
        value = values[name]
        if name == "shortcuts":
            settings = replace(settings, **{name: _usable_shortcuts(value)})
        elif _is_usable(name, value):
            settings = replace(settings, **{name: tuple(value) if isinstance(value, list) else value})
        else:
            logger.warning("setting %r has an unusable value; the default is used", name)
    return settings


def _is_usable(name: str, value: object) -> bool:
    if name in _RANGES:
        low, high = _RANGES[name]
        return type(value) is int and low <= value <= high
    if name in _TEXTS:
        return isinstance(value, str) and _TEXTS[name].fullmatch(value) is not None
    if name == "llm_temperature":
        return isinstance(value, (int, float)) and not isinstance(value, bool) and 0 <= value <= 2
    if name == "llm_drop_common":
        return isinstance(value, bool)
    if name == "terms":
        return isinstance(value, (list, tuple)) and all(isinstance(key, str) for key in value)
    if name == "exclusions":
        return isinstance(value, (list, tuple)) and len(value) <= _MOST_PATTERNS and all(map(_is_pattern, value))
    if name == "dask_address":
        return isinstance(value, str) and (not value or is_dask_address(value))
    return isinstance(value, str) and value in _CHOICES[name]


def _is_pattern(value: object) -> bool:
    return isinstance(value, str) and 0 < len(value.strip()) <= _LONGEST_PATTERN and value.isprintable()


def is_usable(name: str, value: object) -> bool:
    """Whether the setting ``name`` may have this value."""
    return _is_usable(name, value)


def is_dask_address(text: str) -> bool:
    """Whether ``text`` could be the address of a Dask scheduler, without credentials: ``tcp://host:8786``."""
    return _DASK_ADDRESS.fullmatch(text) is not None


def dask_host(address: str) -> str:
    """The host of a Dask scheduler, with its port; empty for none, and for one on this computer."""
    place = address.partition("://")[2]
    name = place.rpartition(":")[0].strip("[]").rstrip(".").lower()
    is_here = not name or name in ("localhost", "::1") or name.endswith(".localhost") or name.startswith("127.")
    return "" if is_here else place
