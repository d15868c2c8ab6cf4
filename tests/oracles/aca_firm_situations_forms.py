"""Situations of who is listed in Part III, who gets which form, and who none and why.

Belongs here: facts and the months a careful hand gives from the text of the rules alone. Does not
belong here: the codes of employees' months.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from tests.oracles.aca_firm import LONG_AGO, Firm, Row, Workers
from tests.oracles.aca_firm_words import (
    bare,
    basis,
    covered,
    day,
    full,
    offer,
    part,
    relative,
    relief,
    worked,
)

OWN = {"is_self_insured": True}
SMALL = {"ale_status": "not_ale"}
ARRANGEMENT = {"benefit_type": "ichra", "is_ichra": True, "is_self_insured": True}
ALL = "1-12"
BY_B = {"non_employee_form": "1095-B"}
LAST_YEAR = day(1, 1, 2024)


@dataclass(frozen=True)
class FormSituation:
    """One person of a firm: the form, and the months of everybody in Part III by first name."""

    firm: Firm
    form: str
    listed: tuple[tuple[str, str], ...]
    code: str | None = None  # of line 14
    reason: str | None = None
    named: str | None = None  # the first name in Part I, or none where it is not known
    rows: tuple[tuple[str, Any], ...] = ()  # what each row of Part III says, from its columns


def one(
    name: str, person: Workers, form: str, *listed: tuple[str, str], **said: Any
) -> FormSituation:
    firm = Firm(name, (person,), **{"plan": OWN, **said.pop("firm", {})})
    return FormSituation(firm, form, tuple(listed), **said)


def elected(person: Workers, *spans: Row, **more: Any) -> Workers:
    offers = tuple({**row, "response": "elected"} for row in person.offers)
    return replace(person, covered=spans, offers=offers, **more)


def _gone(*spans: Row, first: Any, right: str, **more: Any) -> Workers:
    """Left the year before; continues in another right."""
    return Workers(
        "gone",
        1,
        (worked(LONG_AGO, day(8, 31, 2024)),),
        (offer(LONG_AGO, day(8, 31, 2024), response="elected"),),
        spans,
        more=basis(right, first),
        **more,
    )


def died(*survivors: Row) -> Workers:
    """Died the year before; these go on."""
    spans, died = covered(LAST_YEAR, day(6, 30), *survivors), day(8, 31, 2024)
    since = day(9, 1, 2024)
    return _gone(spans, first=since, right="surviving_spouse", employee={"death_date": died})


SPOUSE, CHILD = relative("Sam", "spouse"), relative("Kim", "child")
SISTER = relative("Lee", "child", date_of_birth="2012-05-05")

SITUATIONS = (
    one(
        "family all year",
        elected(full(1), covered(LAST_YEAR, None, SPOUSE, CHILD)),
        "1095-C",
        ("Pat", ALL),
        ("Sam", ALL),
        ("Kim", ALL),
    ),
    one(
        "one day in a month is a month",
        elected(full(1), covered(day(1, 31), day(3, 1))),
        "1095-C",
        ("Pat", "1-3"),
    ),
    one(
        "spouse from 15 June, child until 1 April",
        elected(
            full(1),
            covered(
                LAST_YEAR,
                None,
                {**SPOUSE, "coverage_start": "2025-06-15"},
                {**CHILD, "coverage_end": "2025-04-01"},
            ),
        ),
        "1095-C",
        ("Pat", ALL),
        ("Sam", "6-12"),
        ("Kim", "1-4"),
    ),
    one(
        "child until the year before",
        elected(full(1), covered(LAST_YEAR, None, {**CHILD, "coverage_end": "2024-12-31"})),
        "1095-C",
        ("Pat", ALL),
    ),
    one(
        "insured plan",
        elected(full(1), covered(LAST_YEAR)),
        "1095-C",
        firm={"plan": {"is_self_insured": False}},
    ),
    one(
        "own plan for the teeth",
        replace(full(1), covered=(covered(LAST_YEAR),)),
        "1095-C",
        firm={"plan": {**OWN, "benefit_type": "dental", "is_mec": None}},
    ),
    one(
        "own plan that is not essential",
        elected(full(1), covered(LAST_YEAR)),
        "1095-C",
        firm={"plan": {**OWN, "is_mec": False}},
    ),
    one(
        "plan of several employers",
        replace(bare(1, more=relief()), covered=(covered(LAST_YEAR),)),
        "1095-C",
        firm={"plan": {"plan_entity": "multiemployer", "is_self_insured": True}},
    ),
    one(
        "part-time, covered on one day",
        replace(part(1), covered=(covered(day(3, 31), day(3, 31)),)),
        "1095-C",
        ("Pat", "3"),
        code="1G",
    ),
    one("part-time, not covered", part(1), "none", reason="never full-time"),
    one(
        "hired in December and waiting",
        bare(1, "new", day(12, 5)),
        "none",
        reason="limited non-assessment",
    ),
    one(
        "hired in December, waiting, covered on its last day",
        replace(bare(1, "new", day(12, 5)), covered=(covered(day(12, 31)),)),
        "1095-C",
        ("Pat", "12"),
    ),
    one(
        "dies on 10 May, the family goes on",
        replace(
            elected(full(1, last=day(5, 10)), covered(LAST_YEAR, None, SPOUSE, CHILD)),
            employee={"death_date": day(5, 10)},
            more=basis("surviving_spouse", day(5, 11)),
        ),
        "1095-C",
        ("Pat", "1-5"),
        ("Sam", ALL),
        ("Kim", ALL),
    ),
    one(
        "left in May, continues to August",
        elected(
            full(1, last=day(5, 10)),
            covered(LAST_YEAR, day(8, 15), SPOUSE),
            more=basis("cobra", day(5, 11)),
        ),
        "1095-C",
        ("Pat", "1-8"),
        ("Sam", "1-8"),
    ),
    one(
        "left the year before, continues with a child",
        _gone(covered(LAST_YEAR, day(6, 30), CHILD), first=day(9, 1, 2024), right="cobra"),
        "1095-C",
        ("Pat", "1-6"),
        ("Kim", "1-6"),
        code="1G",
    ),
    one(
        "left the year before, continues with a child, Form 1095-B",
        _gone(covered(LAST_YEAR, day(6, 30), CHILD), first=day(9, 1, 2024), right="cobra"),
        "1095-B",
        ("Pat", "1-6"),
        ("Kim", "1-6"),
        firm={"employer": BY_B},
    ),
    *(
        one(
            f"died the year before, the family goes on, Form {form}",
            died(SPOUSE, CHILD),
            form,
            ("Sam", "1-6"),
            ("Kim", "1-6"),
            code=code,
            named="Sam" if form == "1095-C" else None,
            firm={"employer": {"non_employee_form": form}},
        )
        for form, code in (("1095-C", "1G"), ("1095-B", None))
    ),
    *(
        one(
            f"died the year before, {len(children)} children go on",
            died(*children),
            "1095-C",
            *((str(child["first_name"]), "1-6") for child in children),
            code="1G",
            named=named,
        )
        for children, named in (((CHILD,), "Kim"), ((CHILD, SISTER), "?"))
    ),
    one(
        "retired and left an insured plan",
        _gone(covered(LAST_YEAR), first=day(9, 1, 2024), right="retiree"),
        "none",
        firm={"plan": {"is_self_insured": False}},
    ),
    *(
        one(
            f"{kind} in the own plan",
            Workers(
                kind,
                1,
                covered=(covered(day(4, 10), None, SPOUSE),),
                employee={"worker_type": kind},
            ),
            "1095-C",
            ("Pat", "4-12"),
            ("Sam", "4-12"),
            code="1G",
        )
        for kind in ("director", "retiree")
    ),
    one(
        "small, own plan, full-time",
        elected(full(1), covered(day(2, 10), None, SPOUSE)),
        "1095-B",
        ("Pat", "2-12"),
        ("Sam", "2-12"),
        firm={"employer": SMALL},
    ),
    one(
        "small, own plan, part-time",
        replace(part(1), covered=(covered(day(2, 10)),)),
        "1095-B",
        ("Pat", "2-12"),
        firm={"employer": SMALL},
    ),
    one(
        "small, own plan, director",
        Workers("director", 1, covered=(covered(LAST_YEAR),), employee={"worker_type": "director"}),
        "1095-B",
        ("Pat", ALL),
        firm={"employer": SMALL},
    ),
    one("small, own plan, declined", full(1), "none", firm={"employer": SMALL}),
    one(
        "small, insured",
        elected(full(1), covered(LAST_YEAR)),
        "none",
        firm={"employer": SMALL, "plan": {"is_self_insured": False}},
    ),
    one(
        "small, died the year before, the family goes on",
        died(SPOUSE),
        "1095-B",
        ("Sam", "1-6"),
        firm={"employer": SMALL},
    ),
    one(
        "leaver with an arrangement, Form 1095-C chosen: 1G and 1S can both be read",
        _gone(covered(LAST_YEAR, day(6, 30)), first=day(9, 1, 2024), right="cobra"),
        "unknown",
        firm={"employer": {"non_employee_form": "1095-C"}, "plan": ARRANGEMENT},
    ),
    one(
        "waiting all its months of work",
        Workers("short", 1, (worked(day(3, 3), day(4, 20)),)),
        "none",
        reason="limited non-assessment",
    ),
)
