"""The view `landing.check_<table>`: one boolean column for each promise a type cannot keep (D84).

Belongs here: SQL for keys, references inside one company, required values, enum values and the
table's CHECKs, each true where the row keeps the promise. Does not: deciding what a broken
promise means (the gate does), running the SQL, or anything a typed column already guarantees.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from expectations.contract import Column, Contract, OnFail
from expectations.frames import identifier, landed_columns, landed_name, literal

ALL_KEPT = "all_promises_kept"


@dataclass(frozen=True)
class Promise:
    """One boolean column of a check view."""

    name: str
    kind: str
    columns: tuple[str, ...]
    severity: int
    on_fail: OnFail
    sql: str


def promises(contract: Contract, contracts: Mapping[str, Contract]) -> tuple[Promise, ...]:
    """The promises of a table in the order of the view's columns."""
    return (
        *_key_promises(contract),
        *_value_promises(contract),
        *_reference_promises(contract, contracts),
        *_check_promises(contract),
    )


def check_view_sql(contract: Contract, contracts: Mapping[str, Contract]) -> str:
    """The statement that makes `landing.check_<table>`; the landing database is the current one."""
    key = " || '|' || ".join(f"cast(t.{identifier(name)} as varchar)" for name in _pk(contract))
    company, company_joins = company_of(contract, contracts, "t")
    columns = [f"{key} as row_key", f"{company} as company_key"]
    kept = promises(contract, contracts)
    columns += [f"{promise.sql} as {identifier(promise.name)}" for promise in kept]
    every = " and ".join(identifier(promise.name) for promise in kept) or "true"
    joins = [*company_joins, *_parent_joins(contract, contracts), *_repeat_joins(contract)]
    view = identifier(f"check_{contract.table}")
    body = ",\n  ".join(columns)
    sources = "\n".join([f"from landing.{identifier(contract.table)} as t", *joins])
    rows = f"select\n  {body}\n{sources}"
    return (
        f"create or replace view landing.{view} as\n"
        f"select *, ({every}) as {ALL_KEPT}\nfrom (\n{rows}\n)"
    )


def company_of(
    contract: Contract, contracts: Mapping[str, Contract], alias: str
) -> tuple[str, list[str]]:
    """SQL for the company of a row, and the joins it needs; NULL for a global table."""
    ways: list[str] = []
    joins: list[str] = []
    for number, path in enumerate(contract.company_paths):
        here, owner = contract, alias
        for depth, step in enumerate(path[:-1]):
            table, target = _parent(here.column(step))
            joined = f"{alias}_w{number}_{depth}"
            joins.append(
                f"left join landing.{identifier(table)} as {joined}"
                f" on {joined}.{identifier(target)} = {owner}.{identifier(step)}"
            )
            here, owner = contracts[table], joined
        ways.append(f"{owner}.{identifier(path[-1])}")
    if not ways:
        return "cast(null as varchar)", []
    return (ways[0] if len(ways) == 1 else f"coalesce({', '.join(ways)})"), joins


def _key_promises(contract: Contract) -> Iterator[Promise]:
    for number, (name, key) in enumerate(_keys(contract)):
        severity = 2 if number else 1
        once = f"{_repeat(number)}.is_repeated is null"
        yield Promise(name, "key", key, severity, "quarantine", once)


def _repeat_joins(contract: Contract) -> Iterator[str]:
    """Yield the join that finds the rows whose key stands twice; few do, and no row is sorted.

    An empty part of a unique key, but never of the primary key, sets its row free.
    """
    for number, (_, key) in enumerate(_keys(contract)):
        named = [landed_name(contract.column(column)) for column in key]
        quoted = [identifier(column) for column in named if column is not None]
        listed = ", ".join(quoted)
        same = "=" if number else "is not distinct from"
        on = " and ".join(f"{_repeat(number)}.{c} {same} t.{c}" for c in quoted)
        yield (
            f"left join (select {listed}, true as is_repeated"
            f" from landing.{identifier(contract.table)} group by {listed} having count(*) > 1)"
            f" as {_repeat(number)} on {on}"
        )


