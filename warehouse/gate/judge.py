"""Great Expectations on the landed tables, on a cursor of the load's own connection.

Results keep counts only: error texts and values of failing rows are dropped before anything can
store them. Not here: the suites (`expectations.suites`), and moving rows (`warehouse.landing`).
"""

from __future__ import annotations

import os
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

import duckdb

from expectations.check_views import promises
from expectations.contract import Contract
from expectations.frames import identifier
from warehouse.errors import WarehouseError
from warehouse.gate.evaluation import DATABASE, evaluate, view
from warehouse.gate.results import CheckResult


def judge(
    connection: duckdb.DuckDBPyConnection,
    contracts: Mapping[str, Contract],
    tables: Collection[str],
) -> list[CheckResult]:
    """Run the suite of each named table that has rows; store and return how each check ended."""
    with_rows = [contracts[t] for t in sorted(tables) if _has_rows(connection, t)]
    if not with_rows:
        return []
    for contract in with_rows:
        evaluate(connection, contract, contracts)  # anew: what landing thinks is no evidence
    os.environ["GX_ANALYTICS_ENABLED"] = "false"
    results = _run_suites(connection, with_rows, contracts)
    _store(connection, results)
    return results


def _run_suites(
    connection: duckdb.DuckDBPyConnection,
    tables: list[Contract],
    contracts: Mapping[str, Contract],
) -> list[CheckResult]:
    import great_expectations as gx

    context = gx.get_context(mode="ephemeral")
    context.variables.progress_bars = {"globally": False}
    # an ephemeral context writes itself out as YAML for every asset, a quarter of the gate's time
    context._save_project_config = lambda *_: None
    stock = context.data_sources.add_sql("landing", connection_string="duckdb://")
    source = _on_cursor(stock, connection)
    found: list[CheckResult] = []
    try:
        for contract in tables:
            found += _judge_one(source, contract, contracts)
    finally:
        source.get_execution_engine().release()
    return found


def _judge_one(
    source: Any, contract: Contract, contracts: Mapping[str, Contract]
) -> list[CheckResult]:
    """Return one result a promise: all kept where the short suite passes, else one by one."""
    from expectations.suites import build_short_suite, build_suite

    asset = source.add_table_asset(contract.table, table_name=view(contract.table))
    batch = asset.add_batch_definition_whole_table("all").get_batch()
    short = _validate(batch, contract, build_short_suite(contract))
    if not all(result.success for result in short):
        return _validate(batch, contract, build_suite(contract, contracts))
    volume = [result for result in short if result.kind == "volume"]
    kept = [
        CheckResult(contract.table, p.name, p.kind, p.severity, p.on_fail, success=True)
        for p in promises(contract, contracts)
    ]
    return [*volume, *kept]


def _on_cursor(source: Any, connection: duckdb.DuckDBPyConnection) -> Any:
    """Return the data source bound to one cursor of our connection.

    The stock engine opens connections of its own, which DuckDB refuses beside an open handle.
    """
    from duckdb_engine import ConnectionWrapper
    from great_expectations.execution_engine import SqlAlchemyExecutionEngine
    from sqlalchemy import NullPool, create_engine

    def opened() -> Any:
        cursor = connection.cursor()
        cursor.execute(f"use {DATABASE}.main")
        return ConnectionWrapper(cursor)

    engine = create_engine("duckdb://", creator=opened, poolclass=NullPool)

    class OneConnection(SqlAlchemyExecutionEngine):  # type: ignore[misc]
        """Keeps its connection: DuckDB's cursor of a result ends with the connection."""

        _connection: Any

        @contextmanager
        def get_connection(self) -> Iterator[Any]:
            if self._connection is None:
                self._connection = self.engine.connect()
            yield self._connection

        def release(self) -> None:
            """Give the cursor back, so that the load can checkpoint."""
            if self._connection is not None:
                self._connection.close()
                self._connection = None

    execution = OneConnection(engine=engine, create_temp_table=False)
    object.__setattr__(source, "get_engine", lambda: engine)
    object.__setattr__(source, "get_execution_engine", lambda: execution)
    return source


def _validate(batch: Any, contract: Contract, suite: Any) -> list[CheckResult]:
    outcome = batch.validate(suite, result_format="BOOLEAN_ONLY")
    if any(_raised(entry) for entry in outcome.results):
        raise WarehouseError(f"{contract.table}: the gate could not run its checks")
    return [_result(contract.table, entry) for entry in outcome.results]


def _raised(entry: Any) -> bool:
    """Return whether the engine failed, which is our fault and not the data's."""
    info = entry.exception_info or {}
    return "raised_exception" not in info or bool(info["raised_exception"])


def _result(table: str, entry: Any) -> CheckResult:
    meta = entry.expectation_config.meta
    return CheckResult(
        table=table,
        check=meta["name"],
        kind=meta.get("kind", "volume"),
        severity=meta["severity"],
        on_fail=meta["on_fail"],
        success=bool(entry.success),
    )


def _store(connection: duckdb.DuckDBPyConnection, results: list[CheckResult]) -> None:
    """Write results per company where rows failed, with up to ten failing keys."""
    for table in sorted({result.table for result in results}):
        connection.execute("delete from landing.check_result where table_name = ?", [table])
    for result in results:
        row = [result.table, result.check, result.kind, result.severity, result.on_fail]
        if result.success or result.kind == "volume":
            connection.execute(
                "insert into landing.check_result values (?, ?, ?, null, ?, ?, ?, 0, '[]')",
                [*row, result.success],
            )
            continue
        connection.execute(
            "insert into landing.check_result select ?, ?, ?, company_key, ?, ?, false, count(*), "
            "to_json(list(row_key order by row_key)[:10]) "
            f"from landing.{identifier(view(result.table))} "
            f"where not {identifier(result.check)} group by company_key",
            row,
        )


def _has_rows(connection: duckdb.DuckDBPyConnection, table: str) -> bool:
    row = connection.execute(f"select exists(select 1 from landing.{identifier(table)})").fetchone()
    return bool(row and row[0])
