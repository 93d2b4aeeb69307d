import json
from contextlib import closing
from dataclasses import asdict, replace

import pytest

from genglossary_gui.core.glossary import (
    DefinitionDraft,
    IssueDraft,
    IssueType,
    Passage,
    PassageKind,
    Scope,
    Stage,
    TermDraft,
    Variant,
)
from genglossary_gui.core.store import codec, drafts, glossary, results, runs
from genglossary_gui.core.store.connection import connect
from genglossary_gui.core.store.publishing import NotPublishable, publish
from genglossary_gui.core.store.selection import Selection
from tests.support import add_document, make_project, start_run

OWNER = "me"


@pytest.fixture
def project(tmp_path):
    return make_project(tmp_path)


@pytest.fixture
def connection(project):
    with closing(connect(project)) as connection:
        yield connection


@pytest.fixture
def passage(project):
    document_id, content_id = add_document(project, "guide/a.md", "A lock is a chamber with gates.")
    return Passage(content_id, 2, 6, 1, "lock", PassageKind.CONTEXT, 0.5, "copula", document_id)


def term(passage, key="lock", **changes):
    draft = TermDraft(
        key,
        key,
        "en",
        2.5,
        1,
        3,
        1,
        True,
        variants=(Variant("locks", 2, "inflection"),),
        passages=(passage,),
        features={"heading": 1.0},
    )
    return replace(draft, **changes)


def start(connection, scope=Scope.FULL):
    return start_run(connection, owner=OWNER, scope=scope)


def stage(connection, run_id, passage, text="A chamber with gates.", keys=("lock",)):
    drafts.stage_terms(connection, run_id, [term(passage, key) for key in keys])
    definition = DefinitionDraft(text, 0.8, (passage,), "offline")
    drafts.stage_definitions(connection, run_id, Stage.PROVISIONAL, [(key, definition) for key in keys])


def entries(connection):
    ids = glossary.entry_ids(connection, Selection())
    return {row.key: row for row in glossary.entry_rows(connection, ids).values()}


def dump(connection):
    tables = ("terms", "variants", "passages", "definitions", "evidence", "issues")
    return {table: connection.execute(f"SELECT * FROM {table}").fetchall() for table in tables}


def test_values_survive_the_way_to_the_database(passage):
    draft = term(passage)
    assert codec.decode_term(codec.encode_term(draft)) == draft
    definition = DefinitionDraft("x", 0.1, (passage,), "offline")
    assert codec.decode_definition(codec.encode_definition(definition)) == definition
    issue = IssueDraft("lock", IssueType.CIRCULAR, "why", "what", ("gate",))
    assert codec.decode_issue(codec.encode_issue(issue)) == issue


def test_values_of_earlier_versions_are_read(passage):
    """They were objects with the names of the fields."""
    draft, definition = term(passage), DefinitionDraft("x", 0.1, (passage,), "offline")
    issue = IssueDraft("lock", IssueType.CIRCULAR, "why", "what", ("gate",))
    assert codec.decode_term(json.dumps(asdict(draft))) == draft
    assert codec.decode_definition(json.dumps(asdict(definition))) == definition
    assert codec.decode_issue(json.dumps(asdict(issue))) == issue


@pytest.mark.parametrize("has_terms", [True, False])
def test_what_is_kept_of_a_draft_is_what_it_says_together_with_the_glossary(connection, passage, has_terms):
    first = start(connection)
    stage(connection, first, passage, keys=("gate", "lock", "weir"))
    publish(connection, first, OWNER)
    connection.execute("UPDATE terms SET locked = 1 WHERE key = 'gate'")
    second = start(connection)
    if has_terms:
        drafts.stage_terms(connection, second, [term(passage, key) for key in ("gate", "lock", "weir", "sluice")])
    news = DefinitionDraft("Another text.", 0.7, (passage,), "llm")
    drafts.stage_definitions(connection, second, Stage.REFINED, [("gate", news), ("lock", news)])
    whole = drafts.whole_entries_of_draft(connection, second)
    parts = results.pack(drafts.texts_of_entries(connection, drafts.read(connection, second)))
    results.save(connection, second, parts)
    assert results.load(connection, second) == whole
    assert len({entry.definition.text for entry in whole}) == 2 + has_terms


def test_nothing_staged_is_visible_before_publishing(connection, passage):
    before = dump(connection)
    stage(connection, start(connection), passage)
    assert dump(connection) == before


def test_publishing_shows_results_and_outcome_together(connection, passage):
    run_id = start(connection)
    stage(connection, run_id, passage)
    publish(connection, run_id, OWNER)
    run = runs.get_run(connection, run_id)
    assert run is not None
    assert run.outcome == "completed"
    detail = glossary.entry_detail(connection, entries(connection)["lock"].id)
    assert detail is not None
    assert detail.row.definition == "A chamber with gates."
    assert [e.document for e in detail.evidence] == ["guide/a.md"]
    assert detail.variants == (Variant("locks", 2, "inflection"),)


def test_publishing_fails_as_a_whole(connection, passage):
    first, second = start(connection), start(connection)
    stage(connection, first, passage)
    publish(connection, first, OWNER)
    before = dump(connection)
    stage(connection, second, replace(passage, document_id=999), text="Other.", keys=("lock", "weir"))
    with pytest.raises(Exception, match="FOREIGN KEY"):
        publish(connection, second, OWNER)
    assert dump(connection) == before
    run = runs.get_run(connection, second)
    assert run is not None
    assert run.outcome is None


