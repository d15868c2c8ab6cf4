"""Situations of Form 1095-C in which several rules meet in one year.

Belongs here: facts and the lines a careful hand gives, worked out from the text of the rules alone
before anything was run. Does not belong here: situations of one rule.
"""

from __future__ import annotations

from tests.oracles.aca_1095c_example import Example, Row
from tests.oracles.aca_1095c_example_rows import employed_as, offer
from tests.oracles.aca_1095c_situation_rows import (
    BY_HOURS,
    JAN,
    LONG_AGO,
    NONE,
    Rows,
    allowance,
    by_month,
    case,
    day,
    lives,
    measured,
    more,
    relief,
    silver,
    weeks,
    worked,
)

END, JUNE, JULY = day(12, 31), day(6, 30), day(7, 1)
AT_ONCE = {"coverage_ends": "termination_date"}
FIRST_YEAR = {"first_ale_year": True, "offered_prior_year": False}
WAIVED = (offer(JAN, "110.00", "waived"),)
VARIES, HIRED = "variable_hour", day(6, 10, 2024)
ARRANGEMENT = {"benefit_type": "ichra", "is_ichra": True, "is_self_insured": True}
BORN = {"date_of_birth": day(3, 3, 1985)}


def _new(first: object, last: object = None) -> Row:
    return {**employed_as(first, VARIES, last), "expected_full_time_at_hire": False}  # type: ignore[arg-type]


def _kept(
    name: str, words: str, *employment: Row, start: object, last: object = None, **facts: object
) -> Example:
    """Full-time by class; one offer at 110.00, elected from its first day."""
    row = offer(start, "110.00", coverage_to=last)  # type: ignore[arg-type]
    return case(name, words, *employment, offers=(row,), covered=((start, last),), **facts)


def _waits(name: str, words: str, hired: object, start: object, **facts: object) -> Example:
    return _kept(name, words, employed_as(hired, "full_time"), start=start, **facts)  # type: ignore[arg-type]


def _first_measured(name: str, words: str, *employment: Row, hours: Rows, start: object) -> Example:
    rows = more(measured(), hours)
    return worked(name, words, *employment, rows=rows, kept=((start, None),))


