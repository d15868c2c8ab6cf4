"""Answers of a whole employer come out as a careful hand gives them, in one build of all firms."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

import pytest

from tests.oracles.aca_1095c_histories import AS_OF, stacked
from tests.oracles.aca_firm import YEAR, Firm
from tests.oracles.aca_firm_situations_checks import SITUATIONS as ABOUT_CHECKS
from tests.oracles.aca_firm_situations_exposure import SITUATIONS as ABOUT_EXPOSURE
from tests.oracles.aca_firm_situations_forms import SITUATIONS as ABOUT_FORMS
from tests.oracles.aca_firm_situations_forms import FormSituation
from tests.oracles.aca_firm_situations_listed import SITUATIONS as ABOUT_LISTED
from tests.oracles.aca_firm_situations_offers import SITUATIONS as ABOUT_OFFERS
from tests.oracles.aca_firm_situations_size import SITUATIONS as ABOUT_SIZE
from tests.oracles.aca_firm_situations_size import SizeSituation
from tests.oracles.aca_firm_situations_year import SITUATIONS as ABOUT_YEAR
from tests.oracles.aca_firm_words import UNKNOWN, UNSAID, Situation, months_of
from tests.oracles.build import build, rows_of, write_landing

REPORTS = {
    "rpt_aca_1094c_monthly__month": "month",
    "rpt_aca_1094c_monthly__employer": "tax_year",
    "rpt_aca_1094c_monthly__member": "position",
    "rpt_aca_1094c_monthly__size": "tax_year",
    "rpt_aca_exposure__month": "month",
    "rpt_aca_monitor__month": "month",
    "rpt_aca_validation__finding": "rule_id",
    "rpt_aca_1095c__code": "month",
    "rpt_aca_1095c__covered_individual": "position",
    "rpt_aca_1095c__recipient": "employee_number",
    "rpt_aca_no_form__person": "tax_year",
}
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
SHARES = ("mec_offer", "full_time_count", "total_employee_count", "aggregated_group")
COSTS = (
    "full_time_count", "reduction", "exposed_count",
    "a_low", "a_high", "b_low", "b_high", "total_low", "total_high",
)  # fmt: skip
WATCHED = (
    "month", "mec_offer", "full_time_count", "exposed_count", "unknown_count", "margin_people",
    "a_high", "b_high",
)  # fmt: skip
Found = dict[str, dict[str, list[dict[str, Any]]]]


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> Found:
    """The rows of each report by company, from one build."""
    firms = [
        situation.firm
        for part in (
            ABOUT_OFFERS,
            ABOUT_YEAR,
            ABOUT_FORMS,
            ABOUT_LISTED,
            ABOUT_SIZE,
            ABOUT_EXPOSURE,
            ABOUT_CHECKS,
        )
        for situation in part
    ]
    assert len({firm.id for firm in firms}) == len(firms)
    home = tmp_path_factory.mktemp("firms")
    rows = stacked([firm.company() for firm in firms])
    for table in ("pay_calendar", "leave_period", "contribution_adjustment"):
        rows.setdefault(table, [])
    write_landing(home, rows)
    warehouse = build(home, AS_OF.isoformat(), tuple(f"+{name}" for name in REPORTS))
    by_company: Found = {}
    for report, order in REPORTS.items():
        for row in rows_of(warehouse, f"reports.{report}", f"company_id, {order}"):
            by_company.setdefault(report, {}).setdefault(str(row["company_id"]), []).append(row)
    return by_company


def rows_for(found: Found, report: str, firm: Firm, year: int | None = YEAR) -> list[Any]:
    rows = found.get(report, {}).get(firm.key(), [])
    return [row for row in rows if year is None or row["tax_year"] == year]


def names(situations: Iterable[Any]) -> list[Any]:
    return [pytest.param(one, id=one.firm.id) for one in situations]


def said(row: dict[str, Any], columns: tuple[str, ...], words: tuple[str, ...]) -> list[str]:
    """What the row says where the words say something."""
    told = []
    for column, word in zip(columns, words, strict=False):
        value = row[column]
        told.append(word if word == UNSAID else _word(value))
    return told


def _word(value: Any) -> str:
    if value is None:
        return UNKNOWN
    if isinstance(value, bool):
        return "yes" if value else "no"
    return f"{value:.2f}" if isinstance(value, Decimal) else str(value)


def compare(rows: list[Any], columns: tuple[str, ...], words: str) -> None:
    """Every month said is as said."""
    wanted = months_of(words) if words else {}
    if not wanted:
        assert rows == []
    months = {row["month"]: row for row in rows}
    wrong = {
        number: (said(months[number], columns, told), list(told))
        for number, told in wanted.items()
        if said(months[number], columns, told) != list(told)
    }
    assert wrong == {}, [row["unknown_reason"] for row in rows if "unknown_reason" in row][:1]


@pytest.mark.parametrize("situation", names(ABOUT_OFFERS))
def test_each_month_of_part_iii_is_as_a_careful_hand_counts(
    situation: Situation, found: Found
) -> None:
    rows = rows_for(found, "rpt_aca_1094c_monthly__month", situation.firm)
    compare(rows, SHARES, situation.months)


@pytest.mark.parametrize("situation", names(ABOUT_YEAR))
def test_the_year_of_the_transmittal_is_as_a_careful_hand_fills_it(
    situation: Situation, found: Found
) -> None:
    if situation.months:
        rows = rows_for(found, "rpt_aca_1094c_monthly__month", situation.firm)
        compare(rows, SHARES, situation.months)
    (row,) = rows_for(found, "rpt_aca_1094c_monthly__employer", situation.firm)
    members = rows_for(found, "rpt_aca_1094c_monthly__member", situation.firm)
    findings = rows_for(found, "rpt_aca_validation__finding", situation.firm)
    row["members"] = tuple(member["member_name"] for member in members)
    row["checks"] = {one["rule_id"] for one in findings if one["rule_id"].startswith("T")}
    assert {name: row[name] for name, _ in situation.year} == dict(situation.year)


@pytest.mark.parametrize("situation", names(ABOUT_CHECKS))
def test_the_checks_find_what_a_careful_hand_finds(situation: Situation, found: Found) -> None:
    rows = rows_for(found, "rpt_aca_validation__finding", situation.firm)
    assert {row["rule_id"] for row in rows} == dict(situation.year)["checks"]


@pytest.mark.parametrize("situation", names(ABOUT_EXPOSURE))
def test_each_month_costs_what_a_careful_hand_counts(situation: Situation, found: Found) -> None:
    compare(rows_for(found, "rpt_aca_exposure__month", situation.firm), COSTS, situation.months)


@pytest.mark.parametrize("situation", names(ABOUT_EXPOSURE))
def test_the_monitor_of_the_last_day_says_the_same(situation: Situation, found: Found) -> None:
    watched = rows_for(found, "rpt_aca_monitor__month", situation.firm)
    costed = rows_for(found, "rpt_aca_exposure__month", situation.firm)
    assert [[row[name] for name in WATCHED] for row in watched] == [
        [row[name] for name in WATCHED] for row in costed
    ]
    for row in watched:  # so many offers leave five without one, or a twentieth
        lacking = -row["margin_people"] if row["margin_people"] is not None else None
        assert row["people_to_offer"] == (None if lacking is None else max(lacking, 0))


@pytest.mark.parametrize("situation", names(ABOUT_SIZE))
def test_the_size_is_as_a_careful_hand_counts(situation: SizeSituation, found: Found) -> None:
    (row,) = rows_for(found, "rpt_aca_1094c_monthly__size", situation.firm)
    assert (row["average_least"], row["computed_status"]) == (situation.average, situation.status)


@pytest.mark.parametrize("situation", names((*ABOUT_FORMS, *ABOUT_LISTED)))
def test_each_person_gets_the_form_and_part_iii_a_careful_hand_gives(
    situation: FormSituation, found: Found
) -> None:
    codes = rows_for(found, "rpt_aca_1095c__code", situation.firm)
    listed = rows_for(found, "rpt_aca_1095c__covered_individual", situation.firm)
    told = [(row["first_name"], _span(row)) for row in listed]
    form = codes[0]["form"] if codes else "absent"
    reasons = {row["unknown_reason"] for row in codes}
    assert (form, told) == (situation.form, [(n, _numbers(w)) for n, w in situation.listed]), (
        reasons
    )
    if situation.code:
        assert {row["line_14"] for row in codes} == {situation.code}
    if situation.named:
        (row,) = rows_for(found, "rpt_aca_1095c__recipient", situation.firm)
        assert _word(row["first_name"]) == situation.named
    for column, values in situation.rows:
        assert tuple(row[column] for row in listed) == values, column
    if situation.reason:
        (row,) = rows_for(found, "rpt_aca_no_form__person", situation.firm)
        assert situation.reason in row["reason"]


def _span(row: dict[str, Any]) -> list[int]:
    if row["is_all_year"]:
        return list(range(1, 13))
    return [number for number, month in enumerate(MONTHS, 1) if row[f"is_{month}"]]


def _numbers(words: str) -> list[int]:
    return sorted(months_of(words))
