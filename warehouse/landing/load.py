"""One load: every extract cast, keyed and merged into the landing database of the next state.

A table that is refused or held keeps its rows, and so does one whose input did not change. Not
here: references between tables (`referential`), and the judgement of Great Expectations
(`warehouse.gate`).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

import duckdb

from expectations.contract import Contract
from expectations.frames import identifier, landed_columns
from warehouse.errors import Finding, Refusal, WarehouseError
from warehouse.landing import json_cells, keys, merge, quarantine, volume
from warehouse.landing.notes import count_notes
from warehouse.landing.tables import content_hash, count_rows
from warehouse.landing.typing import typed_rows_sql
from warehouse.landing.versions import end_rows, keep_said, say_again, undo_rows
from warehouse.settings import Run, Tick, no_tick
from warehouse.sources.extract import Extract, Extraction
from warehouse.sources.source_file import SourceSettings


@dataclass
class Counts:
    """What became of the records of one table: received = landed + rejected + the two others."""

    mode: str
    received: int
    landed: int = 0
    rejected: int = 0
    duplicates: int = 0
    superseded: int = 0
    change: merge.Change = field(default_factory=merge.Change)

    @property
    def add_up(self) -> bool:
        """Return whether no record vanished."""
        return self.received == self.landed + self.rejected + self.duplicates + self.superseded


@dataclass
class Load:
    """What a load works with, and what it has done so far.

    `touched` are the tables that were read or spoken of anew, `changed` those whose rows are
    others than before, `felt` those whose change promises of other tables may feel; `states` is
    how each table stood before.
    """

    connection: duckdb.DuckDBPyConnection
    contracts: Mapping[str, Contract]
    settings: SourceSettings
    number: int
    run: Run
    counts: dict[str, Counts] = field(default_factory=dict)
    touched: set[str] = field(default_factory=set)
    changed: set[str] = field(default_factory=set)
    felt: set[str] = field(default_factory=set)
    accepted: list[Refusal] = field(default_factory=list)
    states: dict[str, str] = field(default_factory=dict)

    def speak_anew(self, table: str) -> None:
        """Put aside what was said about a table, so that this load can say it."""
        keep_said(self.connection, table, self.number)
        self.touched.add(table)


def load_tables(load: Load, extraction: Extraction, tick: Tick = no_tick) -> list[Refusal]:
    """Merge every table that was read; return what was refused or held, in words."""
    refusals = {r.table: r for r in extraction.refusals}
    load.states = dict(
        load.connection.execute("select table_name, state from landing.table_state").fetchall()
    )
    load.connection.execute("delete from landing.finding where table_name = ''")
    record_findings(load.connection, extraction.findings)
    for number, (table, contract) in enumerate(load.contracts.items(), start=1):
        tick(number, len(load.contracts))
        if table in extraction.unchanged:
            continue
        extract = extraction.extracts.get(table)
        refusal = refusals.get(table)
        if extract is not None:
            refusal = _load_one(load, contract, extract)
        elif refusal is None:
            refusal = _absent(load, contract)
        if refusal is not None:
            refusals[table] = refusal
            hold(load, contract, refusal.reason_code)
    return list(refusals.values())


def _load_one(load: Load, contract: Contract, extract: Extract) -> Refusal | None:
    """Merge one extract; return why a person must look first, and change nothing then."""
    connection, table = load.connection, contract.table
    load.speak_anew(table)
    rows = typed_rows_sql(contract, extract, load.settings, load.run)
    connection.execute(f"create or replace temp table typed as {rows}")
    counts = Counts("partial" if extract.is_partial else "whole", extract.records)
    counts.rejected += quarantine.reject_unreadable(connection, extract)
    counts.rejected += quarantine.reject_typed(connection, contract, extract)
    record_findings(connection, count_notes(connection, contract, extract, load.settings, load.run))
    sorted_out = keys.settle_duplicates(connection, contract, extract)
    counts.duplicates, counts.superseded = sorted_out.duplicates, sorted_out.superseded
    if counts.duplicates:
        text = f"{counts.duplicates} rows were written twice and landed once"
        twice = Finding(table, "key.duplicate_identical", text, 5, "", counts.duplicates)
        record_findings(connection, [twice])
    counts.rejected += sorted_out.conflicts
    json_cells.settle_json(connection, contract, extract)
    if extract.is_partial:
        quarantine.repeat_others(connection, contract, extract, load.number)
    counts.landed = count_rows(connection, "typed")
    linking = merge.links(load.contracts)[table]
    counts.change = merge.plan(connection, contract, extract, linking)
    load.counts[table] = counts
    held = volume.held(connection, contract, extract, counts.rejected, counts.change.ended)
    if held is not None:
        if table not in load.run.accept_volume:
            return held
        load.accepted.append(held)
    _merge(load, contract, extract)
    return None


def _merge(load: Load, contract: Contract, extract: Extract) -> None:
    connection, table = load.connection, contract.table
    change = load.counts[table].change
    merge.apply(connection, contract, extract, load.number)
    if change.is_any or change.late:
        load.changed.add(table)
    record_findings(connection, extract.findings)
    if change.late and extract.is_live:
        text = f"{change.late} rows were changed but carry an older updated_at"
        record_findings(connection, [Finding(table, "time.backdated_change", text, 4)])
    is_empty = not extract.records and not extract.is_partial
    state = "empty" if is_empty else "present"
    connection.execute(
        "update landing.table_state set state = ?, sha256 = ? where table_name = ?",
        [state, extract.sha256, table],
    )
    if change.is_felt or load.states.get(table) != state:
        load.felt.add(table)
    known = extract.known
    connection.execute("delete from history.source_state where table_name = ?", [table])
    connection.execute(
        "insert into history.source_state values (?, ?, ?, ?)",
        [table, known.token, known.watermark, known.whole_at],
    )


def _absent(load: Load, contract: Contract) -> Refusal | None:
    """End the rows of a table the source no longer has; many of them wait for a person."""
    connection, table = load.connection, contract.table
    if load.states.get(table) == "absent":
        return None
    held = volume.held_absent(connection, contract)
    if held is not None:
        if table not in load.run.accept_volume:
            return held
        load.accepted.append(held)
    load.speak_anew(table)
    if count_rows(connection, f"landing.{identifier(table)}"):
        load.changed.add(table)
        load.felt.add(table)
        every = f"select rowid from landing.{identifier(table)}"
        end_rows(connection, contract, load.number, every)
    connection.execute("delete from history.source_state where table_name = ?", [table])
    return None


def hold(load: Load, contract: Contract, reason: str) -> None:
    """Keep a table's rows and what was said about them, and mark it as held."""
    connection, table = load.connection, contract.table
    load.speak_anew(table)
    load.counts.pop(table, None)
    for name in ("rejected", "finding", "check_result"):
        connection.execute(f"delete from landing.{name} where table_name = ?", [table])
        say_again(connection, table, load.number, name)
    connection.execute(
        "update landing.table_state set state = 'held', sha256 = '', reason = ? "
        "where table_name = ?",
        [reason, table],
    )


