"""What models write around an answer, and what they write in place of one."""

from __future__ import annotations

import json
from contextlib import suppress
from typing import Any, Literal

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from pydantic import BaseModel, Field

from genglossary_gui.core.llm.parsing import InvalidAnswer, parse_answer, schema_of


class Sentence(BaseModel):
    text: str = ""
    cites: list[int] = []


class Meaning(BaseModel):
    sentences: list[Sentence]
    title: str = Field(default="", max_length=20)
    default: Literal["", "title"] = ""


GOOD: dict[str, Any] = {"sentences": [{"text": "A gate.", "cites": [1]}], "title": "", "default": ""}


@pytest.mark.parametrize(
    "text",
    [
        "let me think {no} about it</think>\n{answer}",
        "<thinking>{answer_to_nothing}</thinking>{answer}",
        "Here is the answer {in JSON}:\n```JSON \n{answer}\n```\nDone.",
        "```\n{answer}",
        "\ufeff{answer}",
        "{answer}\n\n{answer}",
        'The form is {"sentences": 3}. Answer: {answer}',
    ],
)
def test_the_answer_is_found(text: str) -> None:
    assert parse_answer(text.replace("{answer}", json.dumps(GOOD)), Meaning).model_dump() == GOOD


def test_the_parts_of_an_answer_that_was_cut_off_are_not_the_answer() -> None:
    whole = json.dumps({"sentences": [GOOD["sentences"][0]] * 3})
    for end in range(1, len(whole)):
        with pytest.raises(InvalidAnswer):
            parse_answer(whole[:end], Sentence if end % 2 else Meaning)


@pytest.mark.parametrize(("written", "meant"), [("\\ud83d\\ude00", "\U0001f600"), ("\\ud800", "\ufffd")])
def test_halves_of_characters_are_joined_or_replaced(written: str, meant: str) -> None:
    value = parse_answer('{"sentences": [{"text": "' + written + '"}]}', Meaning)

    assert isinstance(value, Meaning)
    assert value.sentences[0].text == meant


@given(st.one_of(st.text(), st.text(alphabet='{}[]"\\:,`<think>/ \n1', max_size=300)))
@settings(deadline=None)
@example("[" * 100_000)
@example('{"a":' * 100_000)
@example("{" * 100_000)
@example("<think>" * 20_000)
@example("```\n" * 20_000)
def test_whatever_a_model_writes_is_an_answer_or_invalid(text: str) -> None:
    with suppress(InvalidAnswer):
        assert isinstance(parse_answer(text, Meaning), Meaning)


def test_the_schema_is_strict_at_every_depth_and_keeps_every_property() -> None:
    schema = schema_of(Meaning)

    assert [*schema["properties"]] == schema["required"] == ["sentences", "title", "default"]
    assert schema["additionalProperties"] is False
    assert schema["properties"]["title"] == {"type": "string"}
    assert schema["$defs"]["Sentence"]["required"] == ["text", "cites"]
    assert schema["$defs"]["Sentence"]["additionalProperties"] is False
