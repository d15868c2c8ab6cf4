"""A source landed on trial in a home that is thrown away: what is bad, and what is missing.

Which column which report needs is said in the contracts (`needed_for`). Not here: printing.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

import duckdb

from expectations.contract import LEDGER_FAMILY, Contract
from warehouse.errors import Refusal
from warehouse.gate.results import CheckResult
from warehouse.landing.ingest import ingest
from warehouse.settings import Run


@dataclass(frozen=True)
class TableTrial:
    """One table of the source: its state, its rows, and why rows were put aside."""

    table: str
    state: str
    rows: int
    rejected: int
    reasons: tuple[tuple[str, int], ...]


@dataclass(frozen=True)
class FeatureTrial:
    """One report or function: the tables and columns it needs and does not get."""

    feature: str
    tables: tuple[str, ...]
    columns: tuple[str, ...]

    @property
    def is_complete(self) -> bool:
        """Return whether nothing is missing."""
        return not self.tables and not self.columns


@dataclass(frozen=True)
class Trial:
    """What a run over the source would find."""

    tables: tuple[TableTrial, ...]
    features: tuple[FeatureTrial, ...]
    refusals: tuple[Refusal, ...]
    findings: tuple[tuple[str, str, str], ...]


def try_source(run: Run, contracts: Mapping[str, Contract]) -> Trial:
    """Land the source of `run` into its home, which the caller throws away."""
    report = ingest(run, contracts, _no_judge)
    with run.home.landing.open(read_only=True) as connection:
        gone = connection.execute(
            "select table_name, column_name from landing.finding "
            "where reason_code = 'drift.missing_optional'"
        ).fetchall()
        findings = connection.execute(
            "select table_name, reason_code, message from landing.finding where severity <= 4 "
            "and reason_code <> 'drift.missing_optional' order by severity, table_name, reason_code"
        ).fetchall()
        reasons = _reasons(connection)
    tables = tuple(
        TableTrial(t.table, t.state, t.rows, t.rejected, reasons.get(t.table, ()))
        for t in report.tables.values()
        if contracts[t.table].family != LEDGER_FAMILY
    )
    absent = {t.table for t in tables if t.state not in ("present", "empty")}
    features = _features(contracts, absent, {(str(t), str(c)) for t, c in gone})
    return Trial(tables, features, report.refusals, tuple(findings))


def _no_judge(
    connection: duckdb.DuckDBPyConnection,
    contracts: Mapping[str, Contract],
    tables: Collection[str],
) -> Sequence[CheckResult]:
    """Judge nothing: what breaks a contract is put aside by landing already."""
    return ()


def _reasons(
    connection: duckdb.DuckDBPyConnection,
) -> dict[str, tuple[tuple[str, int], ...]]:
    """Return the reasons of rejected rows by table, the most frequent first."""
    rows = connection.execute(
        "select table_name, reason, count(*) as n from (select table_name, "
        "unnest(cast(reasons as varchar[])) as reason from landing.rejected) "
        "group by all order by table_name, n desc, reason"
    ).fetchall()
    found: dict[str, tuple[tuple[str, int], ...]] = {}
    for table, reason, count in rows:
        found[table] = (*found.get(table, ()), (reason, count))
    return found


def _features(
    contracts: Mapping[str, Contract], absent: Collection[str], gone: Collection[tuple[str, str]]
) -> tuple[FeatureTrial, ...]:
    """Return what each feature misses; a table whose absence means none is not missed."""
    tables: dict[str, dict[str, None]] = {}
    columns: dict[str, list[str]] = {}
    for contract in contracts.values():
        for column in contract.columns:
            for feature in column.needed_for:
                missed = tables.setdefault(feature, {})
                if contract.table in absent and contract.when_absent == "unknown":
                    missed[contract.table] = None
                elif (contract.table, column.name) in gone:
                    columns.setdefault(feature, []).append(f"{contract.table}.{column.name}")
    return tuple(
        FeatureTrial(feature, tuple(tables[feature]), tuple(columns.get(feature, ())))
        for feature in sorted(tables)
    )
