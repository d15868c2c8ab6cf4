"""Situations of Form 1095-C about offers: who, which days, what ends them, relief, retirees, COBRA.

Belongs here: facts and the lines a careful hand gives, by what is special about them, worked out
from the text of the rules alone. Does not belong here: prices, harbors, measurement.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from tests.oracles.aca_1095c_example import Example
from tests.oracles.aca_1095c_example_rows import employed_as, offer
from tests.oracles.aca_1095c_situation_rows import (
    BY_HOURS,
    JAN,
    LONG_AGO,
    by_month,
    case,
    day,
    months,
    more,
    relief,
)

AT_DEPARTURE = {"coverage_ends": "termination_date"}
SELF_INSURED = {"is_self_insured": True}
NO_VALUE = {"is_minimum_value": False}
LAST_YEAR = day(1, 1, 2024)
_HALVES = (
    employed_as(LONG_AGO, "full_time", day(6, 30)),
    employed_as(day(7, 1), "part_time"),
)
_LESS_WORK = (
    employed_as(LONG_AGO, "full_time", day(4, 30)),
    employed_as(day(5, 1), "part_time"),
)
_SAME_MONTH = (
    employed_as(LONG_AGO, "full_time", day(5, 10)),
    employed_as(day(5, 20), "full_time"),
)
_NOBODY_ELSE = {"offered_to_spouse": False, "offered_to_dependents": False}


def _waived(name: str, words: str, *offers: dict[str, Any], **facts: Any) -> Example:
    return case(name, words, offers=offers, **facts)


def _left(name: str, words: str, last: date, covered_to: date, **facts: Any) -> Example:
    """Covered at 110.00 from long before to a day, employed to another."""
    facts = {"offers": (offer(LAST_YEAR, "110.00"),), **facts}
    covered = ((LAST_YEAR, covered_to),)
    return case(name, words, employed_as(LONG_AGO, "full_time", last), covered=covered, **facts)


def _inactive(basis: str, first: date) -> dict[str, Any]:
    return {"coverage_basis": ({"basis": basis, "from_date": first},)}


EXAMPLES = (
    _waived("no minimum value", "1-12 1F . .", offer(JAN, "20.00", "waived"), plan=NO_VALUE),
    _waived(
        "no minimum value, enrolled",
        "1-12 1F . 2C",
        offer(JAN, "20.00"),
        covered=((JAN, None),),
        plan=NO_VALUE,
    ),
    _waived(
        "not essential coverage",
        "1-12 1H . .",
        offer(JAN, "20.00", "waived"),
        plan={"is_mec": False, **NO_VALUE},
        plan_start="00",
    ),
    _waived(
        "offered from the second of a month",
        "1-3 1H . ., 4-12 1E 110.00 2G",
        offer(day(3, 2), "110.00", "waived"),
    ),
    case(
        "drops coverage in mid-month, could have stayed",
        "1-5 1E 110.00 2C, 6-12 1E 110.00 2G",
        offers=(offer(JAN, "110.00"),),
        covered=((JAN, day(6, 10)),),
    ),
    _left(
        "coverage closed ten days before leaving",
        "1-5 1E 110.00 2C, 6 1H . ., 7-12 1H . 2A",
        day(6, 20),
        day(6, 10),
        offers=(offer(LAST_YEAR, "110.00", coverage_to=day(6, 10)),),
    ),
    _left(
        "left on the last day of a month",
        "1-6 1E 110.00 2C, 7-12 1H . 2A",
        day(6, 30),
        day(6, 30),
        plan=AT_DEPARTURE,
    ),
    _left("left on New Year's Day", "1 1H . 2B, 2-12 1H . 2A", JAN, JAN, plan=AT_DEPARTURE),
    _left(
        "died in mid-month, covered to its end",
        "1-5 1E 110.00 2C, 6-12 1H . 2A",
        day(5, 10),
        day(5, 31),
        employee={"death_date": day(5, 10)},
    ),
    case(
        "retired in June, covered as a retiree",
        "1-6 1E 110.00 2C, 7-12 1H . 2A",
        employed_as(LONG_AGO, "full_time", day(6, 30)),
        plan=SELF_INSURED,
        offers=(offer(JAN, "110.00"), offer(day(7, 1), "300.00", reason="retiree")),
        covered=((JAN, None),),
        more=_inactive("retiree", day(7, 1)),
    ),
    case(
        "hours cut, continuation for the employee only, declined",
        "1-4 1E 110.00 2C, 5-12 1B 720.00 2B",
        *_LESS_WORK,
        offers=(
            offer(JAN, "110.00", coverage_to=day(4, 30)),
            offer(day(5, 1), "720.00", "waived", reason="cobra_hours", **_NOBODY_ELSE),
        ),
        covered=((JAN, day(4, 30)),),
    ),
    case(
        "hours cut in mid-month, continuation from the next",
        "1-4 1E 110.00 2C, 5 1H . 2B, 6-12 1E 720.00 2C",
        employed_as(LONG_AGO, "full_time", day(5, 10)),
        employed_as(day(5, 11), "part_time"),
        employer=BY_HOURS,
        offers=(
            offer(JAN, "110.00", coverage_to=day(5, 10)),
            offer(day(6, 1), "720.00", reason="cobra_hours"),
        ),
        covered=((JAN, day(5, 10)), (day(6, 1), None)),
        more=more(by_month(), months({m: "170" if m < 5 else "90" for m in range(1, 13)})),
    ),
    _waived(
        "the cheaper of two offers is for the employee only",
        "1-12 1E 110.00 2G",
        offer(JAN, "110.00", "waived", **_NOBODY_ELSE),
        offer(JAN, "150.00", "waived"),
    ),
    _waived(
        "spouse on a condition, no children",
        "1-12 1J 110.00 2G",
        offer(JAN, "110.00", "waived", offered_to_dependents=False, spouse_conditional=True),
    ),
    _waived(
        "children, no spouse",
        "1-12 1C 110.00 2G",
        offer(JAN, "110.00", "waived", offered_to_spouse=False),
    ),
    case(
        "part-time after January, enrolled ten days",
        "1-6 1E 110.00 2G, 7-12 1E 110.00 2B",
        *_HALVES,
        offers=(offer(JAN, "110.00"),),
        covered=((day(8, 10), day(8, 20)),),
    ),
    *(
        case(
            f"several employers' plan without relief: {column}",
            "1-12 1H . .",
            plan_start="00",
            more=relief(LAST_YEAR, unmet=column),
        )
        for column in ("required_by_agreement", "affordable_minimum_value", "dependents_offered")
    ),
    case(
        "relief beside an own plan with enrollment",
        "1-12 1H . 2E",
        offers=(offer(JAN, "110.00"),),
        covered=((JAN, None),),
        more=relief(LAST_YEAR),
    ),
    case(
        "relief on file after leaving",
        "1-5 1H . 2E, 6-12 1H . 2A",
        employed_as(LONG_AGO, "full_time", day(5, 31)),
        plan_start="00",
        more=relief(LAST_YEAR),
    ),
    case(
        "relief ends a month before the own offer",
        "1-6 1H . 2E, 7 1H . ., 8-12 1E 110.00 2G",
        offers=(offer(day(8, 1), "110.00", "waived"),),
        more=relief(LAST_YEAR, day(6, 30)),
    ),
    case(
        "relief from mid-month, own coverage to then",
        "1-5 1E 110.00 2C, 6-12 1H . 2E",
        offers=(offer(JAN, "110.00", coverage_to=day(6, 15)),),
        covered=((JAN, day(6, 15)),),
        more=relief(day(6, 16)),
    ),
    case(
        "declined and covered",
        "1-12 1E 110.00 ?",
        offers=(offer(JAN, "110.00", "waived"),),
        covered=((JAN, None),),
    ),
    case(
        "elected and no enrollment", "1-12 1E 110.00 ?", offers=(offer(JAN, "110.00", "elected"),)
    ),
    case(
        "plan year moved from July to January",
        "1-12 1E 110.00 2C",
        offers=(offer(day(7, 1, 2024), "110.00"),),
        covered=((day(7, 1, 2024), None),),
        plan_start="07",
        plan_years=(
            {"start_date": day(7, 1, 2024), "end_date": day(6, 30)},
            {"start_date": day(7, 1), "end_date": day(12, 31)},
        ),
    ),
    case(
        "left and back in the same month, coverage unbroken",
        "1-12 1E 110.00 2C",
        *_SAME_MONTH,
        offers=(offer(LAST_YEAR, "110.00"),),
        covered=((LAST_YEAR, None),),
    ),
    case(
        "left and back in the same month, coverage broken",
        "1-4 1E 110.00 2C, 5 1H . ., 6-12 1E 110.00 2C",
        *_SAME_MONTH,
        offers=(
            offer(LAST_YEAR, "110.00", coverage_to=day(5, 10)),
            offer(day(5, 20), "110.00"),
        ),
        covered=((LAST_YEAR, day(5, 10)), (day(5, 20), None)),
    ),
    _waived("no response", "1-12 1E 110.00 2G", offer(JAN, "110.00", "no_response")),
    _waived(
        "children from July",
        "1-6 1B 110.00 2G, 7-12 1E 110.00 2G",
        offer(JAN, "110.00", "waived", coverage_to=day(6, 30), **_NOBODY_ELSE),
        offer(day(7, 1), "110.00", "waived"),
    ),
    _waived(
        "value of the plan not known",
        "1-12 ? . ?",
        offer(JAN, "110.00", "waived"),
        plan={"is_minimum_value": None},
    ),
)