def undo(load: Load, contract: Contract, reason: str) -> None:
    """Take back what this load did to a table the gate found unusable, and hold it."""
    undo_rows(load.connection, contract, load.number)
    hold(load, contract, reason)


def settle_states(load: Load) -> None:
    """Fill counts and content hashes of every table this load spoke of, once all rows stand."""
    for table in sorted(load.touched):
        contract = load.contracts[table]
        relation = f"landing.{identifier(table)}"
        digest = content_hash(load.connection, relation, [c.name for c in landed_columns(contract)])
        load.connection.execute(
            "update landing.table_state set row_count = ?, content_hash = ?, rejected_count = "
            "(select count(*) from landing.rejected where table_name = ? and kind <> 'value') "
            "where table_name = ?",
            [count_rows(load.connection, relation), digest, table, table],
        )
    for table, counts in sorted(load.counts.items()):
        if not counts.add_up:
            raise WarehouseError(f"{table}: records were lost between file and landing")
        change = counts.change
        load.connection.execute(
            "insert into history.load_table values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            [
                *(load.number, table, counts.mode, counts.received, counts.landed),
                *(counts.rejected, counts.duplicates, counts.superseded),
                *(change.inserted, change.changed, change.ended, change.late),
            ],
        )


def record_findings(
    connection: duckdb.DuckDBPyConnection, findings: Iterable[Finding], origin: str = "read"
) -> None:
    """Store findings about tables: drift, spelling, files that belong to nothing."""
    for f in findings:
        connection.execute(
            "insert into landing.finding values (?, ?, ?, ?, ?, ?, ?, nullif(?, ''))",
            [
                *(f.table, f.reason_code, f.column, f.message, f.severity, f.count),
                *(origin, f.company_id),
            ],
        )
