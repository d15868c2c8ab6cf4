"""Situations of Form 1095-C about measurement: look-back, first measurements, returns, leaves.

Belongs here: facts and the lines a careful hand gives, by what is special about them, worked out
from the text of the rules alone. Does not belong here: waiting periods, offers, prices.
"""

from __future__ import annotations

from datetime import date

from tests.oracles.aca_1095c_example import Example, Row
from tests.oracles.aca_1095c_example_rows import employed_as, offer
from tests.oracles.aca_1095c_situation_rows import (
    JAN,
    LONG_AGO,
    NONE,
    Rows,
    by_month,
    case,
    day,
    leave,
    measured,
    more,
    weeks,
    worked,
)

VARIES = "variable_hour"
OCT_23, END = day(10, 2, 2023), day(12, 31)


def _on_leave(kind: str) -> Rows:
    """34 hours a week but for ten weeks: 27.7 on average where those count."""
    before, after = day(2, 4, 2024), day(4, 15, 2024)
    worked = weeks((OCT_23, before, "34"), (after, END, "34"))
    return more(measured(), leave(day(2, 5, 2024), day(4, 14, 2024), kind), worked)


def _initial(hours: str) -> Rows:
    """Hired on 10 June 2024: measured to 9 May, decided to 30 June."""
    return more(measured(), weeks((day(6, 10, 2024), END, hours)))


def _new(hired: date, last: date | None = None, name: str = VARIES) -> Row:
    return {**employed_as(hired, name, last), "expected_full_time_at_hire": False}


_BACK = (employed_as(LONG_AGO, VARIES, day(2, 28)), employed_as(day(6, 16), VARIES))
_CHANGED = (_new(day(1, 6), day(5, 11)), employed_as(day(5, 12), "full_time"))
_DECLINED = (offer(day(7, 1, 2024), "110.00", "waived"),)
_PARITY = (employed_as(day(2, 3), "full_time", day(3, 7)), employed_as(day(5, 5), "full_time"))
_WAIVED = (offer(JAN, "110.00", "waived"),)
_LITTLE = (day(10, 3, 2024), END, "20")
_TWICE = {
    "standard_start_month_day": "04-03",
    "standard_length_months": 6,
    "stability_length_months": 6,
    "initial_length_months": 6,
}
_EXPECTED = {**employed_as(day(11, 18, 2024), "full_time"), "expected_full_time_at_hire": True}


def _left_out(days_out: int, words: str) -> Example:
    last, back = day(2, 28), date.fromordinal(day(2, 28).toordinal() + 1 + days_out)
    return case(
        f"{days_out} days without employment",
        words,
        employed_as(LONG_AGO, "full_time", last),
        employed_as(back, "full_time"),
        offers=(offer(JAN, "120.00", coverage_to=last), offer(day(9, 1), "120.00")),
        covered=((JAN, last), (day(9, 1), None)),
    )


def _break(
    name: str, words: str, first: date, length: int, hours: str, school: bool = True
) -> Example:
    """So many hours a week but for an unpaid break of so many days."""
    last = date.fromordinal(first.toordinal() + length - 1)
    before, after = date.fromordinal(first.toordinal() - 1), date.fromordinal(last.toordinal() + 1)
    hours_worked = weeks((OCT_23, before, hours), (after, END, hours))
    row = {**employed_as(LONG_AGO, VARIES), "is_educational": school}
    rows = more(measured(), leave(first, last, "educational_break"), hours_worked)
    return worked(name, words, row, rows=rows, offers=_WAIVED)


