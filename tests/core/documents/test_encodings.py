from __future__ import annotations

import codecs

import pytest

from genglossary_gui.core.documents.encodings import ENCODINGS, clean, decode
from genglossary_gui.core.documents.reasons import Reason, Rejected

JAPANESE = """\
用語集とは、文書の中で使われている言葉を集め、その意味を説明したものです。
テストのサーバーを設定します。
"""
FRENCH = "Le café était fermé à cause de la grève; où étiez-vous passés? Ça coûte très cher, voilà.\n"
RUSSIAN = "Глоссарий содержит определения терминов, которые используются в этом документе.\n"
POLISH = "Zażółć gęślą jaźń. Słownik zawiera pojęcia, których używamy w dokumentach. Każde pojęcie jest opisane.\n" * 3


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16-le", "utf-16-be", "cp932", "euc_jp", "iso2022_jp"])
def test_japanese_is_recognised_without_a_mark(encoding):
    assert decode(JAPANESE.encode(encoding)) == (JAPANESE, encoding)


@pytest.mark.parametrize("encoding", ["cp932", "euc_jp", "iso2022_jp", "utf-8"])
@pytest.mark.parametrize("text", ["用語", "サーバー設定", "用語 (term)\nAPI の説明"])
def test_a_few_japanese_words_are_enough(encoding, text):
    assert decode(text.encode(encoding)) == (text, encoding)


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_english_in_utf_16_without_a_mark(encoding):
    assert decode("A term and its meaning.\n".encode(encoding)) == ("A term and its meaning.\n", encoding)


@pytest.mark.parametrize(
    ("mark", "encoding"),
    [
        (codecs.BOM_UTF8, "utf-8"),
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
        (codecs.BOM_UTF32_LE, "utf-32-le"),
    ],
)
def test_a_byte_order_mark_decides_and_is_no_text(mark, encoding):
    text, _used = decode(mark + JAPANESE.encode(encoding))
    assert text == JAPANESE


@pytest.mark.parametrize(
    ("text", "encoding"), [(FRENCH, "cp1252"), (RUSSIAN, "cp1251"), (RUSSIAN, "koi8-r"), (POLISH, "cp1250")]
)
def test_other_languages_are_guessed(text, encoding):
    assert decode(text.encode(encoding)) == (text, encoding)


def test_one_broken_byte_does_not_change_the_encoding():
    data = JAPANESE.encode() + b"\xff" + JAPANESE.encode()
    assert decode(data) == (f"{JAPANESE}\ufffd{JAPANESE}", "utf-8")


def test_a_person_is_obeyed():
    assert decode("用語".encode("euc_jp"), chosen="cp932") != decode("用語".encode("euc_jp"))
    assert decode("é".encode("cp1252"), chosen="cp1252") == ("é", "cp1252")


def test_a_declaration_counts_where_it_fits():
    assert decode("où".encode("cp1252"), declared="iso-8859-1") == ("où", "cp1252")
    assert decode(JAPANESE.encode("cp932"), declared="Shift_JIS")[1] == "cp932"
    assert decode(JAPANESE.encode("cp932"), declared="euc-jp")[1] == "cp932"
    assert decode("où là".encode("cp1252") * 2, declared="utf-16")[1] != "utf-16"


@pytest.mark.parametrize("name", ["punycode", "unicode_escape", "zlib", "no such", "\x00", "idna"])
def test_a_codec_that_is_not_ours_is_never_used(name):
    assert decode("用語".encode(), chosen=name, declared=name) == ("用語", "utf-8")


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_every_encoding_that_is_offered_can_be_chosen(encoding):
    assert decode("term".encode(encoding), chosen=encoding) == ("term", encoding)


@pytest.mark.parametrize(
    "data",
    [
        b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\x01",
        b"\0" * 50,
        bytes(range(256)) * 4,
        b"\x7fELF\x02\x01\x01\0\0\0\0" * 9,
    ],
)
def test_binary_data_is_no_text(data):
    with pytest.raises(Rejected) as caught:
        decode(data)
    assert caught.value.reason is Reason.BINARY


def test_a_stray_nul_is_a_blank_in_a_text():
    text, encoding = decode(b"one word\0another word")
    assert (clean(text), encoding) == ("one word another word", "utf-8")


def test_line_ends_become_line_feeds():
    assert decode(b"a\r\nb\rc\n")[0] == "a\nb\nc\n"


def test_controls_colours_and_hidden_characters_are_cleaned():
    assert clean("a\x07b \x1b[1;31mred\x1b[0m so\u00adft \u202edesrever\u202c\tx\n") == "a b red soft desrever\tx\n"
