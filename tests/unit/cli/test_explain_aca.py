"""`benefits explain aca`: the words, the JSON, exit codes, and one clear line for a wrong call."""

from __future__ import annotations

import json
from decimal import Decimal

import pytest

from cli.main import run as benefits
from reports.answers.aca_harbor import comparisons
from tests.conftest import TAX_YEAR, Published


def known_month(published: Published) -> tuple[str, str, str]:
    """Somebody whose June is known and carries an amount: number, company, month."""
    with published.open() as snapshot:
        rows = snapshot.where("rpt_aca_1095c__code", {"tax_year": TAX_YEAR, "month": 6}).to_dicts()
    row = next(r for r in rows if r["line_15"] is not None and not r["unknown_reason"])
    return row["employee_number"], row["company_id"], f"{TAX_YEAR}-06"


def test_each_line_is_told_with_rule_citation_facts_and_what_was_passed_over(
    published: Published, capsys: pytest.CaptureFixture[str]
) -> None:
    number, company, month = known_month(published)
    call = ["explain", "aca", "--employee", number, "--month", month, "--company", company]
    assert benefits([*call, "--home", str(published.home)]) == 0
    text = capsys.readouterr().out
    for part in ("line 14:", "line 15:", "line 16:", "line 17: blank", "recipient instructions"):
        assert part in text
    assert "Employed on any day of the month: yes  [employee" in text
    assert "not L14-02 Not an employee on any day of the month, because Employed on any day" in text
    assert f"Data version {published.version}" in text


def test_a_line_without_a_form_says_what_the_facts_give(
    published: Published, capsys: pytest.CaptureFixture[str]
) -> None:
    with published.open() as snapshot:
        wanted = {"tax_year": TAX_YEAR, "month": 6, "form": "none", "computed_14": "1H"}
        row = snapshot.where("rpt_aca_1095c__code", wanted).to_dicts()[0]
    call = ["explain", "aca", "--employee", row["employee_number"], "--month", f"{TAX_YEAR}-06"]
    benefits([*call, "--company", row["company_id"], "--home", str(published.home)])
    text = capsys.readouterr().out
    assert f"{TAX_YEAR}-06: no form (" in text
    assert "line 14: no form; the facts give 1H\n" in text
    assert "Monthly cost of line 15" not in text  # no amount goes beside 1H


def test_only_known_facts_exclude_a_rule_and_the_others_are_not_decided(
    published: Published, capsys: pytest.CaptureFixture[str]
) -> None:
    with published.open() as snapshot:
        wanted = {"tax_year": TAX_YEAR, "form": "unknown", "is_line_16_unknown": True}
        rows = snapshot.where("rpt_aca_1095c__code", wanted).to_dicts()
    row = next(row for row in rows if row["full_time"] is None and row["employed"])
    month = f"{TAX_YEAR}-{row['month']:02}"
    call = ["explain", "aca", "--employee", row["employee_number"], "--month", month]
    assert benefits([*call, "--company", row["company_id"], "--home", str(published.home)]) == 1
    text = capsys.readouterr().out
    assert "whether a form is due is not known (" in text
    open_rules = [line for line in text.splitlines() if line.startswith("  not decided: L")]
    shut = [line for line in text.splitlines() if line.startswith("  not L")]
    assert open_rules
    assert all(line.endswith("not known") for line in open_rules)
    assert shut
    assert not [line for line in shut if "not known" in line.split("because", 1)[1]]


def test_the_machine_gets_the_same_facts(
    published: Published, capsys: pytest.CaptureFixture[str]
) -> None:
    number, company, month = known_month(published)
    call = ["explain", "aca", "--employee", number, "--month", month, "--company", company]
    assert benefits([*call, "--home", str(published.home), "--json"]) == 0
    answer = json.loads(capsys.readouterr().out)
    assert answer["employee_number"] == number
    assert answer["lines"]["line 15"]["rule_id"] in {"L15-02", "L15-03"}
    (price,) = [f for f in answer["lines"]["line 15"]["facts"] if f["fact"] == "price"]
    assert str(price["value"]) == answer["lines"]["line 15"]["value"]
    assert {source["table"] for source in price["sources"]} >= {"benefit_offer"}


MADE_OF = {
    "1A": ("of the poverty line of the 48 states",),
    "2G": ("of the poverty line of",),
    "2H": ("an hour for 130 hours", "of a monthly salary of"),
    "2F": ("in box 1, for",),
}


def test_a_safe_harbor_shows_what_the_cost_was_compared_with(
    published: Published, capsys: pytest.CaptureFixture[str]
) -> None:
    with published.open() as snapshot:
        rows = snapshot.where("rpt_aca_1095c__code", {"tax_year": TAX_YEAR}).to_dicts()
    seen = {row["line_16"]: row for row in rows if row["line_16"] in MADE_OF}
    assert seen
    for code, row in seen.items():
        month = f"{TAX_YEAR}-{row['month']:02}"
        call = ["explain", "aca", "--employee", row["employee_number"], "--month", month]
        call += ["--company", row["company_id"], "--home", str(published.home)]
        benefits(call)
        (line,) = [t for t in capsys.readouterr().out.splitlines() if f"  {code} passes: " in t]
        for part in (" <= ", "% of ", "54.4980H-5(e)(2)", "Rev. Proc. "):
            assert part in line, line
        benefits([*call, "--json"])
        told = json.loads(capsys.readouterr().out)["lines"]["line 16"]["compared"]
        assert [one["code"] for one in told] == ["2G", "2H", "2F"]
        (one,) = [one for one in told if one["code"] == code]
        assert one["passes"] is True
        assert Decimal(one["cost"]) <= Decimal(one["limit"])
        if code != "2F":
            assert Decimal(one["cost"]) == row["line_15"]


def test_the_amounts_shown_give_the_answer_of_every_comparison(published: Published) -> None:
    with published.open() as snapshot:
        rows = snapshot.table("rpt_aca_explain__harbor").to_dicts()
        told = [c for row in rows for c in comparisons(row)]
    decided = [c for c in told if c["passes"] is not None and c["limit"] is not None]
    assert {c["code"] for c in decided} >= {"1A", "2G", "2H", "2F"}
    assert {c["passes"] for c in decided} == {True, False}
    for one in decided:
        assert (one["cost"] <= one["limit"]) == one["passes"], one
        assert any(words in one["made_of"] for words in MADE_OF[one["code"]])
        assert one["untested"] is None
    assert all(c["untested"] for c in told if c["passes"] is None)


@pytest.mark.parametrize(
    ("call", "words"),
    [
        (["aca"], "needs --employee NUMBER and --month YYYY-MM"),
        (["aca", "--employee", "1", "--month", "2024-13"], "a month such as 2024-03"),
        (["aca", "--employee", "nobody", "--month", "2024-06"], "no month 2024-06"),
        (["tea"], "knows kpi NAME and aca"),
        (["kpi"], "kpi needs a metric"),
    ],
)
def test_a_wrong_call_is_one_line(
    published: Published, capsys: pytest.CaptureFixture[str], call: list[str], words: str
) -> None:
    assert benefits(["explain", *call, "--home", str(published.home)]) == 2
    error = capsys.readouterr().err.strip()
    assert words in error
    assert "\n" not in error
