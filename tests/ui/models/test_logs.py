"""The log of a run grows in the window, and a filter keeps up with it."""

from __future__ import annotations

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtTest import QAbstractItemModelTester
from pytestqt.qtbot import QtBot

from genglossary_gui.core.glossary import Level
from genglossary_gui.core.store.log_search import LogQuery
from genglossary_gui.ui.models.logs import HEADING, LEVEL, MESSAGE, STEP, TIME, LogModel
from genglossary_gui.ui.models.reader import Reader
from tests.ui.models.run_support import RunBook


def query(text: str, least: Level = Level.DEBUG) -> LogQuery:
    return LogQuery(text, levels=frozenset(level for level in Level if level.rank >= least.rank))


def messages(model: LogModel) -> list[str]:
    return [model.index(row, MESSAGE).data() for row in range(model.rowCount())]


def test_a_finished_log_is_there_at_once(book: RunBook, reader: Reader) -> None:
    run_id = book.running()
    book.log(run_id, ["one", "two"])
    model = LogModel(reader)

    model.set_run(run_id)

    assert messages(model) == ["one", "two"]


def test_the_logs_of_two_runs_never_mix(qtbot: QtBot, book: RunBook, reader: Reader) -> None:
    mine, other = book.running(), book.running()
    book.log(mine, ["mine"])
    model = LogModel(reader)
    model.set_run(mine)

    model.on_appended(other, book.log(other, ["other"] * 3))
    model.on_appended(mine, book.log(mine, ["mine too"]))
    qtbot.waitUntil(lambda: model.rowCount() == 2)

    assert messages(model) == ["mine", "mine too"]


def test_many_announcements_become_one_change(qtbot: QtBot, book: RunBook, reader: Reader) -> None:
    run_id = book.running()
    model = LogModel(reader)
    model.set_run(run_id)
    changes: list[int] = []
    model.rowsInserted.connect(lambda parent, first, last: changes.append(last))

    for number in range(50):
        model.on_appended(run_id, book.log(run_id, [f"record {number}"]))
    qtbot.waitUntil(lambda: model.rowCount() == 50)

    assert changes == [49]


def test_a_page_that_was_short_is_read_again(qtbot: QtBot, book: RunBook, reader: Reader) -> None:
    run_id = book.running()
    book.log(run_id, ["first"])
    model = LogModel(reader)
    model.set_run(run_id)
    assert messages(model) == ["first"]

    model.on_appended(run_id, book.log(run_id, [f"later {number}" for number in range(300)]))
    qtbot.waitUntil(lambda: model.rowCount() == 301)

    assert messages(model)[1] == "later 0"
    assert messages(model)[300] == "later 299"


def test_the_filter_looks_at_text_and_level(qtbot: QtBot, book: RunBook, reader: Reader) -> None:
    run_id = book.running()
    book.log(run_id, ["麹菌 read", "酒母 read"])
    book.log(run_id, ["麹菌 broken", "other"], Level.WARNING)
    model = LogModel(reader)
    model.set_run(run_id)

    model.set_query(query("麹菌", Level.WARNING))
    qtbot.waitUntil(lambda: not model.is_searching)

    assert messages(model) == ["麹菌 broken"]
    assert (model.rowCount(), model.total) == (1, 4)


def test_a_filter_finds_more_than_one_answer_holds(qtbot: QtBot, book: RunBook, reader: Reader) -> None:
    run_id = book.running()
    book.log(run_id, (f"{'odd' if number % 2 else 'even'} {number}" for number in range(3_000)))
    model = LogModel(reader)
    model.set_run(run_id)

    model.set_query(query("odd"))
    qtbot.waitUntil(lambda: not model.is_searching)

    assert model.rowCount() == 1_500
    assert messages(model)[-1] == "odd 2999"


def test_new_records_of_a_live_run_join_the_filter(qtbot: QtBot, book: RunBook, reader: Reader) -> None:
    run_id = book.running()
    book.log(run_id, ["no"])
    model = LogModel(reader)
    model.set_run(run_id)
    model.set_query(query("yes"))
    qtbot.waitUntil(lambda: not model.is_searching)

    model.on_appended(run_id, book.log(run_id, ["yes 1", "no", "yes 2"]))
    qtbot.waitUntil(lambda: model.total == 4 and not model.is_searching)

    assert messages(model) == ["yes 1", "yes 2"]


