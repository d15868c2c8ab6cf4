"""The contracts against what they declare: the customer's schema, the HR family, dbt's files.

Belongs here: drift in either direction, shown as a readable difference. Does not: how a
contract behaves (tests/unit/expectations).
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from expectations.contract import Column, Contract, load_contracts
from expectations.dbt_sources import (
    STAGING,
    render_sources,
    render_staging,
    staged_name,
    staging_model,
)
from expectations.dictionary import PAGE, render_dictionary
from expectations.frames import landed_columns
from expectations.json_values import published, schema_of

ROOT = Path(__file__).parent.parent.parent
SHARED = ROOT.parent / "shared"
SPEC = SHARED / "spec" / "benefits-provider-integration.md"
HR = SHARED / "domain" / "hr_contract.csv"
needs_spec = pytest.mark.skipif(
    not SPEC.exists(), reason="the customer's schema is not beside this checkout"
)
needs_hr = pytest.mark.skipif(
    not HR.exists(), reason="the list of HR columns is not beside this checkout"
)
OUR_CHECKS = ("declared_precision_", "total_mismatch")


@pytest.fixture(scope="module")
def contracts() -> dict[str, Contract]:
    return load_contracts()


def test_every_table_of_the_three_families_is_declared(contracts: Mapping[str, Contract]) -> None:
    families = [contract.family for contract in contracts.values()]
    counts = {family: families.count(family) for family in set(families)}
    assert counts == {"benefits": 23, "hr": 52, "ledger": 3}


@needs_spec
def test_every_field_of_the_customers_schema_is_in_a_contract_and_no_other(
    contracts: Mapping[str, Contract],
) -> None:
    ours = [
        f"{contract.table}.{_line(column)}"
        for contract in contracts.values()
        if contract.family == "benefits"
        for column in contract.columns
    ]
    assert sorted(ours) == sorted(_spec_fields())


@needs_spec
def test_keys_and_checks_carry_the_names_of_the_customers_schema(
    contracts: Mapping[str, Contract],
) -> None:
    spec, ours = [], []
    for table, block in _spec_tables():
        for name, key in re.findall(r"UNIQUE KEY (\w+) \(([^)]*)\)", block):
            spec.append(f"{table} {name} ({key})")
        for name, check in re.findall(r"^- (chk_\w+) CHECK \((.*)\)$", block, re.M):
            spec.append(f"{table} {name} {check.lower()}")
        contract = contracts[table]
        for name, columns in zip(contract.unique_names, contract.unique, strict=True):
            if len(columns) > 1:
                ours.append(f"{table} {name} ({', '.join(columns)})")
        for check in contract.checks:
            if not check.name.startswith(OUR_CHECKS):
                ours.append(f"{table} {check.name} {check.expression.lower()}")
    assert sorted(ours) == sorted(spec)


@needs_hr
def test_every_column_of_the_hr_family_is_in_a_contract_and_no_other(
    contracts: Mapping[str, Contract],
) -> None:
    with HR.open(encoding="utf-8", newline="") as stream:
        given = [
            "{table}.{column} {type} {required} {enum} {references} {class}".format(**row)
            for row in csv.DictReader(stream)
        ]
    ours = [
        f"{contract.table}.{column.name} {_type(column)} {'yes' if column.required else 'no'}"
        f" {'|'.join(column.values)} {column.references or ''} {column.sensitivity}"
        for contract in contracts.values()
        if contract.family == "hr"
        for column in contract.columns
    ]
    assert sorted(ours) == sorted(given)


def test_the_generated_files_are_what_the_contracts_print(
    contracts: Mapping[str, Contract],
) -> None:
    printed = {
        STAGING / "_sources.yml": render_sources(contracts),
        STAGING / "_staging.yml": render_staging(contracts),
        PAGE: render_dictionary(contracts),
    }
    stale = [path.name for path, text in printed.items() if path.read_text("utf-8") != text]
    assert stale == [], (
        "run python -m expectations.dbt_sources and python -m expectations.dictionary"
    )


def test_every_staging_model_reads_exactly_the_landed_columns_of_its_contract(
    contracts: Mapping[str, Contract],
) -> None:
    declared = {
        staging_model(contract): [
            f"{column.name} as {staged_name(contract, column)}"
            for column in landed_columns(contract)
        ]
        for contract in contracts.values()
    }
    written = {
        path.stem: _selected(path.read_text("utf-8"))
        for path in sorted(STAGING.rglob("stg_*.sql"))
        if not path.stem.startswith("stg_landing__")
    }
    assert written == declared


def test_every_published_schema_is_of_a_json_column_and_closed_in_its_words(
    contracts: Mapping[str, Contract],
) -> None:
    known = {
        "$schema", "$id", "title", "description", "type", "enum", "pattern", "properties",
        "required", "items", "minLength", "maxLength", "maxItems", "uniqueItems", "x-aliases",
    }  # fmt: skip
    for table, column in published():
        assert contracts[table].column(column).type == "json"
        schema = schema_of(table, column)
        assert schema is not None
        assert schema["$id"] == f"{table}.{column}.schema.json"
        assert set(_words(schema)) <= known


def _words(schema: Mapping[str, object]) -> Iterator[str]:
    yield from schema
    items, properties = schema.get("items"), schema.get("properties")
    if isinstance(items, dict):
        yield from _words(items)
    if isinstance(properties, dict):
        for part in properties.values():
            yield from _words(part)


def _selected(sql: str) -> list[str]:
    body = sql.rsplit("\nselect\n", 1)[1].split("\nfrom ", 1)[0]
    parts = [part.strip() for part in body.split(",\n")]
    return [part if " as " in part else f"{part} as {part}" for part in parts]


def _spec_tables() -> Iterator[tuple[str, str]]:
    for block in re.findall(r"```\n(Table: .*?)```", SPEC.read_text("utf-8"), re.S):
        match = re.match(r"Table: (\w+)", block)
        assert match is not None
        yield match[1], block


def _spec_fields() -> Iterator[str]:
    field = re.compile(r"- (\w+): (ENUM\(.*?\)|VARCHAR\(\d+\)|DECIMAL\(\d+,\d+\)|\w+)\s*(.*)$")
    for table, block in _spec_tables():
        for line in block.split("Fields:")[1].split("Indexes:")[0].strip().splitlines():
            match = field.match(line.strip())
            assert match is not None, line
            name, kind, note = match.groups()
            default = re.search(r"\(Default: '?([^')]*)'?\)", note)
            parent = re.search(r"Foreign Key to (\w+)", note)
            required = "Primary Key" in note or "Required" in note
            parts = [kind, "required" if required else "", default[1] if default else ""]
            yield f"{table}.{name} {' / '.join([*parts, parent[1] if parent else ''])}"


def _line(column: Column) -> str:
    """The column in the words of the customer's schema."""
    kind = {"int": "INTEGER", "bool": "BOOLEAN"}.get(column.type, column.type.upper())
    if column.type == "enum":
        kind = "ENUM(" + ", ".join(f"'{value}'" for value in column.values) + ")"
    elif column.max_length:
        kind = f"VARCHAR({column.max_length})"
    elif column.type == "decimal":
        kind = f"DECIMAL({column.precision},{column.scale})"
    default = "" if column.default is None else str(column.default)
    default = default.upper() if isinstance(column.default, bool) else default
    parent = (column.references or "").removesuffix(".id")
    required = "required" if column.required else ""
    return f"{column.name} {' / '.join([kind, required, default, parent])}"


def _type(column: Column) -> str:
    if column.type == "decimal":
        return f"decimal({column.precision},{column.scale})"
    return column.type
