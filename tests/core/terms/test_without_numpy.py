from __future__ import annotations

import math
import subprocess
import sys

import pytest

from genglossary_gui.core.terms.without_numpy import log_of_sum

_ENGLISH = """
import sys
from genglossary_gui.core.terms.english import tokenize_english
print([token.lemma for token in tokenize_english("The tides were rising.", 0, 22)], "numpy" in sys.modules)
"""


@pytest.mark.parametrize(("first", "second"), [(-1.0, -2.0), (-2.0, -1.0), (3.5, 3.5), (0.0, -30.0)])
def test_log_of_sum_is_what_its_name_says(first: float, second: float) -> None:
    assert log_of_sum(first, second) == pytest.approx(math.log(math.exp(first) + math.exp(second)))


def test_log_of_sum_of_numbers_that_have_no_exponential() -> None:
    assert log_of_sum(-5000.0, -5000.0) == pytest.approx(-5000.0 + math.log(2))
    assert log_of_sum(-math.inf, -5000.0) == -5000.0
    assert log_of_sum(-math.inf, -math.inf) == -math.inf


def test_english_is_read_without_numpy() -> None:
    done = subprocess.run([sys.executable, "-c", _ENGLISH], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "['the', 'tide', 'were', 'rising', '.'] False"
