"""A model that answers as told, over a real server, and terms to ask it about."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from contextlib import closing, contextmanager
from pathlib import Path

from genglossary_gui.core.cancellation import CancelToken
from genglossary_gui.core.engines.base import Figures, Work
from genglossary_gui.core.glossary import Passage, PassageKind, TermDraft, Variant
from genglossary_gui.core.settings import RunSettings
from genglossary_gui.core.store.answers import StoredAnswers
from genglossary_gui.core.store.connection import connect
from tests.llm_server import LlmServer, Reply, Request

Sentences = list[tuple[str, list[str]]]


_FORMS = {"sentences": "CitedDefinition", "terms": "Classification", "pairs": "Judgement"}


def form_of(request: Request) -> str:
    if request.is_own:
        return next(name for word, name in _FORMS.items() if word in request.body["format"]["properties"])
    return request.body["response_format"]["json_schema"]["name"]


def term_of(request: Request) -> str:
    match = re.search(r"^#\w+ term\n(.*)$", request.prompt, re.MULTILINE)
    assert match
    return match[1]


def definition(*sentences: tuple[str, list[str]]) -> str:
    return json.dumps({"sentences": [{"text": text, "evidence": ids} for text, ids in sentences]}, ensure_ascii=False)


def faithful(request: Request) -> Reply:
    """The model that says what the first passage says, finds everything technical and nothing wrong."""
    match form_of(request):
        case "CitedDefinition":
            passage = re.search(r"passage E1\n(.*)", request.prompt)
            return Reply(definition((passage[1], ["E1"])) if passage else definition())
        case "Classification":
            ids = re.findall(r" term (T\d+)\n", request.prompt)
            return Reply(json.dumps({"terms": [{"id": name, "category": "technical_term"} for name in ids]}))
        case _:
            ids = sorted(set(re.findall(r" (P\d+) first term", request.prompt)))
            return Reply(json.dumps({"pairs": [{"id": name, "verdict": "nothing", "explanation": ""} for name in ids]}))


def defining(sentences: Callable[[str], Sentences]) -> Callable[[Request], Reply]:
    """A faithful model, but for definitions: ``sentences(term)``."""

    def script(request: Request) -> Reply:
        if form_of(request) == "CitedDefinition":
            return Reply(definition(*sentences(term_of(request))))
        return faithful(request)

    return script


def passage(text: str, content: int = 1, start: int = 0, *, kind=PassageKind.CONTEXT, weight=0.0) -> Passage:
    return Passage(content, start, start + len(text), 1, text, kind, weight)


def term(name: str, *texts: str, **values) -> TermDraft:
    passages = tuple(passage(text, number, 0) for number, text in enumerate(texts, 1))
    plain = {"language": "en", "score": 1.0, "rank": 1, "frequency": 3, "document_frequency": 1, "suggested": True}
    return TermDraft(**{"key": name.lower(), "term": name, "passages": passages, **plain, **values})


def variant(surface: str) -> Variant:
    return Variant(surface, 1)


def settings_for(server: LlmServer, **values) -> RunSettings:
    plain = {"llm_provider": "compatible", "llm_url": server.url, "llm_model": "tiny", "llm_retries": 0}
    return RunSettings(engine="llm", **{**plain, **values})


class Journal:
    """What an engine said while it worked."""

    def __init__(self) -> None:
        self.warnings: list[str] = []
        self.said: list[str] = []
        self.waits: list[str] = []
        self.figures: dict[str, int] = {}
        self.token = CancelToken()

    def work(self, connection=None, notes=None) -> Work:
        return Work(
            self.token,
            warn=self.warnings.append,
            say=self.said.append,
            wait_for=self.waits.append,
            answers=StoredAnswers(connection) if connection is not None else None,
            notes=notes or {},
            figures=Figures(self.figures.__setitem__),
        )


@contextmanager
def opened(project: Path):
    with closing(connect(project)) as connection:
        yield connection
