"""Situations of the size of an employer: full-time people, equivalents, seasons, groups.

Belongs here: a year of work and whether the employer is large in the next, worked out from the text
of the rules alone. Does not belong here: anything of the year whose size is asked.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from tests.oracles.aca_1095c_situation_rows import LOOK_BACK
from tests.oracles.aca_firm import LONG_AGO, Firm, Workers
from tests.oracles.aca_firm_words import bare, day, hours, member, part

BEFORE = 2024
ALE, NOT, OPEN = "ale", "not_ale", None
BASIS = {"full_time_basis": "hours"}


@dataclass(frozen=True)
class SizeSituation:
    """The average, cut off, and the status it gives."""

    firm: Firm
    average: int | None
    status: str | None


def _size(
    name: str, average: int | None, status: str | None, *people: Workers, **firm: Any
) -> SizeSituation:
    return SizeSituation(
        Firm(name, people, year=BEFORE, **{"employer": BASIS, **firm}), average, status
    )


def _at(count: int, told: str, name: str = "full-time", *more: str) -> Workers:
    return replace(bare(count, name), more=hours(BEFORE, told, *more))


def _for(count: int, first: int, last: int, kind: str = "full_time", name: str = "some") -> Workers:
    """People of 160 hours in these months of the year before only."""
    words = ["160" if first <= month <= last else "." for month in range(1, 13)]
    end = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)[last - 1]
    span = (day(first, 1, BEFORE), day(last, end, BEFORE))
    return replace(bare(count, name, *span, kind=kind), more=hours(BEFORE, *words))


def _season(last_month: int, last: int) -> Workers:
    """Forty seasonal workers from 20 April: to 10 August are 113 days in five months."""
    words = [".", ".", ".", "64", "160", "160", "160", "64", ".", ".", ".", "."]
    season = bare(40, "season", day(4, 20, BEFORE), day(last_month, last, BEFORE), "seasonal")
    return replace(season, more=hours(BEFORE, *words))


SITUATIONS = (
    _size("49 and two halves", 50, ALE, _at(49, "160"), _at(2, "60", "half")),
    _size("49 and 119 hours", 49, NOT, _at(49, "160"), _at(1, "119", "half")),
    _size("49 and 120 hours", 50, ALE, _at(49, "160"), _at(1, "120", "half")),
    _size("no more than 120 hours each", 49, NOT, _at(30, "160"), _at(19, "129", "half")),
    _size("129 hours are 120", 50, ALE, _at(49, "160"), _at(1, "129", "half")),
    _size("130 hours are full-time", 50, ALE, _at(49, "130"), _at(1, "130", "half")),
    _size("fractions of several add up", 50, ALE, _at(49, "160"), _at(3, "40", "third")),
    _size("fractions of several fall short", 49, NOT, _at(49, "160"), _at(3, "39.99", "third")),
    _size("60 in six months, 40 in six", 50, ALE, _at(40, "160"), _for(20, 1, 6)),
    _size("60 in five months, 43 in seven", 50, ALE, _at(43, "160"), _for(17, 1, 5)),
    _size("60 in five months, 42 in seven", 49, NOT, _at(42, "160"), _for(18, 1, 5)),
    _size(
        "season of four months",
        53,
        NOT,
        _at(40, "160"),
        _for(40, 6, 9, "seasonal", "season"),
    ),
    _size(
        "season of five months",
        56,
        ALE,
        _at(40, "160"),
        _for(40, 6, 10, "seasonal", "season"),
    ),
    _size(
        "season of four months, two of them apart",
        53,
        NOT,
        _at(40, "160"),
        _for(40, 1, 2, "seasonal", "winter"),
        _for(40, 7, 8, "seasonal", "summer"),
    ),
    _size(
        "four months above, 51 without the season",
        53,
        ALE,
        _at(40, "160"),
        _for(11, 6, 9),
        _for(30, 6, 9, "seasonal", "season"),
    ),
    _size(
        "four months above, 50 without the season",
        53,
        NOT,
        _at(40, "160"),
        _for(10, 6, 9),
        _for(30, 6, 9, "seasonal", "season"),
    ),
    _size("season of 113 days in five months", 53, NOT, _at(40, "160"), _season(8, 10)),
    _size("season of 120 days in five months", 53, NOT, _at(40, "160"), _season(8, 17)),
    _size("season of 121 days in five months", 53, ALE, _at(40, "160"), _season(8, 18)),
    _size(
        "owners are not counted",
        49,
        NOT,
        _at(49, "160"),
        *(
            replace(_at(2, "160", kind), employee={"worker_type": kind})
            for kind in ("partner", "two_percent_owner", "leased", "director")
        ),
    ),
    _size(
        "measured as part-time and works 140 hours",
        50,
        ALE,
        replace(bare(50, "variable", kind="variable_hour"), more=hours(BEFORE, "140")),
        more={"measurement_policy": (LOOK_BACK,)},
    ),
    _size("one of unknown hours decides", 49, OPEN, _at(49, "160"), bare(1, "unknown")),
    _size("one of unknown hours is one too few", 48, NOT, _at(48, "160"), bare(1, "unknown")),
    _size("one of unknown hours is one more", 51, ALE, _at(51, "160"), bare(1, "unknown")),
    _size(
        "group A",
        55,
        ALE,
        _at(30, "160"),
        group=(
            member("group A", firm="group A", group="AB"),
            member("group B", firm="group B", group="AB"),
        ),
    ),
    _size("group B", 55, ALE, _at(25, "160")),
    _size(
        "with a stranger of the group",
        30,
        OPEN,
        _at(30, "160"),
        group=(
            member("with a stranger of the group", firm="with a stranger of the group", group="S"),
            member("stranger", size=25, group="S"),
        ),
    ),
    _size(
        "joined in July A",
        50,
        ALE,
        _at(30, "160"),
        group=(
            member("joined in July A", day(7, 1, BEFORE), firm="joined in July A", group="J"),
            member("joined in July B", day(7, 1, BEFORE), firm="joined in July B", group="J"),
        ),
    ),
    _size("joined in July B", 55, ALE, _at(40, "160")),
    _size("part-time people alone", 50, ALE, replace(part(100), more=hours(BEFORE, "60"))),
    _size(
        "left in the middle of a month",
        49,
        NOT,
        _at(49, "160"),
        replace(
            bare(1, "left", LONG_AGO, day(12, 15, BEFORE)),
            more=hours(BEFORE, *("160",) * 11, "80"),
        ),
    ),
)
