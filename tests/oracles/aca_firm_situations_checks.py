"""Situations of what the checks of filled forms find, and what they leave alone.

Belongs here: facts and the checks a careful hand says fail, worked out from the words of the checks
alone. Does not belong here: the checks of the transmittal (aca_firm_situations_year.py).
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from tests.oracles.aca_firm import LONG_AGO, Firm, Row, Workers
from tests.oracles.aca_firm_words import (
    Situation,
    bare,
    basis,
    covered,
    day,
    full,
    offer,
    part,
    poor,
    relative,
    relief,
    worked,
)

OWN = {"is_self_insured": True}
NUMBER = {"ssn": "900-01-0001"}
LAST_YEAR = day(1, 1, 2024)
CHILD = relative("Kim", "child")


def _case(name: str, found: set[str], *people: Workers, **firm: Any) -> Situation:
    numbered = tuple(
        replace(one, employee={"ssn": f"900-01-000{n}", **one.employee})
        for n, one in enumerate(people, 1)
    )
    return Situation(Firm(f"checked: {name}", numbered, **firm), year=(("checks", found),))


def _elected(person: Workers, *spans: Row, **more: Any) -> Workers:
    offers = tuple({**row, "response": "elected"} for row in person.offers)
    return replace(person, covered=spans, offers=offers, **more)


def _listed(name: str, found: set[str], *family: Row) -> Situation:
    """Enrolled in the own plan all year with this family."""
    return _case(name, found, _elected(full(1), covered(LAST_YEAR, None, *family)), plan=OWN)


SITUATIONS = (
    _case("enrolled all year", set(), _elected(full(1), covered(LAST_YEAR))),
    _case("declined below the poverty line", set(), full(1)),
    _case("part-time, no form", set(), part(1)),
    _case(
        "part-time until June and declined",
        set(),
        replace(
            full(1), employment=(worked(LONG_AGO, day(6, 30), "part_time"), worked(day(7, 1), None))
        ),
    ),
    _case("left in the middle of a month", set(), full(1, last=day(5, 10))),
    _case("relief", set(), bare(1, more=relief())),
    _case(
        "left and continues in the own plan",
        set(),
        _elected(
            full(1, last=day(5, 10)),
            covered(LAST_YEAR, day(8, 15)),
            more=basis("cobra", day(5, 11)),
        ),
        plan=OWN,
    ),
    _case(
        "part-time in the own plan",
        set(),
        replace(part(1), covered=(covered(LAST_YEAR),)),
        plan=OWN,
    ),
    _case("not offered", {"C024"}, bare(1)),
    _case("declined above every harbor", {"M004"}, poor(full(1, cost="480.00"))),
    _case("declined without minimum value", {"M004"}, full(1), plan={"is_minimum_value": False}),
    _case(
        "the waiting ends with an early offer",
        set(),
        Workers("new", 1, (worked(day(6, 1), None),), (offer(day(7, 1)),)),
    ),
    _case("without a number", {"I001"}, replace(full(1), employee={"ssn": None})),
    _case(
        "a number that cannot exist", {"I001"}, replace(full(1), employee={"ssn": "666-12-3456"})
    ),
    _case(
        "one number twice",
        {"I002"},
        replace(full(1, "one"), employee=NUMBER),
        replace(full(1, "two"), employee=NUMBER),
    ),
    _case(
        "one number twice, one of them without a form",
        set(),
        replace(full(1, "one"), employee=NUMBER),
        replace(part(1, "two"), employee=NUMBER),
    ),
    _listed("a child with a date of birth", set(), CHILD),
    _listed("a child without number and date", {"C025"}, {**CHILD, "date_of_birth": None}),
    _listed("a child with half a number", {"I004"}, {**CHILD, "ssn": "1234"}),
    _listed(
        "a child born after the year", {"I005", "I006"}, {**CHILD, "date_of_birth": "2026-01-01"}
    ),
    _listed(
        "a child born in July, listed all year", {"I006"}, {**CHILD, "date_of_birth": "2025-07-10"}
    ),
    _listed(
        "a child born in July, listed from then on",
        set(),
        {**CHILD, "date_of_birth": "2025-07-10", "coverage_start": "2025-07-10"},
    ),
    _listed("a child without a last name", {"I007"}, {**CHILD, "last_name": None}),
)
