"""The datasets a custom report may read, and the columns it may name.

Belongs here: reading catalogue.yml into dataclasses. Does not belong here: declarations.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

import yaml

from reports.errors import DeclarationError
from reports.model import Field, PeriodKind, Sensitivity

METRICS: Final = "dim_metric"
FILE: Final = Path(__file__).with_name("catalogue.yml")
_CLASSES: Final[dict[str, Sensitivity]] = {"internal": "aggregate", "pii": "pii", "phi": "phi"}


@dataclass(frozen=True)
class People:
    """Who stands behind the rows of a dataset, so that small groups are suppressed.

    Without a model they stand in the dataset itself, one row per person and thing; with one, a
    person of it is behind every row of the same keys whose month lies between its two months.
    """

    person: str
    minimum: str
    model: str | None = None
    keys: tuple[str, ...] = ()
    first: str = ""
    last: str = ""


@dataclass(frozen=True)
class State:
    """The column by which rows are counted apart, and the words of each of its values."""

    column: str
    words: Mapping[str, str]


@dataclass(frozen=True)
class Dataset:
    """One published model that custom reports may read."""

    name: str
    model: str
    title: str
    period: PeriodKind | None
    sensitivity: Sensitivity
    one: str
    many: str
    people: People | None
    date: str | None
    fields: Mapping[str, Field]
    statuses: Mapping[str, str]
    key: tuple[str, ...]
    state: State | None

    def models(self, is_listed: bool) -> tuple[str, ...]:
        """What it is read from: its rows, the people behind them, how many are enough.

        A list of people themselves needs no more than its rows.
        """
        if self.people is None or (is_listed and self.people.model is None):
            return (self.model,)
        return (self.model, *([self.people.model] if self.people.model else ()), METRICS)

    def field(self, report: str, name: str) -> Field:
        """The column of that name, or one clear line."""
        if name not in self.fields:
            raise DeclarationError(f"{report}: dataset {self.name} has no column {name!r}")
        return self.fields[name]


def status_field(name: str, label: str) -> Field:
    """The column that says what a figure is: measured, modelled, reported or not measured."""
    return Field(
        name,
        f"{label} is",
        is_status=True,
        words={},
        null="not_applicable",
        definition="measured, modelled, reported or not measured: the worst of its parts",
    )


def with_statuses(dataset: Dataset, shown: Sequence[Field]) -> Iterator[Field]:
    """The columns, each figure followed by its status where that is not among them."""
    names = {field.name for field in shown}
    for field in shown:
        yield field
        status = dataset.statuses.get(field.name)
        if status is not None and status not in names:
            names.add(status)
            yield dataset.fields.get(status) or status_field(status, field.label)


@lru_cache(maxsize=1)
def catalogue() -> Mapping[str, Dataset]:
    """Every dataset by name."""
    content = yaml.safe_load(FILE.read_text(encoding="utf-8"))
    return {name: _dataset(name, entry) for name, entry in content.items()}


def find_dataset(report: str, name: str) -> Dataset:
    """The dataset of that name; the error lists those that exist."""
    known = catalogue()
    if name not in known:
        raise DeclarationError(
            f"{report}: there is no dataset {name!r}; known: {', '.join(sorted(known))}"
        )
    return known[name]


def _dataset(name: str, entry: Mapping[str, Any]) -> Dataset:
    statuses = {k: c["status"] for k, c in entry["columns"].items() if "status" in c}
    return Dataset(
        name=name,
        model=entry["model"],
        title=entry["title"],
        period=entry["period"],
        sensitivity=_CLASSES[entry["class"]],
        one=entry["one"],
        many=entry["many"],
        people=_people(entry["people"]) if "people" in entry else None,
        date=entry.get("date"),
        fields={
            key: replace(_field(key, column), is_status=key in statuses.values())
            for key, column in entry["columns"].items()
        },
        statuses=statuses,
        key=tuple(entry.get("key", ())),
        state=State(**entry["state"]) if "state" in entry else None,
    )


def _people(entry: Mapping[str, Any]) -> People:
    return People(**{**entry, "keys": tuple(entry.get("keys", ()))})


def _field(name: str, column: Mapping[str, Any]) -> Field:
    return Field(
        name=name,
        label=column["label"],
        type=column.get("type", "text"),
        null=column.get("missing", "unknown"),
        sensitivity=column.get("class", "internal"),
        unit=column.get("unit", ""),
        places=column.get("places"),
        is_signed=column.get("is_signed", False),
        reason=column.get("reason", column.get("status")),
        definition=column.get("definition", ""),
        words=column.get("words"),
    )
