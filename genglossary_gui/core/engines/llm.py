"""The engine that asks a language model, and never believes it without evidence.

Terms, their ranking and all rules are those of the offline engine; the model says what kind of thing a term is, what it
means, and whether entries contradict or repeat each other.  Where it gives no usable answer, the offline engine's is
taken and counted.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import TypeVar

from pydantic import BaseModel

from genglossary_gui.core import secrets
from genglossary_gui.core.engines import llm_classify, llm_define, llm_review
from genglossary_gui.core.engines.base import Engine, Work
from genglossary_gui.core.engines.llm_asking import DEFINED, FALLBACK, UNSUPPORTED, Asker
from genglossary_gui.core.engines.llm_forms import CitedDefinition, Classification, Judgement
from genglossary_gui.core.engines.llm_settings import llm_settings
from genglossary_gui.core.glossary import Category, DefinitionDraft, Entry, IssueDraft, IssueType, TermDraft
from genglossary_gui.core.i18n import _, ngettext
from genglossary_gui.core.llm import LlmSettings, Provider, check_settings
from genglossary_gui.core.llm.session import load_client
from genglossary_gui.core.settings import RunSettings
from genglossary_gui.core.text import DocumentText

_MENDED = frozenset(
    {
        IssueType.UNCLEAR,
        IssueType.CONTRADICTION,
        IssueType.UNSUPPORTED,
        IssueType.CIRCULAR,
        IssueType.UNDEFINED_ABBREVIATION,
    }
)
"""Issues that other words can mend."""
_NAMED = 5
"""Terms that a warning names."""

T = TypeVar("T", bound=BaseModel)
V = TypeVar("V")


class LlmEngine:
    """The ``Engine`` that asks the model of ``settings``; ``offline`` does what needs none.

    It keeps nothing about a run but how much its model reads: what was answered is in ``work.answers``, what was used
    in ``work.figures``.
    """

    name = "llm"

    def __init__(self, offline: Engine, settings: RunSettings) -> None:
        """Raises ``UsageError`` when the settings name no server that could be asked."""
        self._offline = offline
        self._chosen = frozenset(settings.terms)
        self._drops_common = settings.llm_drop_common
        self._settings = llm_settings(settings)
        self._told_context = 0
        check_settings(self._settings)

    @property
    def revision(self) -> str:
        return self._offline.revision

    def analyse(
        self, documents: Iterable[tuple[int, DocumentText]], language: str, work: Work
    ) -> Iterator[tuple[int, bytes]]:
        return self._offline.analyse(documents, language, work)

    def extract(self, analyses: Iterable[tuple[int, bytes]], work: Work) -> list[TermDraft]:
        """The offline engine's terms with the categories of the model, which judges by what documents say of a term."""
        terms = self._offline.extract(analyses, work)
        suggested = [term for term in terms if term.suggested]
        found = self._categories(suggested, work)
        dropped = llm_classify.unwanted(suggested, found) if self._drops_common else set()
        if dropped:
            work.say(
                ngettext(
                    "{count} everyday word is not suggested.", "{count} everyday words are not suggested.", len(dropped)
                ).format(count=len(dropped))
            )
        return [
            replace(
                term, category=found.get(term.key, term.category), suggested=term.suggested and term.key not in dropped
            )
            for term in terms
        ]

    def define(self, terms: Sequence[TermDraft], work: Work) -> Iterator[tuple[str, DefinitionDraft]]:
        asked = {term.key: term for term in terms if self._is_asked_for(term)}
        yield from self._offline.define([term for term in terms if term.key not in asked], work)
        asker = self._asker(work)
        failed: list[TermDraft] = []
        undefined: list[TermDraft] = []
        context = self._context(work)
        questions = {t.key: llm_define.request(t, work.notes, context) for t in _each(asked.values(), work)}
        _tell_left_out(questions.values(), context, work)
        for reply in asker.ask([question.request for question in questions.values()]):
            term, answer = asked[reply.key], _as(CitedDefinition, reply.value)
            if answer is None:
                failed.append(term)
                continue
            checked = llm_define.checked(answer, term, questions[reply.key].passages)
            if not checked.sentences:
                undefined.append(term)
                continue
            work.figures.add(DEFINED)
            work.figures.add(UNSUPPORTED, checked.unsupported)
            yield term.key, checked.draft()
        asker.give_up_if_failed()
        asker.summarise()
        self._tell(failed, undefined, work)
        yield from self._offline.define([*failed, *undefined], work)

    def review(self, entries: Sequence[Entry], work: Work) -> Iterator[IssueDraft]:
        told: set[tuple[IssueType, frozenset[str]]] = set()
        for issue in self._offline.review(entries, work):
            told.add((issue.type, frozenset((issue.key, *issue.related))))
            yield issue
        asked = dict[str, tuple[llm_review.Pair, ...]]()
        requests = []
        found = llm_review.pairs(_each(entries, work), work.token.checkpoint)
        for request, pairs in _each(llm_review.requests(found, self._context(work)), work):
            requests.append(request)
            asked[request.key] = pairs
        asker = self._asker(work)
        for reply in asker.ask(requests):
            answer = _as(Judgement, reply.value)
            for issue in llm_review.issues(answer, asked[reply.key]) if answer else ():
                concerned = issue.type, frozenset((issue.key, *issue.related))
                if concerned not in told:
                    told.add(concerned)
                    yield issue
        asker.give_up_if_failed()
        asker.summarise()

    def refine(
        self, entries: Sequence[Entry], issues: Sequence[IssueDraft], work: Work
    ) -> Iterator[tuple[str, DefinitionDraft]]:
        asked = {entry.term.key: (entry, found) for entry, found in _mendable(entries, issues)}
        asker = self._asker(work)
        better: set[str] = set()
        context = self._context(work)
        questions = {
            entry.term.key: llm_define.request_better(entry, found, work.notes, context)
            for entry, found in _each(asked.values(), work)
        }
        _tell_left_out(questions.values(), context, work)
        for reply in asker.ask([question.request for question in questions.values()]):
            entry, answer = asked[reply.key][0], _as(CitedDefinition, reply.value)
            if answer is not None:
                draft = llm_define.checked(answer, entry.term, questions[reply.key].passages).supported_draft()
                if draft is not None and draft.text != entry.definition.text:
                    better.add(reply.key)
                    yield reply.key, draft
        if not work.figures[DEFINED]:
            # Else the run has something to show: the definitions stay as they are, which is told below.
            asker.give_up_if_failed()
        asker.summarise()
        for key, draft in self._offline.refine(entries, issues, work):
            if key not in better:
                yield key, draft

    def _categories(self, terms: Sequence[TermDraft], work: Work) -> dict[str, Category]:
        if not terms:
            return {}
        work.say(_("Asking the model what kind of things {count} terms are.").format(count=len(terms)))
        asked = {
            request.key: (request, batch)
            for request, batch in _each(llm_classify.requests(terms, self._context(work)), work)
        }
        asker = self._asker(work)
        found: dict[str, Category] = {}
        for reply in asker.ask([request for request, _batch in asked.values()]):
            answer = _as(Classification, reply.value)
            if answer is not None:
                found.update(llm_classify.categories(answer, asked[reply.key][1]))
        if asker.failed_by_server:
            asker.give_up_if_failed()
        asker.summarise()
        return found

    def _asker(self, work: Work) -> Asker:
        return Asker(replace(self._client(work), context_tokens=self._context(work)), work)

    def _client(self, work: Work) -> LlmSettings:
        settings = self._settings
        return replace(settings, api_key=secrets.key_for_run(settings.provider, settings.host, work.token))

    def _context(self, work: Work) -> int:
        """Tokens that the model reads at once; 0: nobody has said.  Asks Ollama, which would cut what is longer."""
        if self._settings.context_tokens or self._settings.provider is not Provider.OLLAMA:
            return self._settings.context_tokens
        if not self._told_context:
            load_client(work.token)
            from genglossary_gui.core.llm import ollama

            self._told_context = ollama.context_tokens(self._client(work), work.token)
        return self._told_context

    def _is_asked_for(self, term: TermDraft) -> bool:
        """Candidates that nobody would look at cost nothing."""
        wanted = term.key in self._chosen or (term.suggested and term.category is not Category.COMMON_NOUN)
        return wanted and bool(term.passages)

    def _tell(self, failed: Sequence[TermDraft], undefined: Sequence[TermDraft], work: Work) -> None:
        if failed:
            work.figures.add(FALLBACK, len(failed))
            names = ", ".join(f"“{term.term}”" for term in failed[:_NAMED]) + (" …" if len(failed) > _NAMED else "")
            message = ngettext(
                "{count} term was looked up without the model: {names}",
                "{count} terms were looked up without the model: {names}",
                len(failed),
            )
            work.warn(message.format(count=len(failed), names=names))
        if undefined:
            message = ngettext(
                "The model found no definition of {count} term in its passages.",
                "The model found no definition of {count} terms in their passages.",
                len(undefined),
            )
            work.say(message.format(count=len(undefined)))
        if work.figures[UNSUPPORTED]:
            message = ngettext(
                "{count} sentence of the model has no support in what it cites.",
                "{count} sentences of the model have no support in what they cite.",
                work.figures[UNSUPPORTED],
            )
            work.warn(message.format(count=work.figures[UNSUPPORTED]))


