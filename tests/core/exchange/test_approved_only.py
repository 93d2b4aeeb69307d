"""Approved only: what a person approved and has not changed since."""

from __future__ import annotations

import json
from contextlib import closing

import pytest

from genglossary_gui.core.exchange.export import export_project
from genglossary_gui.core.store import entry_edits
from tests.core.store.test_entry_edits import GATE, KEYS, LOCK, WEIR, Book


@pytest.fixture
def book(tmp_path):
    book = Book(tmp_path)
    with closing(book.connection):
        book.publish(rough={key: f"A {key}." for key in KEYS})
        yield book


def approved(book):
    target = book.path.with_suffix(".json")
    export_project(book.path, target, approved_only=True)
    return [entry["term"] for entry in json.loads(target.read_text(encoding="utf-8"))["entries"]]


def test_an_edit_takes_an_entry_out_and_an_approval_brings_it_back(book):
    assert approved(book) == []
    entry_edits.approve(book.connection, [LOCK, WEIR])
    assert approved(book) == ["lock", "weir"]
    changes = entry_edits.write_definition(book.connection, LOCK, "Other.")
    assert approved(book) == ["weir"]
    entry_edits.undo(book.connection, changes)
    assert approved(book) == ["lock", "weir"]


def test_a_later_run_takes_nothing_out(book):
    entry_edits.approve(book.connection, [LOCK, GATE])
    book.publish(rough={key: f"Another {key}." for key in KEYS}, fine={key: f"A fine {key}." for key in KEYS})
    assert approved(book) == ["lock", "gate"]
