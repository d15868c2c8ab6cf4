"""A live PostgreSQL as a source: one repeatable-read snapshot, read only, every cell as text.

Not here: incremental reading; every table is read whole.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import duckdb

from expectations.contract import Contract
from expectations.frames import identifier, literal
from warehouse.errors import CallError, Finding, Refusal
from warehouse.sources.extract import Extract, Extraction
from warehouse.sources.source_file import SourceSettings


@dataclass(frozen=True)
class PostgresSource:
    """Tables of one schema of a PostgreSQL database; the password never stands in the address."""

    address: str
    settings: SourceSettings

    def fingerprint(self) -> str:
        """Return "": what a live database holds is known only by reading it."""
        return ""

    def extract(self, contracts: Mapping[str, Contract], into: Path) -> Extraction:
        """Read every table in one snapshot; raise CallError where the server cannot be read."""
        connection = duckdb.connect()
        try:
            self._attach(connection)
            found = _tables(connection, self.settings.schema)
            if not set(found) & set(contracts):
                raise CallError(
                    f"PostgreSQL schema {self.settings.schema}: none of the known tables is there"
                )
            extracts: dict[str, Extract] = {}
            refusals: list[Refusal] = []
            for table, contract in contracts.items():
                if table in found:
                    taken = self._read(connection, contract, found[table], into)
                    if isinstance(taken, Refusal):
                        refusals.append(taken)
                    else:
                        extracts[table] = taken
            connection.execute("rollback")
        finally:
            connection.close()
        return Extraction(extracts, tuple(refusals))

    def _attach(self, connection: duckdb.DuckDBPyConnection) -> None:
        parts = urlsplit(self.address)
        if parts.password:
            raise CallError(
                "the database password may not stand in --source (others can see it); "
                "name an environment variable as password_env in source.toml"
            )
        password = os.environ.get(self.settings.password_env or "PGPASSWORD", "")
        _load_extension(connection)
        secret = f", password {literal(password)}" if password else ""
        try:
            connection.execute(
                f"create secret (type postgres, host {literal(parts.hostname or 'localhost')}, "
                f"port {parts.port or 5432}, database {literal(parts.path.lstrip('/'))}, "
                f"user {literal(parts.username or '')}{secret})"
            )
            connection.execute("attach '' as pg (type postgres, read_only)")
            connection.execute("set pg_connection_limit = 1")
            connection.execute("begin transaction")
        except duckdb.Error:
            raise CallError(
                f"PostgreSQL at {parts.hostname}:{parts.port or 5432} cannot be read: "
                "check that it runs, the user name, and the password variable"
            ) from None

    def _read(
        self,
        connection: duckdb.DuckDBPyConnection,
        contract: Contract,
        columns: list[str],
        into: Path,
    ) -> Extract | Refusal:
        renames = {v: k for k, v in self.settings.table(contract.table).columns.items()}
        known = [c for c in contract.columns if renames.get(c.name, c.name) in columns]
        missing = [c.name for c in contract.columns if c.required and c not in known]
        if missing:
            message = f"column {missing[0]} is missing from the table"
            return Refusal(contract.table, "drift.missing_required", message, "add the column")
        safe = [c for c in known if c.sensitivity != "secret" or c.hashed]
        cells = ", ".join(
            f"cast({identifier(renames.get(c.name, c.name))} as varchar) as {identifier(c.name)}"
            for c in safe
        )
        target = into / f"{contract.table}.parquet"
        relation = f"pg.{identifier(self.settings.schema)}.{identifier(contract.table)}"
        key = ", ".join(str(safe.index(contract.column(k)) + 1) for k in contract.primary_key)
        connection.execute(
            f"copy (select row_number() over () + 1 as _row, * from "
            f"(select {cells} from {relation} order by {key})) "
            f"to {literal(str(target))} (format parquet)"
        )
        counted = connection.execute(f"select count(*) from {relation}").fetchone()
        notes = [
            Finding(contract.table, "drift.missing_optional", f"no column {c.name}", 5, c.name)
            for c in contract.columns
            if c not in known
        ]
        return Extract(
            table=contract.table,
            rows=target,
            rejects=None,
            columns=tuple(c.name for c in safe),
            records=int(counted[0]) if counted else 0,
            sha256=_sha256(target),
            findings=tuple(notes),
        )


def _load_extension(connection: duckdb.DuckDBPyConnection) -> None:
    """Load the PostgreSQL reader from its wheel; nothing is downloaded."""
    import duckdb_extension_postgres_scanner as wheel

    folder = Path(wheel.__path__[0]) / "extensions" / f"v{duckdb.__version__}"
    connection.execute("set autoinstall_known_extensions = false")
    connection.execute(f"load {literal(str(folder / 'postgres_scanner.duckdb_extension'))}")


def _tables(connection: duckdb.DuckDBPyConnection, schema: str) -> dict[str, list[str]]:
    rows = connection.execute(
        "select table_name, list(column_name order by column_index) from duckdb_columns() "
        "where database_name = 'pg' and schema_name = ? group by table_name",
        [schema],
    ).fetchall()
    return {name: list(columns) for name, columns in rows}


def _sha256(path: Path) -> str:
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()
