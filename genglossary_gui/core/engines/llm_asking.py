"""Asks a language model what was not answered before in this project, and keeps what it says."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from pydantic import BaseModel, ValidationError

from genglossary_gui.core.engines.base import Work
from genglossary_gui.core.engines.prompts import Prompt
from genglossary_gui.core.errors import EngineError
from genglossary_gui.core.i18n import _, ngettext
from genglossary_gui.core.llm import Answer, Failure, FailureReason, LlmSession, LlmSettings, Question

REQUESTS, TOKENS, REUSED, DEFINED, FALLBACK, UNSUPPORTED = (
    "requests",
    "tokens",
    "reused",
    "llm_defined",
    "fallback",
    "unsupported",
)
"""Figures of the run's summary."""
_STREAK = 8
"""After so many failures in a row, with no answer between them, the server is given up for this step."""
_LOGGED_EVERY = 6
"""Of what the row shows while a server is silent the log gets every sixth sentence, one in half a minute."""
_OF_THE_SERVER = frozenset(
    {
        FailureReason.UNREACHABLE,
        FailureReason.REFUSED,
        FailureReason.MODEL_MISSING,
        FailureReason.RATE_LIMITED,
        FailureReason.TIMEOUT,
        FailureReason.SERVER_ERROR,
    }
)


@dataclass(frozen=True)
class Request:
    """``key`` is the asker's own name for it."""

    key: str
    prompt: Prompt
    form: type[BaseModel]
    max_tokens: int


@dataclass(frozen=True)
class Reply:
    """``value`` is of the form that was asked for; None: there is no answer, which the asker's summary tells."""

    key: str
    value: BaseModel | None


class Asker:
    """Asks for one step of one run; afterwards ``summarise`` tells in a few warnings what failed."""

    def __init__(self, settings: LlmSettings, work: Work) -> None:
        self._settings = settings
        self._work = work
        self._troubles: Counter[tuple[FailureReason, str]] = Counter()
        self._waited = 0
        self.answered = self.failed = 0

    @property
    def failed_for_all(self) -> bool:
        """Whether something was asked and nothing answered; a used-up budget is no failure."""
        return self.failed > 0 and not self.answered and not self.is_out_of_budget

    @property
    def failed_by_server(self) -> bool:
        """Whether all failures are the server's: it could not be used, not only not be understood."""
        return bool(self._troubles) and all(kind in _OF_THE_SERVER for kind, _sentence in self._troubles)

    @property
    def is_out_of_budget(self) -> bool:
        return any(kind is FailureReason.BUDGET for kind, _sentence in self._troubles)

    def ask(self, requests: Sequence[Request]) -> Iterator[Reply]:
        """A reply for each request, as they come: at once where the project has the answer."""
        hashes = {request.key: request.prompt.hash(self._parameters(request)) for request in requests}
        store = self._work.answers
        stored = store.find(hashes.values()) if store is not None else {}
        missing: list[Request] = []
        for request in requests:
            self._work.token.checkpoint()
            value = _read(request.form, stored.get(hashes[request.key], ""))
            if value is None:
                missing.append(request)
            else:
                self.answered += 1
                self._work.figures.add(REUSED)
                yield Reply(request.key, value)
        if missing:
            yield from self._ask_model(missing, hashes)

    def give_up_if_failed(self) -> None:
        """Raise ``EngineError`` when nothing at all was answered."""
        if self.failed_for_all:
            (_kind, sentence), _count = self._troubles.most_common(1)[0]
            raise EngineError(
                sentence, hint=_("What was done before is kept. Check the model's settings, then resume.")
            )

    def summarise(self) -> None:
        """Warn of what failed: one warning for each reason."""
        for (_kind, sentence), count in self._troubles.most_common():
            message = ngettext(
                "{count} question has no answer: {reason}", "{count} questions have no answer: {reason}", count
            )
            self._work.warn(message.format(count=count, reason=sentence))

    def _ask_model(self, requests: Sequence[Request], hashes: dict[str, str]) -> Iterator[Reply]:
        by_key = {request.key: request for request in requests}
        settings = self._within_budget()
        if settings is None:
            for key in by_key:
                yield self._failure(key, FailureReason.BUDGET, _("The tokens that this run may use are used up."))
            return
        streak = 0
        work = self._work
        with LlmSession(settings, on_wait=self._wait) as session:
            counted = [0, 0]
            try:
                for outcome in session.ask_all(map(_question, requests), work.token, tick=work.tick):
                    self._count(session, counted)
                    key = outcome.question.key
                    del by_key[key]
                    if isinstance(outcome, Answer):
                        streak = 0
                        yield self._answer(outcome, hashes[key])
                    else:
                        streak += outcome.kind in _OF_THE_SERVER
                        yield self._failure(key, outcome.kind, outcome.sentence)
                        if streak >= _STREAK:
                            yield from self._left_unasked(by_key, outcome)
                            return
            finally:
                self._count(session, counted)
                work.wait_for("")

    def _left_unasked(self, left: dict[str, Request], why: Failure) -> Iterator[Reply]:
        for key in left:
            yield self._failure(key, why.kind, why.sentence)

    def _answer(self, answer: Answer, key: str) -> Reply:
        self._work.wait_for("")
        self.answered += 1
        if self._work.answers is not None:
            used = answer.prompt_tokens + answer.completion_tokens
            self._work.answers.keep(key, self._settings.model, answer.value.model_dump_json(), used)
        return Reply(answer.question.key, answer.value)

    def _failure(self, key: str, kind: FailureReason, sentence: str) -> Reply:
        self.failed += 1
        self._troubles[kind, sentence] += 1
        return Reply(key, None)

    def _wait(self, sentence: str) -> None:
        if self._waited % _LOGGED_EVERY == 0:
            self._work.say(sentence)
        self._waited += 1
        self._work.wait_for(sentence)

    def _count(self, session: LlmSession, counted: list[int]) -> None:
        requests, tokens = session.usage.requests, session.usage.tokens
        if [requests, tokens] != counted:
            self._work.figures.add(REQUESTS, requests - counted[0])
            self._work.figures.add(TOKENS, tokens - counted[1])
            counted[:] = requests, tokens

    def _within_budget(self) -> LlmSettings | None:
        """The settings with what is left of the run's budget; None when nothing is."""
        budget = self._settings.budget_tokens
        left = budget - self._work.figures[TOKENS]
        if budget and left <= 0:
            return None
        return replace(self._settings, budget_tokens=left) if budget else self._settings

    def _parameters(self, request: Request) -> dict[str, object]:
        """What shapes an answer besides the words of the question."""
        settings = self._settings
        return {
            "provider": str(settings.provider),
            "model": settings.model,
            "temperature": float(settings.temperature),
            "seed": settings.seed,
            "max_tokens": request.max_tokens,
            "form": _form(request.form),
        }


def _question(request: Request) -> Question:
    system, user = request.prompt.marked()
    return Question(request.key, system, user, request.form, request.max_tokens)


@lru_cache(maxsize=16)
def _form(form: type[BaseModel]) -> str:
    return json.dumps(form.model_json_schema(), sort_keys=True)


def _read(form: type[BaseModel], text: str) -> BaseModel | None:
    """A stored answer; None when there is none or it is of another form."""
    if not text:
        return None
    try:
        return form.model_validate_json(text)
    except ValidationError:
        return None
