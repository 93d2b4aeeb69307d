from genglossary_gui.core.terms.analysis import Count, FoundDefinition, FoundPassage
from genglossary_gui.core.terms.merge import collect
from genglossary_gui.core.terms.observe import observe
from genglossary_gui.core.terms.tokenize import tokenize
from tests.core.terms.helpers import document

TEXT = document("A chart of accounts is a list.")


def definition(head: str, surface: str, weight: float = 0.9) -> FoundDefinition:
    return FoundDefinition(head, surface, FoundPassage(0, 30, 1, TEXT.text), weight, "copula")


def keys(*definitions: FoundDefinition) -> dict[str, int]:
    collection = collect([observe(TEXT, tokenize(TEXT, "en"), definitions)])
    return {key: candidate.counts[Count.FREQUENCY] for key, candidate in collection.candidates.items()}


def test_a_defined_phrase_is_a_candidate_though_it_is_no_noun_phrase():
    assert keys(definition("chart of account", "chart of accounts"))["chart of account"] == 1


def test_a_vague_definition_makes_no_candidate():
    assert "chart of account" not in keys(definition("chart of account", "chart of accounts", weight=0.5))
    assert "list, old" not in keys(definition("list, old", "list, old"))
