"""A live PostgreSQL gives the same landed rows as the same data from files; it is only read."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from data.sample.generator import SampleRequest, generate
from expectations.contract import Contract
from tests.unit.warehouse import postgres_server
from tests.unit.warehouse.conftest import no_judge
from tests.unit.warehouse.postgres_server import PASSWORD, PostgresServer
from warehouse.errors import CallError
from warehouse.home import Home
from warehouse.landing.ingest import ingest
from warehouse.landing.report import LandingReport
from warehouse.settings import Run

postgres = postgres_server.postgres


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a small sample employer as files."""
    folder = tmp_path_factory.mktemp("sample")
    generate(SampleRequest(people=40, companies=2), folder)
    return folder


def land_from(source: str, home: Path, contracts: dict[str, Contract]) -> LandingReport:
    """Land one source into a home."""
    moment = datetime(2025, 7, 1, tzinfo=UTC)
    run = Run(date(2025, 6, 30), moment, "tester", Home(home), source)
    return ingest(run, contracts, no_judge)


def test_the_same_rows_land_from_files_and_from_the_server(
    postgres: PostgresServer,
    sample: Path,
    contracts: dict[str, Contract],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    postgres.load(sample, contracts, schema="operational")
    home = tmp_path / "server"
    home.mkdir()
    (home / "source.toml").write_text('schema = "operational"\npassword_env = "HR_PASSWORD"\n')
    monkeypatch.setenv("HR_PASSWORD", PASSWORD)
    from_files = land_from(str(sample), tmp_path / "files", contracts)
    from_server = land_from(postgres.address, home, contracts)
    assert from_server.content_hashes == from_files.content_hashes
    assert from_server.rejected == 0
    assert from_server.rows > 1_000


def test_a_mapped_column_that_the_table_lacks_holds_it(
    postgres: PostgresServer,
    sample: Path,
    contracts: dict[str, Contract],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    postgres.load(sample, contracts, schema="mapped")
    own = '[tables.employee]\ncolumns = {given = "middle_name", pin = "ssn"}\n'
    text = f'schema = "mapped"\npassword_env = "HR_PASSWORD"\n{own}'
    (tmp_path / "source.toml").write_text(text)
    monkeypatch.setenv("HR_PASSWORD", PASSWORD)
    [refusal] = land_from(postgres.address, tmp_path, contracts).refusals
    assert refusal.reason_code == "mapping.column_missing"
    assert "table employee: no column given" in refusal.message


def test_a_password_in_the_address_is_refused(
    contracts: dict[str, Contract], tmp_path: Path
) -> None:
    with pytest.raises(CallError, match="password_env"):
        land_from("postgresql://hr:secret@127.0.0.1:1/hr", tmp_path / "home", contracts)


def test_a_server_that_is_not_there_is_one_clear_line(
    contracts: dict[str, Contract], tmp_path: Path
) -> None:
    with pytest.raises(CallError, match=r"127\.0\.0\.1:1 cannot be read") as caught:
        land_from("postgresql://hr@127.0.0.1:1/hr", tmp_path / "home", contracts)
    assert "\n" not in str(caught.value)
