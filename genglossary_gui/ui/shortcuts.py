"""The keys of actions: those they come with, and those that a person has chosen instead.

Like the language and the theme this is one state of the process: the app sets it, every window follows when it is
retranslated.  Everything here belongs to the GUI thread.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from PySide6.QtGui import QAction, QKeySequence, QShortcut

from genglossary_gui.core.i18n import _

logger = logging.getLogger(__name__)

Key = QKeySequence.StandardKey | str
"""A key as the system has it for a purpose, or as portable text: ``Ctrl+R``."""


class Place(StrEnum):
    """Where the key of an action counts."""

    WINDOW = "window"
    RUNS = "runs"
    GLOSSARY = "glossary"
    TERMS = "terms"
    DOCUMENTS = "documents"
    ISSUES = "issues"
    LOG = "log"
    DOCUMENT = "document"
    HOME = "home"


_EVERYWHERE = (Place.WINDOW, Place.LOG, Place.DOCUMENT)
"""Keys that count whatever has the keyboard."""


@dataclass(frozen=True)
class Shortcut:
    """An action whose keys can be chosen.  ``name`` is what the settings call it, ``words`` its words in a menu."""

    name: str
    place: Place
    words: Callable[[], str]
    keys: tuple[Key, ...]


_declared: dict[str, Shortcut] = {}
_chosen: dict[str, str] = {}
_in_force: dict[str, list[QKeySequence]] = {}


def declare(place: Place, action: str, words: Callable[[], str], *keys: Key) -> str:
    """Make known that an action has keys; returns the name by which the other functions know it."""
    name = f"{place}/{action}"
    _declared[name] = Shortcut(name, place, words, tuple(key for key in keys if key != ""))
    _in_force.clear()
    return name


def declared() -> Sequence[Shortcut]:
    """Every action whose keys can be chosen, place by place."""
    places = list(Place)
    return sorted(_declared.values(), key=lambda each: places.index(each.place))


def use(chosen: Mapping[str, str]) -> None:
    """From now on these keys hold, by name, as portable text (empty: none); all others are as they come.

    What is no key is ignored, with a word in the application's log.
    """
    _chosen.clear()
    for name, text in chosen.items():
        if text and not is_key(text):
            logger.warning("the key chosen for %r cannot be used; its own is", name)
        else:
            _chosen[name] = text
    _in_force.clear()


def is_key(text: str) -> bool:
    """Whether portable text names one key with its modifiers."""
    found = QKeySequence(text, QKeySequence.SequenceFormat.PortableText)
    return found.count() == 1 and found.toString() != ""


def keys_of(name: str) -> list[QKeySequence]:
    """The keys of an action, the one to show first."""
    if not _in_force:
        _in_force.update(_settle(_chosen))
    return _in_force.get(name, [])


def shown(name: str) -> str:
    """The key of an action as it stands in menus; empty for none."""
    keys = keys_of(name)
    return keys[0].toString(QKeySequence.SequenceFormat.NativeText) if keys else ""


def is_changed(name: str) -> bool:
    """Whether the keys are others than the action comes with."""
    return keys_of(name) != _own(_declared[name])


def rivals(name: str, key: QKeySequence) -> list[Shortcut]:
    """The other actions that have this key where it could be either's."""
    mine = _declared[name]
    others = (each for each in declared() if each.name != name and _meet(each.place, mine.place))
    return [each for each in others if key in keys_of(each.name)]


def own_keys(name: str) -> list[QKeySequence]:
    """The keys that an action comes with."""
    return _own(_declared[name])


def dress(target: QAction | QShortcut, name: str) -> None:
    """Give an action the keys that hold now."""
    keys = keys_of(name)
    if isinstance(target, QShortcut):
        target.setKeys(keys)
    elif target.shortcuts() != keys:
        target.setShortcuts(keys)


def place_words(place: Place) -> str:
    """The place in the words of the interface."""
    return {
        Place.WINDOW: lambda: _("Everywhere"),
        Place.RUNS: lambda: _("Runs"),
        Place.GLOSSARY: lambda: _("Glossary"),
        Place.TERMS: lambda: _("Terms"),
        Place.DOCUMENTS: lambda: _("Documents"),
        Place.ISSUES: lambda: _("Issues"),
        Place.LOG: lambda: _("Log"),
        Place.DOCUMENT: lambda: _("Document"),
        Place.HOME: lambda: _("Home screen"),
    }[place]()


def _settle(chosen: Mapping[str, str]) -> dict[str, list[QKeySequence]]:
    """Who has which keys: what a person has chosen comes first, and no key is two actions' at one place."""
    taken: dict[str, list[Place]] = {}
    settled: dict[str, list[QKeySequence]] = {}
    for each in sorted(declared(), key=lambda each: each.name not in chosen):
        keys = _with_twins([chosen[each.name]]) if each.name in chosen else _own(each)
        free = [key for key in keys if not any(_meet(each.place, place) for place in taken.get(key.toString(), ()))]
        for key in free:
            taken.setdefault(key.toString(), []).append(each.place)
        settled[each.name] = free
    return settled


def _own(shortcut: Shortcut) -> list[QKeySequence]:
    return _with_twins(shortcut.keys)


def _with_twins(keys: Sequence[Key]) -> list[QKeySequence]:
    """Each key once, and Enter of the number pad beside Return."""
    texts = [QKeySequence(key).toString() for key in keys]
    both = [each for text in texts for each in (text, text.replace("Return", "Enter")) if each]
    return [QKeySequence(text) for text in dict.fromkeys(both)]


def _meet(one: Place, other: Place) -> bool:
    return one is other or one in _EVERYWHERE or other in _EVERYWHERE
