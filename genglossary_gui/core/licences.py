"""The foreign parts that this installation contains, with their versions, licences and licence texts.

Everything is read from what is installed, in the bundle as in a virtual environment; nothing is typed by hand but the
notes about data that a licence field does not tell.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from email.message import Message
from importlib import metadata
from pathlib import Path
from typing import cast

from genglossary_gui.core import paths
from genglossary_gui.core.i18n import N_, _

DISTRIBUTION = "genglossary-desktop"
_TEXT_NAMES = ("licen", "copying", "notice", "authors")
_LONGEST_LINE = 80
_NOTES = {
    "pyside6-essentials": N_(
        "Qt and PySide6 are used as shared libraries under the GNU LGPL, version 3. You may replace them by your own"
        " build: they lie as files of their own beside the program. Their source code is at https://code.qt.io."
    ),
    "shiboken6": N_("Part of PySide6; see there."),
    "wordfreq": N_(
        "The word frequencies are data under the Creative Commons licence BY-SA 4.0, collected from Wikipedia,"
        " OpenSubtitles, SUBTLEX, Google Books and other sources that its page names."
    ),
    "sudachidict-core": N_("The dictionary holds parts of UniDic and NEologd: their licences are in the text."),
    "hanta": N_("The tagger and its English model are used as they are, under the GNU LGPL, version 3."),
}
"""Normalised name → what its licence field does not say."""
_DATA = {
    "background": N_("Phrases of manuals"),
    "forms": N_("English words"),
    "synonyms": N_("Synonyms"),
}
"""Folder of our resources with data from elsewhere → its name; a file NOTICE.md lies in each."""


@dataclass(frozen=True, kw_only=True)
class Component:
    """One part.  ``texts`` are files with its licence; ``note`` is what else should be known, as a message id."""

    name: str
    version: str = ""
    licence: str = ""
    texts: tuple[Path, ...] = ()
    note: str = ""

    @property
    def words(self) -> str:
        """Note and licence texts as one plain text, in the current language as far as it is ours.  Reads files."""
        parts = [_(self.note)] if self.note else []
        parts += [text for place in self.texts if (text := _read(place))]
        rule = "\n\n" + "─" * 40 + "\n\n"
        return rule.join(parts) or _("This part brings no text of its licence with it.")


def components() -> list[Component]:
    """Every foreign part of this installation, by name.  Reads many small files: not for the GUI thread."""
    found = [_of_distribution(each) for each in _distributions()]
    found += [_of_data(folder, name) for folder, name in _DATA.items()]
    found += _of_system()
    return sorted(found, key=lambda component: component.name.lower())


def own_text() -> str:
    """The licence of the program itself; empty when it is not installed."""
    try:
        texts = _texts(metadata.distribution(DISTRIBUTION))
    except metadata.PackageNotFoundError:
        return ""
    return "\n".join(_read(place) for place in texts)


def _distributions() -> Iterable[metadata.Distribution]:
    """What the program needs, and what that needs in turn, as far as it is installed."""
    waiting, seen = [DISTRIBUTION], set[str]()
    while waiting:
        name = _normalised(waiting.pop())
        if name in seen:
            continue
        seen.add(name)
        try:
            found = metadata.distribution(name)
        except metadata.PackageNotFoundError:
            continue  # for another system, or the program was not installed as a package
        waiting += [match[0] for line in found.requires or () if (match := _required(line))]
        if name != DISTRIBUTION:
            yield found


def _required(line: str) -> re.Match[str] | None:
    return None if "extra ==" in line else re.match(r"[\w.-]+", line)


def _normalised(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def _of_distribution(found: metadata.Distribution) -> Component:
    about = cast(Message, found.metadata)
    name = str(about["Name"])
    texts = _texts(found)
    if _normalised(name) in ("pyside6-essentials", "shiboken6"):
        texts = (*texts, *sorted(_folder_of_system().glob("qt-*.txt")))
    return Component(
        name=name,
        version=str(about["Version"]),
        licence=licence_of(about),
        texts=texts,
        note=_NOTES.get(_normalised(name), ""),
    )


def _texts(found: metadata.Distribution) -> tuple[Path, ...]:
    # Not found.files: the bundle leaves out the list of them.
    root = Path(str(found.locate_file("")))
    name = _normalised(str(cast(Message, found.metadata)["Name"])).replace("-", "_")
    folders = [place for place in root.glob("*.dist-info") if _is_of(place, name)]
    return tuple(
        place
        for folder in folders
        for place in sorted(folder.rglob("*"))
        if place.is_file() and ("licenses" in place.parts or place.name.lower().startswith(_TEXT_NAMES))
    )


def _is_of(folder: Path, name: str) -> bool:
    return _normalised(folder.name.split("-")[0]).replace("-", "_") == name


def licence_of(about: Message) -> str:
    """The licence on one line; the classifier where the field holds a whole text."""
    stated = (about.get("License-Expression") or about.get("License") or "").strip()
    if stated and "\n" not in stated and len(stated) <= _LONGEST_LINE:
        return stated
    classifiers = [line for line in about.get_all("Classifier") or [] if line.startswith("License ::")]
    return ", ".join(line.rsplit(" :: ", 1)[-1] for line in classifiers) or stated.split("\n")[0][:_LONGEST_LINE]


def _of_data(folder: str, name: str) -> Component:
    return Component(name=_(name), texts=(paths.resources() / folder / "NOTICE.md",))


def _folder_of_system() -> Path:
    """Where the bundle keeps the texts of Python and of the libraries of the system that lie in it."""
    return paths.resources().parent / "licences"


def _of_system() -> list[Component]:
    texts = [place for place in _folder_of_system().glob("*.txt") if not place.stem.startswith("qt-")]
    return [Component(name="Python" if text.stem == "python" else text.stem, texts=(text,)) for text in texts]


def _read(place: Path) -> str:
    try:
        return place.read_text(encoding="utf-8", errors="replace").strip()
    except OSError:
        return ""
