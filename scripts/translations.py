"""Brings the Japanese catalogue up to date with the texts in the package.

Writes in resources/translations: `genglossary.pot` (all texts), `ja/LC_MESSAGES/genglossary.po` (what
translators edit: new texts are added empty, vanished ones removed) and its compiled `.mo`.
The same sources give the same bytes.
"""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "resources" / "translations"
KEYWORDS = {"_": None, "N_": None, "ngettext": (1, 2), "pgettext": ((1, "c"), 2)}
HEADER = {
    "Language": "ja",
    "Content-Type": "text/plain; charset=utf-8",
    "Content-Transfer-Encoding": "8bit",
    "Plural-Forms": "nplurals=1; plural=0;",
}


class _Compiled(Catalog):
    """A catalogue whose header says what gettext must know, and neither a tool nor the time."""

    @property
    def mime_headers(self) -> list[tuple[str, str]]:
        return list(HEADER.items())


def main() -> None:
    template = _extract()
    po = FOLDER / "ja" / "LC_MESSAGES" / "genglossary.po"
    po.parent.mkdir(parents=True, exist_ok=True)
    (FOLDER / "genglossary.pot").write_bytes(_text(template))
    catalog = read_po(po.open("rb"), locale="ja") if po.exists() else Catalog(locale="ja")
    catalog.update(template, no_fuzzy_matching=True)
    header = "".join(f'"{name}: {value}\\n"\n' for name, value in HEADER.items())
    po.write_bytes(f'msgid ""\nmsgstr ""\n{header}\n'.encode() + _text(catalog))
    po.with_suffix(".mo").write_bytes(_compile(catalog))
    print(f"{len(template)} texts, {len(template) - sum(map(_translated, catalog))} to be translated.")


def _extract() -> Catalog:
    found = Catalog(charset="utf-8")
    package = ROOT / "genglossary_gui"
    for _file, _line, text, comments, context in extract_from_dir(
        package, keywords=KEYWORDS, comment_tags=("Translators:",), strip_comment_tags=True
    ):
        found.add(text, auto_comments=comments, context=context)
    return found


def _text(catalog: Catalog) -> bytes:
    buffer = BytesIO()
    write_po(buffer, catalog, omit_header=True, no_location=True, sort_output=True, ignore_obsolete=True)
    return buffer.getvalue()


def _translated(message: Message) -> bool:
    """Whether people can be shown it, in all its forms; false for the header."""
    forms = message.string if isinstance(message.string, tuple) else (message.string,)
    return bool(message.id) and all(forms) and not message.fuzzy


def _compile(catalog: Catalog) -> bytes:
    compiled = _Compiled(locale="ja", charset="utf-8", fuzzy=False)
    for message in catalog:
        if _translated(message):
            compiled[message.id] = message
    buffer = BytesIO()
    write_mo(buffer, compiled)
    return buffer.getvalue()


if __name__ == "__main__":
    main()
