"""The lines of Form 5500 and Schedule A as data: columns of the public data set and their boxes.

Belongs here: reading lines.yml and the geometry it names. Does not belong here: values (public.py,
pages.py), or any decision (dbt).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, Final, Literal

import yaml

from reports.render.form_layout import Layout, load_layout

FOLDER: Final = Path(__file__).parent
PORTRAIT: Final = (612.0, 792.0)
FIRST_PAGE_BROKERS: Final = 2
MORE_PAGE_BROKERS: Final = 5
CODE_SLOTS: Final = 20
PART_2_PAGE: Final = 3
FORM: Final = "F_5500"
SCHEDULE: Final = "F_SCH_A"
BROKER: Final = "F_SCH_A_PART1"
TABLES: Final = (FORM, SCHEDULE, BROKER)
BoxKind = Literal["text", "date", "number", "check", "codes", "ein", "phone", "zip"]


@dataclass(frozen=True)
class Column:
    """One column of a public file: the line it answers, its length, and its source or why none."""

    table: str
    name: str
    line: str
    kind: Literal["text", "integer", "date"]
    length: int
    source: str | None
    blank: str | None


@dataclass(frozen=True)
class Box:
    """One printed box: the columns it shows, joined, and the value that checks it."""

    form: str
    name: str
    page: int
    kind: BoxKind
    columns: tuple[str, ...]
    equals: str | None

    def names(self) -> tuple[str, ...]:
        """The boxes of the geometry it stands for."""
        if self.kind == "codes":
            return tuple(f"{self.name}_{slot}" for slot in range(1, CODE_SLOTS + 1))
        return (self.name,)


@dataclass(frozen=True)
class Lines:
    """The whole form: title, columns by file, boxes by form, columns that are not printed."""

    title: str
    editions: dict[int, dict[str, str]]
    columns: dict[str, tuple[Column, ...]]
    boxes: dict[str, tuple[Box, ...]]
    unprinted: dict[tuple[str, str], str]
    elsewhere: tuple[str, ...]


@lru_cache(maxsize=1)
def load_lines() -> Lines:
    """The lines of the form."""
    raw: dict[str, Any] = yaml.safe_load((FOLDER / "lines.yml").read_text(encoding="utf-8"))
    return Lines(
        title=str(raw["title"]),
        editions={int(year): dict(names) for year, names in raw["editions"].items()},
        columns={
            table: tuple(_column(table, item) for item in items)
            for table, items in raw["columns"].items()
        },
        boxes={
            form: tuple(_box(form, item) for item in items) for form, items in raw["boxes"].items()
        },
        unprinted={
            (str(item["table"]), str(item["column"])): str(item["reason"])
            for item in raw["unprinted"]
        },
        elsewhere=tuple(str(name) for name in raw["elsewhere"]),
    )


def _column(table: str, item: dict[str, Any]) -> Column:
    return Column(
        table=table,
        name=str(item["column"]),
        line=str(item["line"]),
        kind=item["kind"],
        length=int(item["length"]),
        source=item.get("source"),
        blank=item.get("blank"),
    )


def _box(form: str, item: dict[str, Any]) -> Box:
    return Box(
        form=form,
        name=str(item["box"]),
        page=int(item["page"]),
        kind=item["kind"],
        columns=tuple(str(name) for name in item["columns"]),
        equals=item.get("equals"),
    )


def edition_of(year: int) -> int:
    """The first form year of the lines that a form year uses; before the first, the first."""
    editions = sorted(load_lines().editions)
    return max((edition for edition in editions if edition <= year), default=editions[0])


@lru_cache(maxsize=32)
def layout_of(form: str, year: int, edition: int) -> Layout:
    """The drawing of a form ("main" or "schedule_a") in an edition, dated with a form year."""
    file = load_lines().editions[edition][form]
    name = "Form 5500" if form == "main" else "Schedule A"
    return load_layout(FOLDER / file, name, year, PORTRAIT)
