"""Terms as compact bytes: a worker process hands over thousands without halting the one that waits."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator
from dataclasses import astuple
from typing import Any

import msgpack

from genglossary_gui.core.glossary import Category, Passage, PassageKind, TermDraft, Variant


def pack_terms(terms: Iterable[TermDraft]) -> bytes:
    packer = msgpack.Packer(unicode_errors="surrogatepass")
    return zlib.compress(packer.pack([astuple(term) for term in terms]), 1)


def unpack_terms(data: bytes) -> Iterator[TermDraft]:
    """What ``pack_terms`` was given, one after the other."""
    rows: Any = msgpack.unpackb(zlib.decompress(data), unicode_errors="surrogatepass")
    for row in rows:
        *plain, category, variants, passages, features = row
        fields: Any = (
            *plain,
            Category(category),
            tuple(Variant(*variant) for variant in variants),
            tuple(_passage(*passage) for passage in passages),
            features,
        )
        yield TermDraft(*fields)


def _passage(content_id: int, start: int, end: int, line: int, text: str, kind: str, *rest: Any) -> Passage:
    return Passage(content_id, start, end, line, text, PassageKind(kind), *rest)
