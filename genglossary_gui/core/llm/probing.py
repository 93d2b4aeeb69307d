"""What a person asks of a server before any run: which models are there, and does it work."""

from __future__ import annotations

import asyncio

from pydantic import BaseModel

from genglossary_gui.core.i18n import _
from genglossary_gui.core.llm.questions import LlmError, Question
from genglossary_gui.core.llm.settings import LlmSettings, Provider, check_settings

_LIST_SECONDS = 15.0
_TEST_SECONDS = 60.0
_MOST_MODELS = 2_000
_LONGEST_NAME = 200


class _Ready(BaseModel):
    ready: bool


async def list_models(settings: LlmSettings) -> list[str]:
    """The names of the models that the server offers, in order.

    Raises ``LlmError`` with what is wrong, ``UsageError`` for an address that is none.  For any event loop.
    """
    from genglossary_gui.core.llm import failing, wire

    check_settings(settings, needs_model=False)
    client = wire.make_client(settings)
    try:
        async with asyncio.timeout(_LIST_SECONDS):
            page = await client.models.list()
        names = [getattr(model, "id", None) for model in page.data or ()]
    except Exception as error:  # a border: whatever answers there, a person is told in a sentence
        if isinstance(error, (AttributeError, TypeError, ValueError)):
            raise LlmError(failing.not_the_protocol(settings).sentence) from error
        raise LlmError(failing.trouble_of(error, settings).sentence) from error
    finally:
        await client.close()
    return sorted({name for name in names if isinstance(name, str) and 0 < len(name) <= _LONGEST_NAME})[:_MOST_MODELS]


async def test_connection(settings: LlmSettings) -> str:
    """Ask the model one small question; a sentence that says that it works.

    Raises ``LlmError`` whose sentence says what is wrong: nothing answers, unknown host, key, model, not such a server.
    """
    from genglossary_gui.core.llm import wire

    check_settings(settings)
    client = wire.make_client(settings)
    question = Question("test", "You answer in JSON.", 'Answer exactly {"ready": true}.', _Ready, max_tokens=200)
    messages = [{"role": "system", "content": question.system}, {"role": "user", "content": question.user}]
    began = asyncio.get_running_loop().time()
    flight = wire.InFlight(began)
    dialect = wire.Dialect(format=wire.PLAIN, left_out={"stream_options", "temperature", "seed"})
    if settings.provider in (Provider.OPENAI, Provider.AZURE):
        dialect.tokens_name = "max_completion_tokens"
    try:
        async with asyncio.timeout(_TEST_SECONDS):
            reply = await wire.request(client, settings, dialect, question, messages, wire.PLAIN, flight)
    except wire.RequestFailed as failure:
        raise LlmError(failure.trouble.sentence) from failure
    except TimeoutError as error:
        sentence = _("The server at {host} did not finish its answer within {seconds} s.")
        raise LlmError(sentence.format(host=settings.host, seconds=int(_TEST_SECONDS))) from error
    finally:
        await client.close()
    if not reply.text.strip():
        raise LlmError(_("The model “{model}” answers with nothing.").format(model=settings.model))
    seconds = asyncio.get_running_loop().time() - began
    words = _("“{model}” at {host} answers ({seconds} s).")
    return words.format(model=settings.model, host=settings.host, seconds=f"{seconds:.1f}")
