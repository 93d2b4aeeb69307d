"""A document as sentences of words."""

from __future__ import annotations

from genglossary_gui.core.terms.english import tokenize_english
from genglossary_gui.core.terms.japanese import tokenize_japanese
from genglossary_gui.core.terms.language import passage_language
from genglossary_gui.core.terms.sentences import split_block
from genglossary_gui.core.text import BlockKind, DocumentText, Sentence


def tokenize(text: DocumentText, language: str) -> list[Sentence]:
    """The sentences of all blocks but code, in order, with their words; blanks are no tokens.

    ``language`` is ``auto`` (decided for each block), ``ja`` or ``en``.
    """
    sentences: list[Sentence] = []
    for index, block in enumerate(text.blocks):
        if block.kind is BlockKind.CODE:
            continue
        spoken = passage_language(text.text[block.start : block.end], language)
        words = tokenize_japanese if spoken == "ja" else tokenize_english
        for start, end in split_block(text, block, spoken):
            sentences.append(Sentence(start, end, index, spoken, words(text.text, start, end)))
    return sentences
