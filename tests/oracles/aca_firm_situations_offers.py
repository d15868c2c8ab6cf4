"""Situations of Part III of Form 1094-C: the share of offers and the two counts of each month.

Belongs here: facts and columns (a) to (d) a careful hand gives, worked out from the text of the
rules alone. Does not belong here: groups, or the year's lines 18 to 22.
"""

from __future__ import annotations

from dataclasses import replace

from tests.oracles.aca_firm import LONG_AGO, YEAR, Firm, Workers
from tests.oracles.aca_firm_words import (
    Situation,
    bare,
    day,
    full,
    hours,
    offer,
    part,
    relief,
    worked,
)

HOURS = {"full_time_basis": "hours"}
LAST_DAY = {"column_c_day_rule": "last_day"}
TWELFTH = {"column_c_day_rule": "twelfth_day"}
MEASURED = hours(YEAR, "160")
UNMEASURED = bare(1, "without hours")  # full-time by hours, and no hours are on file


def _share(offered: int, missed: int, words: str) -> Situation:
    people = [full(offered)] if offered else []
    people += [bare(missed)] if missed else []
    return Situation(Firm(f"{offered} of {offered + missed} offered", tuple(people)), words)


SITUATIONS = (
    _share(19, 1, "1-12 yes 20 20"),
    _share(0, 5, "1-12 yes 5 5"),
    _share(0, 6, "1-12 no 6 6"),
    _share(95, 5, "1-12 yes 100 100"),
    _share(94, 6, "1-12 no 100 100"),
    _share(114, 6, "1-12 yes 120 120"),
    _share(113, 6, "1-12 no 119 119"),
    _share(113, 7, "1-12 no 120 120"),
    Situation(
        Firm("employees without their children", (full(10, offered_to_dependents=False),)),
        "1-12 no 10 10",
    ),
    Situation(
        Firm("employees and children without spouses", (full(10, offered_to_spouse=False),)),
        "1-12 yes 10 10",
    ),
    Situation(
        Firm("coverage without minimum value", (full(10),), plan={"is_minimum_value": False}),
        "1-12 yes 10 10",
    ),
    Situation(
        Firm("coverage that is not essential", (full(10),), plan={"is_mec": False}),
        "1-12 no 10 10",
    ),
    Situation(
        Firm(
            "hired on 1 June, offered on 1 September",
            (
                full(6),
                Workers(
                    "new",
                    6,
                    (worked(day(6, 1), None),),
                    (offer(day(9, 1)),),
                ),
            ),
        ),
        "1-5 yes 6 6, 6-8 yes 6 12, 9-12 yes 12 12",
    ),
    Situation(
        Firm(
            "hired on 1 June, offered on 2 September",
            (
                full(6),
                Workers("new", 6, (worked(day(6, 1), None),), (offer(day(9, 2)),)),
            ),
        ),
        "1-5 yes 6 6, 6-9 no 12 12, 10-12 yes 12 12",
    ),
    Situation(
        Firm("hired on 15 June, never offered", (full(6), bare(6, "new", day(6, 15)))),
        "1-5 yes 6 6, 6 yes 6 6, 7-12 no 12 12",
    ),
    Situation(Firm("part-time not offered", (full(6), part(20))), "1-12 yes 6 26"),
    Situation(
        Firm("relief of a plan of several employers", (bare(10, more=relief()),)),
        "1-12 yes 10 10",
    ),
    Situation(
        Firm("all leave on 15 March with their coverage", (full(10, last=day(3, 15)),)),
        "1-3 yes 10 10, 4-12 . 0 0",
    ),
    Situation(
        Firm("all leave on 15 March, never offered", (bare(10, last=day(3, 15)),)),
        "1-3 no 10 10, 4-12 . 0 0",
    ),
    Situation(
        Firm(
            "coverage ends on 15 March and work goes on",
            (
                Workers(
                    "cut",
                    10,
                    (worked(LONG_AGO, None),),
                    (offer(LONG_AGO, day(3, 15)),),
                ),
            ),
        ),
        "1-2 yes 10 10, 3-12 no 10 10",
    ),
    Situation(
        Firm("counted on the last day", (full(6), part(3, first=day(4, 20))), employer=LAST_DAY),
        "1-3 yes 6 6, 4-12 yes 6 9",
    ),
    Situation(
        Firm("counted on the first day", (full(6), part(3, first=day(4, 20)))),
        "1-4 yes 6 6, 5-12 yes 6 9",
    ),
    Situation(
        Firm(
            "counted on the last day, left on it and before it",
            (full(6), part(2, "on it", last=day(4, 30)), part(3, "before it", last=day(4, 29))),
            employer=LAST_DAY,
        ),
        "1-3 yes 6 11, 4 yes 6 8, 5-12 yes 6 6",
    ),
    Situation(
        Firm(
            "counted on the twelfth",
            (full(6), part(2, "on it", day(4, 12)), part(3, "after it", day(4, 13))),
            employer=TWELFTH,
        ),
        "1-3 yes 6 6, 4 yes 6 8, 5-12 yes 6 11",
    ),
    Situation(
        Firm(
            "counted on a day of a payroll period that no table tells",
            (full(6),),
            employer={"column_c_day_rule": "first_day_of_first_period"},
        ),
        "1-12 yes 6 ?",
    ),
    Situation(
        Firm(
            "one of unknown hours who cannot turn it to No",
            (replace(full(12), more=MEASURED), bare(4, more=MEASURED), UNMEASURED),
            employer=HOURS,
        ),
        "1-12 yes ? 17",
    ),
    Situation(
        Firm(
            "one of unknown hours who decides",
            (replace(full(12), more=MEASURED), bare(5, more=MEASURED), UNMEASURED),
            employer=HOURS,
        ),
        "1-12 ? ? 18",
    ),
    Situation(
        Firm(
            "one of unknown hours and already No",
            (replace(full(12), more=MEASURED), bare(6, more=MEASURED), UNMEASURED),
            employer=HOURS,
        ),
        "1-12 no ? 19",
    ),
    Situation(
        Firm(
            "one of unknown hours, offered like everybody",
            (replace(full(12), more=MEASURED), replace(full(1, "without hours"))),
            employer=HOURS,
        ),
        "1-12 yes ? 13",
    ),
    Situation(
        Firm(
            "130 hours and 129.99",
            (
                replace(full(6), more=hours(YEAR, "130")),
                bare(6, "short of it", more=hours(YEAR, "129.99")),
            ),
            employer=HOURS,
        ),
        "1-12 yes 6 12",
    ),
    Situation(
        Firm(
            "two spells of one person in a month",
            (
                full(6),
                Workers(
                    "back",
                    1,
                    (worked(LONG_AGO, day(5, 1), "part_time"), worked(day(5, 2), None)),
                    (offer(day(5, 2)),),
                ),
            ),
        ),
        "1-12 . . 7",
    ),
    Situation(
        Firm(
            "an employer that begins in June",
            (full(8, first=day(6, 1)),),
        ),
        "1-5 . 0 0, 6-12 yes 8 8",
    ),
    Situation(
        Firm(
            "directors, partners and leased people",
            (
                full(6),
                Workers("director", 2, employee={"worker_type": "director"}),
                Workers("partner", 2, employee={"worker_type": "partner"}),
                Workers("leased", 2, employee={"worker_type": "leased"}),
            ),
        ),
        "1-12 yes 6 6",
    ),
    Situation(
        Firm(
            "died on 10 April with their coverage",
            (
                full(2),
                Workers(
                    "dead",
                    6,
                    (worked(LONG_AGO, day(4, 10), end_reason="death"),),
                    (offer(LONG_AGO, day(4, 10)),),
                    employee={"death_date": day(4, 10)},
                ),
            ),
        ),
        "1-4 yes 8 8, 5-12 yes 2 2",
    ),
    Situation(
        Firm("offered from the 2nd of a month", (full(2), full(8, "late", first=day(4, 2)))),
        "1-3 yes 2 2, 4 yes 2 2, 5-12 yes 10 10",
    ),
    Situation(
        Firm(
            "offer that takes effect late in a month of work",
            (Workers("late", 10, (worked(LONG_AGO, None),), (offer(day(4, 2)),)),),
        ),
        "1-4 no 10 10, 5-12 yes 10 10",
    ),
    Situation(
        Firm("not large", (full(10),), employer={"ale_status": "not_ale"}),
    ),
    Situation(
        Firm(
            "first year, never offered before, offered by 1 April",
            (Workers("first", 10, (worked(LONG_AGO, None),), (offer(day(4, 1)),)),),
            employer={"first_ale_year": True, "offered_prior_year": False},
        ),
        "1-3 . 0 10, 4-12 yes 10 10",
    ),
    Situation(
        Firm(
            "first year, never offered before, offered on 2 April",
            (Workers("first", 10, (worked(LONG_AGO, None),), (offer(day(4, 2)),)),),
            employer={"first_ale_year": True, "offered_prior_year": False},
        ),
        "1-4 no 10 10, 5-12 yes 10 10",
    ),
    Situation(
        Firm(
            "first year, offered the year before",
            (Workers("first", 10, (worked(LONG_AGO, None),), (offer(day(4, 1)),)),),
            employer={"first_ale_year": True, "offered_prior_year": True},
        ),
        "1-3 no 10 10, 4-12 yes 10 10",
    ),
    Situation(
        Firm(
            "not the first year",
            (Workers("first", 10, (worked(LONG_AGO, None),), (offer(day(4, 1)),)),),
            employer={"first_ale_year": False, "offered_prior_year": False},
        ),
        "1-3 no 10 10, 4-12 yes 10 10",
    ),
)
