"""How much memory an engine may hold, that the engines are told, and what is kept between homes."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from expectations.contract import load_contracts
from warehouse import build
from warehouse.home import Home
from warehouse.landing.database import open_next
from warehouse.settings import MEMORY, Run, memory_limit


def test_an_engine_may_hold_half_the_memory_up_to_6_gib_unless_told(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.delenv(MEMORY, raising=False)
    with Path("/proc/meminfo").open() as lines:
        total = int(next(lines).split()[1]) // 2**10
    assert memory_limit() == f"{min(total // 2, 6 * 1024)}MiB"
    monkeypatch.setenv(MEMORY, "3GiB")
    assert memory_limit() == "3GiB"


def test_landing_holds_no_more_than_it_may(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(MEMORY, "1GiB")
    run = Run(date(2025, 6, 30), datetime(2025, 6, 30, tzinfo=UTC), "test", Home(tmp_path))
    run.home.prepare()
    connection, _ = open_next(load_contracts(), run)
    with connection:
        assert connection.sql("select current_setting('memory_limit')").fetchall() == [("1.0 GiB",)]


def test_a_project_parsed_in_another_place_is_parsed_again_here(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A parsed project names its seeds by where they stood, and that checkout may be gone."""
    here = build._cache_file()
    monkeypatch.setattr(build, "PROJECT", tmp_path / "dbt")
    assert build._cache_file() != here