def _keys(contract: Contract) -> list[tuple[str, tuple[str, ...]]]:
    """Return the keys of a table by name, the primary one first."""
    primary = (f"pk_{contract.table}", contract.primary_key)
    return [primary, *zip(contract.unique_names, contract.unique, strict=True)]


def _repeat(number: int) -> str:
    return f"repeat_{number}"


def _value_promises(contract: Contract) -> Iterator[Promise]:
    landed = landed_columns(contract)
    required = [column for column in landed if column.required]
    if required:
        sql = " and ".join(f"t.{identifier(column.name)} is not null" for column in required)
        yield _of_columns("required_values", required, f"({sql})", "quarantine")
    enums = [column for column in landed if column.type == "enum"]
    if enums:
        sql = " and ".join(_enum(column) for column in enums)
        yield _of_columns("known_values", enums, f"({sql})", "quarantine")


def _reference_promises(contract: Contract, contracts: Mapping[str, Contract]) -> Iterator[Promise]:
    company, _ = company_of(contract, contracts, "t")
    for column in _references(contract):
        table, _ = _parent(column)
        child = f"t.{identifier(column.name)}"
        never = f"s.state = 'held' and not exists (select 1 from landing.{identifier(table)})"
        absent = (
            f"coalesce((select s.state = 'absent' or ({never}) from landing.table_state as s"
            f" where s.table_name = {literal(table)}), false)"
        )
        parent = _alias(column)
        same = "true"
        if contracts[table].company_via is not None and contract.company_via is not None:
            same = f"coalesce({company} = {parent}.company_key, true)"
        sql = f"({child} is null or {absent} or ({parent}.row_key is not null and {same}))"
        yield Promise(
            f"fk_{column.name}", "reference", (column.name,), column.severity, column.on_fail, sql
        )


def _check_promises(contract: Contract) -> Iterator[Promise]:
    names = {column.name for column in landed_columns(contract)}
    for check in contract.checks:
        used = tuple(sorted(names & set(re.findall(r"\w+", check.expression))))
        pattern = r"\b(" + "|".join(map(re.escape, used)) + r")\b"
        sql = re.sub(pattern, lambda match: f"t.{identifier(match[0])}", check.expression)
        yield Promise(
            check.name, "check", used, check.severity, check.on_fail, f"coalesce({sql}, true)"
        )


def _parent_joins(contract: Contract, contracts: Mapping[str, Contract]) -> Iterator[str]:
    for column in _references(contract):
        table, target = _parent(column)
        company, joins = company_of(contracts[table], contracts, "p")
        inner = " ".join([f"from landing.{identifier(table)} as p", *joins])
        yield (
            f"left join (select p.{identifier(target)} as row_key, min({company}) as company_key"
            f" {inner} group by p.{identifier(target)}) as {_alias(column)}"
            f" on {_alias(column)}.row_key = t.{identifier(column.name)}"
        )


def _references(contract: Contract) -> list[Column]:
    return [column for column in landed_columns(contract) if column.references is not None]


def _parent(column: Column) -> tuple[str, str]:
    if column.parent is None:
        raise ValueError(f"{column.name} refers to no table")
    return column.parent


def _alias(column: Column) -> str:
    return identifier(f"parent_{column.name}")


def _pk(contract: Contract) -> list[str]:
    return [name for key in contract.primary_key if (name := landed_name(contract.column(key)))]


def _enum(column: Column) -> str:
    values = ", ".join(literal(value) for value in column.values)
    return f"coalesce(t.{identifier(column.name)} in ({values}), true)"


def _of_columns(name: str, columns: list[Column], sql: str, on_fail: OnFail) -> Promise:
    severity = min(column.severity for column in columns)
    return Promise(name, "value", tuple(c.name for c in columns), severity, on_fail, sql)