def test_an_answer_to_an_older_filter_is_not_shown(qtbot: QtBot, book: RunBook, reader: Reader) -> None:
    run_id = book.running()
    book.log(run_id, ["a", "b"])
    model = LogModel(reader)
    model.set_run(run_id)

    model.set_query(query("a"))
    model.set_query(query("b"))
    qtbot.waitUntil(lambda: not model.is_searching)
    model.set_query(query("a"))
    model.set_query(query(""))
    answered: list[object] = []
    reader.ask(lambda connection: True, answered.append)
    qtbot.waitUntil(lambda: bool(answered))

    assert messages(model) == ["a", "b"]


def test_matches_of_another_run_are_not_shown(qtbot: QtBot, book: RunBook, reader: Reader) -> None:
    full, empty = book.running(), book.running()
    book.log(full, ["a"])
    model = LogModel(reader)
    model.set_query(query("a"))

    model.set_run(full)
    model.set_run(empty)
    answered: list[object] = []
    reader.ask(lambda connection: True, answered.append)
    qtbot.waitUntil(lambda: bool(answered))

    assert messages(model) == []


def test_a_record_is_one_harmless_line_with_its_level_in_words(book: RunBook, reader: Reader) -> None:
    run_id = book.running()
    book.log(run_id, ["one\n\x1b[2Jtwo" + "x" * 5_000], Level.ERROR)
    model = LogModel(reader)

    model.set_run(run_id)

    assert messages(model)[0].startswith("one⏎^[[2Jtwo")
    assert len(messages(model)[0]) == 2_000
    assert model.index(0, LEVEL).data() == "Error"


def test_records_that_do_not_match_may_stay(qtbot: QtBot, book: RunBook, reader: Reader) -> None:
    run_id = book.running()
    book.log(run_id, ["yes 1", "no", "yes 2", "no"])
    model = LogModel(reader)
    model.set_run(run_id)

    model.set_query(query("yes"), hides_others=False)
    qtbot.waitUntil(lambda: model.matches == 2)

    assert model.rowCount() == 4
    assert [model.next_match(row, forward=True) for row in range(4)] == [3, 3, 1, 1]
    assert [model.next_match(row, forward=False) for row in range(4)] == [3, 1, 1, 3]
    assert [model.match_number(row) for row in range(4)] == [1, 0, 2, 0]


def test_a_query_that_is_no_expression_is_refused_and_the_next_one_is_not(
    qtbot: QtBot, book: RunBook, reader: Reader
) -> None:
    run_id = book.running()
    book.log(run_id, ["a"])
    model = LogModel(reader)
    model.set_run(run_id)
    said: list[str] = []
    model.refused.connect(said.append)

    model.set_query(LogQuery("(", is_regex=True))
    qtbot.waitUntil(lambda: len(said) == 2)
    model.set_query(LogQuery("(a)", is_regex=True))
    qtbot.waitUntil(lambda: not model.is_searching)

    assert said[0] == said[2] == ""
    assert "not a regular expression" in said[1]
    assert messages(model) == ["a"]


def test_levels_are_counted_while_the_log_grows(qtbot: QtBot, book: RunBook, reader: Reader) -> None:
    run_id = book.running()
    book.log(run_id, ["a"])
    model = LogModel(reader)
    model.set_run(run_id)

    model.on_appended(run_id, book.log(run_id, ["b", "c"], Level.ERROR))

    qtbot.waitUntil(lambda: model.level_counts.get(Level.ERROR) == 2 and model.level_counts.get(Level.INFO) == 1)


def test_a_step_is_folded_under_its_heading(qtbot: QtBot, book: RunBook, reader: Reader) -> None:
    run_id = book.running()
    book.log(run_id, ["one", "two"], step="scan")
    book.log(run_id, ["bad"], Level.ERROR, step="extract")
    model = LogModel(reader)
    model.set_run(run_id)
    model.set_grouped(True)
    qtbot.waitUntil(lambda: model.rowCount() == 5)

    model.toggle_fold(0)

    assert messages(model) == ["2 records · 0.0 s", "1 record · 1 error · 0.0 s", "bad"]
    assert model.index(0, STEP).data() == "Reading documents"
    assert model.reveal(2) == 2
    assert messages(model)[1:3] == ["one", "two"]


def of_three_steps(book: RunBook, reader: Reader) -> LogModel:
    """Grouped, and the event loop, which brings the steps, has not run yet."""
    run_id = book.running()
    for step in ("scan", "extract", "scan"):
        book.log(run_id, ["one", "two"], step=step)
    model = LogModel(reader)
    model.set_run(run_id)
    model.set_grouped(True)
    return model