def _tell_left_out(questions: Iterable[llm_define.Asked], context: int, work: Work) -> None:
    if left_out := sum(question.left_out for question in questions):
        message = ngettext(
            "{count} passage was left out: the model reads {tokens} tokens at once.",
            "{count} passages were left out: the model reads {tokens} tokens at once.",
            left_out,
        )
        work.say(message.format(count=left_out, tokens=context))


def _each(items: Iterable[V], work: Work) -> Iterator[V]:
    """The items, with a look at the run between two of them: what is done with each may take a millisecond."""
    for item in items:
        work.token.checkpoint()
        work.tick()
        yield item


def _as(form: type[T], value: BaseModel | None) -> T | None:
    return value if isinstance(value, form) else None


def _mendable(entries: Sequence[Entry], issues: Sequence[IssueDraft]) -> Iterator[tuple[Entry, list[IssueDraft]]]:
    """Entries with a definition that no person wrote and with issues that other words can mend."""
    found: dict[str, list[IssueDraft]] = {}
    for issue in issues:
        if issue.type in _MENDED:
            found.setdefault(issue.key, []).append(issue)
    for entry in entries:
        definition = entry.definition
        if entry.term.key in found and definition.text and definition.origin != "person" and entry.term.passages:
            yield entry, found[entry.term.key]
