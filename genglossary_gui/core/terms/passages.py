"""Which sentences show a term best: the passages that a document contributes to each of its candidates."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from genglossary_gui.core.japanese_marks import with_usual_marks
from genglossary_gui.core.terms.analysis import FoundPassage, Observed, new_passage
from genglossary_gui.core.text import BlockKind, DocumentText, Sentence

PASSAGES = 5
PASSAGE_LENGTH = 300
RUNNING = (BlockKind.PARAGRAPH, BlockKind.LIST_ITEM, BlockKind.DESCRIPTION, BlockKind.QUOTE)
_SHORTEST = 40
_EARLY = 30
"""A sentence that names a term within so many characters is more likely about it; in Japanese within half of that."""
_ARTICLE = len("The ")
_JAPANESE_END = "。．｡"
_WHOLE = re.compile(
    r"(?!(?!(?:In|On|At|For|With|By|From|As|Of|During|Under|Within|Inside|After|Before|Since|Although|Because|Like|"
    r"Unlike|Over|Through|Between|Behind|Not|Only|Both|Once|Such)\b)[A-Z][a-z]+ (?:the|an?|all|any|each|every|how|"
    r"which|whether)\b)(?=[A-Z][\w'’-]*[ ,]|An? )(?!(?:(?:This|These|Those|That|It|They|He|She|There|Here|"
    r"If|When|While|To|See|Note|However|But|And|Or|So|Then|Also|Thus|Therefore|Otherwise|Instead|Next|First|Finally|Click|Select|Press|Choose|"
    r"Use|Set|Run|Add|Open|Enter|Type|Make|Let|You|We|Your|Our|Figure|Table|Version)\b))"
    r"[^|<>{}=\\\t→]*[a-z][)\"”’]?\.$"
    r"|(?![>＞・*#-]|この|その|これ|それ|こ[こう]|そ[こう]|しかし|また|つまり|ただし|なお|さらに|そして|次に|もし|以下|上記|図|表)"
    r"[^|<>{}=\\\t→■●]*[ぁ-ん]。$"
)
"""A sentence that stands alone: a beginning and an end, no markup, no command, nothing that points back."""
_OF_ONE_CASE = re.compile(
    r"\b(?:you|your|we|our|was|were|had|did|been|will|would|should|must|if|please|not)\b|\d\d|"
    r"ました|でした|ましょう|ください|ません|場合|あなた"
)


def worth(text: str) -> int:
    """How much a sentence tells of what it names: 2 it stands alone and speaks in general, 1 it stands alone,
    0 it does neither (a step, a caption, a list of names, a sentence that points back)."""
    text = with_usual_marks(text)
    if not _WHOLE.match(text):
        return 0
    return 1 if _OF_ONE_CASE.search(text) else 2


def is_early(text: str, start: int) -> bool:
    """Whether a name at ``start`` of a sentence stands where its subject does."""
    return start <= (_EARLY // 2 if text[-1] in _JAPANESE_END else _EARLY)


def opens(start: int) -> bool:
    """Whether a name at ``start`` of a sentence begins it, behind an article at most."""
    return start <= _ARTICLE


def choose_passages(
    document: DocumentText,
    sentences: Sequence[Sentence],
    seen: Iterable[tuple[Observed, Sequence[tuple[int, int, int]]]],
) -> list[FoundPassage]:
    """The sentences that show the candidates, each once; ``Observed.passages`` of a candidate becomes the numbers of
    its own, at most ``PASSAGES``, best first.

    ``seen`` holds each candidate with its places: number of the sentence, start, end.  Whole general sentences come
    first, then those of running text, then any; of equal ones those that begin with the name, those that name it
    early, and the first in the document.
    """
    text = document.text
    ranks: list[int | None] = [None] * len(sentences)
    """Of each sentence that was asked for: minus three times its worth."""

    def best(places: Sequence[tuple[int, int, int]]) -> Sequence[tuple[int, int, int]]:
        found: list[tuple[int, int, int, int]] = []
        last = -1
        for number, start, end in places:
            if number == last:
                continue  # Of a sentence that names it twice the first place counts.
            sentence, rank, last = sentences[number], ranks[number], number
            if rank is None:
                rank = ranks[number] = -3 * _worth_in(document, sentence)
            far = start - sentence[0]
            early = _EARLY if sentence[3] == "en" else _EARLY // 2
            found.append((rank - (far <= early) - (far <= _ARTICLE), number, start, end))
        found.sort()
        return [place[1:] for place in found[:PASSAGES]]

    numbers: dict[tuple[int, int], int] = {}
    whole: list[int | None] = [None] * len(sentences)
    """Of each sentence that is shown as a whole its number among the passages."""
    for item, places in seen:
        shown = item.passages
        for number, start, end in best(places) if len(places) > 1 else places:
            passage = whole[number]
            if passage is None:
                sentence = sentences[number]
                if sentence[1] - sentence[0] <= PASSAGE_LENGTH:
                    passage = whole[number] = numbers.setdefault(sentence[:2], len(numbers))
                else:
                    passage = numbers.setdefault(_excerpt(sentence, start, end), len(numbers))
            shown.append(passage)
    line = document.line_at
    return [new_passage(FoundPassage, (start, end, line(start), text[start:end])) for start, end in numbers]


def _worth_in(document: DocumentText, sentence: Sentence) -> int:
    """0 outside running text, else one more than what the words tell."""
    if document.blocks[sentence.block].kind not in RUNNING:
        return 0
    least = _SHORTEST if sentence.language == "en" else _SHORTEST // 2
    if not least <= sentence.end - sentence.start <= PASSAGE_LENGTH:
        return 0
    return 1 + worth(document.text[sentence.start : sentence.end])


def _excerpt(sentence: Sentence, start: int, end: int) -> tuple[int, int]:
    """Of a long sentence the words around the occurrence."""
    margin = (PASSAGE_LENGTH - (end - start)) // 2
    tokens = sentence.tokens
    left, right = max(sentence.start, start - margin), min(sentence.end, end + margin)
    begin = next(token.start for token in tokens if token.start >= left)
    stop = next(token.end for token in reversed(tokens) if token.end <= right)
    return min(begin, start), max(stop, end)
