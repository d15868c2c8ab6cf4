"""What the generator promises about its files, whatever stands in them."""

from __future__ import annotations

import csv
import json
from hashlib import sha256
from pathlib import Path

import pytest

from cli.main import run
from data.sample.generator import SampleError, SampleRequest, generate
from expectations.contract import Contract
from tests.unit.data.conftest import Sample

SMALL = SampleRequest(people=24, companies=2, seed=5)


def digests(directory: Path) -> dict[str, str]:
    return {path.name: sha256(path.read_bytes()).hexdigest() for path in directory.iterdir()}


def test_the_same_seed_writes_the_same_bytes(sample: Sample, tmp_path: Path) -> None:
    generate(SampleRequest(seed=11), tmp_path)
    assert digests(tmp_path) == digests(sample.directory)


def test_another_seed_writes_other_people(tmp_path: Path) -> None:
    generate(SMALL, tmp_path / "one")
    generate(SampleRequest(people=24, companies=2, seed=6), tmp_path / "two")
    one, two = digests(tmp_path / "one"), digests(tmp_path / "two")
    assert one.keys() == two.keys()
    assert one["employee.csv"] != two["employee.csv"]
    assert one["benefits_enrollment.csv"] != two["benefits_enrollment.csv"]


def test_every_header_is_the_contract(sample: Sample, contracts: dict[str, Contract]) -> None:
    for table in sample.tables:
        with table.path.open(encoding="utf-8", newline="") as file:
            header = next(csv.reader(file))
        assert header == [column.name for column in contracts[table.table].columns], table.table


def test_every_table_of_the_benefits_schema_has_rows(
    sample: Sample, contracts: dict[str, Contract]
) -> None:
    filled = {table.table for table in sample.tables if table.rows}
    wanted = {name for name, contract in contracts.items() if contract.family == "benefits"}
    assert len(wanted) == 23
    assert wanted <= filled


def test_a_table_left_out_takes_its_old_file_away(tmp_path: Path) -> None:
    (tmp_path / "carrier_roster.csv").write_text("id\n", encoding="utf-8")
    generate(SMALL, tmp_path)
    assert not (tmp_path / "carrier_roster.csv").exists()


@pytest.mark.parametrize(("people", "companies"), [(1, 1), (24, 2), (60, 5)])
def test_any_number_of_companies_shares_the_people(
    people: int, companies: int, tmp_path: Path
) -> None:
    rows = {
        table.table: table.rows
        for table in generate(SampleRequest(people=people, companies=companies), tmp_path)
    }
    assert (rows["company"], rows["employee"]) == (companies, people)


@pytest.mark.parametrize("tax_year", [2023, 2027])
def test_history_follows_the_tax_year(tax_year: int, tmp_path: Path) -> None:
    generate(SampleRequest(people=24, companies=2, tax_year=tax_year), tmp_path)
    with (tmp_path / "benefits_cost_analysis.csv").open(encoding="utf-8", newline="") as file:
        months = {row["analysis_date"][:7] for row in csv.DictReader(file)}
    assert len(months) == 30
    assert (min(months), max(months)) == (f"{tax_year - 1}-01", f"{tax_year + 1}-06")


@pytest.mark.parametrize(
    ("request_", "word"),
    [
        (SampleRequest(people=2, companies=3), "employees"),
        (SampleRequest(companies=0), "companies"),
        (SampleRequest(tax_year=1999), "tax year"),
    ],
)
def test_a_wrong_argument_is_named(request_: SampleRequest, word: str, tmp_path: Path) -> None:
    with pytest.raises(SampleError, match=word):
        generate(request_, tmp_path)


def test_the_command_says_what_it_wrote(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    arguments = ["generate", "--employees", "24", "--companies", "2", "--out", str(tmp_path)]
    assert run([*arguments, "--json"]) == 0
    facts = json.loads(capsys.readouterr().out)
    assert {"table": "employee", "rows": 24} in facts["files"]


def test_the_command_refuses_in_one_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["generate", "--employees", "1", "--out", str(tmp_path)]) == 2
    error = capsys.readouterr().err
    assert error.count("\n") == 1
    assert "employees must be" in error
