"""A live PostgreSQL as a source: read only, in one snapshot, changes only where it can tell them.

A table with `updated_at` (or `created_at`) is read from its watermark on, and whole once in a
while to find what was deleted or dated back; a table with neither is read whole. The watermark
moves with the load that is accepted. Not here: the reading itself (`read_postgres`).
"""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
import time
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from expectations.contract import Column, Contract
from ledger.keys import PLAIN, Keys
from warehouse.errors import CallError, Finding, Refusal, WarehouseError
from warehouse.sources.extract import Extract, Extraction, Known, rows_key
from warehouse.sources.read_postgres import PASSWORD
from warehouse.sources.source_file import SourceSettings
from warehouse.sources.source_names import missing_mapping

PROJECT = Path(__file__).resolve().parents[2]
PASSED = ("PATH", "HOME", "LANG", "PYTHONPATH")
READ_SECONDS = 6 * 3600
TRIES, PAUSE_SECONDS = 2, 2


class TableChangedError(Exception):
    """A table of the server was altered while it was being read."""


class ServerLostError(WarehouseError):
    """The server went away while it was being read."""


@dataclass(frozen=True)
class PostgresSource:
    """Tables of one schema of a PostgreSQL database; the password never stands in the address."""

    address: str
    settings: SourceSettings
    now: datetime
    keys: Keys = PLAIN

    def fingerprint(self) -> str:
        """Return "": what a live database holds is known only by reading it."""
        return ""

    def extract(
        self, contracts: Mapping[str, Contract], into: Path, known: Mapping[str, Known]
    ) -> Extraction:
        """Read every table in one snapshot; what a lost server gave is discarded, and read anew."""
        failure = WarehouseError(
            f"{self._where()}: its tables are being altered; nothing was landed, run again later"
        )
        for _ in range(TRIES):
            try:
                return self._extract(contracts, into, known)
            except TableChangedError:
                continue
            except ServerLostError as error:
                failure = error
                time.sleep(PAUSE_SECONDS)
            except CallError:
                if isinstance(failure, ServerLostError):
                    break
                raise
        raise failure

    def columns(self) -> dict[str, dict[str, str]]:
        """Return the type of every column of every table of the schema."""
        found: dict[str, dict[str, str]] = self._ask({"want": "columns"})["columns"]
        return found

    def _extract(
        self, contracts: Mapping[str, Contract], into: Path, known: Mapping[str, Known]
    ) -> Extraction:
        found = self.columns()
        wanted = {t: self.settings.table(t).relation for t in contracts}
        if not set(found) & set(wanted.values()):
            raise CallError(
                f"PostgreSQL schema {self.settings.schema}: none of the known tables is there"
            )
        jobs: list[dict[str, Any]] = []
        refusals: list[Refusal] = []
        for table, contract in contracts.items():
            if wanted[table] not in found:
                continue
            job = self._job(contract, found[wanted[table]], known.get(table, Known()))
            if isinstance(job, Refusal):
                refusals.append(job)
            else:
                jobs.append(job)
        answer = self._ask(
            {"want": "tables", "tables": jobs, "out": str(into), "rows_key": rows_key(self.keys)}
        )
        read = {result["table"]: result for result in answer["tables"]}
        extracts = {
            job["table"]: self._finish(
                contracts[job["table"]], job, read[job["table"]], into, known
            )
            for job in jobs
        }
        return Extraction(extracts, tuple(refusals))

    def _job(
        self, contract: Contract, there: Mapping[str, str], known: Known
    ) -> dict[str, Any] | Refusal:
        own = self.settings.table(contract.table)
        pairs = _columns(contract, there, own.columns)
        have = {target for target, _, _ in pairs}
        missing = [c.name for c in contract.columns if c.required and c.name not in have]
        if missing:
            message = f"column {missing[0]} is missing from the table"
            return Refusal(contract.table, "drift.missing_required", message, "add the column")
        renames = {theirs: c for theirs, c in own.columns.items() if c not in _never_read(contract)}
        if lost := missing_mapping(contract.table, renames, have, f"table {own.relation}"):
            return lost
        is_whole = known.must_read or not known.watermark or self._is_due(known.whole_at)
        return {"table": contract.table, "relation": own.relation, "columns": pairs} | {
            "key": list(contract.primary_key),
            "watermark": "" if is_whole else known.watermark,
        }

    def _is_due(self, whole_at: str) -> bool:
        """Return whether a table was last read whole too long ago."""
        if not whole_at:
            return True
        age = self.now - datetime.fromisoformat(whole_at)
        return age >= timedelta(hours=self.settings.reconcile_hours) or age < timedelta(0)

    def _finish(
        self,
        contract: Contract,
        job: Mapping[str, Any],
        read: Mapping[str, Any],
        into: Path,
        known: Mapping[str, Known],
    ) -> Extract:
        target = into / f"{contract.table}.parquet"
        have = {target for target, _, _ in job["columns"]}
        notes = [
            Finding(contract.table, "drift.missing_optional", f"no column {c.name}", 5, c.name)
            for c in contract.columns
            if c.name not in have and c.sensitivity != "secret"
        ]
        last = known.get(contract.table, Known())
        whole_at = last.whole_at if read["is_partial"] else self.now.isoformat()
        return Extract(
            table=contract.table,
            rows=target,
            rejects=None,
            columns=tuple(target for target, _, _ in job["columns"]),
            records=read["records"],
            sha256=_sha256(target),
            findings=tuple(notes),
            is_partial=read["is_partial"],
            is_live=True,
            known=Known("", max(read["watermark"], last.watermark), whole_at),
            is_sealed=self.keys.is_on,
        )

    def _ask(self, question: Mapping[str, Any]) -> dict[str, Any]:
        """Return the child's answer; raise one clear line where there is none."""
        parts = urlsplit(self.address)
        if parts.password:
            raise CallError(
                "the database password may not stand in --source (others can see it); "
                "name an environment variable as password_env in source.toml"
            )
        job = {"host": parts.hostname or "localhost", "port": parts.port or 5432} | {
            "database": unquote(parts.path.lstrip("/")),
            "user": unquote(parts.username or ""),
            "schema": self.settings.schema,
            "timezone": self.settings.timezone,
            "timeout_seconds": self.settings.timeout_seconds,
        }
        answer = self._child({**job, **question})
        failure = answer.get("failure", "")
        if failure == "unreachable":
            raise CallError(
                f"{self._where()} cannot be read: "
                "check that it runs, the user name, and the password variable"
            )
        if failure == "changed":
            raise TableChangedError
        if failure:
            what = "took too long" if failure == "timeout" else "was lost"
            raise (WarehouseError if failure == "timeout" else ServerLostError)(
                f"{self._where()} {what} while it was read [source.{failure}]; "
                "nothing was landed, run again"
            )
        return answer

    def _child(self, job: Mapping[str, Any]) -> dict[str, Any]:
        environment = {k: v for k, v in os.environ.items() if k in PASSED}
        environment[PASSWORD] = os.environ.get(self.settings.password_env or "PGPASSWORD", "")
        try:
            done = subprocess.run(
                [sys.executable, "-m", "warehouse.sources.read_postgres"],
                input=json.dumps(job),
                capture_output=True,
                text=True,
                timeout=READ_SECONDS,
                check=False,
                cwd=PROJECT,
                env=environment,
            )
            answer: dict[str, Any] = json.loads(done.stdout)
        except (subprocess.TimeoutExpired, ValueError):
            return {"failure": "lost"}
        return answer

    def _where(self) -> str:
        parts = urlsplit(self.address)
        return f"PostgreSQL at {parts.hostname or 'localhost'}:{parts.port or 5432}"


def _never_read(contract: Contract) -> frozenset[str]:
    """Return the columns that are not asked for, whatever they are called there."""
    return frozenset(c.name for c in contract.columns if c.sensitivity == "secret" and not c.hashed)


def _columns(
    contract: Contract, there: Mapping[str, str], renames: Mapping[str, str]
) -> list[tuple[str, str, str]]:
    """Return (contract's name, server's name, contract's type) of every column to read."""
    mapped = {target: name for name, target in renames.items()}
    plain = {name.lower(): name for name in there}

    def found(column: Column) -> str | None:
        name = mapped.get(column.name, column.name)
        return name if name in there else plain.get(name.lower())

    return [
        (c.name, name, c.type)
        for c in contract.columns
        if c.name not in _never_read(contract) and (name := found(c)) is not None
    ]


def _sha256(path: Path) -> str:
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()
