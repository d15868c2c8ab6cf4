"""The limited child process that reads files: jobs on standard input, results on standard output.

Memory, processor time and file size are limited before the first byte is read; wall time is the
parent's to limit. Not here: any format.
"""

from __future__ import annotations

import csv
import importlib
import json
import os
import resource
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import Any

from warehouse.sources.parsed import Job, Result

MEMORY_LIMIT = 12 * 1024**3
CPU_SECONDS = 3600

FIELD_LIMIT = 64_000_000


def parse_job(job: Job) -> Result:
    """Return what the file of one job gave, its rows written to `<out>/<table>.parquet`."""
    reader = importlib.import_module(f"warehouse.sources.parse_{job['format']}")
    with _plain(job) as readable:
        result: Result = reader.parse_file(readable)
    return result


@contextmanager
def _plain(job: Job) -> Iterator[Job]:
    """Give the job of a sealed file a path in memory, where what it holds stands in the open."""
    if not job["file_key"]:
        yield job
        return
    from ledger.sealed import opened

    handle = os.memfd_create("source")
    try:
        with Path(job["path"]).open("rb") as source, os.fdopen(handle, "wb", closefd=False) as into:
            into.writelines(opened(source, bytes.fromhex(job["file_key"])))
        yield {**job, "path": f"/proc/self/fd/{handle}"}
    finally:
        os.close(handle)


def main() -> int:
    """Read the files named on standard input and print one JSON list of results."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_LIMIT, MEMORY_LIMIT))
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    csv.field_size_limit(FIELD_LIMIT)
    jobs: list[dict[str, Any]] = json.load(sys.stdin)
    json.dump([asdict(parse_job(job)) for job in jobs], sys.stdout)
    return 0


if __name__ == "__main__":
    sys.exit(main())
