"""Random employment, offer and enrollment histories for the Form 1095-C oracle, by seed.

Belongs here: rows as a careless but possible HR department would leave them.
Does not belong here: any rule, or any expected value.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from tests.oracles.aca_1095c_people import PRICES, YEAR, People, Rows
from tests.oracles.aca_1095c_places import premiums, random_allowances
from tests.oracles.aca_1095c_time import random_policies

AS_OF = date(YEAR, 12, 31)
DAY_RULES = (None, "first_day", "last_day", "twelfth_day", "first_day_of_first_period")


@dataclass
class Company:
    """A company's own rows and each person's."""

    rows: Rows = field(default_factory=dict)
    people: list[Rows] = field(default_factory=list)


def random_company(seed: int, people: int) -> Company:
    """One company with so many people."""
    return _Maker(seed).company(people)


def stacked(companies: list[Company]) -> Rows:
    """The rows of all companies, one list per table."""
    result: Rows = {}
    for company in companies:
        for rows in (company.rows, *company.people):
            for table, found in rows.items():
                result.setdefault(table, []).extend(found)
    if "silver_premium" in result:  # a table of the whole country: the same rows for everybody
        result["silver_premium"] = list({r["id"]: r for r in result["silver_premium"]}.values())
    return result


class _Maker(People):
    """Companies with their plans, and the people in them."""

    def company(self, people: int) -> Company:
        company = Company()
        key = self.id()
        state = self.r.choice(["OR", "OR", "AK", "HI", None])
        company.rows["company"] = [
            {
                "id": key,
                "legal_name": f"History {self.seed}",
                "ein": f"00-{self.seed % 10**7:07d}",
                "state": state,
                "is_test_data": True,
            }
        ]
        company.rows["aca_employer_year"] = self._employer_years(key)
        kinds = [("health", "dental", "ichra"), ("health",), ("ichra", "ichra", "dental")]
        mix = self.r.choices(kinds, [8, 4, 6])[0]
        company.rows["benefit_plan"] = [
            self._plan(key, n, mix) for n in range(self.r.choice([1, 1, 2, 3]))
        ]
        company.rows["silver_premium"] = premiums()
        company.rows["ichra_allowance"] = []
        company.rows["plan_year"] = []
        company.rows["plan_rate"] = []
        for plan in company.rows["benefit_plan"]:
            company.rows["plan_year"] += self._plan_years(plan["id"])
            company.rows["plan_rate"] += self._rates(str(plan["id"]))
            company.rows["ichra_allowance"] += random_allowances(self, str(plan["id"]))
        is_measured = self.some(0.4)
        if is_measured and self.some(0.95):
            company.rows["measurement_policy"] = random_policies(self, key)
        if self.some(0.1):
            table = self.r.choice(
                ["benefit_offer", "benefits_enrollment", "employment_period", "hours_of_service"]
            )
            company.rows["data_completeness"] = [
                {
                    "id": self.id(),
                    "company_id": key,
                    "table_name": table,
                    "complete_from": date(2023, 1, 1),
                    "complete_to": date(2025, 9, 30),
                }
            ]
        plans = company.rows["benefit_plan"]
        company.people = [self.person(plans, key, n, is_measured) for n in range(people)]
        return company

    def _employer_years(self, key: str) -> list[dict[str, Any]]:
        return [
            {
                "id": self.id(),
                "company_id": key,
                "tax_year": YEAR,
                "ale_status": self.r.choices(["ale", "not_ale", "unknown"], [18, 1, 1])[0],
                "first_ale_year": self.r.choices([None, False, True], [8, 8, 2])[0],
                "offered_prior_year": self.r.choice([None, False, True]),
                "use_1a": self.r.choices([None, False, True], [5, 5, 3])[0],
                "safe_harbor_order": self.r.choice(
                    [None, None, '["2G","2H","2F"]', '["2F","2G"]', '["2H"]', "[]"]
                ),
                "full_time_basis": self.r.choices(["class", "hours", None], [6, 5, 1])[0],
                "non_employee_form": self.r.choice([None, "1095-C", "1095-B"]),
                "form_for_everyone": self.r.choices([None, False, True], [5, 5, 1])[0],
                "column_c_day_rule": self.r.choice(DAY_RULES),
                "silver_month_rule": self.r.choice([None, "coverage_month", "look_back"]),
                "fpl_choice": self.r.choice([None, "highest", "at_plan_year_start"]),
            }
        ]

    def _plan(self, key: str, number: int, mix: tuple[str, ...]) -> dict[str, Any]:
        kind = self.r.choices(mix, [8, 1, 1][: len(mix)])[0]
        return {
            "id": self.id(),
            "company_id": key,
            "plan_name": f"Plan {number}",
            "plan_code": f"P{number}",
            "benefit_type": kind,
            "is_ichra": self.r.choice([None, False]) if kind != "health" else self.some(0.02),
            "is_mec": self.r.choices([True, False, None], [18, 1, 1])[0]
            if kind != "dental"
            else None,
            "is_minimum_value": self.r.choices([True, False, None], [16, 3, 1])[0],
            "is_self_insured": self.r.choices([True, False, None], [8, 8, 1])[0],
            "plan_entity": self.r.choices([None, "single_employer", "multiemployer"], [8, 8, 1])[0],
            "coverage_ends": self.r.choice(["end_of_month", "termination_date", None]),
        }

    def _plan_years(self, plan: str) -> list[dict[str, Any]]:
        if self.some(0.05):
            return []
        start = self.r.choice([1, 1, 1, 2, 7])
        years = []
        for year in (2024, 2025):
            first = date(year, start, 1)
            last = date(year + 1, start, 1) - timedelta(days=1)
            years.append(
                {"id": self.id(), "benefit_plan_id": plan, "start_date": first, "end_date": last}
            )
        return years

    def _rates(self, plan: str) -> list[dict[str, Any]]:
        if self.some(0.35):
            return []
        change = self.r.choice([date(2025, 7, 1), date(2025, 4, 16), date(2026, 1, 1)])
        rates = []
        groups: list[list[str | None]] = [[None], [None], [None, "office"], ["office"]]
        for group in self.r.choice(groups):
            price = Decimal(self.r.choice(PRICES))
            later = price + Decimal(self.r.choice(["0.00", "12.00"]))
            for first, last, cost in (
                (date(2024, 1, 1), change - timedelta(days=1), price),
                (change, None, later),
            ):
                rates.append(
                    {
                        "id": self.id(),
                        "benefit_plan_id": plan,
                        "coverage_level": "Employee Only",
                        "contribution_class": group,
                        "is_tobacco_user": self.r.choice([None, False]),
                        "from_date": first,
                        "to_date": last,
                        "total_premium_monthly": cost + 500,
                        "employee_cost_monthly": cost,
                        "cobra_premium_monthly": self.r.choice([None, cost + 510]),
                    }
                )
        rates.append(
            {
                **rates[0],
                "id": self.id(),
                "is_tobacco_user": True,
                "employee_cost_monthly": Decimal(400),
            }
        )
        rates.append({**rates[0], "id": self.id(), "coverage_level": "Employee + Family"})
        return rates
