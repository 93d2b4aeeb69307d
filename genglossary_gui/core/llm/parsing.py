"""From what a model wrote to a checked value: tolerant of wrappings, strict about the form."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import islice
from typing import Any

from pydantic import BaseModel, ValidationError

_THOUGHTS = re.compile(r"<(think|thinking|thought|reasoning)>.*?(?:</\1>|\Z)", re.DOTALL | re.IGNORECASE)
_END_OF_THOUGHTS = re.compile(r"\A.*</(?:think|thinking|thought|reasoning)>", re.DOTALL | re.IGNORECASE)
_FENCE = re.compile(r"```[\w-]*[^\S\n]*\n(.*?)(?:```|\Z)", re.DOTALL)
_MOST_STARTS = 20
"""Places at which a value is looked for in an answer with prose around it."""
_LONGEST_REASON = 400
_NOT_EVERYWHERE = ("default", "title", "minLength", "maxLength")
"""What servers refuse in a schema, or need long for.  Answers are held to it all the same."""


class InvalidAnswer(Exception):
    """The answer does not have the wanted form; ``str(error)`` says why, for the model."""


def sound(text: str) -> str:
    """``text`` whose halves of characters, as some servers cut them, are joined; one that is left over is replaced."""
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def parse_answer(text: str, form: type[BaseModel]) -> BaseModel:
    """The value in ``text``: bare JSON, in a fence, behind thoughts, or between words.  Raises ``InvalidAnswer``."""
    reason = "it holds no JSON object"
    for candidate in _candidates(text):
        if not isinstance(candidate, dict):
            continue
        try:
            return form.model_validate(candidate)
        except ValidationError as error:
            reason = _reason(error)
        except RecursionError:
            reason = "it is nested too deeply"
    raise InvalidAnswer(reason)


@lru_cache(maxsize=100)
def schema_of(form: type[BaseModel]) -> dict[str, Any]:
    """The JSON schema of ``form`` as servers with strict schemas want it: every property required, no other allowed.

    Not to be changed.
    """
    schema = form.model_json_schema()
    _make_strict(schema)
    return schema


def _make_strict(node: Any) -> None:
    if isinstance(node, list):
        for part in node:
            _make_strict(part)
    if not isinstance(node, dict):
        return
    for name in _NOT_EVERYWHERE:
        node.pop(name, None)
    named = [node[name] for name in ("properties", "$defs") if isinstance(node.get(name), dict)]
    if isinstance(node.get("properties"), dict):
        node["additionalProperties"] = False
        node["required"] = list(node["properties"])
    for name, part in node.items():
        # The names of properties are not words of the schema.
        if name not in ("properties", "$defs", "enum", "const"):
            _make_strict(part)
    for group in named:
        for part in group.values():
            _make_strict(part)


def _candidates(text: str) -> Iterator[Any]:
    without_thoughts = _THOUGHTS.sub("", text)
    # Some models begin to think before their first word.
    for part in dict.fromkeys((text, without_thoughts, _END_OF_THOUGHTS.sub("", without_thoughts))):
        yield from _whole(part)
    for part in dict.fromkeys((_END_OF_THOUGHTS.sub("", without_thoughts), without_thoughts)):
        for fenced in islice(_FENCE.finditer(part), _MOST_STARTS):
            yield from _whole(fenced[1])
        yield from _between_words(part)


def _whole(text: str) -> Iterator[Any]:
    try:
        # Models write line breaks into strings.
        yield _loaded(text)
    except (ValueError, RecursionError):
        return


def _loaded(text: str) -> Any:
    value = json.loads(text, strict=False)
    if "\\u" not in text:
        return value
    # Half a character, escaped, cannot be stored.
    return json.loads(sound(json.dumps(value, ensure_ascii=False)), strict=False)


def _between_words(text: str) -> Iterator[Any]:
    decoder = json.JSONDecoder(strict=False)
    position = 0
    for _attempt in range(_MOST_STARTS):
        start = text.find("{", position)
        if start < 0:
            return
        position = start + 1
        try:
            _value, position = decoder.raw_decode(text, start)
        except RecursionError:
            return
        except ValueError as error:
            if _is_cut_off(error, text):
                return  # the parts of an answer without an end are not the answer
        else:
            yield _loaded(text[start:position])


def _is_cut_off(error: ValueError, text: str) -> bool:
    if not isinstance(error, json.JSONDecodeError):
        return False
    return error.msg.startswith("Unterminated string") or error.pos >= len(text.rstrip())


def _reason(error: ValidationError) -> str:
    problems = [
        f"{'.'.join(map(str, part['loc'])) or 'value'}: {part['msg']}"
        for part in error.errors(include_url=False, include_context=False, include_input=False)[:5]
    ]
    return "; ".join(problems)[:_LONGEST_REASON]
