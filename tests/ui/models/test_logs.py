"""The log of a run grows in the window, and a filter keeps up with it."""

from __future__ import annotations

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtTest import QAbstractItemModelTester
from pytestqt.qtbot import QtBot

from genglossary_gui.core.glossary import Level
from genglossary_gui.ui.models.logs import LEVEL, MESSAGE, LogModel
from genglossary_gui.ui.models.reader import Reader
from tests.ui.models.run_support import RunBook


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

    model.set_filter("麹菌", Level.WARNING)
    qtbot.waitUntil(lambda: not model.is_searching)

    assert messages(model) == ["麹菌 broken"]
    assert (model.rowCount(), model.total) == (1, 4)


def test_a_filter_finds_more_than_one_answer_holds(qtbot: QtBot, book: RunBook, reader: Reader) -> None:
    run_id = book.running()
    book.log(run_id, (f"{'odd' if number % 2 else 'even'} {number}" for number in range(3_000)))
    model = LogModel(reader)
    model.set_run(run_id)

    model.set_filter("odd", Level.DEBUG)
    qtbot.waitUntil(lambda: not model.is_searching)

    assert model.rowCount() == 1_500
    assert messages(model)[-1] == "odd 2999"


def test_new_records_of_a_live_run_join_the_filter(qtbot: QtBot, book: RunBook, reader: Reader) -> None:
    run_id = book.running()
    book.log(run_id, ["no"])
    model = LogModel(reader)
    model.set_run(run_id)
    model.set_filter("yes", Level.DEBUG)
    qtbot.waitUntil(lambda: not model.is_searching)

    model.on_appended(run_id, book.log(run_id, ["yes 1", "no", "yes 2"]))
    qtbot.waitUntil(lambda: model.total == 4 and not model.is_searching)

    assert messages(model) == ["yes 1", "yes 2"]


def test_an_answer_to_an_older_filter_is_not_shown(qtbot: QtBot, book: RunBook, reader: Reader) -> None:
    run_id = book.running()
    book.log(run_id, ["a", "b"])
    model = LogModel(reader)
    model.set_run(run_id)

    model.set_filter("a", Level.DEBUG)
    model.set_filter("b", Level.DEBUG)
    qtbot.waitUntil(lambda: not model.is_searching)
    model.set_filter("a", Level.DEBUG)
    model.set_filter("", Level.DEBUG)
    answered: list[object] = []
    reader.ask(lambda connection: True, answered.append)
    qtbot.waitUntil(lambda: bool(answered))

    assert messages(model) == ["a", "b"]


def test_matches_of_another_run_are_not_shown(qtbot: QtBot, book: RunBook, reader: Reader) -> None:
    full, empty = book.running(), book.running()
    book.log(full, ["a"])
    model = LogModel(reader)
    model.set_filter("a", Level.DEBUG)

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


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.sampled_from(["grow", "filter", "clear", "warnings", "other run"]), max_size=8))
def test_views_are_told_of_every_change_in_a_lawful_way(
    qtbot: QtBot, book: RunBook, reader: Reader, steps: list[str]
) -> None:
    runs = [book.running(), book.running()]
    model = LogModel(reader)
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    model.set_run(runs[0])
    text, least = "", Level.DEBUG
    for step in steps:
        if step == "grow":
            assert model.run_id is not None
            book.log(model.run_id, ["needle", "hay"])
            model.on_appended(model.run_id, book.log(model.run_id, ["needle"], Level.WARNING))
        elif step == "other run":
            model.set_run(runs[runs.index(model.run_id or 0) - 1])
        else:
            text, least = {
                "filter": ("needle", least),
                "clear": ("", Level.DEBUG),
                "warnings": (text, Level.WARNING),
            }[step]
            model.set_filter(text, least)
    assert model.run_id is not None
    qtbot.waitUntil(lambda: model.total == total(book, model.run_id) and not model.is_searching)

    rows = book.connection.execute(
        "SELECT message, level FROM log_records WHERE run_id = ? ORDER BY seq", (model.run_id,)
    )
    assert messages(model) == [message for message, rank in rows if text in message and rank >= least.rank]
    del tester


def total(book: RunBook, run_id: int | None) -> int:
    return book.connection.execute("SELECT COUNT(*) FROM log_records WHERE run_id = ?", (run_id,)).fetchone()[0]
