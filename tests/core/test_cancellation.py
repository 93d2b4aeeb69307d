import threading

import pytest

from genglossary_gui.core.cancellation import Cancelled, CancelToken


def test_a_request_is_accepted_once():
    token = CancelToken()
    assert token.request()
    assert not token.request()


def test_checkpoint_raises_only_after_a_request():
    token = CancelToken()
    token.checkpoint()
    token.request()
    with pytest.raises(Cancelled):
        token.checkpoint()


def test_cancelled_passes_a_loop_that_skips_bad_items():
    token = CancelToken()
    token.request()

    def careless() -> None:
        try:
            token.checkpoint()
        except Exception:
            pytest.fail("Cancelled was swallowed")

    with pytest.raises(Cancelled):
        careless()


def test_a_request_after_the_seal_is_too_late_and_changes_nothing():
    token = CancelToken()
    assert token.seal()
    assert not token.request()
    assert not token.is_cancelled
    token.checkpoint()


def test_the_seal_fails_after_an_accepted_request():
    token = CancelToken()
    token.request()
    assert not token.seal()
    assert token.is_cancelled


@pytest.mark.parametrize("rounds", [200])
def test_between_request_and_seal_exactly_one_wins(rounds):
    for _ in range(rounds):
        token, start, won = CancelToken(), threading.Barrier(2), []

        def ask(token=token, start=start, won=won):
            start.wait()
            won.append(token.request())

        thread = threading.Thread(target=ask)
        thread.start()
        start.wait()
        sealed = token.seal()
        thread.join()
        assert sealed != won[0]


def test_a_callback_wakes_what_is_blocked():
    token, blocked = CancelToken(), threading.Event()
    with token.on_cancel(blocked.set):
        token.request()
    assert blocked.is_set()


def test_a_callback_registered_after_the_request_runs_at_once():
    token, calls = CancelToken(), []
    token.request()
    with token.on_cancel(lambda: calls.append(1)):
        pass
    assert calls == [1]


def test_a_callback_is_forgotten_after_its_block():
    token, calls = CancelToken(), []
    with token.on_cancel(lambda: calls.append(1)):
        pass
    token.request()
    assert calls == []


@pytest.mark.expected_logs("a cancel callback failed")
def test_a_failing_callback_stops_no_other():
    token, calls = CancelToken(), []

    def fail() -> None:
        raise ZeroDivisionError

    with token.on_cancel(fail), token.on_cancel(lambda: calls.append(1)):
        assert token.request()
    assert calls == [1]


def test_waiting_ends_with_the_request():
    token = CancelToken()
    threading.Timer(0.01, token.request).start()
    with pytest.raises(Cancelled):
        token.wait(20)
