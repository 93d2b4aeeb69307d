"""The words a person sees, in their language: one gettext catalogue for core, command line and window.

The catalogue is switched at run time; ``_`` looks it up at every call, so a window that asks again
shows the new language.  Qt's own strings come from Qt's catalogue (see ``ui``).
"""

from __future__ import annotations

import gettext as _gettext
import locale
import os
from collections.abc import Iterable

from genglossary_gui.core import paths

LANGUAGES = {"en": "English", "ja": "日本語"}
"""Language code → its name in that language."""

_catalogue: _gettext.NullTranslations = _gettext.NullTranslations()
_language = "en"


def _(message: str) -> str:
    """The translation of ``message`` in the current language, or ``message`` itself."""
    return _catalogue.gettext(message)


def ngettext(singular: str, plural: str, count: int) -> str:
    """The singular or plural for ``count`` things; the caller inserts the number with ``format``."""
    return _catalogue.ngettext(singular, plural, count)


def pgettext(context: str, message: str) -> str:
    """The translation of a word that needs different ones in different places; ``context`` tells them apart."""
    return _catalogue.pgettext(context, message)


def N_(message: str) -> str:
    """``message`` itself: marks a constant for translation where it is defined, ``_`` translates it later."""
    return message


def listed(items: Iterable[str]) -> str:
    """The items one after the other, separated as the current language does it."""
    return _(", ").join(items)


def quoted(text: str) -> str:
    """The text in the quotation marks of the current language."""
    return _("“{text}”").format(text=text)


def language() -> str:
    """Code of the current language."""
    return _language


def set_language(code: str) -> str:
    """Switch the catalogue; ``"auto"`` follows the system.  Returns the code in use (unknown ones mean English).

    Affects the whole process.  Call it from the main thread.
    """
    global _catalogue, _language
    chosen = _system_language() if code == "auto" else code
    _language = chosen if chosen in LANGUAGES else "en"
    folder = paths.resources() / "translations"
    _catalogue = _gettext.translation("genglossary", folder, [_language], fallback=True)
    return _language


def _system_language() -> str:
    for variable in ("LC_ALL", "LC_MESSAGES", "LANG"):
        value = os.environ.get(variable)
        if value:
            return value[:2].lower()
    return (locale.getlocale()[0] or "en")[:2].lower()
