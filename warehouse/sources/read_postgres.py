"""The child process that reads a PostgreSQL: one connection, one repeatable-read snapshot, as text.

The server writes every value as text itself, so nothing is lost on the way. It is a process of its
own because the reader ends the whole process where the server goes away. Not here: which tables
are read whole (`postgres` decides), and what a value means.
"""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from typing import Any

import duckdb

from expectations.frames import identifier, literal
from warehouse.database_file import add_rows_key, copy_to, load_cipher
from warehouse.sources.parse_parquet import decimal_text

PASSWORD = "BENEFITS_SOURCE_PASSWORD"
OVERLAP_MINUTES, OVERLAP_LOCAL_MINUTES = 5, 65
NUMBERS = ("decimal", "int", "bigint")
COLUMNS = (
    "select c.table_name as t, c.column_name as n, c.udt_name as u, "
    "has_table_privilege(quote_ident(c.table_schema) || '.' || quote_ident(c.table_name), "
    "'select') as may from information_schema.columns c where c.table_schema = {} "
    "order by c.table_name, c.ordinal_position"
)


class Reader:
    """One open snapshot of the server."""

    def __init__(self, job: dict[str, Any]) -> None:
        self.job = job
        self.connection = duckdb.connect()
        self.connection.execute("set autoinstall_known_extensions = false")
        self.connection.execute(f"load {literal(extension())}")
        if job.get("rows_key"):
            load_cipher(self.connection)
            add_rows_key(self.connection, bytes.fromhex(job["rows_key"]))
        password = os.environ.get(PASSWORD, "")
        secret = f", password {literal(password)}" if password else ""
        self.connection.execute(
            f"create secret (type postgres, host {literal(job['host'])}, port {job['port']}, "
            f"database {literal(job['database'])}, user {literal(job['user'])}{secret})"
        )
        options = (
            "options='-c default_transaction_read_only=on -c timezone=UTC -c datestyle=ISO "
            f"-c client_encoding=UTF8 -c statement_timeout={job['timeout_seconds']}s' "
            "application_name=benefits connect_timeout=10"
        )
        self.connection.execute(f"attach {literal(options)} as pg (type postgres, read_only)")
        self.connection.execute("set pg_connection_limit = 1")
        self.connection.execute("begin transaction")

    def ask(self, sql: str) -> list[tuple[Any, ...]]:
        """Return the rows of one query that the server answers within the snapshot."""
        return self.connection.execute(f"from postgres_query('pg', {literal(sql)})").fetchall()

    def columns(self) -> dict[str, dict[str, str]]:
        """Return type by column by table of the schema, as far as this user may read."""
        found: dict[str, dict[str, str]] = {}
        for table, name, kind, may in self.ask(COLUMNS.format(literal(self.job["schema"]))):
            if may:
                found.setdefault(table, {})[name] = kind
        return found

    def read(self, table: dict[str, Any], kinds: dict[str, str]) -> dict[str, Any]:
        """Write one table's rows as text; return counts and the new watermark."""
        moment = _moment(table, kinds)
        where = _where(table["watermark"], moment) if moment else ""
        cells = ", ".join(
            f"{_text(name, kinds[name], kind)} as {identifier(target)}"
            for target, name, kind in table["columns"]
        )
        relation = f"{identifier(self.job['schema'])}.{identifier(table['relation'])}"
        shown = ", ".join(
            f"{decimal_text(identifier(target)) if kind in NUMBERS else identifier(target)} "
            f"as {identifier(target)}"
            for target, _, kind in table["columns"]
        )
        target = Path(self.job["out"]) / f"{table['table']}.parquet"
        written = copy_to(target, is_sealed=bool(self.job["rows_key"]))
        key = ", ".join(identifier(k) for k in table["key"])
        self.connection.execute(
            f"copy (select row_number() over () as _row, * from (select {shown} from "
            f"postgres_query('pg', {literal(f'select {cells} from {relation}{where}')}) "
            f"order by {key})) {written}"
        )
        newest = _newest(moment, self.job["timezone"]) if moment else "null"
        [(counted, watermark)] = self.ask(
            f"select count(*) as n, cast({newest} as text) as w from {relation}{where}"
        )
        return {"table": table["table"], "records": counted, "watermark": watermark or ""} | {
            "is_partial": bool(where)
        }


