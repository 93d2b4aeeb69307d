"""From bytes to characters: which encoding, and whether it is text at all.

Order of belief: what a person chose, a byte order mark, what can only be UTF-16, ISO-2022-JP or UTF-8,
what the document says of itself, and last a statistical guess.
"""

from __future__ import annotations

import codecs
import re
import unicodedata

import chardet

from genglossary_gui.core.documents.reasons import Reason, Rejected

ENCODINGS = (
    "utf-8", "utf-16", "utf-16-le", "utf-16-be", "utf-32",
    "cp932", "euc_jp", "iso2022_jp",
    "cp1250", "cp1251", "cp1252", "cp1253", "cp1254", "cp1255", "cp1256", "cp1257", "cp1258", "koi8-r",
    "gb18030", "big5hkscs", "cp949",
)  # fmt: skip
"""The encodings a person may choose from; nothing else is ever used to decode."""

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32"),  # begins like the mark of UTF-16: asked first
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_SUPERSETS = {
    "shift_jis": "cp932", "shift_jis_2004": "cp932", "shift_jisx0213": "cp932", "windows-31j": "cp932",
    "euc_jis_2004": "euc_jp", "euc_jisx0213": "euc_jp",
    "ascii": "utf-8", "iso8859-1": "cp1252", "iso8859-2": "cp1250", "iso8859-9": "cp1254", "koi8-u": "koi8-r",
    "gb2312": "gb18030", "gbk": "gb18030", "big5": "big5hkscs", "euc_kr": "cp949",
}  # fmt: skip
_GUESSES = [
    "cp932", "euc_jis_2004", "gb18030", "big5hkscs", "cp949", "koi8-r",
    "cp1250", "cp1251", "cp1252", "cp1253", "cp1254", "cp1255", "cp1256", "cp1257", "cp1258",
]  # fmt: skip
_LIKELY = ["cp932", "euc_jis_2004", "cp1252"]
# Below the first, chardet tells French from Macedonian by chance: then what is likely wins if it is close.
_SURE, _CLOSE = 0.2, 0.6

_SAMPLE = 65536
_CONTROL_BYTES = bytes([*range(0x09), *range(0x0E, 0x1B), *range(0x1C, 0x20), 0x7F])
_ESCAPES = (b"\x1b$", b"\x1b(J", b"\x1b(I")
# Part of a file that may be damaged before we stop believing in its encoding.
_DAMAGE = 0.02

_KANA = re.compile("[\u3000-\u30ff]")
_COMMON = re.compile("[ -~\t\r\n\u00a0-\u024f]")
_OTHER = re.compile("[\u0370-\u04ff\u2010-\u2026\u4e00-\u9fff\uff01-\uff9f]")

_LINE_ENDS = re.compile(r"\r\n?")
_UNWANTED = re.compile(
    "\x1b\\[[0-9;?]*[ -/]*[@-~]"  # colours of a terminal
    "|[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029]"
    "|[\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff\ud800-\udfff\ufffe\uffff]"
)


def decode(data: bytes, *, chosen: str = "", declared: str = "") -> tuple[str, str]:
    """``(text, encoding)``: all line ends are ``"\\n"``, the encoding is one of ``ENCODINGS``.

    ``chosen`` by a person is obeyed, ``declared`` by the document only if it fits; a name that is not one of
    ``ENCODINGS`` (or of their subsets) counts as none.  Bytes that fit nowhere become U+FFFD.
    Raises ``Rejected`` when this is not text.
    """
    encoding = _known(chosen) or _marked(data)
    if not encoding:
        encoding = _self_evident(data) or _legacy(data, _known(declared))
    text = data.decode(encoding, errors="replace").removeprefix("\ufeff")
    return (_LINE_ENDS.sub("\n", text) if "\r" in text else text), encoding


def clean(text: str) -> str:
    """``text`` with blanks for controls and without colour codes, invisible and text-direction characters."""
    return _UNWANTED.sub(_substitute, text) if _UNWANTED.search(text) else text


