"""Glossaries that we wrote ourselves are told from documents."""

from __future__ import annotations

import io
import zipfile

import pytest

from genglossary_gui.core.exchange.columns import ALL, FOR_READING
from genglossary_gui.core.exchange.exported import ExportedEntry, ExportedGlossary
from genglossary_gui.core.exchange.formats import FORMATS
from genglossary_gui.core.glossary import Category, Stage
from genglossary_gui.core.own_glossary import is_own_glossary

_ENTRY = ExportedEntry(
    "魔法瓶",
    (),
    Category.TECHNICAL_TERM,
    "A bottle.",
    0.9,
    Stage.PROVISIONAL,
    False,
    True,
    1,
    1.0,
    1,
    1,
    (),
    "",
    "offline",
)


@pytest.mark.parametrize("columns", [ALL, FOR_READING, ("term", "notes")])
@pytest.mark.parametrize("name", FORMATS)
def test_every_format_is_recognised(name: str, columns: tuple[str, ...]) -> None:
    glossary = ExportedGlossary("Bottles", ("en",), (_ENTRY,))
    assert is_own_glossary(FORMATS[name].render(glossary, columns))


def _archive(**members: bytes) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return buffer.getvalue()


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"# GenGlossary\n\nGenGlossary is a program.\n",
        b"The last line of it is `<!-- GenGlossary -->`, which nobody sees.\n\nMore follows, and it"
        b" is long enough to be more than what is looked at.\n",
        b'{"format": "another", "version": 1}',
        b"term,definition\r\nweir,A low dam.\r\n",
        b"\xef\xbb\xbfterm,meaning\r\nweir,A low dam.\r\n",
        b"\xef\xbb\xbfterm\r\nweir\r\n",
        b"PK\x03\x04 docProps/core.xml and no archive",
        _archive(**{"docProps/core.xml": b"<dc:description>by hand</dc:description>"}),
        _archive(**{"other.xml": b"docProps/core.xml"}),
    ],
)
def test_what_others_wrote_is_not(data: bytes) -> None:
    assert not is_own_glossary(data)
