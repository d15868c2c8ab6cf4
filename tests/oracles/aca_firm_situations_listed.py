"""Situations of whom Part III lists, who gets the form, and what the rows of Form 1095-B say.

Belongs here: facts and the answers a careful hand gives from the text of the rules alone: coverage
elected alone, former spouses, small employers. Does not belong here: who gets which form at all.
"""

from __future__ import annotations

from dataclasses import replace

from tests.oracles.aca_firm import LONG_AGO, Row, Workers
from tests.oracles.aca_firm_situations_forms import (
    ALL,
    ARRANGEMENT,
    CHILD,
    LAST_YEAR,
    SISTER,
    SMALL,
    SPOUSE,
    died,
    elected,
    one,
)
from tests.oracles.aca_firm_words import basis, covered, day, full, relative, worked


def _born(person: Workers) -> Workers:
    """Without a number; the date of birth stands in."""
    return replace(person, employee={**person.employee, "date_of_birth": day(5, 5, 1980)})


def _own_record(span: Row) -> Workers:
    """Never employed, covered alone."""
    return _born(
        Workers(
            "continues",
            1,
            covered=({**span, "coverage_level": "Employee Only"},),
            employee={"worker_type": "other"},
            more=basis("cobra", span["coverage_start_date"]),
        )
    )


SITUATIONS = (
    # 26 CFR 1.6055-1(f)(1): the reporting entity furnishes the statement to the responsible
    # individual, who for coverage elected alone is the one who elected
    one(
        "former spouse continues on a record of her own",
        _own_record(covered(day(2, 1), day(9, 15))),
        "1095-C",
        ("Pat", "2-9"),
        code="1G",
        named="Pat",
    ),
    one(
        "former spouse continues on a record of her own, small",
        _own_record(covered(day(2, 1), day(9, 15))),
        "1095-B",
        ("Pat", "2-9"),
        firm={"employer": SMALL},
        rows=(("is_recipient", (True,)), ("origin_code", ("B",)), ("open_reason", (None,))),
    ),
    one(
        "of no stated kind and once employed",
        Workers(
            "other",
            1,
            (worked(LONG_AGO, day(8, 31, 2024)),),
            covered=(covered(LAST_YEAR),),
            employee={"worker_type": "other"},
        ),
        "unknown",
    ),
    *(
        one(
            f"{word} listed as covered until {last or 'now'}",
            _born(
                elected(full(1), covered(LAST_YEAR, None, relative("Sam", word, coverage_end=last)))
            ),
            "1095-C",
            ("Pat", ALL),
            *listed,
            rows=(("open_reason", reasons),),
        )
        for word, last, listed, reasons in (
            ("ex-spouse", "2024-12-31", (), (None,)),
            ("ex-spouse", "2025-01-01", (("Sam", "1"),), ("former_spouse", "former_spouse")),
            ("Former Spouse", None, (("Sam", ALL),), ("former_spouse", "former_spouse")),
            ("other", None, (("Sam", ALL),), (None, None)),
        )
    ),
    # Instructions for Forms 1094-B and 1095-B, line 8 (B, G), and lines 2 and 3: a date of birth
    # stands in where there is no number
    one(
        "small, arrangement, spouse without a number",
        _born(elected(full(1), covered(LAST_YEAR, None, SPOUSE))),
        "1095-B",
        ("Pat", ALL),
        ("Sam", ALL),
        firm={"employer": SMALL, "plan": ARRANGEMENT},
        rows=(
            ("is_recipient", (True, False)),
            ("origin_code", ("G", "G")),
            ("open_reason", (None, None)),
        ),
    ),
    one(
        "small, own plan, child without number and birth date",
        _born(elected(full(1), covered(LAST_YEAR, None, {**CHILD, "date_of_birth": None}))),
        "1095-B",
        ("Pat", ALL),
        ("Kim", ALL),
        firm={"employer": SMALL},
        rows=(("origin_code", ("B", "B")), ("open_reason", (None, "dependent_identity"))),
    ),
    one(
        "small, own plan, family level and nobody listed",
        _born(elected(full(1), covered(LAST_YEAR, None))),
        "1095-B",
        ("Pat", ALL),
        firm={"employer": SMALL},
        rows=(("open_reason", ("dependents_missing",)),),
    ),
    one(
        "small, died the year before, two children go on",
        died(CHILD, SISTER),
        "1095-B",
        ("Kim", "1-6"),
        ("Lee", "1-6"),
        firm={"employer": SMALL},
        rows=(("is_recipient", (None, None)), ("open_reason", ("survivor", "survivor"))),
    ),
    one(
        "small, died the year before, the spouse goes on with a child",
        died(CHILD, SPOUSE),
        "1095-B",
        ("Sam", "1-6"),
        ("Kim", "1-6"),
        firm={"employer": SMALL},
        rows=(("is_recipient", (True, False)), ("open_reason", (None, None))),
    ),
)
