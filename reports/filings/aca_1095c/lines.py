"""The lines of Form 1095-C as data: every box with its label and the column it is filled from.

Belongs here: reading and expanding lines.yml. Does not belong here: values, or coordinates.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

import yaml

from reports.errors import DocumentError
from reports.render.form_layout import Layout, load_layout

FOLDER: Final = Path(__file__).parent
MONTHS: Final = (
    "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
)  # fmt: skip
ALL_AND_MONTHS: Final = ("all", *MONTHS)
FIRST_ROW: Final = 18
ROWS_PER_PAGE: Final = 13
PART_3_PAGE: Final = 3


@dataclass(frozen=True)
class Line:
    """One entry of lines.yml: a box or a pattern of boxes, and where its value comes from."""

    box: str
    page: int
    label: str
    rows: str
    column: str
    is_required: bool
    kind: str
    sensitivity: str

    def boxes(self) -> tuple[str, ...]:
        """Every box the entry stands for."""
        rows = range(FIRST_ROW, FIRST_ROW + ROWS_PER_PAGE) if "{row}" in self.box else (0,)
        months = ALL_AND_MONTHS if "{month}" in self.box else ("",)
        return tuple(self.box.format(row=row, month=month) for row in rows for month in months)


@dataclass(frozen=True)
class Year:
    """A tax year: whose drawing serves it, and whether its own official form was seen."""

    geometry: int
    is_seen: bool


@dataclass(frozen=True)
class Lines:
    """The whole form: its entries, and the boxes that stay blank on purpose with the reason."""

    title: str
    years: Mapping[int, Year]
    entries: tuple[Line, ...]
    blanks: dict[str, str]

    def of(self, rows: str) -> tuple[Line, ...]:
        """The entries that are filled from one kind of row."""
        return tuple(entry for entry in self.entries if entry.rows == rows)


@lru_cache(maxsize=1)
def load_lines() -> Lines:
    """The lines of the form."""
    raw: dict[str, Any] = yaml.safe_load((FOLDER / "lines.yml").read_text(encoding="utf-8"))
    return Lines(
        title=str(raw["title"]),
        years={
            int(year): Year(int(entry["geometry"]), bool(entry["seen"]))
            for year, entry in raw["years"].items()
        },
        entries=tuple(_line(item) for item in raw["boxes"]),
        blanks={str(item["box"]): str(item["reason"]) for item in raw["blank"]},
    )


def _line(item: dict[str, Any]) -> Line:
    rows, _, column = str(item["source"]).partition(".")
    return Line(
        box=str(item["box"]),
        page=int(item["page"]),
        label=str(item["label"]),
        rows=rows,
        column=column,
        is_required=bool(item["required"]),
        kind=str(item["kind"]),
        sensitivity=str(item["class"]),
    )


@lru_cache(maxsize=8)
def layout_of(year: int) -> Layout:
    """The drawing of a tax year; a year that lists none is refused, never guessed."""
    path = FOLDER / f"geometry_{year_of(year).geometry}.csv"
    return load_layout(path, "Form 1095-C", year)


def year_of(year: int) -> Year:
    """What is known of a tax year's form; an unknown year is refused."""
    years = load_lines().years
    if year not in years:
        known = ", ".join(str(known) for known in years)
        raise DocumentError(f"Form 1095-C: no geometry for tax year {year}; known: {known}")
    return years[year]
