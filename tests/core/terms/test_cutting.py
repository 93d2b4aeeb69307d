"""How text lies in files changes nothing: cut anywhere between sections or paragraphs, in any order."""

from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from genglossary_gui.core.engines.offline import analyse_document
from genglossary_gui.core.terms.analysis import unpack
from genglossary_gui.core.terms.drafts import extract_terms
from genglossary_gui.core.text import BlockKind
from tests.core.terms.helpers import Piece, document

SECTIONS: list[list[Piece]] = [
    [(BlockKind.HEADING, "Sea lock"), "A sea lock joins the harbour and the sea."],
    ["The sea lock number 4 leaks. The stop log is in. A stop log is heavy, but the sea locks are not."],
    ["A chart of accounts is a list of the accounts of a harbour. We keep the chart of accounts."],
    ["The vessel traffic service (VTS) is near. Call VTS now.", "When VTS answers, the sluice opens. Sluices leak."],
    [(BlockKind.TERM, "stop log"), (BlockKind.DESCRIPTION, "A beam that closes a culvert.")],
    [(BlockKind.TABLE_ROW, "sluice\ta gate for water"), (BlockKind.LIST_ITEM, "sluice: see above")],
    ["もろみとは、酒母に蒸米を加えたものである。醪は毎日混ぜる。サーバを使う。"],
    [(BlockKind.HEADING, "蒸米"), "蒸し米は冷ましてから使う。蒸米の温度を測る。サーバーを置く。"],
]


def result(*texts: list[Piece]) -> list[tuple[object, ...]]:
    """Everything about the terms but the passages that were chosen to show them."""
    analyses = [(number, unpack(analyse_document(document(*pieces), "auto"))) for number, pieces in enumerate(texts)]
    return [
        (t.key, t.term, t.score, t.rank, t.frequency, t.suggested, t.category, t.variants, t.features)
        for t in extract_terms(lambda _wanted: analyses)
    ]


@settings(max_examples=25, deadline=None)
@given(st.permutations(SECTIONS * 2), st.sets(st.integers(1, 2 * len(SECTIONS) - 1)))
def test_neither_cuts_nor_the_order_of_files_change_the_terms(sections, cuts):
    borders = [0, *sorted(cuts), len(sections)]
    files = [[piece for section in sections[first:last] for piece in section] for first, last in pairwise(borders)]
    assert result(*files) == result([piece for section in SECTIONS * 2 for piece in section])
