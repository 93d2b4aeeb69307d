"""A document as sentences of words."""

from __future__ import annotations

from genglossary_gui.core.terms.english import tokenize_english
from genglossary_gui.core.terms.japanese import tokenize_japanese
from genglossary_gui.core.terms.other import CHINESE, other_language, tokenize_other
from genglossary_gui.core.terms.sentences import split_block
from genglossary_gui.core.text import BlockKind, DocumentText, Sentence, new_sentence
from genglossary_gui.core.text_language import is_other_language, passage_language


def tokenize(text: DocumentText, language: str) -> list[Sentence]:
    """The sentences of all blocks but code, in order, with their words; blanks are no tokens.

    ``language`` is ``auto`` (decided for each block), ``ja`` or ``en``.  With ``auto`` a document that is in neither is
    read as what it is: its sentences have another code.
    """
    if language == "auto" and is_other_language(text.text):
        return _in_other_language(text)
    sentences: list[Sentence] = []
    whole = text.text
    for index, block in enumerate(text.blocks):
        if block.kind is BlockKind.CODE:
            continue
        spoken = passage_language(whole[block.start : block.end], language)
        words = tokenize_japanese if spoken == "ja" else tokenize_english
        for start, end in split_block(text, block, spoken):
            sentences.append(new_sentence(Sentence, (start, end, index, spoken, words(whole, start, end))))
    return sentences


def _in_other_language(text: DocumentText) -> list[Sentence]:
    language = other_language(text.text)
    marks = "ja" if language == CHINESE else "en"
    sentences: list[Sentence] = []
    for index, block in enumerate(text.blocks):
        if block.kind is BlockKind.CODE:
            continue
        for start, end in split_block(text, block, marks):
            words = tokenize_other(text.text, start, end, language)
            sentences.append(Sentence(start, end, index, language, words))
    return sentences
