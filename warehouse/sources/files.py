"""A folder of files, one per contract table, as a source: CSV, JSON lines, Parquet or Excel.

Files are copied into the home's inbox under their hash before anything reads them, and parsed in a
limited child process. Not here: the parsing itself (`parse`), casts and keys (`landing`).
"""

from __future__ import annotations

import difflib
import hashlib
import json
import os
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from expectations.contract import Contract
from ledger.keys import PLAIN, Keys
from ledger.sealed import hash_of_file
from warehouse.errors import CallError, Finding, Refusal
from warehouse.sources.extract import Extract, Extraction, Known, rows_key
from warehouse.sources.inbox import FileRefusedError, Inbox
from warehouse.sources.parsed import Result
from warehouse.sources.source_file import SourceSettings, TableSettings, read_settings
from warehouse.sources.source_names import missing_mapping

PARSE_SECONDS = 3600
PASSED = ("PATH", "HOME", "LANG", "PYTHONPATH")
PROJECT = Path(__file__).resolve().parents[2]
FORMATS = {
    ".csv": "csv",
    ".parquet": "parquet",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".json": "jsonl",
    ".xlsx": "xlsx",
    ".xlsm": "xlsm",
    ".xls": "xlsx",
}


@dataclass(frozen=True)
class FileSource:
    """A folder of one file per table (`company.csv`, `employee.xlsx`) and maybe a `source.toml`."""

    folder: Path
    inbox: Path
    keys: Keys = PLAIN

    def fingerprint(self) -> str:
        """Return a hash over names and bytes of every file that would be read."""
        digest = hashlib.sha256()
        for path in sorted(self.folder.iterdir()):
            if path.suffix in (*FORMATS, ".toml") and path.is_file() and not path.is_symlink():
                digest.update(path.name.encode() + b"\x00" + hash_of_file(path, None).encode())
        return digest.hexdigest()

    def extract(
        self, contracts: Mapping[str, Contract], into: Path, known: Mapping[str, Known]
    ) -> Extraction:
        """Read every table that changed; raise CallError where the folder holds no known file."""
        settings = read_settings(self.folder)
        jobs, refusals = self._jobs(contracts, settings, into)
        if not jobs and not refusals:
            raise CallError(f"{self.folder}: no file of a known table (such as company.csv)")
        last = {j["table"]: known.get(j["table"], Known()) for j in jobs}
        fresh = [j for j in jobs if _is_fresh(j, last[j["table"]])]
        extracts: dict[str, Extract] = {}
        for job, result in zip(fresh, _parse(fresh), strict=True):
            contract = contracts[job["table"]]
            refusal = _refusal(result, job) or _missing_required(contract, result, job)
            if refusal:
                refusals.append(refusal)
            else:
                extracts[contract.table] = _extract(contract, job, result, into)
        return Extraction(
            extracts,
            tuple(refusals),
            self._unknown_files(contracts, settings),
            frozenset(j["table"] for j in jobs if j not in fresh),
        )

    def tables(self, contracts: Mapping[str, Contract]) -> frozenset[str]:
        """Return the tables the folder has a file of."""
        settings = read_settings(self.folder)
        return frozenset(t for t in contracts if self._found(t, settings.table(t)))

    def _jobs(
        self, contracts: Mapping[str, Contract], settings: SourceSettings, into: Path
    ) -> tuple[list[dict[str, Any]], list[Refusal]]:
        jobs, refusals = [], []
        found_of = {t: found for t in contracts if (found := self._found(t, settings.table(t)))}
        inbox = Inbox(self.inbox, self.keys)
        inbox.expect(path for found in found_of.values() for path in found)
        for table, found in found_of.items():
            contract, own = contracts[table], settings.table(table)
            try:
                path, kind = _one_of(found, own)
                copied = inbox.copy(path)
            except FileRefusedError as refused:
                message = f"{found[0].name}: {refused.message}"
                refusals.append(Refusal(table, refused.code, message))
                continue
            columns = {c.name: c.type for c in contract.columns}
            known = [copied.sha256, kind, own.facts(), settings.timezone]
            token = hashlib.sha256(json.dumps(known, sort_keys=True).encode()).hexdigest()
            file_key = copied.key.hex() if copied.key else ""
            jobs.append(
                {"table": table, "path": str(copied.path), "out": str(into), "file": path.name}
                | {"format": kind, "sheet": own.sheet, "delimiter": own.delimiter}
                | {"columns": columns, "renames": dict(own.columns), "encoding": own.encoding}
                | {"sha256": copied.sha256, "token": token}
                | {"file_key": file_key, "rows_key": rows_key(self.keys)}
            )
        return jobs, refusals

    def _found(self, table: str, own: TableSettings) -> list[Path]:
        """Return the files that claim to be the table's, most often one or none."""
        names = [own.file] if own.file else [f"{table}{suffix}" for suffix in FORMATS]
        paths = [self.folder / name for name in names]
        return [path for path in paths if path.exists() or path.is_symlink()]

    def _unknown_files(
        self, contracts: Mapping[str, Contract], settings: SourceSettings
    ) -> tuple[Finding, ...]:
        known = {path.name for t in contracts for path in self._found(t, settings.table(t))}
        found = []
        for path in sorted(self.folder.iterdir()):
            if path.name in known or path.suffix not in FORMATS:
                continue
            near = difflib.get_close_matches(path.stem, list(contracts), 1)
            hint = f"; did you mean {near[0]}{path.suffix}?" if near else ""
            message = f"{path.name} belongs to no table and was left alone{hint}"
            found.append(Finding("", "file.unknown", message, 4))
        return tuple(found)


