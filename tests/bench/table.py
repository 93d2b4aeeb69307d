"""One line of the table: what was measured, against what, and how it prints."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any
from unicodedata import east_asian_width

HEADINGS = ("what", "figure", "baseline of the same run", "ratio")
_WIDTHS = (76, 15, 52, 8)


@dataclass(frozen=True, kw_only=True)
class Row:
    """``figure`` and ``baseline`` are in ``unit``; ``against`` says what the baseline is.

    ``goal`` is the largest figure we want to see.
    """

    what: str
    figure: float
    unit: str
    baseline: float | None = None
    against: str = ""
    goal: float | None = None

    def cells(self) -> tuple[str, str, str, str]:
        """The columns of ``HEADINGS``."""
        what, baseline, ratio = self.what, "", ""
        if self.goal is not None:
            met = "met" if self.figure <= self.goal else "NOT met"
            what += f" (goal {_number(self.goal)}: {met})"
        if self.baseline is not None:
            baseline = f"{_number(self.baseline)} {self.unit}, {self.against}"
            ratio = f"× {_number(self.figure / self.baseline)}" if self.baseline else ""
        return what, f"{_number(self.figure)} {self.unit}", baseline, ratio

    def to_json(self) -> dict[str, Any]:
        return asdict(self)


def heading() -> str:
    """The first two lines of the table."""
    return _line(HEADINGS) + "\n" + "|".join(["", *("-" * (width + 2) for width in _WIDTHS), ""])


def line(row: Row) -> str:
    return _line(row.cells())


def _line(cells: tuple[str, ...]) -> str:
    return "| " + " | ".join(_padded(cell, width) for cell, width in zip(cells, _WIDTHS, strict=True)) + " |"


def _padded(cell: str, width: int) -> str:
    taken = sum(2 if east_asian_width(letter) in "WF" else 1 for letter in cell)
    return cell + " " * (width - taken)


def _number(value: float) -> str:
    """Three digits that count; all of them in front of the point."""
    if value == int(value) or abs(value) >= 100:
        return f"{value:,.0f}"
    return f"{value:.1f}" if abs(value) >= 10 else f"{value:.2f}"
