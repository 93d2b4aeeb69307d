from __future__ import annotations

import pytest

from genglossary_gui.core.documents.epub import read_epub
from genglossary_gui.core.documents.reasons import Reason, Rejected
from genglossary_gui.core.text import SpanKind
from tests.core.documents.making import epub
from tests.core.documents.support import blocks, lines, spans

ONE = "<html><head><title>x</title></head><body><h1>一</h1><p>First <b>bold</p></body></html>"
TWO = '<?xml version="1.0" encoding="utf-8"?><!DOCTYPE html><html><body><h1>二</h1>\n<p>Second</p></body></html>'


def protection(algorithm: str) -> dict[str, str]:
    return {
        "META-INF/encryption.xml": f'<encryption><EncryptedData><EncryptionMethod Algorithm="{algorithm}"/>'
        "</EncryptedData></encryption>"
    }


def test_chapters_come_in_reading_order():
    document, _encoding = read_epub(epub({"b": TWO, "a": ONE}, spine=["a", "b"]), "")
    assert blocks(document) == [
        ("heading", 1, "一"),
        ("paragraph", 0, "First bold"),
        ("heading", 1, "二"),
        ("paragraph", 0, "Second"),
    ]
    assert lines(document) == [1, 1, 2, 2]
    assert document.title == "The book"


def test_what_a_chapter_leaves_open_ends_with_it():
    document, _encoding = read_epub(epub({"a": ONE, "b": TWO}), "")
    assert spans(document, SpanKind.BOLD) == ["bold"]


def test_a_protected_book_is_refused():
    with pytest.raises(Rejected) as caught:
        read_epub(epub({"a": ONE}, **protection("http://www.w3.org/2001/04/xmlenc#aes256-cbc")), "")
    assert caught.value.reason is Reason.ENCRYPTED


def test_scrambled_fonts_do_no_harm():
    document, _encoding = read_epub(epub({"a": ONE}, **protection("http://www.idpf.org/2008/embedding")), "")
    assert document.text