def _is_fresh(job: Mapping[str, Any], known: Known) -> bool:
    """Return whether a file must be read: it changed, or rows of it wait for another table."""
    return known.must_read or known.token != job["token"]


def _one_of(found: list[Path], own: TableSettings) -> tuple[Path, str]:
    """Return the one file of a table and its format; refuse two of them, and macro workbooks."""
    if len(found) > 1:
        raise FileRefusedError("file.ambiguous", f"stands beside {found[1].name}; keep one of them")
    kind = own.format or FORMATS.get(found[0].suffix.lower(), "csv")
    if kind == "xlsm":
        raise FileRefusedError("file.macro", "macro workbook; save it as .xlsx without macros")
    return found[0], kind


def _parse(jobs: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return the child's results, one per job; a file that ends the child alone is refused."""
    if not jobs:
        return []
    done = _child(jobs)
    if done is not None:
        return done
    if len(jobs) > 1:
        return [result for job in jobs for result in _parse([job])]
    refused = Result(jobs[0]["table"]).refuse(
        "file.limits", "reading it took more memory or time than is allowed; split the file"
    )
    return [asdict(refused)]


def _child(jobs: list[dict[str, Any]]) -> list[dict[str, Any]] | None:
    """Return what the limited child process read, or None where it ended early."""
    try:
        done = subprocess.run(
            [sys.executable, "-m", "warehouse.sources.parse"],
            input=json.dumps(jobs),
            capture_output=True,
            text=True,
            timeout=PARSE_SECONDS,
            check=False,
            cwd=PROJECT,
            env={k: v for k, v in os.environ.items() if k in PASSED},
        )
    except subprocess.TimeoutExpired:
        return None
    parsed: list[dict[str, Any]] | None = json.loads(done.stdout) if not done.returncode else None
    return parsed


def _refusal(result: Mapping[str, Any], job: Mapping[str, Any]) -> Refusal | None:
    if not result["refusal"]:
        return None
    message = f"{job['file']}: {result['refusal']}"
    return Refusal(result["table"], result["reason_code"], message)


def _missing_required(
    contract: Contract, result: Mapping[str, Any], job: Mapping[str, Any]
) -> Refusal | None:
    """Return the refusal of a file whose header lacks a required or a mapped column (D47)."""
    missing = [c.name for c in contract.columns if c.required and c.name not in result["header"]]
    if not missing:
        return missing_mapping(contract.table, job["renames"], result["header"], job["file"])
    message = f"{job['file']}: column {missing[0]} is missing from the header"
    return Refusal(contract.table, "drift.missing_required", message, "add the column")


def _extract(
    contract: Contract, job: Mapping[str, Any], result: Mapping[str, Any], into: Path
) -> Extract:
    known = {c.name for c in contract.columns}
    header = result["header"]
    notes = [Finding(contract.table, c, m, s, col, n) for c, m, s, col, n in result["notes"]]
    for extra in [n for n in header if n not in known]:
        text = f"column {extra} is not in the contract and was left out"
        notes.append(Finding(contract.table, "drift.extra_column", text, 4, extra))
    for gone in [c for c in contract.columns if c.name not in header]:
        text = f"column {gone.name} is not in the file; what needs it is unknown"
        notes.append(Finding(contract.table, "drift.missing_optional", text, 5, gone.name))
    rejects = into / f"{contract.table}.rejects.parquet"
    return Extract(
        table=contract.table,
        rows=into / f"{contract.table}.parquet",
        rejects=rejects if rejects.exists() else None,
        columns=tuple(n for n in header if n in known),
        records=result["records"],
        sha256=job["sha256"],
        findings=tuple(notes),
        unreadable=result["rejected"],
        known=Known(token=job["token"]),
        is_sealed=bool(job["rows_key"]),
    )
