"""The declaration of an operational table, read from `expectations/tables/<table>.yml`.

Belongs here: the frozen shape of a contract, its loader, and the checks of the whole set.
Does not: anything derived from a contract (types and patterns are in `frames`, check views in
`check_views`, suites in `suites`, dbt sources in `dbt_sources`), and no rule of law or money.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any, Literal, cast

import yaml

Family = Literal["benefits", "hr", "ledger"]
LEDGER_FAMILY: Family = "ledger"
OnFail = Literal["quarantine", "flag"]
Scalar = str | int | bool | None

TABLES = Path(__file__).parent / "tables"
TYPES = frozenset(
    {"uuid", "text", "int", "bigint", "bool", "date", "timestamp", "decimal", "enum", "json"}
)
CLASSES = frozenset({"secret", "phi", "pii", "internal"})
FORMATS = frozenset({"ssn", "ein", "email", "identifier", "line", "month_day"})
_DECIMAL = re.compile(r"^decimal\((\d+),(\d+)\)$")


class ContractError(Exception):
    """Contracts that cannot be used; the message lists every problem, one a line."""


@dataclass(frozen=True)
class Column:
    """One column of an operational table and what happens to a value that breaks it."""

    name: str
    type: str
    precision: int | None = None
    scale: int | None = None
    max_length: int | None = None
    values: tuple[str, ...] = ()
    aliases: tuple[tuple[str, str], ...] = ()
    required: bool = False
    default: Scalar = None
    references: str | None = None
    leads_to: str | None = None
    sensitivity: str = "internal"
    severity: int = 3
    on_fail: OnFail = "quarantine"
    hashed: bool = False
    landing_precision: int | None = None
    format: str | None = None
    description: str = ""
    needed_for: tuple[str, ...] = ()

    @property
    def parent(self) -> tuple[str, str] | None:
        """The (table, column) this column points to, or None."""
        target = self.references or self.leads_to
        if target is None:
            return None
        table, _, column = target.partition(".")
        return table, column


@dataclass(frozen=True)
class Check:
    """A CHECK of the table as a DuckDB expression; NULL does not break it."""

    name: str
    expression: str
    severity: int
    on_fail: OnFail


@dataclass(frozen=True)
class Contract:
    """One operational table."""

    table: str
    family: Family
    domain: str
    grain: str
    primary_key: tuple[str, ...]
    unique: tuple[tuple[str, ...], ...]
    unique_names: tuple[str, ...]
    columns: tuple[Column, ...]
    checks: tuple[Check, ...]
    company_via: str | None
    when_absent: str
    description: str

    def column(self, name: str) -> Column:
        """The column of that name; KeyError where there is none."""
        for column in self.columns:
            if column.name == name:
                return column
        raise KeyError(f"{self.table}.{name}")

    @property
    def company_paths(self) -> tuple[tuple[str, ...], ...]:
        """The ways to the company, first choice first: each a chain of columns."""
        if self.company_via is None:
            return ()
        return tuple(tuple(way.strip().split(".")) for way in self.company_via.split("|"))


def load_contracts(directory: Path | None = None) -> dict[str, Contract]:
    """Every contract of the directory by table name, checked as a set."""
    problems: list[str] = []
    contracts: dict[str, Contract] = {}
    for path in sorted((directory or TABLES).glob("*.yml")):
        try:
            contract = _contract(path)
        except (ContractError, KeyError, TypeError, ValueError, yaml.YAMLError) as error:
            problems.append(f"{path.name}: {type(error).__name__}: {error}")
            continue
        contracts[contract.table] = contract
    problems += [p for contract in contracts.values() for p in _problems(contract, contracts)]
    if problems:
        raise ContractError("\n".join(problems))
    return contracts


def _contract(path: Path) -> Contract:
    with path.open(encoding="utf-8") as stream:
        raw = cast(dict[str, Any], yaml.load(stream, Loader=_LOADER))
    if raw["table"] != path.stem:
        raise ContractError(f"table {raw['table']} does not match the file name")
    unique = tuple(tuple(key) for key in raw.pop("unique", ()))
    names = tuple(raw.pop("unique_names", ())) or tuple(
        f"uk_{raw['table']}_{'_'.join(key)}" for key in unique
    )
    contract = Contract(
        table=raw.pop("table"),
        family=raw.pop("family"),
        domain=raw.pop("domain"),
        grain=raw.pop("grain"),
        primary_key=tuple(raw.pop("primary_key")),
        unique=unique,
        unique_names=names,
        columns=tuple(_column(name, spec) for name, spec in raw.pop("columns").items()),
        checks=tuple(Check(name, **spec) for name, spec in raw.pop("checks", {}).items()),
        company_via=raw.pop("company_via"),
        when_absent=raw.pop("when_absent", "unknown"),
        description=raw.pop("description"),
    )
    if raw:
        raise ContractError(f"unknown keys {sorted(raw)}")
    return contract


def _column(name: str, spec: Mapping[str, Any]) -> Column:
    known = {field.name for field in fields(Column)} - {"name", "sensitivity"} | {"class"}
    if unknown := set(spec) - known:
        raise ContractError(f"column {name}: unknown keys {sorted(unknown)}")
    values = dict(spec)
    values["sensitivity"] = values.pop("class", "internal")
    if match := _DECIMAL.match(values["type"]):
        values |= {"type": "decimal", "precision": int(match[1]), "scale": int(match[2])}
    for key in ("values", "needed_for"):
        values[key] = tuple(values.get(key, ()))
    values["aliases"] = tuple(sorted(values.get("aliases", {}).items()))
    return Column(name=name, **values)


def _problems(contract: Contract, contracts: Mapping[str, Contract]) -> Iterator[str]:
    table = contract.table
    names = [column.name for column in contract.columns]
    keys = [contract.primary_key, *contract.unique]
    for name in sorted({n for key in keys for n in key} - set(names)):
        yield f"{table}: key column {name} is not a column"
    if len(contract.unique) != len(contract.unique_names):
        yield f"{table}: unique and unique_names differ in length"
    if contract.when_absent not in ("unknown", "none_assumed"):
        yield f"{table}: when_absent {contract.when_absent} is neither unknown nor none_assumed"
    for column in contract.columns:
        yield from (f"{table}.{column.name}: {p}" for p in _column_problems(column, contracts))
    for check in contract.checks:
        if check.on_fail not in ("quarantine", "flag") or not 1 <= check.severity <= 5:
            yield f"{table}: check {check.name}: severity or on_fail out of range"
    for path in contract.company_paths:
        if not _leads_to_company(contract, path, contracts):
            yield f"{table}: company_via {'.'.join(path)} does not lead to a company"


def _column_problems(column: Column, contracts: Mapping[str, Contract]) -> Iterator[str]:
    if column.type not in TYPES:
        yield f"unknown type {column.type}"
    if (column.type == "enum") != bool(column.values):
        yield "an enum needs values, and only an enum has them"
    if len(set(column.values)) != len(column.values):
        yield "a value of the enum is given twice"
    if column.type == "decimal" and column.precision is None:
        yield "a decimal is written decimal(p,s)"
    if column.sensitivity not in CLASSES:
        yield f"unknown class {column.sensitivity}"
    if column.format is not None and column.format not in FORMATS:
        yield f"unknown format {column.format}"
    if column.on_fail not in ("quarantine", "flag") or not 1 <= column.severity <= 5:
        yield "severity or on_fail out of range"
    if not column.description:
        yield "no description"
    if column.parent is not None:
        table, target = column.parent
        if table not in contracts or target not in (c.name for c in contracts[table].columns):
            yield f"refers to {table}.{target}, which no contract declares"


def _leads_to_company(
    contract: Contract, path: tuple[str, ...], contracts: Mapping[str, Contract]
) -> bool:
    here = contract
    for step in path:
        column = next((c for c in here.columns if c.name == step), None)
        if column is None:
            return False
        if column.parent is None:
            return (here.table, step) == ("company", "id") and step == path[-1]
        here = contracts.get(column.parent[0], here)
    return here.table == "company"


_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
