"""Worked examples of Form 1095-C: facts, and the codes that a careful hand gives.

Belongs here: the facts and the expected lines, by example id. Does not belong here: examples that
need measured hours or a silver premium (aca_1095c_measured_examples.py).
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from tests.oracles.aca_1095c_example import NOTHING, Example, Lines
from tests.oracles.aca_1095c_example_rows import offer, pay, wages, year

JAN_23, JAN_24, JAN_25 = date(2023, 1, 1), date(2024, 1, 1), date(2025, 1, 1)
BEFORE = Lines(1, 4, "1H", None, "2A")
_CLASSES_E10 = (
    {
        "start_date": date(2018, 3, 1),
        "end_date": date(2024, 4, 30),
        "employment_class": "full_time",
    },
    {"start_date": date(2024, 5, 1), "employment_class": "part_time"},
)
_CLASSES_E13 = (
    {
        "start_date": date(2018, 3, 1),
        "end_date": date(2024, 6, 30),
        "employment_class": "part_time",
    },
    {"start_date": date(2024, 7, 1), "employment_class": "full_time"},
)
_UNION_E21 = {
    "from_date": JAN_24,
    "to_date": date(2024, 4, 30),
    "required_by_agreement": True,
    "affordable_minimum_value": True,
    "dependents_offered": True,
}
_RATES_E27 = (
    {
        "coverage_level": "Employee Only",
        "from_date": date(2023, 7, 1),
        "to_date": date(2024, 6, 30),
        "employee_cost_monthly": Decimal("100.00"),
    },
    {
        "coverage_level": "Employee Only",
        "from_date": date(2024, 7, 1),
        "employee_cost_monthly": Decimal("112.00"),
    },
)
_ALL_24, _ALL_25 = ((JAN_24, None),), ((JAN_25, None),)

EXAMPLES = (
    Example(
        "E01",
        2024,
        year("1E", "135.00", "2C"),
        offers=(offer(JAN_24, "135.00"),),
        covered=_ALL_24,
    ),
    Example(
        "E02",
        2024,
        year("1A", None, "2C"),
        offers=(offer(JAN_24, "95.00"),),
        covered=_ALL_24,
        employer={"use_1a": True},
    ),
    Example("E03", 2024, year("1E", "100.00", "2G"), offers=(offer(JAN_24, "100.00", "waived"),)),
    Example(
        "E04",
        2024,
        (BEFORE, Lines(5, 5, "1H", None, "2D"), Lines(6, 12, "1E", "120.00", "2C")),
        hired=date(2024, 5, 5),
        plan={"is_self_insured": True},
        offers=(offer(date(2024, 6, 1), "120.00"),),
        covered=((date(2024, 6, 1), None),),
    ),
    Example(
        "E05",
        2025,
        (
            Lines(1, 2, "1H", None, "2A"),
            Lines(3, 5, "1H", None, "2D"),
            Lines(6, 12, "1E", "150.00", "2C"),
        ),
        hired=date(2025, 3, 20),
        offers=(offer(date(2025, 6, 1), "150.00"),),
        covered=((date(2025, 6, 1), None),),
    ),
    Example(
        "E06",
        2024,
        (Lines(1, 9, "1E", "110.00", "2C"), Lines(10, 12, "1H", None, "2A")),
        left=date(2024, 9, 20),
        offers=(offer(JAN_24, "110.00"),),
        covered=((JAN_24, date(2024, 9, 30)),),
    ),
    Example(
        "E07",
        2024,
        (Lines(1, 3, "1E", "110.00", "2C"), Lines(4, 12, "1H", None, "2A")),
        left=date(2024, 3, 31),
        offers=(offer(JAN_24, "110.00"),),
        covered=((JAN_24, date(2024, 3, 31)),),
    ),
    Example(
        "E08",
        2024,
        (
            Lines(1, 7, "1E", "180.00", "2H"),
            Lines(8, 8, "1H", None, "2B"),
            Lines(9, 12, "1H", None, "2A"),
        ),
        left=date(2024, 8, 12),
        plan={"coverage_ends": "termination_date"},
        offers=(offer(JAN_24, "180.00", "waived"),),
        more=pay("20.00"),
    ),
    Example(
        "E09",
        2023,
        (Lines(1, 6, "1E", "99.00", "2C"), Lines(7, 12, "1H", None, "2A")),
        left=date(2023, 6, 30),
        offers=(
            offer(JAN_23, "99.00"),
            offer(date(2023, 7, 1), "700.00", reason="cobra_termination"),
        ),
        covered=((JAN_23, None),),
        more={"coverage_basis": ({"basis": "cobra", "from_date": date(2023, 7, 1)},)},
    ),
    Example(
        "E10",
        2024,
        (Lines(1, 4, "1E", "130.00", "2C"), Lines(5, 12, "1E", "720.00", "2C")),
        employment=_CLASSES_E10,
        covered=_ALL_24,
        offers=(
            offer(JAN_24, "130.00", coverage_to=date(2024, 4, 30)),
            offer(date(2024, 5, 1), "720.00", reason="cobra_hours"),
        ),
    ),
    Example(
        "E12",
        2024,
        year(NOTHING, None, None),
        employment=({"start_date": date(2018, 3, 1), "employment_class": "part_time"},),
        offers=(offer(JAN_24, "125.00", "waived"),),
    ),
    Example(
        "E13",
        2024,
        (Lines(1, 6, "1H", None, "2B"), Lines(7, 12, "1E", "140.00", "2C")),
        employment=_CLASSES_E13,
        offers=(offer(date(2024, 7, 1), "140.00"),),
        covered=((date(2024, 7, 1), None),),
    ),
    Example(
        "E14",
        2025,
        year("1B", "210.00", "2H"),
        more=pay("20.00"),
        offers=(
            offer(JAN_25, "210.00", "waived", offered_to_spouse=False, offered_to_dependents=False),
        ),
    ),
    Example(
        "E15",
        2024,
        year("1D", "150.00", "2C"),
        covered=_ALL_24,
        offers=(offer(JAN_24, "150.00", offered_to_dependents=False),),
    ),
    Example(
        "E16",
        2024,
        year("1J", "150.00", "2C"),
        covered=_ALL_24,
        offers=(offer(JAN_24, "150.00", offered_to_dependents=False, spouse_conditional=True),),
    ),
    Example(
        "E17",
        2024,
        year("1G", None, None),
        worker_type="director",
        plan={"is_self_insured": True},
        covered=_ALL_24,
    ),
    Example(
        "E21",
        2024,
        (Lines(1, 4, "1H", None, "2E"), Lines(5, 12, "1E", "125.00", "2C")),
        offers=(offer(date(2024, 5, 1), "125.00"),),
        covered=((date(2024, 5, 1), None),),
        more={"multiemployer_contribution": (_UNION_E21,)},
    ),
    Example(
        "E22",
        2024,
        year("1A", None, "2C"),
        offers=(offer(JAN_24, "0.00"),),
        covered=_ALL_24,
        employer={"use_1a": True},
    ),
    Example(
        "E23",
        2024,
        year("1E", "140.00", "2F"),
        offers=(offer(JAN_24, "140.00", "waived"),),
        more=wages(2024, "30000.00"),
    ),
    Example(
        "E24",
        2025,
        year("1E", "160.00", "2H"),
        offers=(offer(JAN_25, "100.00", "waived"),),
        more={
            **pay("15.40"),
            "contribution_adjustment": (
                {
                    "kind": "opt_out_unconditional",
                    "amount_monthly": Decimal(60),
                    "from_date": JAN_25,
                    "adopted_on": date(2024, 9, 1),
                },
            ),
        },
    ),
    Example(
        "E26",
        2024,
        year(NOTHING, None, None),
        hired=date(2024, 2, 10),
        left=date(2024, 4, 3),
        plan={"is_self_insured": True},
    ),
    Example(
        "E27",
        2024,
        (Lines(1, 6, "1E", "100.00", "2C"), Lines(7, 12, "1E", "112.00", "2C")),
        plan_start="07",
        offers=(offer(date(2023, 7, 1), None),),
        covered=((date(2023, 7, 1), None),),
        more={"plan_rate": _RATES_E27},
    ),
    Example(
        "E28",
        2025,
        (
            Lines(1, 2, "1H", None, "2A"),
            Lines(3, 3, "1H", None, "2D"),
            Lines(4, 7, "1H", None, None),
            Lines(8, 12, "1E", "115.00", "2C"),
        ),
        hired=date(2025, 3, 3),
        offers=(offer(date(2025, 8, 1), "115.00"),),
        covered=((date(2025, 8, 1), None),),
    ),
    Example(
        "E29",
        2024,
        year("1E", "120.00", "2C"),
        offers=(offer(JAN_24, "120.00"),),
        covered=_ALL_24,
        more={
            "leave_period": (
                {
                    "from_date": date(2024, 4, 1),
                    "to_date": date(2024, 6, 30),
                    "kind": "fmla",
                    "is_paid": True,
                },
            )
        },
    ),
    Example(
        "E30",
        2024,
        (Lines(1, 8, "1E", "130.00", "2C"), Lines(9, 12, "1E", "130.00", "2H")),
        offers=(offer(JAN_24, "130.00"),),
        covered=((JAN_24, date(2024, 8, 31)),),
        more=pay("20.00"),
    ),
)