def _substitute(match: re.Match[str]) -> str:
    return " " if len(match[0]) == 1 and unicodedata.category(match[0]) in ("Cc", "Zl", "Zp") else ""


def _known(name: str) -> str:
    """The encoding of that name or the larger one that contains it; empty when we do not decode it."""
    try:
        canonical = codecs.lookup(name.strip()).name if name else ""
    except (LookupError, ValueError):
        return ""
    canonical = _SUPERSETS.get(canonical, canonical)
    return canonical if canonical in ENCODINGS else ""


def _marked(data: bytes) -> str:
    return next((encoding for mark, encoding in _MARKS if data.startswith(mark)), "")


def _self_evident(data: bytes) -> str:
    """The encoding that leaves no doubt; empty when there is none.  Raises ``Rejected`` for binary data."""
    wide = _wide(data)
    if wide:
        return wide
    if data[:_SAMPLE].translate(None, _CONTROL_BYTES + b"\x1b") == b"":
        raise Rejected(Reason.BINARY)
    if any(escape in data for escape in _ESCAPES) and _fits(data, "iso2022_jp"):
        return "iso2022_jp"
    if _fits(data, "utf-8") or _is_damaged(data, "utf-8"):
        if _share_of_controls(data) > 0.1:
            raise Rejected(Reason.BINARY)
        return "utf-8"
    return ""


def _legacy(data: bytes, declared: str) -> str:
    if _share_of_controls(data) > 0.01:
        raise Rejected(Reason.BINARY)
    # Bytes that spell out “utf-16” are not UTF-16, and UTF-8 has been asked already.
    believable = declared and not declared.startswith("utf-")
    if believable and (_fits(data, declared) or _is_damaged(data, declared)):
        return declared
    guesses = {
        guess["encoding"]: guess["confidence"]
        for guess in chardet.detect_all(data, include_encodings=_GUESSES, compat_names=False)
    }
    best = max(guesses, key=lambda name: guesses[name])
    if best is None:
        raise Rejected(Reason.BINARY)
    likely = (name for name in _LIKELY if guesses.get(name, 0.0) > guesses[best] * _CLOSE)
    return _known(best if guesses[best] > _SURE else next(likely, best)) or "cp1252"


def _wide(data: bytes) -> str:
    """UTF-16 without a mark: one order of the bytes gives everyday characters, the other does not."""
    sample = data[: _SAMPLE - _SAMPLE % 2]
    if len(data) < 4 or len(data) % 2 or (b"\0" not in sample and _fits(data, "utf-8")):
        return ""
    has_nul = b"\0" in sample
    shares = {name: _everyday(sample.decode(name, errors="replace"), has_nul) for name in ("utf-16-le", "utf-16-be")}
    best = max(shares, key=lambda name: shares[name])
    return best if shares[best] > 0.9 else ""


def _everyday(text: str, has_nul: bool) -> float:
    """Share of characters that ordinary text is made of.

    Without a NUL byte there is no ASCII character in it, so it must be Japanese: kana are asked for, because
    any two bytes of a legacy encoding make a Chinese character.
    """
    kana, common, other = (len(pattern.findall(text)) for pattern in (_KANA, _COMMON, _OTHER))
    if not has_nul and kana * 4 < len(text):
        return 0.0
    return (common + kana + other) / len(text) if common or kana else 0.0


def _fits(data: bytes, encoding: str) -> bool:
    try:
        data.decode(encoding)
    except UnicodeError:
        return False
    return True


def _is_damaged(data: bytes, encoding: str) -> bool:
    """Whether it is that encoding but for a few broken places."""
    text = data.decode(encoding, errors="replace")
    broken = text.count("\ufffd")
    foreign = len(text) - len(text.encode("ascii", errors="ignore"))
    return broken <= (foreign - broken) * _DAMAGE + (1 if foreign - broken > 4 else 0)


def _share_of_controls(data: bytes) -> float:
    sample = data[:_SAMPLE]
    return 1 - len(sample.translate(None, _CONTROL_BYTES)) / max(1, len(sample))
