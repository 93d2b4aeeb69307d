"""Decisions follow a term that engines call by another of its spellings."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from genglossary_gui.core.glossary import Scope, TermDraft, Variant
from genglossary_gui.core.store import decisions, drafts
from genglossary_gui.core.store.connection import connect
from genglossary_gui.core.store.decisions import Listed, Status
from genglossary_gui.core.store.publishing import publish
from tests.support import make_project, start_run


class Found:
    """What runs find: a key with its spellings; and what a person decides."""

    def __init__(self, project: Path) -> None:
        self.connection = connect(project)

    def run(self, **terms: list[str]) -> None:
        connection = self.connection
        run_id = start_run(connection, owner="test", scope=Scope.EXTRACT)
        drafts.begin(connection, run_id, "")
        drafts.stage_terms(
            connection,
            run_id,
            [
                TermDraft(
                    key, key, "en", score=1.0, rank=rank, frequency=5, document_frequency=1, suggested=True,
                    variants=tuple(Variant(surface, 2, "spelling") for surface in spellings),
                )
                for rank, (key, spellings) in enumerate(terms.items(), 1)
            ],
        )  # fmt: skip
        publish(connection, run_id, "test")

    def id_of(self, key: str) -> int:
        return self.connection.execute("SELECT id FROM terms WHERE key = ?", (key,)).fetchone()[0]

    def rows(self) -> dict[str, tuple]:
        return {
            key: tuple(rest)
            for key, *rest in self.connection.execute("SELECT key, id, status, listed, frequency FROM terms")
        }


@pytest.fixture
def found(tmp_path: Path) -> Iterator[Found]:
    found = Found(make_project(tmp_path))
    with closing(found.connection):
        yield found


@pytest.mark.parametrize("status", [Status.ACCEPTED, Status.DROPPED])
def test_a_decision_goes_with_the_spelling_that_became_the_common_one(found: Found, status: Status) -> None:
    found.run(sdk=["toolkit"])
    term = found.id_of("sdk")
    decisions.set_status(found.connection, [term], status)

    found.run(toolkit=["sdk"])
    assert found.rows() == {"toolkit": (term, status, "", 5)}
    found.run(sdk=["toolkit"])

    assert found.rows() == {"sdk": (term, status, "", 5)}


def test_what_is_wanted_follows_the_term_that_it_was_joined_with(found: Found) -> None:
    found.run(sdk=[], toolkit=[])
    term = found.id_of("sdk")
    decisions.set_listed(found.connection, [term], Listed.REQUIRED)

    found.run(toolkit=["sdk"])

    assert found.rows() == {"toolkit": (term, "candidate", "required", 5)}


def test_what_is_not_wanted_takes_no_other_term_with_it(found: Found) -> None:
    found.run(it=[], technology=[])
    dropped, other = found.id_of("it"), found.id_of("technology")
    decisions.set_status(found.connection, [dropped], Status.DROPPED)

    found.run(technology=["it"])

    assert found.rows() == {"it": (dropped, "dropped", "", 0), "technology": (other, "candidate", "", 5)}


def test_two_decisions_are_not_made_one(found: Found) -> None:
    found.run(sdk=[], toolkit=[])
    short, full = found.id_of("sdk"), found.id_of("toolkit")
    decisions.set_status(found.connection, [short], Status.ACCEPTED)
    decisions.set_listed(found.connection, [full], Listed.EXCLUDED)

    found.run(toolkit=["sdk"])

    assert found.rows() == {"sdk": (short, "accepted", "", 0), "toolkit": (full, "candidate", "excluded", 5)}


def test_a_spelling_that_was_split_off_follows_nothing(found: Found) -> None:
    found.run(gate=["portal"])
    decisions.split(found.connection, found.id_of("gate"), ["portal"])
    before = {key: row[0] for key, row in found.rows().items()}

    found.run(hatch=["portal"])

    assert {key: row[0] for key, row in found.rows().items() if key in before} == before


def test_an_undecided_term_is_a_new_one(found: Found) -> None:
    found.run(sdk=["toolkit"])

    found.run(toolkit=["sdk"])

    assert list(found.rows()) == ["toolkit"]
