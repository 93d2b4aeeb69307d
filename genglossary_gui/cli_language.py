"""Lets Python's reader of command lines speak the language of the program."""

from __future__ import annotations

import argparse

from genglossary_gui.core.i18n import N_, _, ngettext

_WORDS = (  # marked for the catalogue; ``argparse`` asks for them
    N_("usage: "),
    N_("positional arguments"),
    N_("options"),
    N_("show this help message and exit"),
    N_("show program's version number and exit"),
    N_("argument %(argument_name)s: %(message)s"),
    N_("the following arguments are required: %s"),
    N_("unrecognized arguments: %s"),
    N_("one of the arguments %s is required"),
    N_("not allowed with argument %s"),
    N_("expected one argument"),
    N_("expected at most one argument"),
    N_("expected at least one argument"),
    N_("ignored explicit argument %r"),
    N_("invalid choice: %(value)r (choose from %(choices)s)"),
    N_("ambiguous option: %(option)s could match %(matches)s"),
)
"""What ``argparse`` says; a version of Python that says it in other words says it in English."""


def speak_own_language() -> None:
    """Translate usage and complaints of ``argparse`` as everything else.  Affects the whole process."""
    setattr(argparse, "_", _word)  # noqa: B010 (no name that type checkers know)
    setattr(argparse, "ngettext", ngettext)  # noqa: B010


def _word(text: str) -> str:
    return _(text)
