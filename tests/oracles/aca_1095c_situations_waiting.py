"""Situations of Form 1095-C about waiting periods, a first year as a large employer, and hours.

Belongs here: facts and the lines a careful hand gives, by what is special about them, worked out
from the text of the rules alone. Does not belong here: look-back, offers, prices.
"""

from __future__ import annotations

from datetime import date

from tests.oracles.aca_1095c_example import Example
from tests.oracles.aca_1095c_example_rows import employed_as, offer, pay, wages
from tests.oracles.aca_1095c_situation_rows import (
    JAN,
    LONG_AGO,
    NONE,
    YEAR,
    by_month,
    case,
    day,
    leave,
    lines,
    measured,
    months,
    more,
    weeks,
    worked,
)

END = day(12, 31)
FIRST_YEAR = {"first_ale_year": True, "offered_prior_year": False}


def _waited(name: str, words: str, hired: date, start: date, answer: str = "elected") -> Example:
    """Full-time by class, hired on one day, first covered or declined on another."""
    offers = (offer(start, "110.00", answer),)
    covered = ((start, None),) if answer == "elected" else ()
    return case(name, words, employed_as(hired, "full_time"), offers=offers, covered=covered)


_RISEN = (employed_as(LONG_AGO, "part_time", day(7, 14)), employed_as(day(7, 15), "full_time"))
_WAIVED = (offer(JAN, "110.00", "waived"),)
_OFFERED_24 = offer(day(2, 1, 2024), "90.00", coverage_to=day(8, 31, 2024))


