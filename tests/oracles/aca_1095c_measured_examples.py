"""Worked examples of Form 1095-C that need more than offers: silver premiums, measured hours.

Belongs here: the facts and the expected lines, by example id, as in aca_1095c_examples.py.
"""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

from tests.oracles.aca_1095c_example import Example, Lines, Row

JAN_25 = date(2025, 1, 1)
_ICHRA = {"benefit_type": "ichra", "is_ichra": True, "is_self_insured": True}
_POLICY = {
    "valid_from": date(2020, 1, 1),
    "method": "look_back",
    "standard_start_month_day": "10-15",
    "standard_length_months": 12,
    "stability_start_month_day": "01-01",
    "stability_length_months": 12,
    "initial_start_rule": "hire_date",
    "initial_length_months": 12,
    "initial_admin_length_days": 47,
}


def _year(line_14: str, line_15: str | None, line_16: str | None) -> tuple[Lines, ...]:
    return (Lines(1, 12, line_14, line_15, line_16),)


def _offer(response: str, **more: object) -> tuple[Row, ...]:
    return ({"coverage_from": JAN_25, "response": response, **more},)


def _priced(
    zip_code: str, state: str, age: int, premium: str, allowance: str
) -> dict[str, tuple[Row, ...]]:
    return {
        "employee_address": ({"from_date": date(2020, 1, 1), "zip": zip_code, "state": state},),
        "ichra_allowance": (
            {
                "from_date": JAN_25,
                "amount_monthly": Decimal(allowance),
                "location_basis": "residence",
            },
        ),
        "silver_premium": (
            {
                "plan_year": 2025,
                "state": state,
                "zip": zip_code,
                "age": age,
                "premium_monthly": Decimal(premium),
            },
        ),
    }


def _weeks(first: date, count: int, hours: str) -> tuple[Row, ...]:
    starts = [first + timedelta(days=7 * week) for week in range(count)]
    return tuple(
        {
            "period_start": start,
            "period_end": start + timedelta(days=6),
            "hours": Decimal(hours),
            "basis": "actual",
        }
        for start in starts
    )


EXAMPLES = (
    Example(
        "E11",
        2025,
        _year("1E", "125.00", "2C"),
        employer={"full_time_basis": "hours"},
        offers=_offer("elected", employee_self_only_cost=Decimal("125.00")),
        employment=({"start_date": date(2018, 3, 1), "employment_class": "variable_hour"},),
        covered=((JAN_25, None),),
        more={
            "measurement_policy": (_POLICY,),
            "hours_of_service": (
                *_weeks(date(2023, 10, 2), 91, "34.00"),
                *_weeks(date(2025, 6, 30), 27, "15.00"),
            ),
        },
    ),
    Example(
        "E18",
        2025,
        _year("1M", "112.00", "2C"),
        plan=_ICHRA,
        covered=((JAN_25, None),),
        offers=_offer("elected", offered_to_spouse=False),
        employee={"date_of_birth": date(1983, 6, 1)},
        more=_priced("78701", "TX", 41, "412.00", "300.00"),
        zip="78701",
        age=41,
    ),
    Example(
        "E19",
        2025,
        _year("1T", "0.00", "2G"),
        plan=_ICHRA,
        offers=_offer("waived", offered_to_dependents=False),
        employee={"date_of_birth": date(1989, 6, 1)},
        more=_priced("30301", "GA", 35, "380.00", "400.00"),
        zip="30301",
        age=35,
    ),
    Example(
        "E20",
        2025,
        _year("1S", None, "2C"),
        plan=_ICHRA,
        covered=((JAN_25, None),),
        employment=({"start_date": date(2018, 3, 1), "employment_class": "part_time"},),
        offers=_offer("elected"),
    ),
    Example(
        "E25",
        2025,
        (Lines(1, 4, "1H", None, "2D"), Lines(5, 12, "1E", "130.00", "2C")),
        employer={"full_time_basis": "hours"},
        offers=(
            {
                "coverage_from": date(2025, 5, 1),
                "response": "elected",
                "employee_self_only_cost": Decimal("130.00"),
            },
        ),
        employment=({"start_date": date(2024, 3, 15), "employment_class": "variable_hour"},),
        covered=((date(2025, 5, 1), None),),
        more={
            "measurement_policy": (_POLICY,),
            "hours_of_service": _weeks(date(2024, 3, 15), 94, "34.00"),
        },
    ),
)
