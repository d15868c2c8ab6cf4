"""Fixtures every test may use: one published home for the whole session, encrypted, built once.

With several workers the first builds it and the others wait. Not here: anything one package alone
needs.
"""

from __future__ import annotations

import fcntl
import json
import os
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from ledger.keys import KEY_FILE, make_key_file, read_key_file

if TYPE_CHECKING:
    from reports.snapshot import Snapshot
    from warehouse.home import Home

ROOT = Path(__file__).resolve().parents[1]
WATCH = ROOT / "tests" / "watch"
AS_OF, TAX_YEAR, EMPLOYEES, COMPANIES, SEED = "2025-06-30", 2024, 300, 5, 7


@dataclass(frozen=True)
class Published:
    """A home with one published version of the sample employer, its source folder and its key.

    `scratch` is the temporary folder its run had to itself.
    """

    home: Path
    source: Path
    key_file: Path
    scratch: Path
    output: str
    connections: str

    @property
    def version(self) -> str:
        """Return the published data version."""
        return str(json.loads((self.home / "published" / "current").read_text())["version"])

    @property
    def place(self) -> Home:
        """Return the home with its keys."""
        from ledger.store import open_keys
        from warehouse.home import Home

        return Home(self.home, open_keys(self.home, read_key_file(self.key_file)))

    def open(self) -> Snapshot:
        """Return the published version, opened for reading."""
        from reports.snapshot import open_snapshot

        return open_snapshot(self.home, self.place.open_version)

    @property
    def snapshot(self) -> Path:
        """Return the snapshot file."""
        return self.home / "published" / self.version / "snapshot.duckdb"


@pytest.fixture(autouse=True)
def key_of_the_published_home(
    request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Let the tests that read the published home open it; all others make homes without a key."""
    monkeypatch.delenv(KEY_FILE, raising=False)
    found = request.getfixturevalue("published") if "published" in request.fixturenames else None
    if isinstance(found, Published):
        monkeypatch.setenv(KEY_FILE, str(found.key_file))


def benefits(
    *arguments: str | Path,
    check: bool = True,
    watch: Path | None = None,
    environment: Mapping[str, str] | None = None,
) -> subprocess.CompletedProcess[str]:
    """Return the finished call of the command line; `watch` records connections that leave."""
    watching = {"PYTHONPATH": str(WATCH), "BENEFITS_WATCH": str(watch)} if watch else {}
    done = subprocess.run(
        [sys.executable, "-m", "cli.main", *map(str, arguments)],
        capture_output=True,
        text=True,
        check=False,
        timeout=1800,
        cwd=ROOT,
        env=os.environ | watching | dict(environment or {}),
    )
    if check and done.returncode not in (0, 1):
        raise AssertionError(f"benefits {arguments[0]} ended {done.returncode}: {done.stderr}")
    return done


@pytest.fixture(scope="session")
def published(tmp_path_factory: pytest.TempPathFactory) -> Published:
    """Return the one published home of the session; tests read it and never write to it."""
    worker = os.environ.get("PYTEST_XDIST_WORKER")
    base = tmp_path_factory.getbasetemp()
    root = (base.parent if worker else base) / "published-home"
    root.mkdir(exist_ok=True)
    with (root / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (root / "output.txt").exists():
            (root / "output.txt").write_text(_build(root))
    record = root / "connections.txt"
    return Published(
        root / "home",
        root / "source",
        root / "key",
        root / "scratch",
        (root / "output.txt").read_text(),
        record.read_text() if record.exists() else "",
    )


def _build(root: Path) -> str:
    size = (
        "--employees",
        str(EMPLOYEES),
        "--companies",
        str(COMPANIES),
        "--tax-year",
        str(TAX_YEAR),
    )
    benefits("generate", *size, "--seed", str(SEED), "--out", root / "source")
    run = ("run", "--source", root / "source", "--as-of", AS_OF, "--home", root / "home")
    (root / "scratch").mkdir()
    make_key_file(root / "key")
    own = {KEY_FILE: str(root / "key"), "TMPDIR": str(root / "scratch")}
    watch = root / "connections.txt"
    done = benefits(*run, "--no-deliver", "--json", watch=watch, environment=own)
    return done.stdout + done.stderr
