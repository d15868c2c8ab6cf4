"""A folder of CSV files, one per contract table, as a source.

Files are copied into the home's inbox under their hash before anything reads them, and parsed in a
limited child process. Not here: the parsing itself (`parse_csv`), casts and keys (`landing`).
"""

from __future__ import annotations

import difflib
import hashlib
import json
import os
import stat
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from expectations.contract import Contract
from warehouse.errors import CallError, Finding, Refusal
from warehouse.home import fsync_path
from warehouse.sources.extract import Extract, Extraction
from warehouse.sources.source_file import SourceSettings, read_settings

CHUNK = 1 << 20
PARSE_SECONDS = 3600
OTHER_KINDS = (".parquet", ".jsonl", ".xlsx", ".json")


class FileRefusedError(Exception):
    """A file that may not be read, with a reason code and words."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code, self.message = code, message


@dataclass(frozen=True)
class FileSource:
    """A folder of `<table>.csv` files and an optional `source.toml`."""

    folder: Path
    inbox: Path

    def fingerprint(self) -> str:
        """Return a hash over names and bytes of every file that would be read."""
        digest = hashlib.sha256()
        for path in sorted(self.folder.iterdir()):
            if path.suffix in (".csv", ".toml") and path.is_file() and not path.is_symlink():
                digest.update(path.name.encode() + b"\x00" + _sha256(path).encode())
        return digest.hexdigest()

    def extract(self, contracts: Mapping[str, Contract], into: Path) -> Extraction:
        """Read every table; raise CallError where the folder holds no file of any contract."""
        settings = read_settings(self.folder)
        jobs, refusals = self._jobs(contracts, settings, into)
        if not jobs and not refusals:
            raise CallError(f"{self.folder}: no file of a known table (such as company.csv)")
        extracts: dict[str, Extract] = {}
        for job, result in zip(jobs, _parse(jobs), strict=True):
            contract = contracts[job["table"]]
            refusal = _refusal(result) or _missing_required(contract, result)
            if refusal:
                refusals.append(refusal)
            else:
                extracts[contract.table] = _extract(contract, job, result, into)
        return Extraction(extracts, tuple(refusals), self._unknown_files(contracts, settings))

    def _jobs(
        self, contracts: Mapping[str, Contract], settings: SourceSettings, into: Path
    ) -> tuple[list[dict[str, Any]], list[Refusal]]:
        jobs, refusals = [], []
        for table, contract in contracts.items():
            own = settings.table(table)
            path = self.folder / own.file
            if not path.exists() and not path.is_symlink():
                continue
            try:
                _ambiguous(path)
                copied, digest = copy_into_inbox(path, self.inbox)
            except FileRefusedError as refused:
                refusals.append(Refusal(table, refused.code, f"{path.name}: {refused.message}"))
                continue
            names = [c.name for c in contract.columns]
            jobs.append(
                {"table": table, "path": str(copied), "out": str(into), "encoding": own.encoding}
                | {"delimiter": own.delimiter, "columns": names, "renames": dict(own.columns)}
                | {"sha256": digest, "file": path.name}
            )
        return jobs, refusals

    def _unknown_files(
        self, contracts: Mapping[str, Contract], settings: SourceSettings
    ) -> tuple[Finding, ...]:
        known = {settings.table(t).file for t in contracts}
        found = []
        for path in sorted(self.folder.glob("*.csv")):
            if path.name in known:
                continue
            near = difflib.get_close_matches(path.stem, list(contracts), 1)
            hint = f"; did you mean {near[0]}.csv?" if near else ""
            message = f"{path.name} belongs to no table and was left alone{hint}"
            found.append(Finding("", "file.unknown", message, 4))
        return tuple(found)


def copy_into_inbox(path: Path, inbox: Path) -> tuple[Path, str]:
    """Return the inbox copy of a file and its SHA-256; refuse links, pipes, changing files."""
    if path.is_symlink():
        raise FileRefusedError("file.symlink", "is a link; put the file itself here")
    before = path.stat()
    if not stat.S_ISREG(before.st_mode):
        raise FileRefusedError("file.not_regular", "is not a regular file")
    temporary = inbox / f".{os.getpid()}.part"
    digest = hashlib.sha256()
    handle = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
    with os.fdopen(handle, "rb") as source, temporary.open("wb") as target:
        while chunk := source.read(CHUNK):
            digest.update(chunk)
            target.write(chunk)
        target.flush()
        os.fsync(target.fileno())
    after = path.stat()
    if (before.st_size, before.st_mtime_ns) != (after.st_size, after.st_mtime_ns):
        temporary.unlink()
        raise FileRefusedError("file.changing", "is still being written; run again later")
    final = inbox / digest.hexdigest()
    temporary.chmod(0o440)
    temporary.replace(final)
    fsync_path(inbox)
    return final, digest.hexdigest()


def _ambiguous(path: Path) -> None:
    twins = [path.with_suffix(s).name for s in OTHER_KINDS if path.with_suffix(s).exists()]
    if twins:
        raise FileRefusedError("file.ambiguous", f"stands beside {twins[0]}; keep one of them")


def _parse(jobs: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return the child's results, one per job; a child that dies is a broken source."""
    if not jobs:
        return []
    done = subprocess.run(
        [sys.executable, "-m", "warehouse.sources.parse_csv"],
        input=json.dumps(jobs),
        capture_output=True,
        text=True,
        timeout=PARSE_SECONDS,
        check=False,
        env={k: v for k, v in os.environ.items() if k in ("PATH", "HOME", "LANG", "PYTHONPATH")},
    )
    if done.returncode != 0:
        raise CallError(
            "the file reader ended early (memory or time limit); split the largest file and retry"
        )
    parsed: list[dict[str, Any]] = json.loads(done.stdout)
    return parsed


def _refusal(result: Mapping[str, Any]) -> Refusal | None:
    if not result["refusal"]:
        return None
    return Refusal(result["table"], result["reason_code"], result["refusal"])


def _missing_required(contract: Contract, result: Mapping[str, Any]) -> Refusal | None:
    """Return the refusal of a file whose header lacks a required column (D47)."""
    missing = [c.name for c in contract.columns if c.required and c.name not in result["header"]]
    if not missing:
        return None
    message = f"column {missing[0]} is missing from the header"
    return Refusal(contract.table, "drift.missing_required", message, "add the column")


def _extract(
    contract: Contract, job: Mapping[str, Any], result: Mapping[str, Any], into: Path
) -> Extract:
    known = {c.name for c in contract.columns}
    header = result["header"]
    notes = [Finding(contract.table, c, m, s) for c, m, s in result["notes"]]
    for extra in [n for n in header if n not in known]:
        text = f"column {extra} is not in the contract and was left out"
        notes.append(Finding(contract.table, "drift.extra_column", text, 4, extra))
    for gone in [c for c in contract.columns if c.name not in header]:
        text = f"column {gone.name} is not in the file; what needs it is unknown"
        severity = 3 if gone.required else 5
        code = "drift.missing_column" if gone.required else "drift.missing_optional"
        notes.append(Finding(contract.table, code, text, severity, gone.name))
    rejects = into / f"{contract.table}.rejects.parquet"
    return Extract(
        table=contract.table,
        rows=into / f"{contract.table}.parquet",
        rejects=rejects if rejects.exists() else None,
        columns=tuple(n for n in header if n in known),
        records=result["records"],
        sha256=job["sha256"],
        findings=tuple(notes),
    )


def _sha256(path: Path) -> str:
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()
