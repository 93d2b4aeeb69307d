"""How well the grounding check tells invented facts from paraphrases, over sentences of which a person has decided.

The cases are in ``grounding_ja.txt`` and ``grounding_en.txt``: evidence, sentences that it supports (+) and sentences
that it does not (-).  Precision and recall are of *unsupported*.  The rules were made while looking at the mistakes in
every other case (“seen”; S: all of them), and in some of the others (“held out”); “later” (H:) are those that were
written when the rules were done, except that one threshold was chosen over all of them; “newest” (F:) were written
before the mistakes in “later” were looked at, “last” (L:) when those in both of them had been mended.  “fifth” (N:) and
“sixth” (R:) were written before the weights were first fitted, “seventh” (V:) before they were fitted again, to all of
them; “eighth” (W:) after that.
``python -m tests.bench.grounding`` also lists the mistakes in what was seen, ``--all`` all of them.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter

from genglossary_gui.core.review.grounding import check
from tests.bench import table
from tests.bench.table import Row

_LEAST = 0.9
_PARTS = {"S:": "seen", "H:": "later", "F:": "newest", "L:": "last"}
_PARTS |= {"N:": "fifth", "R:": "sixth", "V:": "seventh", "W:": "eighth"}
"""What stands before a term; T: is “seen” or “held out”."""


@dataclass(frozen=True)
class Case:
    language: str
    part: str
    """``seen`` · ``held out`` · what a letter stands for."""
    term: str
    evidence: str
    sentence: str
    is_supported: bool


def cases() -> Iterator[Case]:
    """All cases; of two neighbouring pieces of evidence the second is held out."""
    for language in ("ja", "en"):
        term = evidence = part = ""
        number = 0
        for line in Path(__file__).with_name(f"grounding_{language}.txt").read_text(encoding="utf-8").splitlines():
            kind, _blank, rest = line.partition(" ")
            if kind == "T:" or kind in _PARTS:
                term, number = rest, number + 1
                part = _PARTS.get(kind, "held out" if number % 2 == 0 else "seen")
            elif kind == "E:":
                evidence = rest
            elif kind in ("+", "-"):
                yield Case(language, part, term, evidence, rest, kind == "+")


def is_found(case: Case) -> bool:
    """Whether the check calls the sentence unsupported."""
    return not check(case.sentence, [case.evidence], [case.term]).is_supported


def precision_and_recall(chosen: list[Case]) -> tuple[float, float]:
    """Of *unsupported*."""
    found = [case for case in chosen if is_found(case)]
    right = sum(not case.is_supported for case in found)
    return right / max(1, len(found)), right / max(1, sum(not case.is_supported for case in chosen))


def measure() -> list[Row]:
    rows = []
    everything = list(cases())
    for part in ("seen", "held out", "later", "newest", "last", "fifth", "sixth", "seventh", "eighth"):
        for language in ("ja", "en"):
            chosen = [case for case in everything if (case.language, case.part) == (language, part)]
            if not chosen:
                continue
            precision, recall = precision_and_recall(chosen)
            label = f"grounding, {language}, {len(chosen)} cases {part}"
            for what, figure in (("precision", precision), ("recall", recall)):
                rows.append(
                    Row(what=f"{label}: {what}", figure=figure, unit="", baseline=_LEAST, against="the least wanted")
                )
    began = perf_counter()
    for case in everything:
        is_found(case)
    each = 1000 * (perf_counter() - began) / len(everything)
    rows.append(Row(what="grounding, one sentence", figure=each, unit="ms", goal=5.0))
    return rows


def main() -> int:
    for row in measure():
        print(table.line(row))
    for case in cases():
        if "--all" in sys.argv or case.part == "seen":
            verdict = check(case.sentence, [case.evidence], [case.term])
            if verdict.is_supported != case.is_supported:
                print(
                    f"{'missed' if verdict.is_supported else 'wrong'}: {case.sentence}  {verdict.doubt} {verdict.words}"
                )
    return 0


if __name__ == "__main__":
    sys.exit(main())
