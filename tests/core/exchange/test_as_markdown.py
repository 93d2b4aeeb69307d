from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

from hypothesis import example, given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token

from genglossary_gui.core.exchange.as_markdown import escape, render
from genglossary_gui.core.exchange.exported import ExportedEntry, ExportedEvidence, ExportedGlossary
from genglossary_gui.core.glossary import Category, Stage

_MARKED = st.text(alphabet=st.sampled_from(list("#|<>`*_-+=[]()!&~$\\\n\r\t 1.):/aあ　\x00\u202e\u2028")))
_TEXT = st.one_of(st.text(), _MARKED)
_PARSER = MarkdownIt("commonmark").enable(["table", "strikethrough"])


def entry(term: str, definition: str = "", *, alias: str = "", document: str = "") -> ExportedEntry:
    return ExportedEntry(
        term=term,
        aliases=(alias,) if alias else (),
        category=Category.TECHNICAL_TERM,
        definition=definition,
        confidence=0.5,
        stage=Stage.PROVISIONAL,
        approved=False,
        suggested=True,
        rank=1,
        score=1.0,
        frequency=1,
        document_frequency=1,
        notes="",
        origin="offline",
        evidence=(ExportedEvidence(document, 7, "…"),) if document else (),
    )


def _parsed(*entries: ExportedEntry, name: str = "Volcanoes") -> list[Token]:
    return _PARSER.parse(render(ExportedGlossary(name, ("en",), entries)).decode())


def _inlines(tokens: list[Token]) -> list[Token]:
    return [child for token in tokens for child in token.children or ()]


@given(name=_TEXT, term=_TEXT, definition=_TEXT, alias=_TEXT, document=_TEXT)
@example(name="n", term="t", definition="1. one\n2. two", alias="- a", document="= d")
@example(name="n", term="C#", definition="<b>x</b> & ![i](u)\n---\n# h", alias="`a`", document="a|b")
@example(name="n", term="t", definition="\u202a", alias="", document="")
def test_no_text_becomes_markup(name: str, term: str, definition: str, alias: str, document: str) -> None:
    tokens = _parsed(entry(term, definition, alias=alias, document=document), name=name)
    blocks = [token.type for token in tokens if token.level == 0 and token.nesting == 1]
    aliases = ["paragraph_open"] if alias else []
    sources = ["bullet_list_open"] if document else []
    assert blocks == ["heading_open", "heading_open", *aliases, "paragraph_open", *sources]
    assert {child.type for child in _inlines(tokens)} <= {"text", "text_special"}


@given(_TEXT)
def test_the_reader_sees_the_text_itself(text: str) -> None:
    shown = "".join(child.content for child in _inlines(_PARSER.parse(f"# {escape(text)}")))
    assert shown.split() == "".join(c for c in text if c.isspace() or _visible(c)).split()


def _visible(character: str) -> bool:
    turning = "\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
    return not (character < " " or "\x7f" <= character <= "\x9f" or character in turning)


def test_entries_are_in_alphabetical_order_whatever_their_case() -> None:
    tokens = _parsed(entry("zeolite"), entry("Magma"), entry("ash"))
    headings = [inline.content for opening, inline in pairwise(tokens) if opening.type == "heading_open"]
    assert headings == ["Volcanoes", "ash", "Magma", "zeolite"]


def test_an_entry_reads_well() -> None:
    magma = entry("magma", "Molten rock.", alias="lava", document="a.md")
    text = render(ExportedGlossary("Volcanoes", ("en",), (magma,))).decode()
    assert text == "# Volcanoes\n\n## magma\n\nAlso: lava\n\nMolten rock.\n\n- a.md:7\n\n<!-- GenGlossary -->\n"


def test_a_term_without_definition_says_so() -> None:
    assert "No definition found." in render(ExportedGlossary("n", (), (entry("ash"),))).decode()


def test_a_sentence_that_only_mentions_a_term_is_not_given_out_as_its_definition() -> None:
    mention = replace(entry("ash", "The ash fell for days."), confidence=0.03)

    def shown(ash: ExportedEntry) -> str:
        return render(ExportedGlossary("n", (), (ash,))).decode()

    assert "\n\nNo definition found. Mentioned so: The ash fell for days.\n" in shown(mention)
    assert "No definition found" not in shown(replace(mention, confidence=0.1))
    assert "No definition found" not in shown(replace(mention, approved=True))
    assert "No definition found" not in shown(replace(mention, origin="person"))
