"""Letter 226-J over the published home: each protected month is disputed with its evidence."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

import pytest

from cli.main import run as benefits
from tests.conftest import TAX_YEAR, Published

Row = dict[str, Any]


def pack(published: Published, out: Path, *more: str) -> dict[str, list[Row]]:
    """Return the rows of the pack by part, of all companies together."""
    call = ["report", "aca_226j", "--home", str(published.home), "--tax-year", str(TAX_YEAR)]
    assert benefits([*call, "--format", "csv", "--out", str(out), *more]) in (0, 1)
    parts: dict[str, list[Row]] = {}
    for path in sorted(out.glob("aca_226j-*.csv")):
        part = path.stem.rsplit("-", 1)[1]
        parts.setdefault(part, []).extend(csv.DictReader(path.open(encoding="utf-8", newline="")))
    return parts


def test_each_listed_month_has_an_answer_a_rule_and_an_exhibit_that_is_there(
    published: Published, tmp_path: Path
) -> None:
    with published.open() as snapshot:
        codes = snapshot.where("rpt_aca_1095c__code", {"tax_year": TAX_YEAR})
        sources = snapshot.table("rpt_aca_explain__source")
    listed = [
        row
        for row in codes.sort("ein", "employee_number", "month").to_dicts()
        if row["line_16"] in ("2C", "2G") and row["month"] in (3, 4)
    ][:200]
    path = tmp_path / "list.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(("tax_year", "ein", "employee_number", "month", "line_14", "line_16"))
        writer.writerows(
            (TAX_YEAR, row["ein"], row["employee_number"], row["month"], "1H", "") for row in listed
        )
    parts = pack(published, tmp_path / "out", "--file", str(path))
    people = parts["people"]
    assert len(people) == len(listed)
    assert {row["position"] for row in people} == {"disagree"}
    assert {row["amount_high"] for row in parts["months"]} == {"0.00"}
    assert len(parts["boxes"]) == 2 * len(people)
    assert all(row["rule_id"] and row["citation"] for row in parts["boxes"])
    ids = set(sources["source_id"])
    assert all(row["source_id"] in ids for row in parts["exhibits"])
    assert all(not row["to_date"].startswith("9999") for row in parts["exhibits"])
    numbers = {row["exhibit"] for row in parts["exhibits"]}
    assert all({row["first_exhibit"], row["last_exhibit"]} <= numbers for row in people)


def test_without_a_list_the_agreed_months_are_those_of_the_exposure(
    published: Published, tmp_path: Path
) -> None:
    parts = pack(published, tmp_path / "out")
    with published.open() as snapshot:
        exposure = snapshot.where("rpt_aca_exposure__month", {"tax_year": TAX_YEAR}).to_dicts()
    agreed: dict[str, int] = {}
    for row in parts["months"]:
        agreed[row["month"]] = agreed.get(row["month"], 0) + int(row["agreed_count"])
    exposed: dict[str, int] = {}
    for month in exposure:
        number = str(month["month"])
        exposed[number] = exposed.get(number, 0) + month["exposed_count"]
    assert agreed == exposed
    assert sum(agreed.values()) == sum(row["position"] == "agree" for row in parts["people"])


@pytest.mark.parametrize("name", ["nowhere.csv", "list.txt"])
def test_a_list_that_is_not_there_is_one_line(
    published: Published, capsys: pytest.CaptureFixture[str], name: str
) -> None:
    call = ["report", "aca_226j", "--home", str(published.home), "--tax-year", str(TAX_YEAR)]
    assert benefits([*call, "--file", name]) == 2
    assert capsys.readouterr().err.count("\n") == 1
