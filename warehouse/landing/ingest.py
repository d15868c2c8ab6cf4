"""One load from source to accepted landing database: read, cast, judge, swap.

The new database is built beside the last one and renamed over it in the end, so a load that is
killed leaves the last one as it was. Not here: what Great Expectations thinks (`warehouse.gate`).
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Mapping, Sequence

import duckdb

from expectations.contract import Contract
from warehouse.errors import CallError, Refusal
from warehouse.gate.results import CheckResult
from warehouse.home import Home, fsync_path
from warehouse.landing import load as loading
from warehouse.landing import referential
from warehouse.landing.report import LandingReport, TableReport
from warehouse.settings import Run, Tick, no_tick
from warehouse.sources.extract import Source
from warehouse.sources.files import FileSource
from warehouse.sources.postgres import PostgresSource
from warehouse.sources.source_file import read_settings

Judge = Callable[[duckdb.DuckDBPyConnection, Mapping[str, Contract]], Sequence[CheckResult]]


def open_source(run: Run) -> Source:
    """Return the source a run names; raise CallError where it cannot be one."""
    if run.source_is_postgres:
        return PostgresSource(run.source, read_settings(run.home.root))
    if not run.source_directory.is_dir():
        raise CallError(f"{run.source}: no such folder; --source takes a folder or postgresql://…")
    return FileSource(run.source_directory, run.home.inbox)


def ingest(
    run: Run, contracts: Mapping[str, Contract], judge: Judge, tick: Tick = no_tick
) -> LandingReport:
    """Land everything the source has; on failure the last database stays."""
    home = run.home
    home.prepare()
    scratch = home.build / "extract"
    shutil.rmtree(scratch, ignore_errors=True)
    scratch.mkdir(parents=True)
    source = open_source(run)
    fingerprint = source.fingerprint()
    extraction = source.extract(contracts, scratch)
    fresh = home.landing_file.with_name("operational.next.duckdb")
    connection, has_last = loading.open_fresh(fresh, home.landing_file)
    try:
        settings = read_settings(home.root if run.source_is_postgres else run.source_directory)
        load = loading.Load(connection, contracts, settings, has_last, run.accept_volume)
        connection.execute("begin transaction")
        refusals = list(loading.load_tables(load, extraction, tick))
        referential.settle(load, extraction)
        connection.execute("commit")
        results = judge(connection, contracts)
        refusals += _hold_unusable(load, results)
        connection.execute("begin transaction")
        loading.settle_states(load)
        connection.execute("commit")
        report = LandingReport(_tables(connection, results), tuple(refusals), fingerprint)
        if has_last:
            connection.execute("detach last")
        connection.execute("checkpoint")
    finally:
        connection.close()
        shutil.rmtree(scratch, ignore_errors=True)
    _accept(home)
    return report


def _hold_unusable(load: loading.Load, results: Sequence[CheckResult]) -> list[Refusal]:
    """Keep the last rows of tables the gate calls unusable."""
    held = []
    for table in sorted({r.table for r in results if not r.success and r.is_blocking}):
        refusal = Refusal(table, "gate.unusable", "the table failed its gate", outcome="held")
        loading.keep_last(load, load.contracts[table], refusal.reason_code)
        held.append(refusal)
    return held


def _tables(
    connection: duckdb.DuckDBPyConnection, results: Sequence[CheckResult]
) -> dict[str, TableReport]:
    rows = connection.execute(
        "select table_name, state, row_count, rejected_count, content_hash, sha256 "
        "from landing.table_state order by table_name"
    ).fetchall()
    failed: dict[str, list[str]] = {}
    for result in results:
        if not result.success:
            failed.setdefault(result.table, []).append(result.check)
    return {
        table: TableReport(table, state, n, bad, digest, sha, tuple(failed.get(table, ())))
        for table, state, n, bad, digest, sha in rows
    }


def _accept(home: Home) -> None:
    """Put the new database in the place of the last one."""
    fresh = home.landing_file.with_name("operational.next.duckdb")
    if fresh.with_name(fresh.name + ".wal").exists():
        raise RuntimeError("the landing database was closed with a write-ahead log left")
    fresh.chmod(0o600)
    fsync_path(fresh)
    fresh.replace(home.landing_file)
    fsync_path(home.landing_file.parent)
