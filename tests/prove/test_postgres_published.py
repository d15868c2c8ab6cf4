"""A live PostgreSQL and a folder of files with the same rows publish the same version.

Belongs here: the whole run against a real server. It builds the warehouse a second time, which is
why it is a long proof (`make prove`) and not part of every test run.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from expectations.contract import load_contracts
from tests.conftest import AS_OF, ROOT, Published
from tests.unit.warehouse import postgres_server
from tests.unit.warehouse.postgres_server import PASSWORD, PostgresServer

postgres = postgres_server.postgres
pytestmark = pytest.mark.prove


def test_postgres_publishes_what_the_files_publish(
    published: Published, postgres: PostgresServer, tmp_path: Path
) -> None:
    postgres.load(published.source, load_contracts())
    home = tmp_path / "home"
    home.mkdir()
    (home / "source.toml").write_text('password_env = "HR_PASSWORD"\n', encoding="utf-8")
    command = ["run", "--source", postgres.address, "--as-of", AS_OF, "--home", str(home)]
    done = subprocess.run(
        [sys.executable, "-m", "cli.main", *command, "--no-deliver", "--json"],
        capture_output=True,
        text=True,
        check=False,
        timeout=1800,
        cwd=ROOT,
        env=os.environ | {"HR_PASSWORD": PASSWORD},
    )
    assert done.returncode in (0, 1), done.stderr
    assert PASSWORD not in done.stdout + done.stderr
    pointer = json.loads((home / "published" / "current").read_text())
    assert pointer["version"] == published.version
    ours, theirs = (
        json.loads((root / "published" / published.version / "manifest.json").read_text())
        for root in (home, published.home)
    )
    assert ours["tables"] == theirs["tables"]
