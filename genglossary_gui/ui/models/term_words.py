"""Codes of the store about terms, in words."""

from __future__ import annotations

from genglossary_gui.core.i18n import N_, _

LANGUAGES = {"ja": N_("Japanese"), "en": N_("English")}
_OTHER_LANGUAGES = {
    "cs": N_("Czech"),
    "da": N_("Danish"),
    "de": N_("German"),
    "es": N_("Spanish"),
    "fi": N_("Finnish"),
    "fr": N_("French"),
    "hu": N_("Hungarian"),
    "it": N_("Italian"),
    "nb": N_("Norwegian"),
    "nl": N_("Dutch"),
    "pl": N_("Polish"),
    "pt": N_("Portuguese"),
    "ro": N_("Romanian"),
    "ru": N_("Russian"),
    "sv": N_("Swedish"),
    "tr": N_("Turkish"),
    "uk": N_("Ukrainian"),
    "und": N_("Another language"),
    "zh": N_("Chinese"),
}
LISTS = {"required": N_("Required"), "excluded": N_("Excluded"), "auto": N_("Excluded automatically")}
SPELLINGS = {
    "spelling": N_("spelling"),
    "inflection": N_("inflection"),
    "abbreviation": N_("abbreviation"),
    "long_form": N_("long form"),
    "synonym": N_("synonym"),
    "alias": N_("other name"),
}


def language_word(code: str) -> str:
    return _in(LANGUAGES | _OTHER_LANGUAGES, code)


def list_word(name: str) -> str:
    """The list that a term is on; ``auto``: the engine left it out."""
    return _in(LISTS, name)


def spelling_word(kind: str) -> str:
    """In what a spelling differs from its term."""
    return _in(SPELLINGS, kind)


def _in(words: dict[str, str], code: str) -> str:
    return _(words[code]) if code in words else code
