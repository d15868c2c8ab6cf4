"""The datasets a custom report may read, and the columns it may name.

Belongs here: reading catalogue.yml into dataclasses. Does not belong here: declarations.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

import yaml

from reports.errors import DeclarationError
from reports.model import Field, PeriodKind, Sensitivity

FILE: Final = Path(__file__).with_name("catalogue.yml")
_CLASSES: Final[dict[str, Sensitivity]] = {"internal": "aggregate", "pii": "pii", "phi": "phi"}


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
    person: str | None
    fields: Mapping[str, Field]

    def field(self, report: str, name: str) -> Field:
        """The column of that name, or one clear line."""
        if name not in self.fields:
            raise DeclarationError(f"{report}: dataset {self.name} has no column {name!r}")
        return self.fields[name]


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
    return Dataset(
        name=name,
        model=entry["model"],
        title=entry["title"],
        period=entry["period"],
        sensitivity=_CLASSES[entry["class"]],
        one=entry["one"],
        many=entry["many"],
        person=entry.get("person"),
        fields={key: _field(key, column) for key, column in entry["columns"].items()},
    )


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
        reason=column.get("reason"),
        definition=column.get("definition", ""),
    )
