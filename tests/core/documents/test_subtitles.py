from __future__ import annotations

from genglossary_gui.core.documents.subtitles import read_subtitles
from tests.core.documents.support import lines, texts


def test_a_sentence_runs_over_cues():
    document = read_subtitles(
        "1\n00:00:01,000 --> 00:00:02,000\n<i>The index\n\n2\n00:00:02,100 --> 00:00:04,000\nis a stage.</i>\nThen\n\n"
        "3\n00:00:09,000 --> 00:00:10,000\n{\\an8}用語\n\n4\n00:00:10,200 --> 00:00:11,000\n集\n"
    )
    assert texts(document) == ["The index is a stage.", "Then", "用語集"]
    assert lines(document) == [3, 8, 12]
    assert document.line_at(document.text.index("集")) == 16


def test_each_speaker_has_a_paragraph():
    assert texts(read_subtitles("1\n00:00:01,000 --> 00:00:02,000\n- Who\n- Me\n")) == ["Who", "Me"]


def test_web_subtitles_without_notes_and_styles():
    source = (
        "WEBVTT\n\nNOTE not said\n\nSTYLE\n::cue {}\n\nid\n00:01.000 --> 00:02.000 align:start\n<v Bob>You &amp; me\n"
    )
    assert texts(read_subtitles(source)) == ["You & me"]
