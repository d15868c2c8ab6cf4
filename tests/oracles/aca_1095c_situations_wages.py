"""Situations of Form 1095-C about Form W-2 wages where a plan renews in the middle of the year.

Belongs here: facts and the lines a careful hand gives, worked out from 26 CFR 54.4980H-5(e)(2)(ii)
alone. The contribution stays the same within each plan year, and that of the calendar year is
measured against box 1: 8.39 percent to June 2025, 9.02 percent from July. Not here: other harbors.
"""

from __future__ import annotations

from tests.oracles.aca_1095c_example_rows import offer, wages
from tests.oracles.aca_1095c_situation_rows import YEAR, day
from tests.oracles.aca_1095c_situations_prices import declined, steps

RENEWAL, START = day(7, 1), day(7, 1, 2024)

EXAMPLES = (
    *(
        declined(
            f"plan years from July, wages of {box_1} {word}",
            f"1-12 1E {price} {code}",
            '["2F"]',
            offers=(offer(START, price, "waived"),),
            plan_start="07",
            more=wages(YEAR, box_1),
        )
        for word, price, box_1, code in (  # 8.39 and 9.02 percent: 1,510.20 and 1,623.60
            ("within both percentages", "125.85", "18000", "2F"),
            ("between them", "125.86", "18000", "?"),
            ("above both", "135.31", "18000", "."),
        )
    ),
    *(
        declined(
            f"the price rises at the renewal of July, wages of {box_1} {word}",
            f"1-6 1E 100.00 {code}, 7-12 1E 112.00 {code}",
            '["2F"]',
            offers=steps("100.00", "112.00", start=START),
            plan_start="07",
            more=wages(YEAR, box_1),
        )
        for word, box_1, code in (  # 1,272.00 in the year
            ("within both percentages", "15160.91", "2F"),
            ("just not within the lower", "15160.90", "?"),
            ("just within the upper", "14102.00", "?"),
            ("above both", "14101.99", "."),
        )
    ),
    declined(
        "the price rises in April, within a plan year from July",
        "1-3 1E 100.00 ., 4-12 1E 112.00 .",
        '["2F"]',
        offers=steps("100.00", "112.00", change=day(4, 1), start=START),
        plan_start="07",
        more=wages(YEAR, "90000"),
    ),
)
