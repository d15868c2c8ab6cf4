"""Contracts as dbt reads them: `_sources.yml` and `_staging.yml` of the staging folder.

Belongs here: the names of sources, staging models and their keys, and the two generated files
(`python -m expectations.dbt_sources` writes them). Does not: the SQL of a staging model, which
is written by hand and tested against the contract, and tests of landed data, which are GX's.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from expectations.contract import Column, Contract, load_contracts
from expectations.frames import landed_columns, landing_type

STAGING = Path(__file__).parent.parent / "dbt" / "models" / "staging"
STORED = frozenset(
    {
        "benefits_analytics_dashboard",
        "benefits_cost_analysis",
        "benefits_integration_monitoring",
        "benefits_compliance_monitoring",
    }
)
_DATABASE = "{{ var('landing_database') if target.type == 'duckdb' else none }}"
_HEADER = (
    "# Generated from expectations/tables by `python -m expectations.dbt_sources`; never edit.\n"
)
_LOAD_TABLES: Mapping[str, tuple[str, Mapping[str, str]]] = {
    "table_state": (
        "One row per contract table: what the last load found of it.",
        {
            "table_name": "The contract table.",
            "state": "present, empty, absent (unknown) or held (the version before it stands).",
        },
    ),
    "rejected": (
        "One row per source row put aside, with every reason.",
        {
            "table_name": "The contract table the row was meant for.",
            "row_number": "Line or record number in the source.",
            "primary_key": "The row's key as it was written, where it can be read.",
            "company_id": "The row's company, where it can be read.",
            "employee_id": "The person the row is about, where it can be read.",
            "columns": "The columns that broke the contract.",
            "reasons": "The reason codes, one for each column or check.",
            "row_json": "The row as it came, for the person who repairs it.",
        },
    ),
}


def entity(contract: Contract) -> str:
    """The singular entity behind a table, as staging names it."""
    if contract.family != "benefits":
        return contract.table
    name = contract.table.removeprefix("benefits_")
    return f"stored_{name}" if contract.table in STORED else name


def staging_model(contract: Contract) -> str:
    """The name of the staging model that reads the table."""
    return f"stg_{contract.family}__{entity(contract)}"


def staged_name(contract: Contract, column: Column) -> str:
    """The column's name from staging on: `id` says whose it is, all others stand."""
    return f"{entity(contract)}_id" if column.name == "id" else column.name


def render_sources(contracts: Mapping[str, Contract]) -> str:
    """The text of `_sources.yml`: every landed table and column, without tests."""
    lines = [
        _HEADER + "version: 2",
        "sources:",
        "  - name: landing",
        "    description: Operational rows as they landed, one table per contract.",
        f'    database: "{_DATABASE}"',
        "    schema: landing",
        "    tables:",
    ]
    for name in sorted(contracts):
        lines += _source_table(contracts[name])
    for name, (description, columns) in _LOAD_TABLES.items():
        lines += [f"      - name: {name}", f"        description: {_quoted(description)}"]
        lines += ["        columns:"]
        for column, text in columns.items():
            lines += [f"          - name: {column}", f"            description: {_quoted(text)}"]
    return "\n".join(lines) + "\n"


def render_staging(contracts: Mapping[str, Contract]) -> str:
    """The text of `_staging.yml`: every staging model and column, and a test of its key."""
    lines = [_HEADER + "version: 2", "models:"]
    for name in sorted(contracts, key=lambda table: staging_model(contracts[table])):
        contract = contracts[name]
        grain = contract.grain[0].upper() + contract.grain[1:]
        lines += _model(staging_model(contract), f"{grain}.", _staged(contract))
    for name, (description, columns) in _LOAD_TABLES.items():
        lines += _model(f"stg_landing__{name}", description, columns.items())
    return "\n".join(lines) + "\n"


def _source_table(contract: Contract) -> Iterator[str]:
    yield f"      - name: {contract.table}"
    yield f"        description: {_quoted(contract.description)}"
    yield f"        meta: {{domain: {contract.domain}, family: {contract.family}}}"
    yield "        columns:"
    for column in landed_columns(contract):
        yield f"          - name: {column.name}"
        yield f"            data_type: {landing_type(column)}"
        yield f"            description: {_quoted(column.description)}"


def _staged(contract: Contract) -> Iterator[tuple[str, str]]:
    for column in landed_columns(contract):
        yield staged_name(contract, column), column.description


def _model(name: str, description: str, columns: Iterable[tuple[str, str]]) -> Iterator[str]:
    yield f"  - name: {name}"
    yield f"    description: {_quoted(description)}"
    yield "    columns:"
    for position, (column, text) in enumerate(columns):
        yield f"      - name: {column}"
        yield f"        description: {_quoted(text)}"
        if position == 0 and not name.startswith("stg_landing__"):
            yield "        data_tests: [primary_key]"


def _quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def main() -> None:
    """Write both files beside the staging models."""
    contracts = load_contracts()
    (STAGING / "_sources.yml").write_text(render_sources(contracts), encoding="utf-8")
    (STAGING / "_staging.yml").write_text(render_staging(contracts), encoding="utf-8")


if __name__ == "__main__":
    main()
