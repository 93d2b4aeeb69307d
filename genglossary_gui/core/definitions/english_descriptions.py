"""What an English description says: the words behind “X: ” in a list, or the first sentence of a section."""

from __future__ import annotations

import re

from genglossary_gui.core.definitions.match import holds, words

_COMMAND = re.compile(
    r"(?:[A-Z]?[a-z]+(?<!s)(?<!ed)(?<!ing)(?<!ly) (?:the|an?|all|any|each|every|only|how|whether|no|more|which|"
    r"to|up|given)\b(?! of))|"
    r"(?:show|display|print|list|set|get|create|delete|remove|add|update|convert|compute|fetch|merge|copy|move|"
    r"rename|find|"
    r"open|close|save|load|import|export|enable|disable|allow|specify|select|choose|use|apply|toggle|switch|override|"
    r"ignore|include|exclude|limit|force|skip|start|stop|run|send|read|write|output|generate|return|make|turn|change|"
    r"increase|decrease|control|define|configure|drag|click|press|hold|enter|reset|restore|undo|append|insert|"
    r"replace|"
    r"search|filter|sort|go|work|perform|execute|check|verify|do|pass|mark|keep|leave|prefer|treat|assume|"
    r"report|give|"
    r"equivalent|same|like|default|defaults)\b(?! (?:is|are|was|of|that|which|for)\b)",
    re.IGNORECASE,
)
_POINTER = re.compile(
    r"the same as|same options|"
    r"(?:described|explained|discussed|documented|listed|shown) (?:in|above|below|at)\b|"
    r"^for more|refer to|can be found",
    re.IGNORECASE,
)
_POINTER_MARKS = (
    "the same as",
    "same options",
    "described ",
    "explained ",
    "discussed ",
    "documented ",
    "listed ",
    "shown ",
    "for more",
    "refer to",
    "can be found",
)
"""One of these stands wherever ``_POINTER`` does."""
_MAIN_VERB = re.compile(
    r"(?:(?! (?:that|which|who|where|how|what|whether|when)\b).){0,120}? (?:is|are|was|were|can|will|must|has)\b"
)
_REQUEST = re.compile(r"(?:for more|please|to|if|when|note|let|see|use|with)\b", re.IGNORECASE)
_PHRASE = re.compile(r"An? (?:[\w-]+ ){1,4}(?:of|that|which|for|used|designed|where|who)\b")
_UNFINISHED = words(
    """
    a an the as to of for with is are by and or in on at from that which be
    """
)
_NOMINAL = re.compile(
    r"(?!\w+s (?:the|an?|how|whether|all|any|to|you)\b)"
    r"(?:an?|the|any|one of|number of|set of|list of|type of|kind of|name of|collection of|group of|"
    r"(?:[\w-]+ ){0,3}[\w-]+ (?:that|which|who|whose|where|used|of|in which))\b",
    re.IGNORECASE,
)
_INSTRUCTION = re.compile(
    r"(?:if|when|before|after|you|your|see|click|select|press|choose|note|default|yes|no|same as|this|these|"
    r"it|they|there|please|make sure|ensure|open|enter|type|go to|we|i|to be|but|and|or|"
    r"let|do|don't|use|to|figure|table|example|try|run|add|install|check|make|set|consider|avoid|verify|however|"
    r"also|optional|required|"
    r"deprecated|remember|now|then|first|here|what|why|how|who|where|is|are|can|will|should|must|could|not)\b",
    re.IGNORECASE,
)
_LED_IN = re.compile(
    r"(?:in|on|at|for|with|by|from|as|of|during|under|within|inside|after|before|since|although|though|because|like|unlike|"
    r"over|through|throughout|between|among|behind|beyond)\b",
    re.IGNORECASE,
)
"""“In the …”: what an option does never begins so, a sentence may."""


def describes(text: str) -> bool:
    """Whether a description (the part after “X: ”) says what something is, not what to do."""
    parts = text.split()
    return (
        len(parts) >= 4
        and text[-1] not in "?:"
        and parts[-1] not in _UNFINISHED
        and not _points(text)
        and not instructs(text)
        and _LED_IN.match(text) is None
    )


def instructs(text: str) -> bool:
    """Whether a sentence begins like one that tells its reader what to do, or when."""
    return _INSTRUCTION.match(text) is not None


def is_command(text: str) -> bool:
    """Whether a description tells a program or its user what to do: “Show the …”, “Merge given notes …”."""
    return _COMMAND.match(text) is not None and _LED_IN.match(text) is None


def is_nominal(text: str) -> bool:
    """Whether a description begins like the predicate of “X is …”: “A list of …”, “The number of …”."""
    first = text.partition(". ")[0]
    return _NOMINAL.match(first) is not None and _MAIN_VERB.match(first) is None


def informs(text: str) -> bool:
    """Whether a sentence neither points elsewhere nor tells what to do."""
    return not _points(text) and not is_request(text)


def _points(text: str) -> bool:
    return holds(text.lower(), _POINTER_MARKS) and _POINTER.search(text) is not None


def is_phrase(text: str) -> bool:
    """Whether the text is “A set of practices that …”: what something is, without the something."""
    return _PHRASE.match(text) is not None and _MAIN_VERB.match(text) is None


def is_request(text: str) -> bool:
    """Whether a sentence begins like “To …”, “If …”, “See …”: it tells what to do, or when."""
    return _REQUEST.match(text) is not None