def extension() -> str:
    """Return the file of DuckDB's PostgreSQL reader in its wheel; nothing is downloaded."""
    import duckdb_extension_postgres_scanner as wheel

    folder = Path(wheel.__path__[0]) / "extensions" / f"v{duckdb.__version__}"
    return str(folder / "postgres_scanner.duckdb_extension")


def _moment(table: dict[str, Any], kinds: dict[str, str]) -> list[tuple[str, str]]:
    """Return (column, type) of updated_at and created_at, whichever the table has as moments."""
    names = {target: name for target, name, _ in table["columns"]}
    found = [(names[c], kinds[names[c]]) for c in ("updated_at", "created_at") if c in names]
    return [(name, kind) for name, kind in found if kind in ("timestamp", "timestamptz")]


def _where(watermark: str, moment: list[tuple[str, str]]) -> str:
    """Return the condition of rows changed since the watermark, "" where all are wanted."""
    if not watermark:
        return ""
    since = [
        f"{identifier(n)} >= cast({literal(watermark)} as timestamptz) at time zone 'UTC'"
        if kind == "timestamp"
        else f"{identifier(n)} >= cast({literal(watermark)} as timestamptz)"
        for n, kind in moment
    ]
    if len(since) == 1:
        return f" where {since[0]} or {identifier(moment[0][0])} is null"
    first, second = (identifier(n) for n, _ in moment)
    return f" where {since[0]} or ({first} is null and ({since[1]} or {second} is null))"


def _newest(moment: list[tuple[str, str]], timezone: str) -> str:
    """Return the latest change seen, but never later than the overlap before now."""
    utc = [
        f"{identifier(n)} at time zone 'UTC'" if kind == "timestamp" else identifier(n)
        for n, kind in moment
    ]
    minutes = OVERLAP_MINUTES if timezone == "UTC" else OVERLAP_LOCAL_MINUTES
    cap = f"now() - interval '{minutes} minutes'"
    if timezone != "UTC" and any(kind == "timestamp" for _, kind in moment):
        cap = f"({cap}) at time zone {literal(timezone)} at time zone 'UTC'"
    return f"least(max(coalesce({', '.join(utc)})), {cap})"


def _text(name: str, kind: str, wanted: str) -> str:
    column = identifier(name)
    if wanted == "json" and (kind.startswith("_") or kind == "record"):
        return f"to_json({column})::text"
    return f"{column}::text"


def _cause(error: duckdb.Error) -> str:
    """Return what kind of failure a reader's error is; its text may carry values and is dropped."""
    text = str(error)
    if "does not exist" in text:
        return "changed"
    return "timeout" if "statement timeout" in text else "lost"


def main() -> int:
    """Do the job on standard input; print one JSON object, or nothing where the server is lost."""
    job = json.load(sys.stdin)
    try:
        reader = Reader(job)
        found = reader.columns()
    except duckdb.Error:
        _say({"failure": "unreachable"})
    if job["want"] == "columns":
        _say({"columns": found})
    results = []
    for table in job["tables"]:
        try:
            results.append(reader.read(table, found[table["relation"]]))
        except duckdb.Error as error:
            _say({"failure": _cause(error), "table": table["table"]})
        except KeyError:
            _say({"failure": "changed", "table": table["table"]})
    _say({"tables": results})
    return 0


def _say(answer: dict[str, Any]) -> None:
    """Print the answer and end at once: closing a connection to a lost server would abort."""
    sys.stdout.write(json.dumps(answer))
    sys.stdout.flush()
    os._exit(0)


if __name__ == "__main__":
    sys.exit(main())
