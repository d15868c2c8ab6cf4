"""The codes of Form 1095-C decided again, person by person and month by month, in plain Python.

Belongs here: a slow reading of the law for the plain cases, over raw operational rows.
Does not belong here: speed, SQL, or reasons; what cannot be decided is UNKNOWN and nothing more.
Facts are True, False or None (not known). Days are walked one by one where a rule speaks of days.
"""

from __future__ import annotations

import calendar
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Any

Row = Mapping[str, Any]
Fact = bool | None
UNKNOWN = "?"
FOREVER = date(9999, 12, 31)
ONE = timedelta(days=1)
ZIP_CODES = {"1L", "1M", "1N", "1O", "1P", "1Q", "1T", "1U"}
MV_CODES = {"1B", "1C", "1D", "1E", "1J", "1K"} | ZIP_CODES
PCT = {2023: Fraction(912, 100), 2024: Fraction(839, 100), 2025: Fraction(902, 100)}
GUIDELINES = (
    (date(2022, 1, 12), {"": 13590, "AK": 16990, "HI": 15630}),
    (date(2023, 1, 12), {"": 14580, "AK": 18210, "HI": 16770}),
    (date(2024, 1, 11), {"": 15060, "AK": 18810, "HI": 17310}),
    (date(2025, 1, 15), {"": 15650, "AK": 19550, "HI": 17990}),
    (date(2026, 1, 13), {"": 15960, "AK": 19950, "HI": 18360}),
)
SELF_LEVELS = {"Employee Only"}


@dataclass(frozen=True)
class Answer:
    """What stands in one month of one person's form."""

    line_14: str
    line_15: Decimal | str | None
    line_16: str | None
    full_time: Fact
    waiting: Fact
    line_17: str | None = None
    age: int | None = None


@dataclass(frozen=True)
class Person:
    """One person's rows, by table, and the company's."""

    company: Mapping[str, Sequence[Row]]
    rows: Mapping[str, Sequence[Row]]
    year: int

    def of(self, table: str) -> Sequence[Row]:
        """The person's rows of a table, else the company's."""
        return self.rows.get(table) or self.company.get(table) or ()

    @property
    def employee(self) -> Row:
        """The employee record."""
        return self.rows["employee"][0]

    @property
    def employer(self) -> Row:
        """What the employer declared for the year."""
        found = [r for r in self.of("aca_employer_year") if r["tax_year"] == self.year]
        return found[0] if found else {}

    def plan(self, row: Row) -> Row | None:
        """The plan of an offer or enrollment."""
        plans = [p for p in self.of("benefit_plan") if p["id"] == row["benefit_plan_id"]]
        return plans[0] if plans else None


def end_of(day: date) -> date:
    """The last day of the day's month."""
    return day.replace(day=calendar.monthrange(day.year, day.month)[1])


def days(first: date, last: date) -> Iterable[date]:
    """Every day of an inclusive span."""
    while first <= last:
        yield first
        first += ONE


