"""Edge cases of Form 1095-C: small facts that break careless software, and their codes.

Belongs here: cases that one person in one company can show, by the id of the case. Those that need
several people, two employers or a drawn form stand with the tests of those parts.
"""

from __future__ import annotations

from datetime import date

from tests.oracles.aca_1095c_example import NOTHING, Example, Lines, Row
from tests.oracles.aca_1095c_example_rows import adjustment, employed_as, offer, salary

JAN_24, JAN_25 = date(2024, 1, 1), date(2025, 1, 1)
_LONG_AGO = date(2018, 3, 1)
_AUGUST = date(2024, 8, 12)
_CLOSED = {"coverage_ends": "termination_date"}
_SELF_INSURED = {"is_self_insured": True}


_RELIEF: Row = {
    "from_date": date(2024, 6, 10),
    "required_by_agreement": True,
    "affordable_minimum_value": True,
    "dependents_offered": True,
}

EXAMPLES = (
    Example(
        "X01",
        2024,
        (
            Lines(1, 4, "1H", None, "2A"),
            Lines(5, 5, "1H", None, "2D"),
            Lines(6, 12, "1E", "120.00", "2C"),
        ),
        hired=date(2024, 5, 13),
        plan=_SELF_INSURED,
        offers=(offer(date(2024, 5, 13), "120.00"),),
        covered=((date(2024, 5, 13), None),),
    ),
    Example(
        "X02",
        2024,
        (Lines(1, 4, "1H", None, "2A"), Lines(5, 12, "1E", "120.00", "2C")),
        hired=date(2024, 5, 1),
        offers=(offer(date(2024, 5, 1), "120.00"),),
        covered=((date(2024, 5, 1), None),),
    ),
    Example(
        "X03",
        2024,
        (Lines(1, 1, "1H", None, "2D"), Lines(2, 12, "1E", "120.00", "2C")),
        hired=date(2024, 1, 2),
        offers=(offer(date(2024, 1, 2), "120.00"),),
        covered=((date(2024, 1, 2), None),),
    ),
    Example(
        "X04",
        2024,
        (
            Lines(1, 7, "1E", "120.00", "2C"),
            Lines(8, 8, "1H", None, "2B"),
            Lines(9, 12, "1H", None, "2A"),
        ),
        left=_AUGUST,
        plan=_CLOSED,
        offers=(offer(JAN_24, "120.00"),),
        covered=((JAN_24, _AUGUST),),
    ),
    Example(
        "X05",
        2024,
        (Lines(1, 8, "1E", "120.00", "2C"), Lines(9, 12, "1H", None, "2A")),
        left=_AUGUST,
        offers=(offer(JAN_24, "120.00"),),
        covered=((JAN_24, date(2024, 8, 31)),),
    ),
    Example(
        "X06",
        2024,
        (Lines(1, 8, "1E", "120.00", "2C"), Lines(9, 12, "1H", None, "2A")),
        left=date(2024, 8, 31),
        plan=_SELF_INSURED,
        offers=(offer(JAN_24, "120.00"),),
        covered=((JAN_24, None),),
        more={"coverage_basis": ({"basis": "cobra", "from_date": date(2024, 9, 1)},)},
    ),
    Example(
        "X07",
        2024,
        (Lines(1, 4, "1E", "130.00", "2C"), Lines(5, 12, "1E", "720.00", "2B")),
        employment=(
            employed_as(_LONG_AGO, "full_time", date(2024, 4, 30)),
            employed_as(date(2024, 5, 1), "part_time"),
        ),
        offers=(
            offer(JAN_24, "130.00", coverage_to=date(2024, 4, 30)),
            offer(date(2024, 5, 1), "720.00", "waived", reason="cobra_hours"),
        ),
        covered=((JAN_24, date(2024, 4, 30)),),
    ),
    Example(
        "X11",
        2024,
        (Lines(1, 12, NOTHING, None, None),),
        hired=date(2024, 12, 2),
        offers=(offer(date(2025, 3, 1), "120.00"),),
    ),
    Example(
        "X13",
        2024,
        (
            Lines(1, 3, "1E", "120.00", "2C"),
            Lines(4, 4, "1H", None, "2A"),
            Lines(5, 5, "1H", None, None),
            Lines(6, 12, "1E", "120.00", "2C"),
        ),
        employment=(
            employed_as(_LONG_AGO, "full_time", date(2024, 3, 31)),
            employed_as(date(2024, 5, 15), "full_time"),
        ),
        offers=(
            offer(JAN_24, "120.00", coverage_to=date(2024, 3, 31)),
            offer(date(2024, 6, 1), "120.00"),
        ),
        covered=((JAN_24, date(2024, 3, 31)), (date(2024, 6, 1), None)),
    ),
    Example(
        "X14",
        2024,
        (
            Lines(1, 1, "1E", "120.00", "2C"),
            Lines(2, 5, "1H", None, "2A"),
            Lines(6, 8, "1H", None, "2D"),
            Lines(9, 12, "1E", "120.00", "2C"),
        ),
        employment=(
            employed_as(_LONG_AGO, "full_time", date(2024, 1, 31)),
            employed_as(date(2024, 6, 10), "full_time"),
        ),
        offers=(
            offer(JAN_24, "120.00", coverage_to=date(2024, 1, 31)),
            offer(date(2024, 9, 1), "120.00"),
        ),
        covered=((JAN_24, date(2024, 1, 31)), (date(2024, 9, 1), None)),
    ),
    Example(
        "X16",
        2024,
        (Lines(1, 12, "1D", "120.00", "2C"),),
        offers=(offer(JAN_24, "120.00", offered_to_dependents=False),),
        covered=((JAN_24, None),),
    ),
    Example(
        "X17",
        2024,
        (Lines(1, 12, "1K", "90.00", "2C"),),
        employer={"use_1a": True},
        offers=(offer(JAN_24, "90.00", spouse_conditional=True),),
        covered=((JAN_24, None),),
    ),
    Example(
        "X20",
        2024,
        (Lines(1, 12, "1E", "0.00", "2C"),),
        offers=(offer(JAN_24, "0.00"),),
        covered=((JAN_24, None),),
    ),
    Example(
        "X23 old",
        2024,
        (Lines(1, 12, "1E", "100.00", "2C"),),
        offers=(offer(JAN_24, "100.00"),),
        covered=((JAN_24, None),),
        more=adjustment("opt_out_unconditional", "60.00", adopted_on=date(2015, 12, 16)),
    ),
    Example(
        "X23 proof",
        2024,
        (Lines(1, 12, "1E", "100.00", "2C"),),
        offers=(offer(JAN_24, "100.00"),),
        covered=((JAN_24, None),),
        more=adjustment("opt_out_conditional", "60.00", adopted_on=date(2024, 1, 1)),
    ),
    Example(
        "X24 health",
        2024,
        (Lines(1, 12, "1E", "75.00", "2C"),),
        offers=(offer(JAN_24, "100.00"),),
        covered=((JAN_24, None),),
        more=adjustment("health_flex", "25.00"),
    ),
    Example(
        "X24 general",
        2024,
        (Lines(1, 12, "1E", "100.00", "2C"),),
        offers=(offer(JAN_24, "100.00"),),
        covered=((JAN_24, None),),
        more=adjustment("general_flex", "25.00"),
    ),
    Example(
        "X25",
        2024,
        (Lines(1, 5, "1H", None, "2A"), Lines(6, 12, "1H", None, "2E")),
        hired=date(2024, 6, 10),
        plan_start="00",
        more={"multiemployer_contribution": (_RELIEF,)},
    ),
    Example(
        "X29",
        2024,
        (
            Lines(1, 7, "1E", "120.00", "2C"),
            Lines(8, 8, "1H", None, "2B"),
            Lines(9, 12, "1H", None, "2A"),
        ),
        plan=_CLOSED,
        employment=({**employed_as(_LONG_AGO, "full_time", _AUGUST), "end_reason": "death"},),
        offers=(offer(JAN_24, "120.00"),),
        covered=((JAN_24, _AUGUST),),
    ),
    Example(
        "X30",
        2024,
        (Lines(1, 12, "1G", None, None),),
        plan=_SELF_INSURED,
        employment=(employed_as(_LONG_AGO, "part_time"),),
        offers=(offer(date(2024, 4, 1), "120.00"),),
        covered=((date(2024, 4, 1), date(2024, 9, 30)),),
    ),
    Example(
        "X31",
        2024,
        (Lines(1, 12, "1E", "120.00", "2C"),),
        plan=_SELF_INSURED,
        employment=(
            employed_as(_LONG_AGO, "full_time", date(2024, 1, 31)),
            employed_as(date(2024, 2, 1), "part_time"),
        ),
        offers=(offer(JAN_24, "120.00"),),
        covered=((JAN_24, None),),
    ),
    Example(
        "X34",
        2025,
        (Lines(1, 6, "1E", "110.00", None), Lines(7, 12, "1E", "110.00", "2G")),
        employer={"safe_harbor_order": '["2G"]'},
        plan_start="07",
        offers=(offer(JAN_25, "110.00", "waived"),),
    ),
    Example(
        "X35",
        2024,
        (Lines(1, 12, "1E", "120.00", "2G"),),
        employer={"use_1a": True},
        employment=({**employed_as(_LONG_AGO, "full_time"), "worksite_state": "AK"},),
        offers=(offer(JAN_24, "120.00", "waived"),),
    ),
    Example(
        "X36",
        2024,
        (Lines(1, 6, "1E", "180.00", "2H"), Lines(7, 12, "1E", "180.00", None)),
        employer={"safe_harbor_order": '["2H"]'},
        offers=(offer(JAN_24, "180.00", "waived"),),
        more=salary((_LONG_AGO, date(2024, 6, 30), "3000.00"), (date(2024, 7, 1), None, "2900.00")),
    ),
    Example(
        "X54",
        2024,
        (Lines(1, 1, "1E", "90.00", "2G"), Lines(2, 12, "1E", "90.00", "2B")),
        employment=(
            employed_as(_LONG_AGO, "full_time", date(2024, 1, 31)),
            employed_as(date(2024, 2, 1), "part_time"),
        ),
        offers=(offer(JAN_24, "90.00", "waived"),),
    ),
)