def test_a_run_that_is_not_running_publishes_nothing(connection, passage):
    run_id = start(connection)
    stage(connection, run_id, passage)
    runs.write_recovered(connection, run_id, OWNER)
    with pytest.raises(NotPublishable):
        publish(connection, run_id, OWNER)
    assert entries(connection) == {}


@pytest.mark.parametrize("newer_first", [False, True])
def test_s2_the_order_of_publishing_does_not_matter(connection, passage, newer_first):
    older, newer = start(connection), start(connection)
    stage(connection, older, passage, "Old text.", keys=("lock", "weir"))
    stage(connection, newer, passage, "New text.", keys=("lock", "gate"))
    for run_id in (older, newer):
        drafts.stage_issues(connection, run_id, [IssueDraft("lock", IssueType.UNCLEAR, f"said by {run_id}")])
    for run_id in (newer, older) if newer_first else (older, newer):
        publish(connection, run_id, OWNER)
    shown = {key: (row.definition, row.run_id) for key, row in entries(connection).items()}
    assert shown == {"lock": ("New text.", newer), "gate": ("New text.", newer)}
    assert connection.execute("SELECT explanation FROM issues").fetchall() == [(f"said by {newer}",)]
    history = connection.execute("SELECT text FROM definitions WHERE current = 0").fetchall()
    assert history == [("Old text.",)]


@pytest.mark.parametrize("lock", ["UPDATE terms SET locked = 1", "UPDATE definitions SET approved = 1"])
def test_what_a_person_locked_is_never_overwritten(connection, passage, lock):
    first, second = start(connection), start(connection)
    stage(connection, first, passage, "Mine.")
    publish(connection, first, OWNER)
    connection.execute(lock)
    stage(connection, second, passage, "Theirs.")
    publish(connection, second, OWNER)
    assert entries(connection)["lock"].definition == "Mine."


def test_decisions_survive_a_run_that_does_not_find_the_term(connection, passage):
    first, second = start(connection), start(connection)
    stage(connection, first, passage, keys=("lock", "weir", "sluice"))
    publish(connection, first, OWNER)
    connection.execute("UPDATE terms SET status = 'accepted' WHERE key = 'weir'")
    connection.execute("UPDATE terms SET notes = 'ask Ann' WHERE key = 'sluice'")
    stage(connection, second, passage, keys=("gate",))
    publish(connection, second, OWNER)
    assert set(entries(connection)) == {"weir", "sluice", "gate"}


def test_refined_wins_and_a_new_provisional_takes_its_place(connection, passage):
    first, second = start(connection), start(connection)
    stage(connection, first, passage, "Rough.")
    refined = DefinitionDraft("Fine.", 0.9, (passage,), "offline")
    drafts.stage_definitions(connection, first, Stage.REFINED, [("lock", refined)])
    publish(connection, first, OWNER)
    assert entries(connection)["lock"].definition == "Fine."
    stage(connection, second, passage, "Rough but newer.")
    publish(connection, second, OWNER)
    assert entries(connection)["lock"].definition == "Rough but newer."


def test_the_same_definition_again_makes_no_history(connection, passage):
    for _each in (1, 2, 3):
        run_id = start(connection)
        stage(connection, run_id, passage)
        publish(connection, run_id, OWNER)
    assert connection.execute("SELECT COUNT(*) FROM definitions").fetchone() == (1,)


def test_an_ignored_issue_stays_ignored(connection, passage):
    issue = IssueDraft("lock", IssueType.UNCLEAR, "too short")
    for _each in (1, 2):
        run_id = start(connection)
        stage(connection, run_id, passage)
        drafts.stage_issues(connection, run_id, [issue])
        publish(connection, run_id, OWNER)
        connection.execute("UPDATE issues SET state = 'ignored'")
    assert connection.execute("SELECT COUNT(*) FROM issues").fetchone() == (1,)


def test_a_generate_run_keeps_the_terms(connection, passage):
    first = start(connection)
    stage(connection, first, passage)
    publish(connection, first, OWNER)
    second = start(connection, Scope.GENERATE)
    better = DefinitionDraft("Better.", 0.9, (passage,), "offline")
    drafts.stage_definitions(connection, second, Stage.PROVISIONAL, [("lock", better)])
    publish(connection, second, OWNER)
    assert entries(connection)["lock"].definition == "Better."
    assert [t.key for t in glossary.load_terms(connection)] == ["lock"]


def test_what_has_not_changed_is_not_written_again(connection, passage):
    first, second = start(connection), start(connection)
    stage(connection, first, passage, keys=("lock", "weir"))
    publish(connection, first, OWNER)
    stage(connection, second, passage, keys=("lock", "weir"))
    drafts.stage_terms(connection, second, [term(passage, "weir", passages=(replace(passage, line=2),))])
    written = []
    connection.set_trace_callback(written.append)
    publish(connection, second, OWNER)
    connection.set_trace_callback(None)
    inserted = [sql for sql in written if sql.startswith(("INSERT INTO passages", "INSERT INTO evidence"))]
    assert len(inserted) == 1
    detail = glossary.entry_detail(connection, entries(connection)["weir"].id)
    assert detail is not None
    assert [place.passage.line for place in detail.contexts] == [2]


def test_spellings_that_a_run_found_twice_are_kept_once(connection, passage):
    run_id = start(connection)
    twice = (Variant("Lock", 2), Variant("locks", 1), Variant("Lock", 9))
    drafts.stage_terms(connection, run_id, [term(passage, variants=twice)])
    publish(connection, run_id, OWNER)
    [loaded] = glossary.load_terms(connection)
    assert sorted(v.surface for v in loaded.variants) == ["Lock", "locks"]
    assert Variant("Lock", 2) in loaded.variants
