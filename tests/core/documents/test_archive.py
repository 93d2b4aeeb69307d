"""What may come under the names of archives and PDFs, and that it ends with a reason and nothing worse."""

from __future__ import annotations

import random
from collections.abc import Mapping
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from genglossary_gui.core.documents import archive
from genglossary_gui.core.documents.archive import Archive, member
from genglossary_gui.core.documents.formats import format_of, read
from genglossary_gui.core.documents.reasons import Reason, Rejected
from genglossary_gui.core.text import DocumentText
from tests.core.documents.making import archive as zipped
from tests.core.documents.making import docx, epub, odt, paragraph, pdf, pptx, shape, xlsx
from tests.core.documents.support import check

DOCUMENTS: Mapping[str, bytes] = {
    "a.docx": docx(paragraph("Text.")),
    "a.odt": odt("<text:p>Text.</text:p>"),
    "a.epub": epub({"a": "<p>Text.</p>"}),
    "a.pptx": pptx(shape("<a:p><a:r><a:t>Text.</a:t></a:r></a:p>")),
    "a.xlsx": xlsx({"Text.": "<row><c><v>1</v></c></row>"}),
    "a.pdf": pdf([(10, 72, 700, "Text.")]),
}
ARCHIVES = [name for name in DOCUMENTS if name != "a.pdf"]
MAIN = {
    "a.docx": "word/document.xml",
    "a.odt": "content.xml",
    "a.epub": "OPS/p.opf",
    "a.pptx": "ppt/slides/s1.xml",
    "a.xlsx": "xl/worksheets/s1.xml",
}
ENTITIES = '<!DOCTYPE x [<!ENTITY a "lol"><!ENTITY b "&a;&a;&a;&a;">]><x>&b;</x>'


def text_of(name: str, data: bytes) -> DocumentText:
    return read(format_of(name), data)[0]


def reason(name: str, data: bytes) -> Reason:
    with pytest.raises(Rejected) as caught:
        text_of(name, data)
    assert caught.value.reason.sentence
    return caught.value.reason


def with_main(name: str, content: str | bytes) -> bytes:
    source = Archive(DOCUMENTS[name])
    return zipped({part: content if part == MAIN[name] else source.read(part) for part in source.names})


@pytest.mark.parametrize("name", DOCUMENTS)
def test_a_document_is_read(name):
    assert text_of(name, DOCUMENTS[name]).text.startswith("Text.")


@pytest.mark.parametrize("name", DOCUMENTS)
def test_a_file_that_is_cut_off(name):
    assert reason(name, DOCUMENTS[name][:40]) is Reason.BROKEN


@pytest.mark.parametrize("name", DOCUMENTS)
def test_a_file_that_is_something_else(name):
    assert reason(name, b"This is only text.") is Reason.BROKEN


@pytest.mark.parametrize("name", ARCHIVES)
def test_an_archive_of_other_things(name):
    assert reason(name, zipped({"x.txt": "x"})) is Reason.BROKEN


@pytest.mark.parametrize("name", ARCHIVES)
def test_a_member_that_unpacks_to_far_too_much(name):
    assert reason(name, with_main(name, b"<x>" + b" " * (8 << 20) + b"</x>")) is Reason.UNSAFE


def test_many_members_that_together_unpack_to_too_much(monkeypatch):
    monkeypatch.setattr(archive, "_MOST_BYTES", 1000)
    source = Archive(zipped({"a": random.Random(1).randbytes(900), "b": random.Random(2).randbytes(200)}))
    source.read("a")
    with pytest.raises(Rejected) as caught:
        source.read("b")
    assert caught.value.reason is Reason.UNSAFE


def test_an_archive_of_too_many_members(monkeypatch):
    monkeypatch.setattr(archive, "_MOST_MEMBERS", 3)
    with pytest.raises(Rejected):
        Archive(zipped({str(number): "" for number in range(4)}))


@pytest.mark.parametrize("name", ARCHIVES)
def test_entities_are_not_expanded(name):
    assert reason(name, with_main(name, ENTITIES)) is Reason.UNSAFE


@pytest.mark.parametrize("name", ARCHIVES)
def test_elements_that_nest_without_end(name):
    assert reason(name, with_main(name, "<a>" * 5000 + "</a>" * 5000)) is Reason.UNSAFE


