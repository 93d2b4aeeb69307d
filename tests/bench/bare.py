"""The analysis beside the bare tokenizers: piece by piece in the same process, so that whatever else happens on the
machine happens to both.

*The libraries alone* get sentences that are cut already.  SudachiPy gives surface, part of speech and normalised form
of each word; HanTa is asked once for each form of a word, its answer is kept.  No line of ours is in it but the loop.
*Our tokenizers alone* are ``tokenize``: sentences, words, parts of speech by context, offsets.
"""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from multiprocessing import get_context
from typing import Any

from genglossary_gui.core.compute.serving import prepare_process
from genglossary_gui.core.engines.offline import analyse_document
from genglossary_gui.core.engines.pieces import FlatText, flat, pieces, unflat
from genglossary_gui.core.terms.sentences import split_block
from genglossary_gui.core.terms.tokenize import tokenize
from genglossary_gui.core.terms.without_numpy import stand_in_for_numpy
from genglossary_gui.core.text import Block, BlockKind, DocumentText
from genglossary_gui.core.text_language import passage_language
from tests.bench.table import Row

_WORD = re.compile(r"\w+|[^\w\s]")
_LOADING = (("en", "The glimmerstone rises."), ("ja", "潮が満ちる。"))
"""With a word that our table of English words does not have: both load all their models."""


@dataclass(frozen=True)
class Beside:
    """Characters, and the seconds of processor time that all processes together took for them."""

    characters: int
    libraries: float
    tokenizers: float
    analysis: float

    def rows(self, what: str) -> list[Row]:
        figure = self.characters / self.analysis
        return [
            Row(
                what=f"analyse {what}",
                figure=figure,
                unit="chars/s",
                baseline=self.characters / self.libraries,
                against="SudachiPy and HanTa alone",
            ),
            Row(
                what="… the same",
                figure=figure,
                unit="chars/s",
                baseline=self.characters / self.tokenizers,
                against="our tokenizers alone",
            ),
        ]


def beside(texts: Sequence[DocumentText], processes: int) -> Beside:
    """``texts`` shared among so many processes that work at the same time, each with nothing in its caches."""
    flats = [flat(piece) for text in texts for _offset, piece in pieces(text)]
    shares = [flats[number::processes] for number in range(processes)]
    seconds: list[tuple[float, float]] = []
    for ours in (_tokenize, _analyse):
        # In processes of their own: what one has looked up must not help the other.
        with get_context("spawn").Pool(processes) as pool:
            found = pool.starmap(_beside, [(ours, share) for share in shares], chunksize=1)
        seconds.append((sum(libraries for libraries, _own in found), sum(own for _libraries, own in found)))
    (libraries_there, tokenizers), (libraries, analysis) = seconds
    characters = sum(len(value[0]) for value in flats)
    return Beside(characters, libraries, tokenizers * libraries / libraries_there, analysis)


def _tokenize(value: FlatText) -> None:
    tokenize(unflat(value), "auto")


def _analyse(value: FlatText) -> None:
    analyse_document(unflat(value), "auto")


def _beside(ours: Callable[[FlatText], None], flats: Sequence[FlatText]) -> tuple[float, float]:
    """Seconds of the libraries and of what is ours."""
    prepare_process()
    libraries = _Libraries()
    libraries.read(_LOADING)
    for _language, text in _LOADING:
        tokenize(DocumentText(text, (Block(BlockKind.PARAGRAPH, 0, len(text)),)), "auto")
    theirs = own = 0.0
    for value in flats:
        sentences = _sentences(unflat(value))
        begun = time.process_time()
        libraries.read(sentences)
        between = time.process_time()
        ours(value)
        theirs, own = theirs + between - begun, own + time.process_time() - between
    return theirs, own


def _sentences(text: DocumentText) -> list[tuple[str, str]]:
    """Language and words of each sentence that the analysis reads."""
    found: list[tuple[str, str]] = []
    for block in text.blocks:
        if block.kind is not BlockKind.CODE:
            language = passage_language(text.text[block.start : block.end])
            found += [(language, text.text[start:end]) for start, end in split_block(text, block, language)]
    return found


class _Libraries:
    def __init__(self) -> None:
        from sudachipy import SplitMode, dictionary

        with stand_in_for_numpy():
            from HanTa import HanoverTagger

            self._english: Any = HanoverTagger.HanoverTagger("morphmodel_en.pgz")
        self._japanese: Any = dictionary.Dictionary().tokenizer(SplitMode.C)
        self._known: dict[str, Any] = {}

    def read(self, sentences: Sequence[tuple[str, str]]) -> list[list[Any]]:
        ways = {"ja": self._read_japanese, "en": self._read_english}
        return [ways[language](text) for language, text in sentences]

    def _read_japanese(self, text: str) -> list[Any]:
        return [(m.surface(), m.part_of_speech(), m.normalized_form()) for m in self._japanese.tokenize(text)]

    def _read_english(self, text: str) -> list[Any]:
        known, found = self._known, []
        for word in _WORD.findall(text):
            tags = known.get(word)
            if tags is None:
                tags = known[word] = self._english.tag_word(word, cutoff=6)
            found.append((word, tags))
        return found
