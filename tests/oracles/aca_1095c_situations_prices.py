"""Situations of Form 1095-C about prices: thresholds of the harbors, adjustments, 1A, ICHRA.

Belongs here: facts and the lines a careful hand gives, by what is special about them, worked out
from the text of the rules alone. Does not belong here: who is offered what, measurement.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from tests.oracles.aca_1095c_example import Example, Row
from tests.oracles.aca_1095c_example_rows import adjustment, employed_as, offer, pay, salary, wages
from tests.oracles.aca_1095c_situation_rows import (
    JAN,
    LONG_AGO,
    YEAR,
    Rows,
    allowance,
    case,
    day,
    lines,
    lives,
    more,
    rates_of_pay,
    silver,
)

LAST_YEAR, JUNE, JULY = day(1, 1, 2024), day(6, 30), day(7, 1)
_ICHRA = {"benefit_type": "ichra", "is_ichra": True, "is_self_insured": True}
_BORN = date(1985, 5, 5)  # 39 on New Year's Day
_USES_1A = {"use_1a": True}


def declined(name: str, words: str, order: str = "", where: str = "", **facts: Any) -> Example:
    """Declined all year at the price of the first lines."""
    employer = {"safe_harbor_order": order} if order else {}
    place = {"worksite_state": where} if where else {}
    if "offers" not in facts:
        facts["offers"] = (offer(JAN, words.split()[2], "waived"),)
    facts = {"employer": employer, **facts}
    return case(name, words, {**employed_as(LONG_AGO, "full_time"), **place}, **facts)


def steps(first: str, second: str, change: date = JULY, start: date = JAN) -> tuple[Row, ...]:
    """Two offers, the second from a day on, both declined."""
    until = date.fromordinal(change.toordinal() - 1)
    return (offer(start, first, "waived", coverage_to=until), offer(change, second, "waived"))


def _adjusted(name: str, words: str, kind: str, amount: str, **cells: Any) -> Example:
    row = {"kind": kind, "amount_monthly": Decimal(amount), "from_date": JAN, **cells}
    offers, covered = (offer(JAN, "100.00"),), ((JAN, None),)
    rows: Rows = {"contribution_adjustment": (row,)}
    return case(name, words, offers=offers, covered=covered, more=rows)


def _ichra(name: str, words: str, zip_code: str, rows: Rows, **facts: Any) -> Example:
    """Lives at a ZIP, enrolled all year unless said otherwise."""
    facts = {"offers": (offer(JAN, None),), "covered": ((JAN, None),), "age": 39, **facts}
    facts = {"employee": {"date_of_birth": _BORN}, "zip": zip_code, **facts}
    employment = facts.pop("employment", ())
    rows = more(rows, {} if "employee_address" in rows else lives(zip_code))
    return case(name, words, *employment, plan=_ICHRA, more=rows, **facts)


def _at_work(code: str, zip_code: str, spouse: bool, dependents: bool) -> Example:
    place = {"worksite_zip": zip_code, "worksite_state": "TX"}
    here, home = silver(zip_code, 39, "412"), silver("79901", 39, "999")
    return _ichra(
        f"arrangement by the place of work, {code}",
        f"1-12 {code} 50.00 2C",
        zip_code,
        more(allowance("362", "worksite"), here, home, lives("79901")),
        offers=(offer(JAN, None, offered_to_spouse=spouse, offered_to_dependents=dependents),),
        employment=({**employed_as(LONG_AGO, "full_time"), **place},),
    )


def _dear(zip_code: str) -> Rows:
    """500 a month: above the line, the pay of 20 an hour and the wages of 40,000."""
    facts = more(allowance("100"), silver(zip_code, 39, "600"))
    return more(facts, pay("20"), wages(YEAR, "40000"))


EXAMPLES = (
    declined("poverty line 2025, at", "1-12 1E 113.20 2G"),
    declined("poverty line 2025, above", "1-12 1E 113.21 .", '["2G"]'),
    declined("poverty line 2025, Alaska, at", "1-12 1E 141.38 2G", where="AK"),
    declined("poverty line 2025, Alaska, above", "1-12 1E 141.39 .", '["2G"]', "AK"),
    declined("poverty line 2025, Hawaii, at", "1-12 1E 130.11 2G", where="HI"),
    declined("poverty line 2025, Hawaii, above", "1-12 1E 130.12 .", '["2G"]', "HI"),
    *(
        Example(
            f"poverty line 2024, {word}",
            2024,
            lines(f"1-12 1E {price} {code}"),
            employer={"safe_harbor_order": '["2G"]'},
            offers=(offer(LAST_YEAR, price, "waived"),),
        )
        for word, price, code in (("at", "101.93", "2G"), ("above", "101.94", "."))
    ),
    declined("15.55 an hour, at", "1-12 1E 182.33 2H", more=pay("15.55")),
    declined("15.55 an hour, above", "1-12 1E 182.34 .", '["2G","2H"]', more=pay("15.55")),
    *(
        declined(
            f"18 an hour, a raise in July: {word}",
            f"1-12 1E {price} {code}",
            '["2G","2H"]',
            more=rates_of_pay((LONG_AGO, JUNE, "18"), (JULY, None, "25")),
        )
        for word, price, code in (("at", "211.06", "2H"), ("above", "211.07", "."))
    ),
    declined(
        "pay cut in mid-June",
        "1-5 1E 200.00 2H, 6-12 1E 200.00 .",
        '["2G","2H"]',
        more=rates_of_pay((LONG_AGO, day(6, 15), "25"), (day(6, 16), None, "15")),
    ),
    declined("wages of 20,000, at", "1-12 1E 150.33 2F", '["2F"]', more=wages(YEAR, "20000")),
    declined("wages of 20,000, above", "1-12 1E 150.34 .", '["2F"]', more=wages(YEAR, "20000")),
    declined(
        "wages of 90,000, price not constant",
        "1-6 1E 150.00 ., 7-12 1E 160.00 .",
        '["2G","2F"]',
        offers=steps("150.00", "160.00"),
        more=wages(YEAR, "90000"),
    ),
    declined("all harbors pass", "1-12 1E 110.00 2G", more=more(pay("30"), wages(YEAR, "60000"))),
    declined(
        "all harbors pass, wages first",
        "1-12 1E 110.00 2F",
        '["2F","2H"]',
        more=more(pay("30"), wages(YEAR, "60000")),
    ),
    declined("no harbor claimed", "1-12 1E 50.00 .", "[]"),
    *(
        declined(
            f"plan years from April, {word}",
            f"1-3 1E {old} {code}, 4-12 1E {new} {code}",
            '["2G"]',
            offers=steps(old, new, day(4, 1), day(4, 1, 2024)),
            plan_start="04",
        )
        for word, old, new, code in (
            ("at both lines", "105.29", "117.63", "2G"),
            ("above both", "105.30", "117.64", "."),
        )
    ),
    declined(
        "1A until the price rises",
        "1-6 1A . ., 7-12 1E 125.00 2H",
        employer=_USES_1A,
        offers=steps("95.00", "125.00"),
        more=pay("30"),
    ),
    declined(
        "1A at the line", "1-12 1A . .", employer=_USES_1A, offers=(offer(JAN, "113.20", "waived"),)
    ),
    declined(
        "1A in Alaska by the mainland line", "1-12 1E 113.21 2G", where="AK", employer=_USES_1A
    ),
    case(
        "1A only while full-time",
        "1-6 1A . 2C, 7-12 1E 95.00 2C",
        employed_as(LONG_AGO, "full_time", JUNE),
        employed_as(JULY, "part_time"),
        employer=_USES_1A,
        offers=(offer(JAN, "95.00"),),
        covered=((JAN, None),),
    ),
    declined(
        "unconditional opt-out from July",
        "1-6 1E 100.00 2G, 7-12 1E 160.00 2H",
        more=more(
            pay("20"),
            adjustment("opt_out_unconditional", "60", from_date=JULY, adopted_on=day(6, 1)),
        ),
    ),
    _adjusted(
        "opt-out adopted on 17 December 2015",
        "1-12 1E 160.00 2C",
        "opt_out_unconditional",
        "60",
        adopted_on=date(2015, 12, 17),
    ),
    _adjusted("opt-out adopted nobody knows when", "1-12 1E ? 2C", "opt_out_unconditional", "60"),
    _adjusted("reimbursement above the price", "1-12 1E 0.00 2C", "hra", "150"),
    _adjusted("cash for fringe benefits", "1-12 1E 100.00 2C", "cash_in_lieu_fringe", "40"),
    case(
        "rates for tobacco and for families do not count",
        "1-12 1E 140.00 2C",
        offers=(offer(JAN, None),),
        covered=((JAN, None),),
        more={
            "plan_rate": tuple(
                {
                    "coverage_level": level,
                    "from_date": LAST_YEAR,
                    "employee_cost_monthly": Decimal(price),
                    "is_tobacco_user": tobacco,
                }
                for level, price, tobacco in (
                    ("Employee Only", 140, False),
                    ("Employee Only", 190, True),
                    ("Family", 90, False),
                )
            )
        },
    ),
    _ichra(
        "arrangement for the employee only, declined",
        "1-12 1L 112.00 2G",
        "79902",
        more(allowance("300"), silver("79902", 39, "412")),
        offers=(offer(JAN, None, "waived", offered_to_spouse=False, offered_to_dependents=False),),
        covered=(),
    ),
    *(
        _at_work(code, zip_code, spouse, dependents)
        for code, zip_code, spouse, dependents in (
            ("1O", "79911", False, False),
            ("1P", "79912", False, True),
            ("1Q", "79913", True, True),
            ("1U", "79914", True, False),
        )
    ),
    _ichra(
        "arrangement nobody's harbor reaches, declined",
        "1-12 1R . .",
        "79921",
        _dear("79921"),
        offers=(offer(JAN, None, "waived"),),
        covered=(),
        zip=None,
        age=None,
    ),
    _ichra(
        "arrangement nobody's harbor reaches, enrolled",
        "1-12 1R . 2C",
        "79922",
        _dear("79922"),
        zip=None,
        age=None,
    ),
    _ichra(
        "bands by age in plan years from July",
        "1-6 1N 50.00 2C, 7-12 1N 60.00 2C",  # 39 at the first plan year, 40 at the second
        "79931",
        more(
            allowance("300", age_from=30, age_to=39),
            allowance("340", age_from=40, age_to=49),
            silver("79931", 39, "350"),
            silver("79931", 40, "400"),
        ),
        offers=(offer(day(7, 1, 2024), None),),
        covered=((day(7, 1, 2024), None),),
        plan_start="07",
    ),
    _ichra(
        "arrangement, part-time from July",
        "1-6 1N 100.00 2G, 7-12 1N 100.00 2B",
        "79932",
        more(allowance("300"), silver("79932", 39, "400")),
        offers=(offer(JAN, None, "waived"),),
        covered=(),
        employment=(employed_as(LONG_AGO, "full_time", JUNE), employed_as(JULY, "part_time")),
    ),
    declined("salary of 3,000, at", "1-12 1E 270.60 2H", more=salary((LONG_AGO, None, "3000"))),
    declined(
        "salary of 3,000, above",
        "1-12 1E 270.61 .",
        '["2G","2H"]',
        more=salary((LONG_AGO, None, "3000")),
    ),
    case(
        "arrangement from April, never full-time",
        "1-3 1H . 2B, 4-12 1S . 2C",
        employed_as(LONG_AGO, "part_time"),
        plan=_ICHRA,
        offers=(offer(day(4, 1), None),),
        covered=((day(4, 1), None),),
    ),
)
