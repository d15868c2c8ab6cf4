"""Situations of Form 1095-C in which several rules about prices meet in one year.

Belongs here: facts and the lines a careful hand gives, worked out from the text of the rules alone
before anything was run. Does not belong here: situations of one rule, or of time (mixed).
"""

from __future__ import annotations

from tests.oracles.aca_1095c_example import Example, Row
from tests.oracles.aca_1095c_example_rows import adjustment, employed_as, offer, pay, salary, wages
from tests.oracles.aca_1095c_situation_rows import (
    JAN,
    LONG_AGO,
    YEAR,
    Rows,
    by_month,
    case,
    day,
    months,
    more,
    rates_of_pay,
    worked,
)

JUNE, JULY = day(6, 30), day(7, 1)


def _only(code: str, **more_facts: object) -> Row:
    return {"safe_harbor_order": f'["{code}"]', **more_facts}


def _harbor(
    name: str, words: str, code: str, cost: str, rows: Rows | None = None, **facts: object
) -> Example:
    """Declined all year at a cost; one safe harbor claimed."""
    return case(
        name,
        words,
        employer=_only(code),
        offers=(offer(day(1, 1, 2024), cost, "waived"),),
        more=rows or {},
        **facts,
    )


EXAMPLES = (
    # 54.4980H-5(e)(2), (e)(3): the percentage of the year in which the plan year begins
    _harbor(
        "plan years from July, rate of pay",
        "1-6 1E 135.00 ., 7-12 1E 135.00 2H",  # 8.39 and 9.02 % of 1,560: 130.88 and 140.71
        "2H",
        "135.00",
        pay("12"),
        plan_start="07",
    ),
    _harbor(
        "plan years from July, poverty line",
        "1-6 1E 110.00 ., 7-12 1E 110.00 2G",  # of 15,060 and 15,650: 105.29 and 117.63
        "2G",
        "110.00",
        plan_start="07",
    ),
    # (e)(2)(iii): not hourly: the salary as of the first day of the coverage period, if not reduced
    *(
        _harbor(
            f"salary raised in July, {cost}",
            f"1-12 1E {cost} {code}",
            "2H",
            cost,
            salary((LONG_AGO, JUNE, "3000"), (JULY, None, "4000")),
        )
        for cost, code in (("270.60", "2H"), ("270.61", "."))
    ),
    _harbor(
        "salary reduced in June",
        "1-5 1E 200.00 2H, 6-12 1E 200.00 .",
        "2H",
        "200.00",
        salary((LONG_AGO, day(5, 31), "3000"), (day(6, 1), None, "2900")),
    ),
    _harbor(
        "salary reduced and raised again",
        "1-5 1E 200.00 2H, 6-8 1E 200.00 ., 9-12 1E 200.00 2H",
        "2H",
        "200.00",
        salary(
            (LONG_AGO, day(5, 31), "3000"),
            (day(6, 1), day(8, 31), "2900"),
            (day(9, 1), None, "3000"),
        ),
    ),
    # (e)(2)(ii): wages times months offered over months employed
    *(
        case(
            f"hired in April, wages of 18,000, {cost}",
            f"1-3 1H . 2A, 4-12 1E {cost} {code}",
            employed_as(day(4, 1), "full_time"),
            employer=_only("2F"),
            offers=(offer(day(4, 1), cost, "waived"),),
            more=wages(YEAR, "18000"),
        )
        for cost, code in (("180.40", "2F"), ("180.41", "."))
    ),
    case(
        "wages harbor after half a year of coverage",
        "1-6 1E 180.00 2C, 7-12 1E 180.00 2F",
        employer=_only("2F"),
        offers=(offer(JAN, "180.00"),),
        covered=((JAN, JUNE),),
        more=wages(YEAR, "24000"),
    ),
    # (e)(2)(iv): the poverty line of the state of employment
    case(
        "moved to Alaska in July",
        "1-6 1E 130.00 ., 7-12 1E 130.00 2G",
        {**employed_as(LONG_AGO, "full_time", JUNE), "worksite_state": "OR"},
        {**employed_as(JULY, "full_time"), "worksite_state": "AK"},
        employer=_only("2G"),
        offers=(offer(JAN, "130.00", "waived"),),
    ),
    # Code 1A: within the limit, the spouse without a condition, only while full-time
    *(
        case(
            f"qualifying offers on, {cost}",
            f"1-12 {line_14} {line_15} .",
            employer=_only("2G", use_1a=True),
            offers=(offer(JAN, cost, "waived"),),
        )
        for cost, line_14, line_15 in (("113.20", "1A", "."), ("113.21", "1E", "113.21"))
    ),
    case(
        "qualifying offers on, the spouse on a condition from July",
        "1-6 1A . ., 7-12 1K 110.00 2G",
        employer={"use_1a": True},
        offers=(
            offer(JAN, "110.00", "waived", coverage_to=JUNE),
            offer(JULY, "110.00", "waived", spouse_conditional=True),
        ),
    ),
    worked(
        "full-time in January only, own plan",
        "1-12 1E 120.00 2C",
        employed_as(LONG_AGO, "full_time"),
        rows=more(by_month(), months({m: "140" if m == 1 else "100" for m in range(1, 13)})),
        kept=((JAN, None),),
        plan={"is_self_insured": True},
    ),
    # Line 15: opt-out adds, a wellness incentive beside it stays out, an account takes off
    case(
        "opt-out, wellness and account in one plan",
        "1-12 1E 135.00 2C",  # 100 + 60 - 25
        offers=(offer(JAN, "100.00"),),
        covered=((JAN, None),),
        more=more(
            adjustment("opt_out_unconditional", "60", adopted_on=day(6, 1, 2024)),
            adjustment("wellness_other", "40"),
            adjustment("hra", "25"),
        ),
    ),
    case(
        "qualifying offers on, dearer from July",
        "1-6 1A . ., 7-12 1E 120.00 2H",
        employer={"use_1a": True},
        offers=(
            offer(JAN, "100.00", "waived", coverage_to=JUNE),
            offer(JULY, "120.00", "waived"),
        ),
        more=pay("20"),
    ),
    # 2F needs a constant contribution, and is the one code of the year where it is used at all
    *(
        case(
            f"wages harbor, dearer from July, {order}",
            f"1-6 1E 100.00 2G, 7-12 1E {cost} {code}",
            employer={"safe_harbor_order": order},
            offers=(
                offer(JAN, "100.00", "waived", coverage_to=JUNE),
                offer(JULY, cost, "waived"),
            ),
            more=wages(YEAR, "40000"),
        )
        for order, cost, code in (('["2F","2G"]', "110.00", "2G"), ('["2G","2F"]', "120.00", "."))
    ),
    case(
        "moved to Alaska in July, wages claimed behind the poverty line",
        "1-12 1E 130.00 2F",
        {**employed_as(LONG_AGO, "full_time", JUNE), "worksite_state": "OR"},
        {**employed_as(JULY, "full_time"), "worksite_state": "AK"},
        employer={"safe_harbor_order": '["2G","2F"]'},
        offers=(offer(JAN, "130.00", "waived"),),
        more=wages(YEAR, "40000"),
    ),
    case(
        "opt-out against proof of other coverage",
        "1-12 1E 100.00 2G",
        offers=(offer(JAN, "100.00", "waived"),),
        more=adjustment("opt_out_conditional", "60"),
    ),
    case(
        "opt-out of 2014 beside an account",
        "1-12 1E 75.00 2G",
        offers=(offer(JAN, "100.00", "waived"),),
        more=more(
            adjustment("opt_out_unconditional", "60", adopted_on=day(6, 1, 2014)),
            adjustment("hra", "25"),
        ),
    ),
    _harbor(  # the lowest rate of the month: 18.00, 211.06
        "pay lower for ten days of March",
        "1-2 1E 220.00 2H, 3 1E 220.00 ., 4-12 1E 220.00 2H",
        "2H",
        "220.00",
        rates_of_pay(
            (LONG_AGO, day(3, 9), "20"),
            (day(3, 10), day(3, 19), "18"),
            (day(3, 20), None, "20"),
        ),
    ),
    case(  # 25.00 on the first day of coverage: 293.15
        "raised before coverage began",
        "1-3 1H . 2A, 4-6 1H . 2D, 7-12 1E 290.00 2H",
        employed_as(day(4, 1), "full_time"),
        employer=_only("2H"),
        offers=(offer(JULY, "290.00", "waived"),),
        more=rates_of_pay((day(4, 1), day(5, 31), "20"), (day(6, 1), None, "25")),
    ),
    _harbor(  # 8.39 % of 15,060: 105.29; from February 9.02 % of 15,650: 117.63
        "plan years from February, poverty line",
        "1 1E 110.00 ., 2-12 1E 110.00 2G",
        "2G",
        "110.00",
        plan_start="02",
    ),
)
