"""A full disk, few file handles, two runs at once, a signal: one clear line, and no half state."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from cli.main import run as benefits
from tests.conftest import ROOT
from tests.faults.child import in_child
from tests.unit.warehouse.conftest import run_of, write_source
from tests.unit.warehouse.limited_load import CLEAR_LINE, load_with
from warehouse.home import Home


def content(home: Path) -> list[tuple[str, str]]:
    """Return state and content hash of every landed table."""
    import duckdb

    with duckdb.connect(str(Home(home).landing_file), read_only=True) as connection:
        return connection.execute(
            "select table_name, state || content_hash from landing.table_state order by 1"
        ).fetchall()


@pytest.mark.parametrize("kilobytes", [1, 300, 2_000])
def test_bi_177_a_full_disk_leaves_the_last_rows_and_the_next_try_succeeds(
    tmp_path: Path, kilobytes: int
) -> None:
    source = write_source(tmp_path / "source")
    run, calm = run_of(tmp_path / "home", source), run_of(tmp_path / "calm", source)
    assert in_child(load_with, run, "", 0) == 0
    before = run.home.landing_file.read_bytes()
    path = source / "employee.csv"
    path.write_text(path.read_text().replace("First7,", "Renamed,"))
    assert in_child(load_with, run, "RLIMIT_FSIZE", kilobytes * 1024) == CLEAR_LINE
    assert run.home.landing_file.read_bytes() == before
    assert in_child(load_with, run, "", 0) == 0
    assert in_child(load_with, calm, "", 0) == 0
    assert content(run.home.root) == content(calm.home.root)


def test_bi_190_sixty_four_file_handles_are_enough(tmp_path: Path) -> None:
    run = run_of(tmp_path / "home", write_source(tmp_path / "source"))
    assert in_child(load_with, run, "RLIMIT_NOFILE", 64) == 0
    assert run.home.landing_file.exists()


def test_bi_180_a_second_run_is_told_who_holds_the_home(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    source = write_source(tmp_path / "source")
    home = Home(tmp_path / "home")
    with home.locked():
        call = ["run", "--source", str(source), "--home", str(home.root)]
        assert benefits(call) == 2
    said = capsys.readouterr().err
    assert f"process {os.getpid()} since 20" in said
    assert "[env.locked]" in said
    assert not home.landing_file.exists()


def test_bi_189_a_signal_to_end_leaves_nothing_half_done(tmp_path: Path) -> None:
    source = write_source(tmp_path / "source")
    home = Home(tmp_path / "home")
    call = ["run", "--source", str(source), "--home", str(home.root)]
    run = subprocess.Popen(
        [sys.executable, "-m", "cli.main", *call], cwd=ROOT, stderr=subprocess.PIPE, text=True
    )
    scratch = home.build / "extract"
    for _ in range(1200):
        if scratch.exists():
            break
        time.sleep(0.05)
    asked = time.monotonic()
    run.send_signal(signal.SIGTERM)
    _, said = run.communicate(timeout=60)
    assert run.returncode in (1, 128 + signal.SIGTERM)
    assert time.monotonic() - asked < 30
    assert "Traceback" not in said
    assert not scratch.exists()
    assert list(home.landing_file.parent.iterdir()) == []
