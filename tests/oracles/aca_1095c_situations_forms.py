"""Situations of Form 1095-C about who gets which form: 1095-C, 1095-B or none.

Belongs here: facts and the form a careful hand gives, by what is special about them, worked out
from the text of the rules alone. Does not belong here: the lines of an employee's months.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from tests.oracles.aca_1095c_example import Example
from tests.oracles.aca_1095c_example_rows import employed_as, offer
from tests.oracles.aca_1095c_situation_rows import JAN, LONG_AGO, NONE, case, day

SELF_INSURED = {"is_self_insured": True}
LAST_YEAR = day(1, 1, 2024)
BY_1095_B = "1-12 1095-B . ."
ARRANGEMENT = {"benefit_type": "ichra", "is_ichra": True, "is_self_insured": True}


def _inactive(basis: str, first: date) -> dict[str, Any]:
    return {"coverage_basis": ({"basis": basis, "from_date": first},)}


def _former(name: str, words: str, plan: dict[str, Any], form: str) -> Example:
    """Left the year before and continues to June."""
    return case(
        name,
        words,
        employed_as(LONG_AGO, "full_time", day(8, 31, 2024)),
        employer={"non_employee_form": form},
        plan=plan,
        covered=((LAST_YEAR, day(6, 30)),),
        more=_inactive("cobra", day(9, 1, 2024)),
    )


def _small(name: str, words: str, plan: dict[str, Any], answer: str) -> Example:
    """A full-time employee of an employer below fifty."""
    covered = ((JAN, None),) if answer == "elected" else ()
    offers, employer = (offer(JAN, "110.00", answer),), {"ale_status": "not_ale"}
    return case(name, words, offers=offers, covered=covered, employer=employer, plan=plan)


EXAMPLES = (
    case(
        "retiree all year",
        "1-12 1G . .",
        worker_type="retiree",
        plan=SELF_INSURED,
        offers=(offer(LAST_YEAR, "300.00", reason="retiree"),),
        covered=((LAST_YEAR, None),),
        more=_inactive("retiree", LAST_YEAR),
    ),
    *(
        case(
            f"left the year before, continues to June, {word}",
            words,
            employed_as(LONG_AGO, "full_time", day(8, 31, 2024)),
            plan={"is_self_insured": word == "self-insured"},
            offers=(
                offer(LAST_YEAR, "110.00"),
                offer(day(9, 1, 2024), "700.00", reason="cobra_termination"),
            ),
            covered=((LAST_YEAR, day(6, 30)),),
            more=_inactive("cobra", day(9, 1, 2024)),
        )
        for word, words in (("self-insured", "1-12 1G . ."), ("insured", NONE))
    ),
    case(
        "never full-time, self-insured for three months, left",
        "1-12 1G . .",
        employed_as(LONG_AGO, "part_time", day(4, 20)),
        plan=SELF_INSURED,
        offers=(offer(JAN, "110.00"),),
        covered=((JAN, day(3, 31)),),
    ),
    case(
        "a form for everyone: part-time",
        "1-12 1H . 2B",
        employed_as(LONG_AGO, "part_time"),
        employer={"form_for_everyone": True},
        plan_start="00",
    ),
    *(
        case(
            f"{kind} in the own plan, {word}",
            words,
            worker_type=kind,
            plan={"is_self_insured": word == "self-insured"},
            covered=((LAST_YEAR, None),),
        )
        for kind in ("partner", "two_percent_owner", "leased")
        for word, words in (("self-insured", "1-12 1G . ."), ("insured", NONE))
    ),
    case(
        "a form for everyone: hired in December",
        "1-11 1H . 2A, 12 1H . 2D",
        employed_as(day(12, 2), "full_time"),
        employer={"form_for_everyone": True},
        offers=(offer(day(3, 1, 2026), "110.00"),),
        plan_start="00",
    ),
    _former("left the year before, Form 1095-B chosen", BY_1095_B, SELF_INSURED, "1095-B"),
    _former("arrangement of a leaver, Form 1095-B chosen", BY_1095_B, ARRANGEMENT, "1095-B"),
    _small("small and self-insured", BY_1095_B, SELF_INSURED, "elected"),
    _small("small and self-insured, declined", NONE, SELF_INSURED, "waived"),
    _small("small and insured", NONE, {}, "elected"),
    _small("small with an arrangement", BY_1095_B, ARRANGEMENT, "elected"),
)