EXAMPLES = (
    _waited(
        "hired on the 1st", "1-4 1H . 2A, 5-7 1H . 2D, 8-12 1E 110.00 2C", day(5, 1), day(8, 1)
    ),
    _waited(
        "hired on the 1st, late", "1-4 1H . 2A, 5-8 1H . ., 9-12 1E 110.00 2C", day(5, 1), day(9, 1)
    ),
    _waited(
        "hired on the last day",
        "1-4 1H . 2A, 5-8 1H . 2D, 9-12 1E 110.00 2C",
        day(5, 31),
        day(9, 1),
    ),
    _waited(
        "hired on the last day, late",
        "1-4 1H . 2A, 5 1H . 2D, 6-9 1H . ., 10-12 1E 110.00 2C",
        day(5, 31),
        day(10, 1),
    ),
    _waited(
        "wait ends in mid-month",
        "1-2 1H . 2A, 3-6 1H . 2D, 7-12 1E 110.00 2C",
        day(3, 20),
        day(6, 15),
    ),
    _waited(
        "wait ends in mid-month, late",
        "1-2 1H . 2A, 3 1H . 2D, 4-7 1H . ., 8-12 1E 110.00 2C",
        day(3, 20),
        day(7, 10),
    ),
    _waited("wait crosses the year", "1 1H . 2D, 2-12 1E 110.00 2C", day(11, 18, 2024), day(2, 1)),
    _waited(
        "declined while others still wait",
        "1-4 1H . 2A, 5 1H . 2D, 6-12 1E 110.00 2G",
        day(5, 12),
        day(6, 1),
        "waived",
    ),
    _waited("hired on New Year's Day", "1-12 1E 110.00 2G", JAN, JAN, "waived"),
    case("hired on the last day of the year", NONE, employed_as(END, "full_time"), plan_start="00"),
    case(
        "left in the waiting period",
        NONE,
        employed_as(day(6, 2), "full_time", day(8, 20)),
        plan_start="00",
    ),
    worked(
        "promoted in mid-month, by hours",
        "1-7 1H . 2B, 8-9 1H . 2D, 10-12 1E 120.00 2C",
        *_RISEN,
        rows=more(
            by_month(),
            months({m: "80" if m < 7 else "110" if m == 7 else "170" for m in range(1, 13)}),
        ),
        kept=((day(10, 1), None),),
    ),
    *(
        case(
            name,
            words,
            employed_as(LONG_AGO, "full_time"),
            employer=employer,
            offers=(*before, offer(start, "120.00")),
            covered=(*((o["coverage_from"], o["coverage_to"]) for o in before), (start, None)),
        )
        for name, words, employer, before, start in (
            (
                "first year large, April",
                "1-3 1H . 2D, 4-12 1E 120.00 2C",
                FIRST_YEAR,
                (),
                day(4, 1),
            ),
            ("first year large, May", "1-4 1H . ., 5-12 1E 120.00 2C", FIRST_YEAR, (), day(5, 1)),
            ("large before, April", "1-3 1H . ., 4-12 1E 120.00 2C", {}, (), day(4, 1)),
            (
                "first year large, offered before",
                "1-3 1H . ., 4-12 1E 120.00 2C",
                FIRST_YEAR,
                (_OFFERED_24,),
                day(4, 1),
            ),
        )
    ),
    case(
        "first year large, April without minimum value",
        "1-3 1H . ., 4-12 1F . .",
        employed_as(LONG_AGO, "full_time"),
        employer=FIRST_YEAR,
        plan={"is_minimum_value": False},
        offers=(offer(day(4, 1), "20.00", "waived"),),
    ),
    case(
        "first year large, left in March",
        NONE,
        employed_as(LONG_AGO, "full_time", day(3, 14)),
        employer=FIRST_YEAR,
        plan_start="00",
    ),
    *(
        worked(
            name,
            words,
            employed_as(LONG_AGO, "full_time"),
            rows=more(policy, hours),
            offers=_WAIVED,
        )
        for name, words, policy, hours in (
            (
                "129.99 hours and 130",
                "1 1E 110.00 2B, 2-12 1E 110.00 2G",
                by_month(),
                months({m: "129.99" if m == 1 else "130" for m in range(1, 13)}),
            ),
            (
                "hours of a month missing",
                "1 1E 110.00 ?, 2-12 1E 110.00 2G",
                by_month(),
                months(dict.fromkeys(range(2, 13), "140")),
            ),
            (
                "16 days worked and 17",
                "1-6 1E 110.00 2B, 7-12 1E 110.00 2G",
                by_month(equivalency="days_worked"),
                months({m: "16" if m < 7 else "17" for m in range(1, 13)}, basis="days_worked"),
            ),
            (
                "3 weeks worked and 4",
                "1-6 1E 110.00 2B, 7-12 1E 110.00 2G",
                by_month(equivalency="weeks_worked"),
                months({m: "3" if m < 7 else "4" for m in range(1, 13)}, basis="weeks_worked"),
            ),
            (
                "30 hours each week under the weekly rule",
                "1-12 1E 110.00 2G",
                by_month(weekly_rule=True),
                weeks((day(12, 1, 2024), day(1, 3, 2026), "30")),
            ),
            (
                "months only under the weekly rule",
                "1-12 1E 110.00 ?",
                by_month(weekly_rule=True),
                months(dict.fromkeys(range(1, 13), "140")),
            ),
            (
                "unpaid leave is not full-time by the month",
                "1-3 1E 110.00 2G, 4-6 1E 110.00 2B, 7-12 1E 110.00 2G",
                more(by_month(), leave(day(4, 1), day(6, 30), "other_unpaid")),
                months(dict.fromkeys((1, 2, 3, 7, 8, 9, 10, 11, 12), "170")),
            ),
        )
    ),
    case(
        "part-time at hire, full-time later",
        "1-2 1H . 2A, 3 1H . 2D, 4-6 1H . 2B, 7-12 1E 110.00 2C",
        employed_as(day(3, 10), "part_time", day(6, 30)),
        employed_as(day(7, 1), "full_time"),
        offers=(offer(day(7, 1), "110.00"),),
        covered=((day(7, 1), None),),
    ),
    worked(
        "hours cut in a stability period, continuation declined",
        "1-4 1E 120.00 2C, 5-12 1E 720.00 .",
        employed_as(LONG_AGO, "variable_hour"),
        rows=more(
            measured(),
            weeks((day(10, 2, 2023), day(4, 30), "34"), (day(5, 1), END, "10")),
            pay("20"),
            wages(YEAR, "30000"),
        ),
        kept=((JAN, day(4, 30)),),
        offers=(
            offer(JAN, "120.00", coverage_to=day(4, 30)),
            offer(day(5, 1), "720.00", "waived", reason="cobra_hours"),
        ),
    ),
    Example(
        "hired on a leap day",
        2024,
        lines("1 1H . 2A, 2-5 1H . 2D, 6-12 1E 110.00 2C"),
        hired=day(2, 29, 2024),
        offers=(offer(day(6, 1, 2024), "110.00"),),
        covered=((day(6, 1, 2024), None),),
    ),
)
