"""One load: every extract cast, keyed and stored in a fresh landing database beside the last one.

A table that is refused or held keeps the rows of the last load. Not here: references between
tables (`referential`), and the judgement of Great Expectations (`warehouse.gate`).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

import duckdb

from expectations.contract import Contract
from expectations.frames import identifier, landed_columns, literal
from warehouse.errors import Finding, Refusal
from warehouse.landing import json_cells, keys, quarantine
from warehouse.landing.tables import content_hash, create_bookkeeping, create_table
from warehouse.landing.typing import typed_rows_sql
from warehouse.settings import Tick, no_tick
from warehouse.sources.extract import Extract, Extraction
from warehouse.sources.source_file import SourceSettings

HOLD_SHARE = 0.2
HOLD_ROWS = 20


@dataclass(frozen=True)
class Load:
    """What a load works with: the new database, the last one attached (or not), the arguments."""

    connection: duckdb.DuckDBPyConnection
    contracts: Mapping[str, Contract]
    settings: SourceSettings
    has_last: bool
    accept_volume: tuple[str, ...]


def open_fresh(path: Path, last: Path) -> tuple[duckdb.DuckDBPyConnection, bool]:
    """Return a connection to an empty landing database, the last one attached as `last`."""
    path.unlink(missing_ok=True)
    path.with_name(path.name + ".wal").unlink(missing_ok=True)
    connection = duckdb.connect(str(path))
    connection.execute("set autoinstall_known_extensions = false")
    connection.execute("set autoload_known_extensions = false")
    if last.exists():
        connection.execute(f"attach {literal(str(last))} as last (read_only)")
    create_bookkeeping(connection)
    return connection, last.exists()


def load_tables(load: Load, extraction: Extraction, tick: Tick = no_tick) -> tuple[Refusal, ...]:
    """Fill every table of the contracts; return what was refused or held, in words."""
    refusals = {r.table: r for r in extraction.refusals}
    record_findings(load.connection, extraction.findings)
    for number, (table, contract) in enumerate(load.contracts.items(), start=1):
        tick(number, len(load.contracts))
        create_table(load.connection, contract)
        extract = extraction.extracts.get(table)
        if extract is not None:
            _load_one(load, contract, extract)
            held = _held(load, contract, extract)
            if held:
                refusals[table] = held
                _forget(load.connection, table)
        if table in refusals:
            keep_last(load, contract, refusals[table].reason_code)
        else:
            _record_state(load, contract, extract)
    return tuple(refusals.values())


def _load_one(load: Load, contract: Contract, extract: Extract) -> None:
    connection = load.connection
    dates = load.settings.table(contract.table).dates
    rows = typed_rows_sql(contract, extract, dates)
    connection.execute(f"create or replace temp table typed as {rows}")
    quarantine.reject_unreadable(connection, extract)
    quarantine.reject_typed(connection, contract, extract)
    quarantine.count_flags(connection, contract)
    keys.settle_duplicates(connection, contract, extract)
    json_cells.settle_json(connection, contract, extract)
    names = ", ".join(identifier(c.name) for c in landed_columns(contract))
    connection.execute(
        f"insert into landing.{identifier(contract.table)} ({names}) select {names} from typed"
    )
    record_findings(connection, extract.findings)


def _held(load: Load, contract: Contract, extract: Extract) -> Refusal | None:
    """Return why a person must look before this table replaces the last one, or None."""
    if contract.table in load.accept_volume:
        return None
    table = contract.table
    landed = _count(load.connection, f"landing.{identifier(table)}")
    lost = extract.records - landed
    if lost >= HOLD_ROWS and lost > HOLD_SHARE * extract.records:
        worst = quarantine.commonest_reason(load.connection, table)
        message = f"{lost} of {extract.records} rows cannot be read, most for {worst}"
        return Refusal(table, "volume.rejects", message, "format changed?", "held")
    before = _last_count(load, table)
    gone = before - extract.records
    if gone >= HOLD_ROWS and gone > HOLD_SHARE * before:
        message = f"would end {gone} of {before} rows ({100 * gone // before} %)"
        remedy = f"if that is right, run again with --accept-volume {table}"
        return Refusal(table, "volume.drop", message, remedy, "held")
    return None


def keep_last(load: Load, contract: Contract, reason: str) -> None:
    """Put back the rows of the last load and mark the table as held."""
    table, connection = identifier(contract.table), load.connection
    connection.execute(f"delete from landing.{table}")
    if load.has_last and _last_has(connection, contract.table):
        have = {r[0] for r in connection.execute(f"describe last.landing.{table}").fetchall()}
        names = ", ".join(identifier(c.name) for c in landed_columns(contract) if c.name in have)
        connection.execute(
            f"insert into landing.{table} ({names}) select {names} from last.landing.{table}"
        )
    connection.execute("delete from landing.table_state where table_name = ?", [contract.table])
    _insert_state(connection, contract, "held", "", reason)


def _record_state(load: Load, contract: Contract, extract: Extract | None) -> None:
    if extract is None:
        _insert_state(load.connection, contract, "absent", "", "")
        return
    empty = extract.records == 0
    _insert_state(load.connection, contract, "empty" if empty else "present", extract.sha256, "")


def _insert_state(
    connection: duckdb.DuckDBPyConnection, contract: Contract, state: str, sha: str, reason: str
) -> None:
    connection.execute(
        "insert into landing.table_state values (?, ?, 0, 0, '', ?, ?)",
        [contract.table, state, sha, reason],
    )


def settle_states(load: Load) -> None:
    """Fill counts and content hashes of every table, once all rows stand."""
    for table, contract in load.contracts.items():
        relation = f"landing.{identifier(table)}"
        digest = content_hash(load.connection, relation, [c.name for c in landed_columns(contract)])
        load.connection.execute(
            "update landing.table_state set row_count = ?, content_hash = ?, rejected_count = "
            "(select count(*) from landing.rejected where table_name = ? and kind <> 'value') "
            "where table_name = ?",
            [_count(load.connection, relation), digest, table, table],
        )


def record_findings(connection: duckdb.DuckDBPyConnection, findings: Iterable[Finding]) -> None:
    """Store findings about tables: drift, spelling, files that belong to nothing."""
    for f in findings:
        connection.execute(
            "insert into landing.finding values (?, ?, ?, ?, ?, ?)",
            [f.table, f.reason_code, f.column, f.message, f.severity, f.count],
        )


def _forget(connection: duckdb.DuckDBPyConnection, table: str) -> None:
    """Take back what a held file left in the quarantine; the file itself stays in the inbox."""
    connection.execute("delete from landing.rejected where table_name = ?", [table])


def _count(connection: duckdb.DuckDBPyConnection, relation: str) -> int:
    row = connection.execute(f"select count(*) from {relation}").fetchone()
    return int(row[0]) if row else 0


def _last_has(connection: duckdb.DuckDBPyConnection, table: str) -> bool:
    found = connection.execute(
        "select count(*) from duckdb_tables() where database_name = 'last' "
        "and schema_name = 'landing' and table_name = ?",
        [table],
    ).fetchone()
    return bool(found and found[0])


def _last_count(load: Load, table: str) -> int:
    if not load.has_last or not _last_has(load.connection, table):
        return 0
    return _count(load.connection, f"last.landing.{identifier(table)}")
