"""Random people for the Form 1095-C oracle: employment, offers, enrollment, pay and hours.

Belongs here: one person's rows. Does not belong here: the company's (aca_1095c_histories.py).
"""

from __future__ import annotations

import random
from datetime import date, timedelta
from decimal import Decimal
from typing import Any
from uuid import NAMESPACE_OID, uuid5

from tests.oracles.aca_1095c_places import ZIPS, random_addresses, random_birthday
from tests.oracles.aca_1095c_time import random_hours, random_leaves

YEAR = 2025
FIRST, LAST = date(2024, 6, 1), date(2026, 3, 31)
KINDS = (
    "opt_out_unconditional", "opt_out_unconditional", "health_flex", "hra", "opt_out_conditional",
    "general_flex", "cash_in_lieu_fringe", "wellness_tobacco", "wellness_other",
)  # fmt: skip
PRICES = ("0.00", "98.00", "113.20", "113.21", "118.50", "140.00", "210.00")
Rows = dict[str, list[dict[str, Any]]]


class Dice:
    """Ids, chances and days, by seed."""

    def __init__(self, seed: int) -> None:
        self.r = random.Random(seed)
        self.count = 0
        self.seed = seed

    def id(self) -> str:
        self.count += 1
        return str(uuid5(NAMESPACE_OID, f"{self.seed}/{self.count}"))

    def some(self, share: float) -> bool:
        return self.r.random() < share

    def day(self, first: date = FIRST, last: date = LAST) -> date:
        day = first + timedelta(days=self.r.randrange(max(0, (last - first).days) + 1))
        if self.some(0.4):
            day = day.replace(day=1)
        elif self.some(0.2):
            day = day.replace(day=1) - timedelta(days=1)
        return day


