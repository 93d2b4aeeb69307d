"""From what a model wrote to a checked value: tolerant of wrappings, strict about the form."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from pydantic import BaseModel, ValidationError

_THOUGHTS = re.compile(r"<(think|thinking|reasoning)>.*?(?:</\1>|\Z)", re.DOTALL | re.IGNORECASE)
_FENCE = re.compile(r"```[\w-]*\s*\n(.*?)(?:```|\Z)", re.DOTALL)
_MOST_STARTS = 20
"""Places at which a value is looked for in an answer with prose around it."""
_LONGEST_REASON = 400


class InvalidAnswer(Exception):
    """The answer does not have the wanted form; ``str(error)`` says why, for the model."""


def parse_answer(text: str, form: type[BaseModel]) -> BaseModel:
    """The value in ``text``: bare JSON, in a fence, behind thoughts, or between words.  Raises ``InvalidAnswer``."""
    reason = "it holds no JSON object"
    for candidate in _candidates(_THOUGHTS.sub("", text)):
        try:
            return form.model_validate(candidate)
        except ValidationError as error:
            reason = _reason(error)
    raise InvalidAnswer(reason)


@lru_cache(maxsize=32)
def schema_of(form: type[BaseModel]) -> dict[str, Any]:
    """The JSON schema of ``form`` as servers with strict schemas want it: every property required, no other allowed."""
    schema = form.model_json_schema()
    _make_strict(schema)
    return schema


def _make_strict(node: Any) -> None:
    if isinstance(node, list):
        for part in node:
            _make_strict(part)
    if not isinstance(node, dict):
        return
    if node.get("type") == "object" and "properties" in node:
        node["additionalProperties"] = False
        node["required"] = list(node["properties"])
    node.pop("default", None)
    if isinstance(node.get("title"), str):
        node.pop("title")
    for part in node.values():
        _make_strict(part)


def _candidates(text: str) -> Iterator[Any]:
    for part in (text, *_FENCE.findall(text)):
        try:
            # Models write line breaks into strings.
            yield json.loads(part, strict=False)
        except (ValueError, RecursionError):
            continue
    decoder = json.JSONDecoder(strict=False)
    starts = (match.start() for match in re.finditer(r"[{\[]", text))
    for _number, start in zip(range(_MOST_STARTS), starts, strict=False):
        try:
            yield decoder.raw_decode(text, start)[0]
        except (ValueError, RecursionError):
            continue


def _reason(error: ValidationError) -> str:
    problems = [f"{'.'.join(map(str, part['loc'])) or 'value'}: {part['msg']}" for part in error.errors()[:5]]
    return "; ".join(problems)[:_LONGEST_REASON]
