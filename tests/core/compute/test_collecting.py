"""Work that makes no cycles is not looked through for them, and leaves things as they were."""

from __future__ import annotations

import gc

import pytest

from genglossary_gui.core.compute.collecting import without_collection


def test_nothing_is_collected_within_it_and_again_behind_it() -> None:
    with without_collection():
        assert not gc.isenabled()
    assert gc.isenabled()


def test_it_ends_with_an_error_too() -> None:
    with pytest.raises(ZeroDivisionError), without_collection():
        raise ZeroDivisionError
    assert gc.isenabled()


def test_the_inner_one_of_two_leaves_it_to_the_outer_one() -> None:
    with without_collection():
        with without_collection():
            pass
        assert not gc.isenabled()
    assert gc.isenabled()


def test_where_nobody_collects_nobody_does_afterwards() -> None:
    gc.disable()
    try:
        with without_collection():
            pass
        assert not gc.isenabled()
    finally:
        gc.enable()
