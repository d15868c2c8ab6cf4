"""A custom report's declaration, read strictly: one clear line for the first thing that is wrong.

Belongs here: the closed schema, and what it cannot say (columns exist, parameters are declared,
measures fit their columns). Does not belong here: running it (`plan`).
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal, InvalidOperation
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

from jsonschema import Draft202012Validator

from reports.custom.catalogue import Dataset, find_dataset
from reports.errors import DeclarationError
from reports.model import STATUS, Cell, CsvReader, Field

UNNAMED: Final = "custom"
LONGEST_NAME: Final = 60
SCHEMA_FILE: Final = Path(__file__).with_name("declaration.schema.json")
NUMERIC: Final = frozenset({"integer", "decimal", "money", "percent"})
PERIOD_START, PERIOD_END = "period_start", "period_end"
PERIOD_PARAMETERS: Final = frozenset({PERIOD_START, PERIOD_END})
_PARAMETER_OF: Final = {
    "identifier": "text",
    "text": "text",
    "integer": "integer",
    "decimal": "decimal",
    "money": "decimal",
    "percent": "decimal",
    "date": "date",
    "boolean": "boolean",
}


@dataclass(frozen=True)
class Filter:
    """One condition: a column against a value, several values or a parameter."""

    column: str
    operator: str
    values: tuple[Cell, ...]
    parameter: str | None


@dataclass(frozen=True)
class Measure:
    """One figure over the rows of a group, or the total under a column."""

    field: Field
    function: str
    base: Field | None

    @property
    def column(self) -> str | None:
        """The name of the column it reads; none where it counts rows."""
        return None if self.base is None else self.base.name

    def status_of(self, dataset: Dataset) -> str | None:
        """The column that says whether its parts are measured; a count of rows has none."""
        return None if self.function == "distinct" else dataset.statuses.get(self.column or "")


@dataclass(frozen=True)
class Parameter:
    """One value that may be given when the report is asked for."""

    name: str
    type: str
    default: Cell | tuple[Cell, ...]


@dataclass(frozen=True)
class Declaration:
    """A custom report that fits its dataset."""

    name: str
    title: str
    question: str
    csv: CsvReader
    dataset: Dataset
    columns: tuple[Field, ...]
    filters: tuple[Filter, ...]
    groups: tuple[Field, ...]
    measures: tuple[Measure, ...]
    sort: tuple[tuple[str, bool], ...]
    parameters: Mapping[str, Parameter]

    @property
    def takes_period(self) -> bool:
        """Whether a bound of the period asked for is one of its parameters."""
        return bool(PERIOD_PARAMETERS & set(self.parameters))

    @property
    def is_bound(self) -> bool:
        """Whether it shows the period asked for and nothing else."""
        wanted = {(">=", PERIOD_START), ("<=", PERIOD_END)}
        day = self.dataset.date
        return wanted <= {(f.operator, f.parameter) for f in self.filters if f.column == day}


def read_declaration(name: str | None, content: object) -> Declaration:
    """The declaration, checked against the schema and the catalogue.

    It is called what it says itself, else `name`, else by the words of its title.
    """
    _check_schema(name or UNNAMED, content)
    assert isinstance(content, dict)
    name = str(content.get("name") or name or _slug(content.get("title") or content["dataset"]))
    dataset = find_dataset(name, content["dataset"])
    parameters = {
        key: Parameter(key, entry["type"], _default(name, key, entry))
        for key, entry in content.get("parameters", {}).items()
    }
    declaration = Declaration(
        name=name,
        title=content.get("title", dataset.title),
        question=content.get("question", ""),
        csv=content.get("csv", "people"),
        dataset=dataset,
        columns=_columns(name, dataset, content),
        filters=tuple(_filter(name, dataset, parameters, f) for f in content.get("filters", ())),
        groups=tuple(
            replace(dataset.field(name, c), reason=None) for c in content.get("groups", ())
        ),
        measures=tuple(_measure(name, dataset, m) for m in content.get("measures", ())),
        sort=tuple((s["column"], s.get("descending", False)) for s in content.get("sort", ())),
        parameters=parameters,
    )
    _check_shape(declaration)
    _check_period(declaration)
    return declaration


def _slug(title: str) -> str:
    """cost_against_budget, of a title such as "Cost against budget"."""
    words = re.sub(r"[^a-z0-9]+", "_", title.lower()).strip("_")
    return words[:LONGEST_NAME].rstrip("_") or UNNAMED


def _columns(name: str, dataset: Dataset, content: Mapping[str, Any]) -> tuple[Field, ...]:
    """The shown columns; those for paper come first, and the others are marked."""
    shown = {column: dataset.field(name, column) for column in content.get("columns", ())}
    paper = content.get("paper", tuple(shown))
    if missing := [column for column in paper if column not in shown]:
        raise DeclarationError(f"{name}: {missing[0]} is for paper but not among the columns")
    rest = (replace(field, on_paper=False) for key, field in shown.items() if key not in paper)
    return (*(shown[column] for column in paper), *rest)


@lru_cache(maxsize=1)
def _validator() -> Draft202012Validator:
    return Draft202012Validator(json.loads(SCHEMA_FILE.read_text(encoding="utf-8")))


def _check_schema(name: str, content: object) -> None:
    errors = sorted(_validator().iter_errors(content), key=lambda error: list(map(str, error.path)))
    if not errors:
        return
    error = errors[0]
    place = ".".join(map(str, error.absolute_path)) or "the declaration"
    if error.validator == "additionalProperties":
        raise DeclarationError(f"{name}: {place} has an unknown key: {_unknown_key(error)}")
    if error.validator == "required":
        raise DeclarationError(f"{name}: {place} lacks a key: {error.message.split()[0]}")
    if error.validator == "anyOf" and not error.absolute_path:
        raise DeclarationError(f"{name}: the declaration needs columns or measures")
    if error.validator == "not":
        raise DeclarationError(f"{name}: {place} has both a value and a parameter")
    limit = f" ({json.dumps(error.validator_value)})" if error.validator == "enum" else ""
    raise DeclarationError(f"{name}: {place} is not as it must be: {error.validator}{limit}")


def _unknown_key(error: Any) -> str:
    known = set(error.schema.get("properties", {}))
    return ", ".join(sorted(set(error.instance) - known))


def _default(name: str, key: str, entry: Mapping[str, Any]) -> Cell | tuple[Cell, ...]:
    given = entry.get("default")
    if isinstance(given, list):
        return tuple(value_of(f"{name}: parameter {key}", entry["type"], v) for v in given)
    return None if given is None else value_of(f"{name}: parameter {key}", entry["type"], given)


def _filter(
    name: str, dataset: Dataset, parameters: Mapping[str, Parameter], content: Mapping[str, Any]
) -> Filter:
    field = dataset.field(name, content["column"])
    operator, parameter = content["is"], content.get("parameter")
    where = f"{name}: the filter on {field.name}"
    kind = _PARAMETER_OF[field.type]
    if parameter is not None and parameter not in parameters:
        raise DeclarationError(f"{where} names an unknown parameter {parameter!r}")
    if parameter is not None and parameters[parameter].type != kind:
        raise DeclarationError(f"{where} needs a parameter of the type {kind}")
    given = content.get("value")
    has_value = given is not None or parameter is not None
    if (operator in ("missing", "present")) == has_value:
        raise DeclarationError(f"{where} has a value too many or too few for {operator!r}")
    values = given if isinstance(given, list) else [] if given is None else [given]
    if (
        parameter is None
        and isinstance(given, list) != (operator in ("in", "not in"))
        and has_value
    ):
        raise DeclarationError(f"{where} needs a list for in, and one value for everything else")
    return Filter(field.name, operator, tuple(value_of(where, kind, v) for v in values), parameter)


def _measure(name: str, dataset: Dataset, content: Mapping[str, Any]) -> Measure:
    function, column = content["of"], content.get("column")
    where = f"{name}: measure {content['name']}"
    if (function == "count") == (column is not None):
        raise DeclarationError(f"{where}: count takes no column, everything else takes one")
    if column is None:
        return Measure(
            Field(content["name"], content.get("label", "Count"), "integer"), function, None
        )
    base = dataset.field(name, column)
    if function in ("sum", "average") and base.type not in NUMERIC:
        raise DeclarationError(f"{where}: {column} is {base.type}, which has no {function}")
    label = content.get("label", base.label)
    if function == "distinct":
        return Measure(Field(content["name"], label, "integer"), function, base)
    kind = "decimal" if function == "average" and base.type == "integer" else base.type
    places = 2 if function == "average" else base.places
    field = Field(
        content["name"], label, kind, unit=base.unit, places=places, is_signed=base.is_signed,
        definition=base.definition,
    )  # fmt: skip
    return Measure(field, function, base)


def _check_shape(declaration: Declaration) -> None:
    name, shown = declaration.name, {field.name for field in declaration.columns}
    if declaration.groups and not declaration.measures:
        raise DeclarationError(f"{name}: groups need measures")
    if declaration.groups and declaration.columns:
        raise DeclarationError(f"{name}: take columns, or groups with measures, not both")
    if declaration.columns:
        for measure in declaration.measures:
            if measure.function != "sum" or measure.column not in shown:
                raise DeclarationError(
                    f"{name}: measure {measure.field.name}: a total is the sum of a shown column"
                )
        known = set(declaration.dataset.fields)
    else:
        known = {f.name for f in declaration.groups} | {m.field.name for m in declaration.measures}
        statuses = {m.field.name + STATUS for m in declaration.measures}
        if len(known | statuses) != len(declaration.groups) + 2 * len(declaration.measures):
            raise DeclarationError(f"{name}: two groups or measures have the same name")
    for column, _ in declaration.sort:
        if column not in known:
            raise DeclarationError(f"{name}: it cannot be sorted by {column!r}")


def _check_period(declaration: Declaration) -> None:
    """A bound of the period is a date, has no default, and is what some filter compares with."""
    used = {f.parameter for f in declaration.filters}
    for key in sorted(PERIOD_PARAMETERS & set(declaration.parameters)):
        where, parameter = f"{declaration.name}: parameter {key}", declaration.parameters[key]
        if declaration.dataset.period is not None:
            raise DeclarationError(f"{where}: {declaration.dataset.name} is of one month already")
        if parameter.type != "date" or parameter.default is not None:
            raise DeclarationError(f"{where}: it is a date that the period gives, without default")
        if key not in used:
            raise DeclarationError(f"{where}: no filter compares with it")


def value_of(where: str, kind: str, given: object) -> Cell:
    """A given value as the type it must have, or one clear line that does not repeat the value."""
    text = str(given)
    try:
        if kind == "text" and isinstance(given, str):
            return given
        if kind == "boolean":
            return {"true": True, "false": False}[text.lower()]
        if kind == "date" and isinstance(given, str):
            return date.fromisoformat(given)
        if kind == "integer" and not isinstance(given, bool | float):
            return int(text)
        if kind == "decimal" and not isinstance(given, bool):
            return _finite(Decimal(text))
    except (ValueError, KeyError, InvalidOperation):
        pass
    raise DeclarationError(f"{where}: the value is no {kind}")


def _finite(value: Decimal) -> Decimal:
    if not value.is_finite():
        raise ValueError("not a number")
    return value