def headings(model: LogModel) -> int:
    return sum(model.data(model.index(row, 0), HEADING) for row in range(model.rowCount()))


def test_folding_all_before_the_steps_are_known_folds_them_when_they_come(
    qtbot: QtBot, book: RunBook, reader: Reader
) -> None:
    model = of_three_steps(book, reader)
    model.fold_all(True)
    qtbot.waitUntil(lambda: headings(model) == 3)
    assert model.rowCount() == 3

    assert model.run_id is not None
    model.on_appended(model.run_id, book.log(model.run_id, ["new"], step="extract"))
    qtbot.waitUntil(lambda: headings(model) == 4)
    assert messages(model)[-1] == "new"


def test_a_step_that_was_unfolded_stays_so_when_the_log_is_searched(
    qtbot: QtBot, book: RunBook, reader: Reader
) -> None:
    model = of_three_steps(book, reader)
    model.fold_all(True)
    qtbot.waitUntil(lambda: headings(model) == 3)
    model.toggle_fold(1)

    model.set_query(query("two"))
    qtbot.waitUntil(lambda: headings(model) == 3)

    assert messages(model).count("two") == 1


def test_unfolding_all_or_going_to_a_record_takes_the_folding_back(qtbot: QtBot, book: RunBook, reader: Reader) -> None:
    for take_back in (lambda model: model.fold_all(False), lambda model: model.reveal(3)):
        model = of_three_steps(book, reader)
        model.fold_all(True)
        take_back(model)
        qtbot.waitUntil(lambda model=model: headings(model) == 3)  # type: ignore[misc]
        assert model.rowCount() == 9


def test_times_can_be_counted_from_the_beginning(book: RunBook, reader: Reader) -> None:
    run_id = book.running()
    book.log(run_id, ["one"])
    model = LogModel(reader)
    model.set_run(run_id)

    model.set_relative(True)

    assert model.index(0, TIME).data() == "+0:00:00.000"


_STEPS = ["grow", "other step", "filter", "mark", "clear", "warnings", "other run", "group", "flat", "fold", "fold all"]


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.sampled_from(_STEPS), max_size=10))
def test_views_are_told_of_every_change_in_a_lawful_way(
    qtbot: QtBot, book: RunBook, reader: Reader, steps: list[str]
) -> None:
    runs = [book.running(), book.running()]
    model = LogModel(reader)
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    model.set_run(runs[0])
    text, least, hides, step_name = "", Level.DEBUG, True, "scan"
    for step in steps:
        assert model.run_id is not None
        if step == "grow":
            book.log(model.run_id, ["needle", "hay"], step=step_name)
            model.on_appended(model.run_id, book.log(model.run_id, ["needle"], Level.WARNING, step_name))
        elif step == "other step":
            step_name = "scan" if step_name == "extract" else "extract"
        elif step == "other run":
            model.set_run(runs[runs.index(model.run_id) - 1])
        elif step in ("group", "flat"):
            model.set_grouped(step == "group")
        elif step == "fold":
            model.toggle_fold(0)
        elif step == "fold all":
            model.fold_all(True)
        else:
            text, least, hides = {
                "filter": ("needle", least, True),
                "mark": ("needle", least, False),
                "clear": ("", Level.DEBUG, True),
                "warnings": (text, Level.WARNING, hides),
            }[step]
            model.set_query(query(text, least), hides_others=hides)
    assert model.run_id is not None
    qtbot.waitUntil(lambda: model.total == total(book, model.run_id) and not model.is_searching)
    if model.is_grouped:
        qtbot.waitUntil(lambda: is_sectioned(model))
        model.fold_all(False)

    rows = book.connection.execute(
        "SELECT message, level FROM log_records WHERE run_id = ? ORDER BY seq", (model.run_id,)
    )
    records = [model.record_at(row) for row in range(model.rowCount())]
    wanted = [m for m, rank in rows if (text in m or not hides) and rank >= least.rank]
    assert [record.message for record in records if record is not None] == wanted
    del tester


def is_sectioned(model: LogModel) -> bool:
    """Whether every record stands below the heading of its step."""
    heading, is_right = "", True
    for row in range(model.rowCount()):
        record = model.record_at(row)
        if record is None:
            heading = model.index(row, STEP).data()
        else:
            is_right = is_right and heading == model.index(row, STEP).data()
    return is_right


def total(book: RunBook, run_id: int | None) -> int:
    return book.connection.execute("SELECT COUNT(*) FROM log_records WHERE run_id = ?", (run_id,)).fetchone()[0]
