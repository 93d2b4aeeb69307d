"""Every statement of runs that go on with another one fails once, with each kind of fault; the tests try one of them.

``python -m tests.bench faults``.
"""

from __future__ import annotations

import logging
from collections import Counter

import pytest

from tests.bench.measuring import temporary_home
from tests.bench.table import Row
from tests.core.runs.fault_support import Fault, write_at_once
from tests.core.runs.test_faults import BASES, make_continued, model_of, try_continued


def measure() -> list[Row]:
    logging.disable(logging.CRITICAL)
    with temporary_home() as folder, pytest.MonkeyPatch.context() as patch:
        write_at_once(patch)
        rows: list[Row] = []
        for mode in BASES:
            template = make_continued(folder / mode, mode)
            model, count = model_of(template, mode)
            ends = Counter[str]()
            for fault in Fault:
                for at in range(count):
                    try:
                        try_continued(template, mode, model, fault, at)
                        ends["held"] += 1
                    except AssertionError as error:
                        ends["broken"] += 1
                        print(error)
            rows.append(Row(what=f"{mode}: single faults after which every promise held", figure=ends["held"], unit=""))
            rows.append(Row(what="… and did not hold", figure=ends["broken"], unit="", goal=0))
    return rows
