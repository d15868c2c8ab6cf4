"""One schema of a real PostgreSQL and a home that lands it again and again.

Belongs here: running SQL on both sides and what the last load did. Does not belong here: the server
itself (`postgres_server`).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import duckdb

from expectations.contract import Contract
from tests.unit.warehouse.conftest import no_judge
from tests.unit.warehouse.postgres_server import PostgresServer
from warehouse.home import Home
from warehouse.landing.ingest import ingest
from warehouse.landing.report import LandingReport
from warehouse.settings import Run

START = datetime(2025, 7, 1, tzinfo=UTC)


@dataclass
class Live:
    """One schema of the server, and a home that lands it."""

    server: PostgresServer
    schema: str
    home: Path
    contracts: dict[str, Contract]

    def sql(self, script: str) -> str:
        """Run a script in the schema."""
        return self.server.sql(f"set search_path to {self.schema}; {script}")

    def land(self, hours: float = 0, accept: tuple[str, ...] = ()) -> LandingReport:
        """Land the schema so many hours after the first load."""
        moment = START + timedelta(hours=hours)
        run = Run(date(2025, 6, 30), moment, "tester", Home(self.home), self.server.address, accept)
        return ingest(run, self.contracts, no_judge)

    def rows(self, sql: str) -> list[tuple[object, ...]]:
        """Ask the landing database one question."""
        path = Home(self.home).landing_file
        with duckdb.connect(str(path), read_only=True) as connection:
            return connection.execute(sql).fetchall()

    def last_load(self, table: str = "employee") -> tuple[object, ...]:
        """Return how the last load read a table: mode, received, inserted, changed, ended, late."""
        [row] = self.rows(
            "select mode, received, inserted, changed, ended, late from history.load_table "
            f"where table_name = '{table}' order by load_id desc limit 1"
        )
        return row

    def watermark(self, table: str = "employee") -> str:
        """Return up to which moment changes of a table were seen."""
        [(mark,)] = self.rows(
            f"select watermark from history.source_state where table_name = '{table}'"
        )
        return str(mark)