class People(Dice):
    """Rows of one person after another."""

    def person(
        self, plans: list[dict[str, Any]], key: str, number: int, is_measured: bool = False
    ) -> Rows:
        me = self.id()
        periods = self._periods(me, key, is_measured)
        rows: Rows = {
            "employee": [
                {
                    "id": me,
                    "company_id": key,
                    "employee_number": f"E{number}",
                    "first_name": "Pat",
                    "last_name": f"Doe{number}",
                    "date_of_birth": random_birthday(self),
                    "worker_type": self.r.choices(
                        ["employee", None, "director", "retiree", "other"], [40, 10, 2, 1, 1]
                    )[0],
                    "original_hire_date": self.r.choice(
                        [
                            None,
                            None,
                            periods[0]["start_date"] if periods else None,
                            date(2015, 1, 1),
                        ]
                    ),
                }
            ],
            "employment_period": periods,
            "benefit_offer": [],
            "benefits_enrollment": [],
            "coverage_basis": [],
            "employee_address": random_addresses(self, me),
        }
        hired = periods[0]["start_date"] if periods else date(2024, 1, 1)
        for plan in plans:
            if self.some(0.75):
                self._offers(rows, me, key, plan["id"], hired)
        rows["pay_rate"] = self._pay(me, key, hired)
        rows["annual_wages"] = self._wages(me, key)
        rows["hours_of_service"] = self._hours(me, key, hired, is_measured)
        rows["leave_period"] = random_leaves(self, me, max(hired, date(2024, 1, 1)))
        self._beside(rows, me, key)
        return rows

    def _beside(self, rows: Rows, me: str, key: str) -> None:
        """Contributions to a union's fund, and payments or credits beside the plan."""
        if self.some(0.05):
            start = self.day()
            rows["multiemployer_contribution"] = [
                {
                    "id": self.id(),
                    "employee_id": me,
                    "company_id": key,
                    "from_date": start,
                    "to_date": self.r.choice([None, max(start, self.day())]),
                    "required_by_agreement": self.some(0.9),
                    "affordable_minimum_value": self.some(0.9),
                    "dependents_offered": self.some(0.9),
                }
            ]
        if self.some(0.08):
            rows["contribution_adjustment"] = [
                {
                    "id": self.id(),
                    "employee_id": me,
                    "benefit_plan_id": None,
                    "kind": self.r.choice(KINDS),
                    "amount_monthly": Decimal(self.r.choice(["1.50", "20.00", "300.00"])),
                    "from_date": self.r.choice([date(2024, 1, 1), date(2025, 5, 10)]),
                    "to_date": self.r.choice([None, date(2025, 9, 30), date(2025, 9, 29)]),
                    "adopted_on": self.r.choice(
                        [None, date(2015, 12, 16), date(2015, 12, 17), date(2024, 1, 1)]
                    ),
                }
                for _ in range(self.r.choice([1, 1, 2]))
            ]

    def _periods(self, me: str, key: str, is_measured: bool) -> list[dict[str, Any]]:
        if self.some(0.03):
            return []
        earliest = date(2023, 11, 1) if is_measured else FIRST
        first = self.day(earliest) if self.some(0.5) else date(2019, 5, 1)
        spans = [(first, None if self.some(0.6) else max(first, self.day(first, LAST)))]
        if spans[0][1] and self.some(0.25):
            again = spans[0][1] + timedelta(
                days=self.r.choice([1, 10, 29, 60, 91, 92, 120, 182, 183])
            )
            spans.append((again, None if self.some(0.6) else again + timedelta(days=100)))
        elif self.some(0.12):
            middle = max(first, self.day(first, LAST))
            spans = [(first, middle), (middle + timedelta(days=1), spans[0][1])]
            spans = [s for s in spans if s[1] is None or s[0] <= s[1]]
        kinds = ["full_time", "part_time", "variable_hour", "seasonal"]
        kind = self.r.choices(kinds, [5, 2, 4, 1] if is_measured else [16, 3, 1, 0])[0]
        school = self.some(0.15)
        rows = []
        for start, end in spans:
            kind = kind if self.some(0.7) else self.r.choice(kinds[:2])
            rows.append(
                {
                    "id": self.id(),
                    "employee_id": me,
                    "company_id": key,
                    "start_date": start,
                    "end_date": end,
                    "employment_class": kind,
                    "contribution_class": self.r.choice([None, "office"]),
                    "employee_class": self.r.choice([None, "remote"]),
                    **self._worksite(),
                    "expected_full_time_at_hire": self.r.choice([None, None, None, False, True]),
                    "is_educational": school,
                    "is_union": self.r.choice([None, False, True]),
                }
            )
        return rows

    def _worksite(self) -> dict[str, Any]:
        zip_code, state = self.r.choice(ZIPS)
        return {
            "worksite_state": self.r.choice([None, None, "AK", state]),
            "worksite_zip": self.r.choice([None, zip_code, zip_code]),
        }

    def _offers(self, rows: Rows, me: str, key: str, plan: str, hired: date) -> None:
        start = max(date(2025, 1, 1), hired) if self.some(0.6) else hired
        if self.some(0.7):
            start = (start + timedelta(days=self.r.choice([0, 31, 62, 93, 150]))).replace(day=1)
        end = self.day(start, date(2026, 6, 30)) if self.some(0.25) else None
        response = self.r.choices(["elected", "waived", "no_response", None], [12, 6, 1, 3])[0]
        price = Decimal(self.r.choice(PRICES)) if self.some(0.7) else None
        rows["benefit_offer"].append(
            {
                "id": self.id(),
                "employee_id": me,
                "company_id": key,
                "benefit_plan_id": plan,
                "coverage_from": start,
                "coverage_to": end if end is None or end >= start else None,
                "reason": self.r.choices(
                    ["active", "cobra_hours", "cobra_termination"], [20, 2, 1]
                )[0],
                "offered_to_spouse": self.some(0.7),
                "spouse_conditional": self.r.choice([None, None, False, True]),
                "offered_to_dependents": self.some(0.75),
                "response": response,
                "employee_self_only_cost": price,
            }
        )
        if (response == "elected" and self.some(0.9)) or self.some(0.05):
            self._enroll(rows, me, key, plan, start, end)

    def _enroll(
        self, rows: Rows, me: str, key: str, plan: str, start: date, end: date | None
    ) -> None:
        last = rows["employment_period"][-1]["end_date"] if rows["employment_period"] else None
        stop = self.r.choice([end, None, last, self.day(start, LAST) if start < LAST else None])
        if stop is not None and stop < start:
            stop = None
        enrollment = self.id()
        status = self.r.choices(
            ["Active", "Terminated", "Approved", "Pending", "Cancelled"], [12, 4, 2, 1, 1]
        )[0]
        rows["benefits_enrollment"].append(
            {
                "id": enrollment,
                "company_id": key,
                "employee_id": me,
                "enrollment_number": enrollment[-12:],
                "benefit_plan_id": plan,
                "enrollment_type": "Open Enrollment",
                "enrollment_status": status,
                "coverage_start_date": start,
                "coverage_end_date": stop,
                "effective_date": start,
                "termination_date": stop if self.some(0.3) else None,
                "coverage_level": "Employee Only",
            }
        )
        if stop is None and self.some(0.5 if last else 0.1):
            rows["coverage_basis"].append(
                {
                    "id": self.id(),
                    "enrollment_id": enrollment,
                    "basis": "cobra" if self.some(0.9) else "retiree",
                    "from_date": last + timedelta(days=1) if last else self.day(start, LAST),
                    "to_date": None,
                }
            )

    def _pay(self, me: str, key: str, hired: date) -> list[dict[str, Any]]:
        if self.some(0.25):
            return []
        basis = self.r.choice(["hourly", "salary_monthly"])
        amount = Decimal(self.r.choice(["9.50", "9.50", "11.00", "20.00", "31.25"]))
        amount = amount if basis == "hourly" else amount * 130
        if self.some(0.7):
            spans: list[tuple[date, date | None, Decimal]] = [
                (min(hired, date(2024, 1, 1)), None, amount)
            ]
        else:
            spans = [
                (min(hired, date(2024, 1, 1)), date(2025, 5, 15), amount),
                (date(2025, 5, 16), None, amount + self.r.choice([-1, 1])),
            ]
        return [
            {
                "id": self.id(),
                "employee_id": me,
                "company_id": key,
                "from_date": first,
                "to_date": last,
                "basis": basis,
                "amount": rate,
            }
            for first, last, rate in spans
        ]

    def _wages(self, me: str, key: str) -> list[dict[str, Any]]:
        if self.some(0.25):
            return []
        wages = Decimal(self.r.choice(["12000.00", "17000.00", "24000.00", "60000.00"]))
        return [
            {
                "id": self.id(),
                "employee_id": me,
                "company_id": key,
                "tax_year": YEAR,
                "box_1": wages,
            }
        ]

    def _hours(self, me: str, key: str, hired: date, is_measured: bool) -> list[dict[str, Any]]:
        if self.some(0.15 if is_measured else 0.75):
            return []
        first = max(hired, date(2023, 6, 1)) if is_measured else date(YEAR, 1, 1)
        return random_hours(self, me, key, first, date(YEAR, 12, 31))