EXAMPLES = (
    worked(
        "back within 13 weeks of a stability period",
        "1-3 1E 120.00 2C, 4 1H . 2A, 5 1H . ., 6-12 1E 120.00 2C",
        employed_as(LONG_AGO, VARIES, day(3, 31)),
        employed_as(day(5, 19), VARIES),
        rows=more(measured(), weeks((OCT_23, day(3, 31), "34"), (day(5, 19), END, "20"))),
        kept=((JAN, day(3, 31)), (day(6, 1), None)),
    ),
    worked(
        "back after 15 weeks is new",
        "1-2 1E 120.00 2C, 3-5 1H . 2A, 6-12 1H . 2D",
        *_BACK,
        rows=more(measured(), weeks((OCT_23, day(2, 28), "34"), (day(6, 16), END, "36"))),
        kept=((JAN, day(2, 28)),),
    ),
    worked(
        "back at a school after 15 weeks",
        "1-2 1E 120.00 2C, 3-5 1H . 2A, 6-7 1H . ., 8-12 1E 120.00 2C",
        *({**row, "is_educational": True} for row in _BACK),
        rows=more(measured(), weeks((OCT_23, day(2, 28), "34"), (day(6, 16), END, "36"))),
        kept=((JAN, day(2, 28)), (day(8, 1), None)),
    ),
    _left_out(90, "1-2 1E 120.00 2C, 3-4 1H . 2A, 5-8 1H . ., 9-12 1E 120.00 2C"),
    _left_out(91, "1-2 1E 120.00 2C, 3-4 1H . 2A, 5-8 1H . 2D, 9-12 1E 120.00 2C"),
    case(
        "parity: away longer than there before",
        "1 1H . 2A, 2-3 1H . 2D, 4 1H . 2A, 5-8 1H . 2D, 9-12 1E 120.00 2C",
        *_PARITY,
        offers=(offer(day(9, 1), "120.00"),),
        covered=((day(9, 1), None),),
        more=by_month(parity_rule=True),
    ),
    *(
        worked(
            f"{kind} left out of the average",
            "1-12 1E 110.00 2G",
            employed_as(LONG_AGO, VARIES),
            rows=_on_leave(kind),
            offers=_WAIVED,
        )
        for kind in ("fmla", "userra", "jury_duty")
    ),
    worked(
        "other unpaid leave counts as no hours",
        NONE,
        employed_as(LONG_AGO, VARIES),
        rows=_on_leave("other_unpaid"),
        offers=_WAIVED,
    ),
    worked(
        "hours fall inside a full-time stability period",
        "1-12 1E 110.00 2G",
        employed_as(LONG_AGO, VARIES),
        rows=more(
            measured(), weeks((OCT_23, day(10, 14, 2024), "31"), (day(10, 15, 2024), END, "9"))
        ),
        offers=_WAIVED,
    ),
    worked(
        "hours rise inside a part-time stability period",
        NONE,
        employed_as(LONG_AGO, VARIES),
        rows=more(
            measured(), weeks((OCT_23, day(10, 20, 2024), "29"), (day(10, 21, 2024), END, "45"))
        ),
        offers=_WAIVED,
    ),
    worked(
        "first measurement: full-time, offered in time",
        "1-6 1H . 2D, 7-12 1E 120.00 2C",
        _new(day(6, 10, 2024)),
        rows=_initial("32"),
        kept=((day(7, 1), None),),
    ),
    worked("first measurement: below", NONE, _new(day(6, 10, 2024)), rows=_initial("20")),
    worked(
        "first measurement: offered two months late",
        "1 1H . ., 2 1H . 2B, 3-8 1H . ., 9-12 1E 120.00 2C",  # February: 128 hours
        _new(day(6, 10, 2024)),
        rows=_initial("32"),
        kept=((day(9, 1), None),),
    ),
    worked(
        "first measurement: offered at once and declined",
        "1-6 1E 110.00 2D, 7-12 1E 110.00 2G",
        _new(day(6, 10, 2024)),
        rows=_initial("32"),
        offers=_DECLINED,
    ),
    worked(
        "first measurement: covered from the start",
        "1-12 1E 120.00 2C",
        _new(day(6, 10, 2024)),
        rows=_initial("32"),
        kept=((day(7, 1, 2024), None),),
    ),
    worked(
        "first measurement: seasonal and gone",
        NONE,
        _new(day(5, 12), day(9, 26), "seasonal"),
        rows=more(measured(), weeks((day(5, 12), day(9, 26), "50"))),
    ),
    worked(
        "full-time position in the first measurement, offered in the fourth month",
        "1-8 1H . 2D, 9-12 1E 120.00 2C",
        *_CHANGED,
        rows=more(measured(), weeks((day(1, 6), day(5, 11), "20"), (day(5, 12), END, "40"))),
        kept=((day(9, 1), None),),
    ),
    worked(
        "full-time position in the first measurement, offered a month late",
        "1-4 1H . 2D, 5-9 1H . ., 10-12 1E 120.00 2C",
        *_CHANGED,
        rows=more(measured(), weeks((day(1, 6), day(5, 11), "36"), (day(5, 12), END, "40"))),
        kept=((day(10, 1), None),),
    ),
    worked(
        "expected full-time, waiting over the new year",
        "1-2 1H . 2D, 3-12 1E 120.00 2C",
        _EXPECTED,
        rows=more(measured(), weeks((day(11, 18, 2024), END, "40"))),
        kept=((day(3, 1), None),),
    ),
    worked(
        "expected full-time, not yet measured: each month by its hours",
        "1-6 1E 110.00 2G, 7-12 1E 110.00 2B",
        {**_EXPECTED, "start_date": day(3, 4, 2024)},
        rows=more(measured(), weeks((day(3, 4, 2024), day(6, 29), "40"), (day(6, 30), END, "15"))),
        offers=(offer(day(4, 1, 2024), "110.00", "waived"),),
    ),
    worked(
        "six months measured twice a year",
        "1-6 1E 110.00 2G, 7-12 1E 110.00 2B",
        employed_as(LONG_AGO, VARIES),
        rows=more(measured(**_TWICE), weeks((day(1, 1, 2024), day(10, 2, 2024), "34"), _LITTLE)),
        offers=_WAIVED,
    ),
    worked(
        "below at first, full-time at the standard measurement",
        "1-12 1E 110.00 2G",
        _new(day(6, 12, 2023)),
        rows=more(
            measured(),
            weeks((day(6, 12, 2023), day(10, 15, 2023), "5"), (day(10, 16, 2023), END, "31.5")),
        ),
        offers=_WAIVED,
    ),
    worked(
        "full-time at first, below at the standard measurement",
        "1-7 1E 110.00 2G, 8-12 1E 110.00 2B",  # the first stability period ends on 2 July
        _new(day(6, 12, 2023)),
        rows=more(
            measured(),
            weeks((day(6, 12, 2023), day(5, 11, 2024), "31"), (day(5, 12, 2024), END, "10")),
        ),
        offers=_WAIVED,
    ),
    _break("ten weeks of summer at a school", "1-12 1E 110.00 2G", day(6, 10, 2024), 70, "34"),
    _break("ten weeks of summer elsewhere", NONE, day(6, 10, 2024), 70, "34", school=False),
    _break("three weeks of a school count", NONE, day(6, 10, 2024), 21, "31"),
    _break("twenty weeks of a school: 501 hours at most", NONE, day(4, 15, 2024), 140, "32"),
)