@pytest.mark.parametrize("name", ARCHIVES)
@pytest.mark.parametrize("content", ["", "<a><b></a>", "no xml", '<?xml version="1.0" encoding="nobody"?><a/>'])
def test_a_part_that_is_no_xml(name, content):
    assert reason(name, with_main(name, content)) is Reason.BROKEN


@pytest.mark.parametrize("name", ARCHIVES)
def test_an_encrypted_archive(name):
    data = bytearray(DOCUMENTS[name])
    for signature, flags in ((b"PK\3\4", 6), (b"PK\1\2", 8)):
        place = data.find(signature)
        while place >= 0:
            data[place + flags] |= 1
            place = data.find(signature, place + 4)
    assert reason(name, bytes(data)) is Reason.ENCRYPTED


def test_an_office_document_with_a_password_is_in_an_old_container():
    container = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(500)
    assert reason("a.docx", container + "EncryptedPackage".encode("utf-16-le")) is Reason.ENCRYPTED
    assert reason("a.docx", container) is Reason.UNSUPPORTED


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.docx", docx("")),
        ("a.odt", odt("<text:p/>")),
        ("a.epub", epub({"a": "<p></p>"})),
        ("a.pptx", pptx(shape(""))),
    ],
)
def test_a_document_without_text(name, data):
    assert reason(name, data) is Reason.EMPTY


def test_a_pdf_without_text_is_of_pictures_only():
    assert reason("a.pdf", pdf([])) is Reason.ONLY_PICTURES


def test_a_target_leads_nowhere_out_of_the_archive():
    assert member("a/b.opf", "../../../etc/passwd") == "etc/passwd"
    assert member("a/b.opf", "c%20d.xhtml#part") == "a/c d.xhtml"
    assert member("a/b.opf", "/c.xml") == "c.xml"


@pytest.mark.parametrize("name", DOCUMENTS)
def test_a_damaged_document_gives_a_text_or_a_reason(name):
    source = DOCUMENTS[name]

    @given(changes=st.lists(st.tuples(st.integers(0, len(source) - 1), st.integers(0, 255)), min_size=1, max_size=8))
    def run(changes):
        data = bytearray(source)
        for place, byte in changes:
            data[place] = byte
        with suppress(Rejected):
            check(text_of(name, bytes(data)), "\n" * (1 << 21))

    run()


PIECES = {
    "a.docx": ["w:p", "w:pPr", "w:r", "w:rPr", "w:t", "w:b", "w:tbl", "w:tr", "w:tc", "w:ruby", "w:del",
               "w:txbxContent"],
    "a.odt": ["text:p", "text:h", "text:list", "text:list-item", "text:span", "table:table", "table:table-row",
              "table:table-cell", "text:note", "text:s", "text:line-break"],
    "a.pptx": ["p:sp", "p:ph", "a:p", "a:pPr", "a:r", "a:rPr", "a:t", "a:br", "a:tbl", "a:tr", "a:tc"],
    "a.xlsx": ["row", "c", "v", "is", "t", "rPh"],
}  # fmt: skip
MAKE = {"a.docx": docx, "a.odt": odt, "a.pptx": pptx, "a.xlsx": lambda rows: xlsx({"S": rows})}


@pytest.mark.parametrize("name", PIECES)
def test_elements_in_any_order_keep_the_promises_of_a_text(name):
    leaf = st.sampled_from(["用語", "text", " ", "\n", "7"])
    attributes = st.sampled_from(["", ' t="s"', ' r="C3"', ' lvl="x"', ' type="title"', ' b="1"', ' s="99999999999"'])
    trees = st.recursive(
        leaf,
        lambda inner: st.builds(
            lambda tag, attribute, children: f"<{tag}{attribute}>{''.join(children)}</{tag}>",
            st.sampled_from(PIECES[name]),
            attributes,
            st.lists(inner, max_size=4),
        ),
        max_leaves=25,
    )

    @given(body=st.lists(trees, max_size=5).map("".join))
    def run(body):
        with suppress(Rejected):
            check(text_of(name, MAKE[name](body)), "\n" * (1 << 21))

    run()
