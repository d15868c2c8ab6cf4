"""Situations of what section 4980H could cost a month: (a), (b), the 30 left out, the cap.

Belongs here: facts and amounts a careful hand gives for 2025 (2,900 and 4,350 dollars a year),
worked out from the text of the rules alone. Does not belong here: columns (a) to (d).

The words of a month: full-time people, their part of the 30, people who could trigger (b), (a) at
least and at most, (b) at least and at most, all of it at least and at most.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from tests.oracles.aca_firm import LONG_AGO, YEAR, Firm, Workers
from tests.oracles.aca_firm_words import (
    Situation,
    bare,
    covered,
    credits,
    day,
    full,
    hours,
    member,
    offer,
    part,
    poor,
    relief,
    worked,
)

DEAR = "480.00"
YEAR_LONG = tuple(range(1, 13))
NOTHING = "0.00 0.00 0.00 0.00 0.00 0.00"


def _case(name: str, words: str, *people: Workers, **firm: Any) -> Situation:
    return Situation(Firm(name, people, **firm), words)


def _credited(workers: Workers, *months: int) -> Workers:
    return replace(workers, more={**workers.more, **credits(*(months or YEAR_LONG))})


def _elected(workers: Workers) -> Workers:
    offers = tuple({**row, "response": "elected"} for row in workers.offers)
    return replace(workers, offers=offers, covered=(covered(day(1, 1)),))


def _group(name: str, mine: int, size: int, words: str) -> Situation:
    group = (member(name, firm=name, group=name), member(f"{name}, other", size=size, group=name))
    return _case(name, words, bare(mine), group=group)


SITUATIONS = (
    _case("30 not offered", f"1-12 30 30 30 {NOTHING}", bare(30)),
    _case("31 not offered", "1-12 31 30 31 0.00 241.67 0.00 0.00 0.00 241.67", bare(31)),
    _case(
        "40 not offered",
        "1-12 40 30 40 0.00 2416.67 0.00 0.00 0.00 2416.67",
        bare(40),
    ),
    _case(
        "40 not offered, a credit in May",
        "1-4 40 30 40 0.00 2416.67 0.00 0.00 0.00 2416.67,"
        "5 40 30 40 2416.67 2416.67 0.00 0.00 2416.67 2416.67",
        bare(39),
        _credited(bare(1, "credited"), 5),
    ),
    _case(
        "40, 5 not offered",
        "1-12 40 30 5 0.00 0.00 0.00 1812.50 0.00 1812.50",
        full(35),
        bare(5),
    ),
    _case(
        "40, 5 not offered, 2 with a credit",
        "1-12 40 30 5 0.00 0.00 725.00 1812.50 725.00 1812.50",
        full(35),
        bare(3),
        _credited(bare(2, "credited")),
    ),
    _case(
        "32, 5 not offered: no more than (a)",
        "1-12 32 30 5 0.00 0.00 0.00 483.33 0.00 483.33",
        full(27),
        bare(5),
    ),
    _case(
        "32, 5 with a credit: no more than (a)",
        "1-12 32 30 5 0.00 0.00 483.33 483.33 483.33 483.33",
        full(27),
        _credited(bare(5)),
    ),
    _case("30, 5 not offered", f"1-12 30 30 5 {NOTHING}", full(25), bare(5)),
    _case(
        "40, the six enrolled count in (a)",
        "1-12 40 30 34 0.00 2416.67 0.00 0.00 0.00 2416.67",
        _elected(full(6)),
        bare(34),
    ),
    _case(
        "40, a credit of somebody enrolled sets (a) off",
        "1-12 40 30 34 2416.67 2416.67 0.00 0.00 2416.67 2416.67",
        _credited(_elected(full(6))),
        bare(34),
    ),
    _case(
        "40, a credit of somebody part-time sets nothing off",
        "1-12 40 30 40 0.00 2416.67 0.00 0.00 0.00 2416.67",
        bare(40),
        _credited(part(1)),
    ),
    _case(
        "40, a credit of somebody waiting sets nothing off",
        "6-8 40 30 40 0.00 2416.67 0.00 0.00 0.00 2416.67",
        bare(40),
        _credited(
            Workers("new", 1, (worked(day(6, 1), None),), (offer(day(9, 1)),)),
        ),
    ),
    _case(
        "40, a credit of somebody enrolled is no (b)",
        f"1-12 40 30 0 {NOTHING}",
        full(39),
        _credited(_elected(full(1, "enrolled", cost=DEAR))),
    ),
    _case("40, all offered cheaply and declined", f"1-12 40 30 0 {NOTHING}", full(40)),
    _case(
        "40, three offered above every harbor and declined",
        "1-12 40 30 3 0.00 0.00 0.00 1087.50 0.00 1087.50",
        full(37),
        poor(full(3, "dear", cost=DEAR)),
    ),
    _case(
        "40, offered without minimum value and declined",
        "1-12 40 30 40 0.00 0.00 0.00 2416.67 0.00 2416.67",
        full(40),
        plan={"is_minimum_value": False},
    ),
    _case(
        "40, offered without minimum value and enrolled",
        f"1-12 40 30 0 {NOTHING}",
        _elected(full(40)),
        plan={"is_minimum_value": False},
    ),
    _case(
        "40, five offered without their children",
        f"1-12 40 30 0 {NOTHING}",
        full(35),
        full(5, "alone", offered_to_dependents=False),
    ),
    _case(
        "40, safe harbors do not hold where column (a) is No",
        "1-12 40 30 . 0.00 2416.67 0.00 0.00 0.00 2416.67",
        full(30),
        bare(10),
    ),
    _case(
        "40, relief, part-time and waiting cost nothing",
        f"1-5 40 30 0 {NOTHING}, 6-8 40 30 0 {NOTHING}, 9-12 45 30 0 {NOTHING}",
        full(30),
        bare(10, "union", more=relief()),
        part(20),
        Workers("new", 5, (worked(day(6, 1), None),), (offer(day(9, 1)),)),
    ),
    _case(
        "40, three leave on 15 March with their coverage",
        f"1-3 40 30 0 {NOTHING}, 4-12 37 30 0 {NOTHING}",
        full(37),
        full(3, "leaving", last=day(3, 15)),
    ),
    _case(
        "40 until June, nobody after",
        "1-6 40 30 40 0.00 2416.67 0.00 0.00 0.00 2416.67,7-12 0 . 0 0.00 0.00 0.00 0.00 0.00 0.00",
        bare(40, last=day(6, 30)),
    ),
    _group(
        "40 of a group of 60",
        40,
        20,
        "1-12 40 20 40 0.00 4833.33 0.00 0.00 0.00 4833.33",
    ),
    _group(
        "40 of a group of 61",
        40,
        21,
        "1-12 40 20 40 0.00 4833.33 0.00 0.00 0.00 4833.33",
    ),
    _group(
        "40 of a group of 63",
        40,
        23,
        "1-12 40 20 40 0.00 4833.33 0.00 0.00 0.00 4833.33",
    ),
    _group(
        "40 of a group of 64",
        40,
        24,
        "1-12 40 19 40 0.00 5075.00 0.00 0.00 0.00 5075.00",
    ),
    _group(
        "two of a group of 1,002",
        2,
        1000,
        "1-12 2 1 2 0.00 0.00 0.00 241.67 0.00 241.67",
    ),
    _case(
        "40 of a group until June",
        "1-6 40 20 40 0.00 4833.33 0.00 0.00 0.00 4833.33,"
        "7-12 40 30 40 0.00 2416.67 0.00 0.00 0.00 2416.67",
        bare(40),
        group=(
            member(
                "40 of a group until June",
                last=day(6, 30),
                firm="40 of a group until June",
                group="until June",
            ),
            member("other until June", size=20, group="until June"),
        ),
    ),
    _case(
        "40 of a group whose other size nobody told",
        "1-12 40 ? 40 0.00 9666.67 0.00 0.00 0.00 9666.67",
        bare(40),
        group=(
            member(
                "40 of a group whose other size nobody told",
                firm="40 of a group whose other size nobody told",
                group="untold",
            ),
            member("other untold", group="untold"),
        ),
    ),
    _case(
        "40 by hours, one not known",
        "1-12 39 30 39 0.00 2416.67 0.00 0.00 0.00 2416.67",
        bare(39, more=hours(YEAR, "160")),
        bare(1, "unknown"),
        employer={"full_time_basis": "hours"},
    ),
    _case(
        "40 by hours, all known and offered, one not known and not offered",
        "1-12 40 30 0 0.00 0.00 0.00 362.50 0.00 362.50",
        replace(full(40), more=hours(YEAR, "160")),
        bare(1, "unknown"),
        employer={"full_time_basis": "hours"},
    ),
    _case(
        "40, column (a) not known",
        "1-12 40 30 5 0.00 2658.33 0.00 . 0.00 2658.33",
        replace(full(35), more=hours(YEAR, "160")),
        bare(5, more=hours(YEAR, "160")),
        bare(1, "unknown"),
        employer={"full_time_basis": "hours"},
    ),
    _case(
        "40, one month not offered",
        f"1-2 40 30 0 {NOTHING},"
        "3 40 30 5 0.00 0.00 0.00 1812.50 0.00 1812.50,"
        f"4-12 40 30 0 {NOTHING}",
        full(35),
        Workers(
            "gap",
            5,
            (worked(LONG_AGO, None),),
            (offer(LONG_AGO, day(2, 28)), offer(day(4, 1))),
        ),
    ),
)