EXAMPLES = (
    # Line 16, 2B: the offer ended before the last day solely because employment did
    _kept(
        "left on the last day, coverage ends that day",
        "1-6 1E 110.00 2C, 7-12 1H . 2A",
        employed_as(LONG_AGO, "full_time", JUNE),
        start=JAN,
        last=JUNE,
        plan=AT_ONCE,
    ),
    _kept(
        "left on the first day of a month",
        "1-6 1E 110.00 2C, 7 1H . 2B, 8-12 1H . 2A",
        employed_as(LONG_AGO, "full_time", JULY),
        start=JAN,
        last=JULY,
        plan=AT_ONCE,
    ),
    _kept(
        "died in mid-month, coverage ends that day",
        "1-4 1E 110.00 2C, 5 1H . 2B, 6-12 1H . 2A",
        {**employed_as(LONG_AGO, "full_time", day(5, 10)), "end_reason": "death"},
        start=JAN,
        last=day(5, 10),
        plan=AT_ONCE,
    ),
    case(
        "declined, died in mid-month, coverage would run to its end",
        "1-5 1E 110.00 2G, 6-12 1H . 2A",
        {**employed_as(LONG_AGO, "full_time", day(5, 10)), "end_reason": "death"},
        offers=WAIVED,
    ),
    _kept(
        "waited, covered, left in the month",
        "1-4 1H . 2A, 5 1H . 2D, 6 1H . 2B, 7-12 1H . 2A",
        employed_as(day(5, 5), "full_time", day(6, 20)),
        start=day(6, 1),
        last=day(6, 20),
        plan=AT_ONCE,
    ),
    # 54.4980H-3(c)(2), (d)(2)(iii): three full months, and the first partial one
    _waits(
        "first of the month after 60 days",
        "1 1H . 2A, 2-4 1H . 2D, 5-12 1E 110.00 2C",
        day(2, 3),
        day(5, 1),
    ),
    _waits(
        "hired on 2 January, covered at once", "1 1H . 2D, 2-12 1E 110.00 2C", day(1, 2), day(1, 2)
    ),
    case(
        "hired in mid-January, offered at once, declined",
        "1 1H . 2D, 2-12 1E 110.00 2G",
        employed_as(day(1, 15), "full_time"),
        offers=(offer(day(1, 15), "110.00", "waived"),),
    ),
    _waits(
        "first year large, hired in February",
        "1 1H . 2A, 2-3 1H . 2D, 4-12 1E 110.00 2C",
        day(2, 10),
        day(4, 1),
        employer=FIRST_YEAR,
    ),
    # 54.4980H-3(c)(4): a break of 13 weeks makes a new employee
    *(
        case(
            f"back on the 1st after 17 weeks, offered on {start:%d %B}",
            words,
            employed_as(LONG_AGO, "full_time", day(2, 28)),
            employed_as(JULY, "full_time"),
            offers=(offer(JAN, "110.00", coverage_to=day(2, 28)), offer(start, "110.00")),
            covered=((JAN, day(2, 28)), (start, None)),
        )
        for start, words in (
            (day(10, 1), "1-2 1E 110.00 2C, 3-6 1H . 2A, 7-9 1H . 2D, 10-12 1E 110.00 2C"),
            (day(10, 2), "1-2 1E 110.00 2C, 3-6 1H . 2A, 7-10 1H . ., 11-12 1E 110.00 2C"),
        )
    ),
    case(
        "continued after leaving, back after eight weeks",
        "1-3 1E 110.00 2C, 4-5 1H . 2A, 6-12 1E 110.00 2C",
        employed_as(LONG_AGO, "full_time", day(3, 31)),
        employed_as(day(6, 1), "full_time"),
        offers=(
            offer(JAN, "110.00", coverage_to=day(3, 31)),
            offer(day(4, 1), "700.00", reason="cobra_termination", coverage_to=day(5, 31)),
            offer(day(6, 1), "110.00"),
        ),
        covered=((JAN, day(3, 31)), (day(6, 1), None)),
    ),
    # IRS Q&A: an offer of COBRA to an active employee is an offer, after leaving it is none
    case(
        "hours cut, continuation elected, then left",
        "1-4 1E 110.00 2C, 5-8 1E 720.00 2C, 9-12 1H . 2A",
        employed_as(LONG_AGO, "full_time", day(4, 30)),
        employed_as(day(5, 1), "part_time", day(8, 20)),
        offers=(
            offer(JAN, "110.00", coverage_to=day(4, 30)),
            offer(day(5, 1), "720.00", reason="cobra_hours"),
        ),
        covered=((JAN, day(4, 30)), (day(5, 1), None)),
    ),
    case(
        "on leave, coverage ended for want of payment",
        "1-4 1E 110.00 2C, 5-12 1E 110.00 2G",
        offers=(offer(JAN, "110.00"),),
        covered=((JAN, day(4, 30)),),
    ),
    # 2E for each month in which the employer must contribute, one day included
    case(
        "relief to mid-June, own plan from July",
        "1-6 1H . 2E, 7-12 1E 110.00 2C",
        offers=(offer(JULY, "110.00"),),
        covered=((JULY, None),),
        more=relief(LONG_AGO, day(6, 15)),
    ),
    case(  # priced at the age of its first day, 40; the box asks for the age on 1 January
        "arrangement from mid-April",
        "1-4 1H . ., 5-12 1N 112.00 2C",
        plan=ARRANGEMENT,
        employee=BORN,
        offers=(offer(day(4, 15), None),),
        covered=((day(4, 15), None),),
        more=more(allowance("300"), silver("79941", 40, "412"), lives("79941")),
        age=39,
        zip="79941",
    ),
    # 54.4980H-3(d)(3)-(5): first measurement to 9 May, decided to 30 June
    _first_measured(
        "away for two weeks in the administrative period",
        "1-6 1H . 2D, 7-12 1E 120.00 2C",
        _new(HIRED, day(5, 15)),
        _new(day(6, 2)),
        hours=weeks((HIRED, day(5, 15), "33"), (day(6, 2), END, "33")),
        start=JULY,
    ),
    worked(
        "left in the administrative period",
        NONE,
        _new(HIRED, day(5, 15)),
        rows=more(measured(), weeks((HIRED, day(5, 15), "33"))),
    ),
    _first_measured(  # (d)(3)(vii): by the start of the stability period where that is earlier
        "full-time position in the first measurement, found full-time",
        "1-6 1H . 2D, 7-12 1E 120.00 2C",
        _new(HIRED, day(5, 4)),
        employed_as(day(5, 5), "full_time"),
        hours=weeks((HIRED, END, "34")),
        start=JULY,
    ),
    _first_measured(
        "full-time position in the first measurement, found below",
        "1-8 1H . 2D, 9-12 1E 120.00 2C",
        _new(HIRED, day(5, 4)),
        employed_as(day(5, 5), "full_time"),
        hours=weeks((HIRED, day(5, 4), "20"), (day(5, 5), END, "40")),
        start=day(9, 1),
    ),
    worked(
        "full-time position within a part-time stability period",
        NONE,
        employed_as(LONG_AGO, VARIES, day(5, 31)),
        employed_as(day(6, 1), "full_time"),
        rows=more(measured(), weeks((day(10, 2, 2023), day(5, 31), "20"), (day(6, 1), END, "40"))),
    ),
    case(
        "the weekly rule, five weeks of 149 hours",
        "1-5 1E 110.00 2G, 6 1E 110.00 2B, 7-12 1E 110.00 2G",
        employer=BY_HOURS,
        offers=WAIVED,
        more=more(
            by_month(weekly_rule=True),
            weeks(
                (day(11, 25, 2024), day(5, 25), "30"),
                (day(5, 26), day(6, 29), "29.8"),
                (day(6, 30), day(1, 4, 2026), "30"),
            ),
        ),
    ),
    # one day without coverage is not every day; the offer stood
    case(
        "a day without coverage",
        "1-5 1E 110.00 2C, 6 1E 110.00 2G, 7-12 1E 110.00 2C",
        offers=(offer(JAN, "110.00"),),
        covered=((JAN, day(6, 29)), (JULY, None)),
    ),
    _waits(
        "hired on the last day of June",
        "1-5 1H . 2A, 6 1H . 2D, 7-12 1E 110.00 2C",
        JUNE,
        JULY,
    ),
    case(
        "hired and offered on 1 February, declined",
        "1 1H . 2A, 2-12 1E 110.00 2G",
        employed_as(day(2, 1), "full_time"),
        offers=(offer(day(2, 1), "110.00", "waived"),),
    ),
    case(
        "left in the waiting period begun the year before",
        NONE,
        employed_as(day(11, 4, 2024), "full_time", day(1, 15)),
        plan_start="00",
    ),
    case(
        "relief from the first day of work",
        "1-4 1H . 2A, 5-12 1H . 2E",
        employed_as(day(5, 12), "full_time"),
        more=relief(day(5, 12)),
        plan_start="00",
    ),
    case(
        "left in mid-January, covered to its end, back on 1 February",
        "1-12 1E 110.00 2C",
        employed_as(LONG_AGO, "full_time", day(1, 15)),
        employed_as(day(2, 1), "full_time"),
        offers=(offer(JAN, "110.00", coverage_to=day(1, 31)), offer(day(2, 1), "110.00")),
        covered=((JAN, day(1, 31)), (day(2, 1), None)),
    ),
)
