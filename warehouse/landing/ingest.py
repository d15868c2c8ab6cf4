"""One load from source to accepted landing database: read, cast, merge, judge, swap.

The next database is built beside the last one and renamed over it in the end, so a load that is
killed leaves the last one as it was. Not here: what Great Expectations thinks (`warehouse.gate`).
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

import duckdb

from expectations.contract import Contract
from warehouse.errors import PLAIN_HOME, CallError, Finding, Refusal, disk_words
from warehouse.gate.results import CheckResult
from warehouse.home import Home, fsync_path
from warehouse.landing import database, referential
from warehouse.landing import load as loading
from warehouse.landing.report import LandingReport, Quarantined, TableReport
from warehouse.settings import Run, Tick, no_tick
from warehouse.sources.decisions import WithDecisions
from warehouse.sources.extract import Extraction, Source
from warehouse.sources.files import FileSource
from warehouse.sources.postgres import PostgresSource
from warehouse.sources.source_file import SourceSettings, read_settings
from warehouse.sources.source_names import check_names

SHOWN_ASIDE = 5
Judge = Callable[
    [duckdb.DuckDBPyConnection, Mapping[str, Contract], Collection[str]], Sequence[CheckResult]
]


def open_source(run: Run) -> Source:
    """Return the source a run names, and the run's decisions; raise CallError where it is none."""
    source = named_source(run, run.home.inbox)
    return WithDecisions(source, run.decisions, run.home.inbox, run.home.keys)


def named_source(run: Run, inbox: Path) -> Source:
    """Return the source a run names, whose files are copied into `inbox` before they are read."""
    if run.source_is_postgres:
        return PostgresSource(run.source, settings_of(run), run.now, run.home.keys)
    if not run.source_directory.is_dir():
        raise CallError(f"{run.source}: no such folder; --source takes a folder or postgresql://…")
    return FileSource(run.source_directory, inbox, run.home.keys)


def settings_of(run: Run) -> SourceSettings:
    """Return what `source.toml` says, beside the files or in the home of a live source."""
    return read_settings(run.home.root if run.source_is_postgres else run.source_directory)


def ingest(
    run: Run, contracts: Mapping[str, Contract], judge: Judge, tick: Tick = no_tick
) -> LandingReport:
    """Land everything the source has; on failure the last database stays."""
    with _disk_in_words(run.home):
        return _ingest(run, contracts, judge, tick)


def _ingest(run: Run, contracts: Mapping[str, Contract], judge: Judge, tick: Tick) -> LandingReport:
    home = run.home
    home.prepare()
    settings = settings_of(run)
    check_names(settings, contracts)
    with _scratch(home) as scratch:
        source = open_source(run)
        fingerprint = source.fingerprint()
        connection, number = database.open_next(contracts, run)
        try:
            known = database.known_tables(connection)
            extraction = source.extract(contracts, scratch, known)
            load = loading.Load(connection, contracts, settings, number, run)
            refusals = _merge(load, extraction, judge, tick)
            tables, aside = _tables(load), _first_aside(load, run)
            connection.execute("checkpoint")
        finally:
            connection.close()
        accept(home)
    accepted = tuple(load.accepted)
    return LandingReport(tables, tuple(refusals), fingerprint, accepted, number, aside)


@contextmanager
def _scratch(home: Home) -> Iterator[Path]:
    """Give a folder for what is read; leave neither it nor a next database behind."""
    folder, fresh = home.build / "extract", home.next_landing.path
    shutil.rmtree(folder, ignore_errors=True)
    try:
        folder.mkdir(parents=True)
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)
        fresh.unlink(missing_ok=True)
        fresh.with_name(fresh.name + ".wal").unlink(missing_ok=True)


def _merge(load: loading.Load, extraction: Extraction, judge: Judge, tick: Tick) -> list[Refusal]:
    """Merge what was read, settle what only all tables show, and let the gate judge it."""
    connection = load.connection
    connection.execute("begin transaction")
    refusals = loading.load_tables(load, extraction, tick)
    if load.run.unencrypted:
        loading.record_findings(connection, [Finding("", "home.unencrypted", PLAIN_HOME, 3)])
    connection.execute("commit")
    referential.settle(load, extraction)
    results = judge(connection, load.contracts, frozenset(load.touched))
    connection.execute("begin transaction")
    refusals += _hold_unusable(load, results)
    loading.settle_states(load)
    connection.execute("commit")
    return refusals


def _hold_unusable(load: loading.Load, results: Sequence[CheckResult]) -> list[Refusal]:
    """Take back what this load did to tables the gate calls unusable."""
    held = []
    for table in sorted({r.table for r in results if not r.success and r.is_blocking}):
        refusal = Refusal(table, "gate.unusable", "the table failed its gate", outcome="held")
        loading.undo(load, load.contracts[table], refusal.reason_code)
        held.append(refusal)
    return held


def _tables(load: loading.Load) -> dict[str, TableReport]:
    connection = load.connection
    failed: dict[str, list[str]] = {}
    for table, check in connection.execute(
        "select distinct table_name, check_name from landing.check_result where not success "
        "order by all"
    ).fetchall():
        failed.setdefault(table, []).append(check)
    rows = connection.execute(
        "select table_name, state, row_count, rejected_count, content_hash, sha256, "
        "state = 'held' and reason = 'gate.unusable' and table_name not in "
        "(select table_name from history.load_table) "
        "from landing.table_state order by table_name"
    ).fetchall()
    return {
        table: TableReport(
            *(table, state, n, bad, digest, sha, tuple(failed.get(table, ()))),
            table in load.touched,
            never,
        )
        for table, state, n, bad, digest, sha, never in rows
    }


def _first_aside(load: loading.Load, run: Run) -> tuple[Quarantined, ...]:
    rows = load.connection.execute(
        "select table_name, row_number, cast(reasons as varchar[])[1] from landing.rejected "
        "where kind <> 'value' order by table_name, row_number, reasons limit ?",
        [SHOWN_ASIDE],
    ).fetchall()
    return tuple(Quarantined(t, _file_of(load, run, t), n, why or "") for t, n, why in rows)


def _file_of(load: loading.Load, run: Run, table: str) -> str:
    """Return the name of the file a table was read from, "" for a live source."""
    if run.source_is_postgres:
        return ""
    own = load.settings.table(table).file
    found = sorted(p.name for p in run.source_directory.glob(f"{table}.*") if p.is_file())
    return own or "".join(found[:1])


def accept(home: Home) -> None:
    """Put the next database in the place of the last one."""
    fresh = home.next_landing.path
    if fresh.with_name(fresh.name + ".wal").exists():
        raise RuntimeError("the landing database was closed with a write-ahead log left")
    fresh.chmod(0o600)
    fsync_path(fresh)
    fresh.replace(home.landing_file)
    fsync_path(home.landing_file.parent)


@contextmanager
def _disk_in_words(home: Home) -> Iterator[None]:
    """Turn a full or read-only disk into one clear line; what landed before stays."""
    try:
        yield
    except (OSError, duckdb.Error) as error:
        words = disk_words(str(error))
        if not words:
            raise
        raise CallError(f"{home.root}: {words}") from None
