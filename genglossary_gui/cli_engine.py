"""The options that say who finds and explains the terms."""

from __future__ import annotations

import argparse
from typing import Any
from urllib.parse import urlsplit

from genglossary_gui.core.errors import UsageError
from genglossary_gui.core.i18n import _
from genglossary_gui.core.secrets import ENVIRONMENT
from genglossary_gui.core.settings import AppSettings, RunSettings, is_usable

_NAMES = {
    "provider": "llm_provider",
    "base_url": "llm_url",
    "model": "llm_model",
    "api_version": "llm_api_version",
    "parallel": "llm_parallel",
    "temperature": "llm_temperature",
    "seed": "llm_seed",
    "budget": "llm_budget_tokens",
    "context": "llm_context_tokens",
}
"""Option → setting."""


def add_engine_options(parser: argparse.ArgumentParser) -> None:
    """``--engine`` and what an engine that asks a language model needs."""
    parser.add_argument("--engine", choices=("offline", "llm"), help=_("who finds and explains the terms (offline)"))
    model = parser.add_argument_group(
        _("with --engine llm"),
        _("What is left out comes from the settings. The key is in the keyring or in {name}.").format(name=ENVIRONMENT),
    )
    providers = ("ollama", "openai", "azure", "compatible")
    model.add_argument("--provider", choices=providers, help=_("who speaks the protocol (compatible with --base-url)"))
    model.add_argument("--base-url", metavar="URL", help=_("address of the server, such as http://localhost:11434/v1"))
    model.add_argument("--model", metavar="NAME", help=_("name of the model"))
    model.add_argument("--api-version", metavar="V", help=_("for Azure OpenAI"))
    model.add_argument("--parallel", type=int, metavar="N", help=_("requests at the same time"))
    model.add_argument("--temperature", type=float, metavar="T", help=_("0 to 2 (0)"))
    model.add_argument("--seed", type=int, metavar="N", help=_("for the same answers again, where the server has it"))
    model.add_argument("--budget", type=int, metavar="TOKENS", help=_("tokens that the run may use (0: any number)"))
    model.add_argument(
        "--context", type=int, metavar="TOKENS", help=_("tokens that the model reads at once (0: what Ollama tells)")
    )


def has_engine_options(arguments: argparse.Namespace) -> bool:
    """Whether anything was said about the engine."""
    return arguments.engine is not None or any(getattr(arguments, option) is not None for option in _NAMES)


def engine_settings(arguments: argparse.Namespace, settings: AppSettings, **chosen: Any) -> RunSettings:
    """The settings of a run with the engine that was asked for.

    Raises ``UsageError`` for a value that no setting may have, and for a model that could not be asked.
    """
    options = {option: getattr(arguments, option) for option in _NAMES if getattr(arguments, option) is not None}
    engine = arguments.engine or "offline"
    if engine != "llm" and options:
        name = f"--{next(iter(options)).replace('_', '-')}"
        raise UsageError(_("{option} is of use only with --engine llm.").format(option=name))
    if "base_url" in options:
        options.setdefault("provider", "compatible")
    for option, value in options.items():
        if not is_usable(_NAMES[option], value):
            raise _unusable(option, value)
    values = {_NAMES[option]: value for option, value in options.items()}
    run = settings.for_run(engine=engine, **chosen, **values)
    if engine == "llm":
        # Imported when it is asked for: without a model nothing of it is needed.
        from genglossary_gui.core.engines.llm_settings import llm_settings
        from genglossary_gui.core.llm import check_settings

        check_settings(llm_settings(run))
    return run


def _unusable(option: str, value: object) -> UsageError:
    if option == "base_url":
        try:
            shown = urlsplit(str(value)).netloc.rpartition("@")[2] or str(value).rpartition("@")[2]
        except ValueError:
            shown = ""
        return UsageError(
            _("“{address}” is not the address of a server.").format(address=shown),
            hint=_("It looks like {example}, without a user name, a password or a query.").format(
                example="http://localhost:11434/v1"
            ),
        )
    return UsageError(_("“{value}” is no value for --{option}.").format(value=value, option=option.replace("_", "-")))
