"""Subtitles (SubRip, WebVTT): what is said, as paragraphs; times, settings and markup are left out.

A sentence runs over several cues: they are one paragraph until a sentence ends or there is a pause.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass

from genglossary_gui.core.documents.builder import TextBuilder
from genglossary_gui.core.text import BlockKind, DocumentText

_TIME = r"(?:(\d{1,3}):)?(\d{1,2}):(\d{2})[.,](\d{1,3})"
_CUE = re.compile(rf"\s*{_TIME}\s*-->\s*{_TIME}")
_MARKUP = re.compile(r"</?[A-Za-z][^<>\n]*>|<\d[\d:.]*>|</>|\{\\[^{}\n]*\}")
_SENTENCE_END = re.compile(r"[.!?。．｡！？…][\"'”’」』)）]*\Z")
_SPEAKER_DASH = re.compile(r"[-–—]\s*(?=\S)")
_PAUSE = 1.0
"""Seconds without text after which something new begins."""


@dataclass(frozen=True, slots=True)
class _Line:
    number: int
    text: str
    pause: float
    """Seconds since the cue before ended; 0 within a cue."""


def read_subtitles(text: str) -> DocumentText:
    """The spoken text of a file of subtitles.  Never raises."""
    builder = TextBuilder(text.count("\n") + 1)
    ended = True
    for line in _lines(text):
        dash = _SPEAKER_DASH.match(line.text)
        if ended or dash or line.pause > _PAUSE:
            builder.block(BlockKind.PARAGRAPH)
        builder.write("\n" + (line.text[dash.end() :] if dash else line.text), line.number - 1)
        ended = _SENTENCE_END.search(line.text) is not None
    return builder.finish()


def _lines(text: str) -> Iterator[_Line]:
    """The lines of the cues without markup; a cue begins with its times and ends at a blank line."""
    in_cue, until, pause = False, 0.0, 0.0
    for number, source in enumerate(text.split("\n"), 1):
        if times := _CUE.match(source):
            start = _seconds(times.groups()[:4])
            pause, until, in_cue = start - until, _seconds(times.groups()[4:]), True
        elif not source.strip():
            in_cue = False
        elif in_cue:
            words = html.unescape(_MARKUP.sub("", source)).strip()
            if words:
                yield _Line(number, words, pause)
                pause = 0.0


def _seconds(parts: tuple[str | None, ...]) -> float:
    hours, minutes, seconds, fraction = parts
    return int(hours or 0) * 3600 + int(minutes or 0) * 60 + int(seconds or 0) + float(f"0.{fraction}")