def months_on(day: date, count: int) -> date:
    """The same day so many months later, at most the last day of that month."""
    index = day.year * 12 + day.month - 1 + count
    first = date(index // 12, index % 12 + 1, 1)
    return first.replace(day=min(day.day, end_of(first).day))


def to_of(row: Row, column: str) -> date:
    """An end date, open ends last for ever."""
    return row.get(column) or FOREVER


def is_ichra(plan: Row | None) -> bool:
    """The plan reimburses individual coverage."""
    return plan is not None and (plan["benefit_type"] == "ichra" or bool(plan.get("is_ichra")))


def is_mec(plan: Row | None) -> bool:
    """The plan is minimum essential coverage, as every individual coverage arrangement is."""
    return plan is not None and (is_ichra(plan) or bool(plan.get("is_mec")))


def is_self_insured(plan: Row) -> Fact:
    """The employer answers for the coverage itself; None where not stated."""
    if is_ichra(plan):
        return True
    return False if plan.get("plan_entity") == "multiemployer" else plan.get("is_self_insured")


def _is_doubtful(plan: Row | None) -> bool:
    """The plan cannot be judged: absent, or not stated what it is."""
    if plan is None:
        return True
    if is_ichra(plan):
        return False
    if plan.get("is_mec") is None:
        return True
    return bool(plan["is_mec"]) and plan.get("is_minimum_value") is None


class Reading:
    """Everything the oracle reads out of one person's rows for one year."""

    def __init__(self, person: Person) -> None:
        self.person = person
        self.months = [date(person.year, month, 1) for month in range(1, 13)]
        self.periods = [
            r
            for r in person.rows.get("employment_period", ())
            if r["start_date"] <= to_of(r, "end_date")
        ]
        self.spans = self._spans()
        self.offers = [o for o in self._offers() if o["from"] <= o["to"] or o["cut_unknown"]]
        self.coverage = self._coverage()

    def _spans(self) -> list[tuple[date, date]]:
        merged: list[tuple[date, date]] = []
        for row in sorted(self.periods, key=lambda r: (r["start_date"], to_of(r, "end_date"))):
            first, last = row["start_date"], to_of(row, "end_date")
            if merged and first - ONE <= merged[-1][1]:
                merged[-1] = (merged[-1][0], max(merged[-1][1], last))
            else:
                merged.append((first, last))
        return merged

    def health(self, row: Row) -> bool:
        """The plan of the row can be health coverage."""
        plan = self.person.plan(row)
        return plan is None or plan["benefit_type"] == "health" or is_mec(plan)

    def _coverage(self) -> list[dict[str, Any]]:
        found = []
        for row in self.person.rows.get("benefits_enrollment", ()):
            if row["enrollment_status"] not in {"Active", "Terminated", "Approved"}:
                continue
            last = min(to_of(row, "coverage_end_date"), to_of(row, "termination_date"))
            first = row["coverage_start_date"]
            if first > last or not self.health(row):
                continue
            plan = self.person.plan(row)
            passive = [
                b["from_date"]
                for b in self.person.rows.get("coverage_basis", ())
                if b["enrollment_id"] == row["id"]
                and b["basis"] != "active"
                and not self._is_hours_cobra(b)
            ]
            waived = any(
                o.get("response") == "waived"
                and o["benefit_plan_id"] == row["benefit_plan_id"]
                and first <= to_of(o, "coverage_to")
                and last >= o["coverage_from"]
                for o in self.person.rows.get("benefit_offer", ())
            )
            doubt = plan is None or (plan.get("is_mec") is None and not is_ichra(plan))
            found.append(
                {
                    "plan": plan, "plan_id": row["benefit_plan_id"], "from": first, "to": last,
                    "active_to": min([last, *(day - ONE for day in passive)]),
                    "doubt": doubt, "conflict": waived,
                }
            )  # fmt: skip
        return found

    def _is_hours_cobra(self, basis: Row) -> bool:
        """Continuation coverage of somebody still employed, offered because hours were reduced."""
        day = basis["from_date"]
        return (
            basis["basis"] == "cobra"
            and any(first <= day <= last for first, last in self.spans)
            and any(
                o["reason"] == "cobra_hours"
                and o["coverage_from"] <= day <= to_of(o, "coverage_to")
                for o in self.person.rows.get("benefit_offer", ())
            )
        )

    def relieved(self, month: date) -> bool:
        """A contribution to a multiemployer plan that meets the relief touches the month."""
        return any(
            row["from_date"] <= end_of(month)
            and to_of(row, "to_date") >= month
            and row["required_by_agreement"]
            and row["affordable_minimum_value"]
            and row["dependents_offered"]
            for row in self.person.rows.get("multiemployer_contribution", ())
        )

    def _offers(self) -> list[dict[str, Any]]:
        found = []
        for row in self.person.rows.get("benefit_offer", ()):
            last = to_of(row, "coverage_to")
            if row["reason"] not in {"active", "cobra_hours"} or not self.health(row):
                continue
            if row["coverage_from"] > last:
                continue
            for span in self.spans:
                if row["coverage_from"] <= span[1] and last >= span[0]:
                    found.append(self._placed(row, last, span))
        return found

    def _placed(self, row: Row, last: date, span: tuple[date, date]) -> dict[str, Any]:
        """The offer within one employment: where it starts to count and where it stops."""
        plan = self.person.plan(row)
        month_end = end_of(span[1]) if span[1] < FOREVER else FOREVER
        cut_unknown = False
        if last <= span[1] or span[1] == month_end:
            stop = min(last, span[1])
        elif row["reason"] == "cobra_hours":
            stop = min(last, month_end)
        elif (ends := plan.get("coverage_ends") if plan else None) == "termination_date":
            stop = span[1]
        elif ends == "end_of_month":
            stop = min(last, month_end)
        else:
            shown = [
                min(to_of(e, "coverage_end_date"), to_of(e, "termination_date"))
                for e in self.person.rows.get("benefits_enrollment", ())
                if e["benefit_plan_id"] == row["benefit_plan_id"]
                and e["enrollment_status"] in {"Active", "Terminated", "Approved"}
                and e["coverage_start_date"]
                <= min(to_of(e, "coverage_end_date"), to_of(e, "termination_date"))
            ]
            shown = [day for day in shown if span[1] <= day <= month_end]
            cut_unknown = not shown and last > month_end
            stop = min(last, max(shown)) if shown else last if last <= month_end else span[1]
        doubt = _is_doubtful(plan)
        return {
            "row": row, "plan": plan, "span": span, "from": max(row["coverage_from"], span[0]),
            "to": stop, "cut_unknown": cut_unknown, "doubt": doubt,
            "mec": is_mec(plan), "ichra": is_ichra(plan),
            "mv": bool(is_mec(plan) and not is_ichra(plan) and plan and plan["is_minimum_value"]),
        }  # fmt: skip

    def complete(self, table: str, month: date) -> bool:
        """The table is not declared incomplete for the month."""
        rows = [r for r in self.person.of("data_completeness") if r["table_name"] == table]
        return not rows or any(
            r["complete_from"] <= month and r["complete_to"] >= end_of(month) for r in rows
        )

    def span_of(self, month: date) -> tuple[date, date] | None:
        """The last employment that touches the month."""
        touching = [s for s in self.spans if s[0] <= end_of(month) and s[1] >= month]
        return touching[-1] if touching else None

    def classes(self, month: date) -> set[str]:
        """Employment classes in force on any day of the month."""
        return {
            r["employment_class"]
            for r in self.periods
            if r["start_date"] <= end_of(month) and to_of(r, "end_date") >= month
        }

    def class_since(self, month: date) -> date:
        """The day since which a class that touches the month has held without a break."""
        starts = []
        for name in self.classes(month):
            mine = sorted(
                (r["start_date"], to_of(r, "end_date"))
                for r in self.periods
                if r["employment_class"] == name
            )
            runs: list[tuple[date, date]] = []
            for first, last in mine:
                if runs and first - ONE <= runs[-1][1]:
                    runs[-1] = (runs[-1][0], max(runs[-1][1], last))
                else:
                    runs.append((first, last))
            starts += [run[0] for run in runs if run[0] <= end_of(month) and run[1] >= month]
        return max(starts)
