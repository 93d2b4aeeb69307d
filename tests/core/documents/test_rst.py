from __future__ import annotations

import pytest

from genglossary_gui.core.documents.rst import read_rst
from genglossary_gui.core.text import SpanKind
from tests.core.documents.support import blocks, lines, numbers, spans, texts


def test_blocks_have_kinds_levels_and_lines():
    document = read_rst(
        "=====\nTitle\n=====\n\n.. contents::\n\nText of a\nparagraph.\n\nPart\n----\n\n- one\n\n  - inner\n\n"
        "term\n   Meaning.\n\n::\n\n  a = 1\n  b\n\n=  =\nk  v\n=  =\na  b\n=  =\n\n    said\n"
    )
    assert blocks(document) == [
        ("heading", 1, "Title"),
        ("paragraph", 0, "Text of a paragraph."),
        ("heading", 2, "Part"),
        ("list_item", 1, "one"),
        ("list_item", 2, "inner"),
        ("term", 1, "term"),
        ("description", 1, "Meaning."),
        ("code", 0, "a = 1"),
        ("code", 0, "b"),
        ("table_row", 0, "k\tv"),
        ("table_row", 0, "a\tb"),
        ("quote", 1, "said"),
    ]
    assert lines(document)[:9] == [2, 7, 10, 13, 15, 17, 18, 22, 23]


def test_markup_becomes_spans():
    document = read_rst("A **bold** *word*, ``code``, a `link <http://x>`_ and |sub|.\n\n.. |sub| replace:: more\n")
    assert document.text == "A bold word, code, a link and more."
    assert spans(document, SpanKind.BOLD) == ["bold"]
    assert spans(document, SpanKind.CODE) == ["code"]
    assert spans(document, SpanKind.LINK) == ["link"]


def test_roles_of_sphinx_leave_their_text():
    assert (
        read_rst("See :term:`blob`, :ref:`the tree <tree>` and :py:func:`~a.b`.").text == "See blob, the tree and a.b."
    )


def test_a_glossary_of_sphinx_defines_terms():
    document = read_rst(".. glossary::\n   :sorted:\n\n   Blob\n      Content.\n\n   Tree : noun\n      Names.\n")
    assert blocks(document) == [
        ("term", 1, "Blob"),
        ("description", 1, "Content."),
        ("term", 1, "Tree"),
        ("description", 1, "Names."),
    ]


def test_directives_nobody_knows_keep_their_text():
    source = ".. note::\n   Known.\n\n.. strange::\n   :option: x\n\n   Text.\n\n.. toctree::\n\n   intro\n"
    assert texts(read_rst(source)) == ["Known.", "Text."]


@pytest.mark.parametrize("directive", ["include:: {}", "literalinclude:: {}", "csv-table:: x\n   :file: {}"])
def test_no_file_is_read(directive, tmp_path):
    secret = tmp_path / "secret.txt"
    secret.write_text("secret", encoding="utf-8")
    assert texts(read_rst(f"Text.\n\n.. {directive.format(secret)}\n\n.. raw:: html\n\n   <b>x</b>\n")) == ["Text."]


def test_the_items_of_a_numbered_list_have_the_numbers_that_are_seen() -> None:
    document = read_rst("3. three\n4. four\n\n(a) first\n(b) second\n\n- bullet\n")
    assert numbers(document) == [("3.", "three"), ("4.", "four"), ("a)", "first"), ("b)", "second")]
