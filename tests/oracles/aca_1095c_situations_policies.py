"""Situations of Form 1095-C about policies: another one holds than when somebody was measured.

Belongs here: facts and the lines a careful hand gives, worked out from 26 CFR 54.4980H-3(f)(1) and
Notice 2014-49 alone. Does not belong here: what one policy gives (aca_1095c_situations_measure.py).
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
    day,
    measured,
    more,
    weeks,
    worked,
)

VARIES, PART = "variable_hour", "part_time"
OCT_23, END = day(10, 2, 2023), day(12, 31)
_WAIVED = (offer(JAN, "110.00", "waived"),)
_OF_VARIES = {"applies_to": '{"employment_class":"variable_hour"}'}
_OF_PART = {"applies_to": '{"employment_class":"part_time"}'}
_TWO_YEARS: Rows = {
    "aca_employer_year": tuple(
        {"tax_year": year, "full_time_basis": "hours"} for year in (2024, 2025)
    )
}
_IN_SUMMER = {"standard_start_month_day": "04-01", "stability_start_month_day": "07-01"}


def _moved(on: date) -> tuple[Row, ...]:
    last = date.fromordinal(on.toordinal() - 1)
    return employed_as(LONG_AGO, VARIES, last), employed_as(on, PART)


def _hours(until: date, before: str, after: str) -> Rows:
    """So many hours a week to a Sunday, and others from the Monday after it."""
    return weeks((OCT_23, until, before), (date.fromordinal(until.toordinal() + 1), END, after))


def _policies() -> Rows:
    """Measured while the hours vary, by month elsewhere."""
    return more(measured(**_OF_VARIES), by_month())


def _waived(name: str, words: str, *employment: Row, rows: Rows) -> Example:
    return worked(name, words, *employment, rows=rows, offers=_WAIVED)


def _moved_when_new(name: str, words: str, on: date) -> Example:
    """Hired on 10 June 2024, measured to 9 May at 32 hours a week, offered from 1 July."""
    last = date.fromordinal(on.toordinal() - 1)
    hired = {**employed_as(day(6, 10, 2024), VARIES, last), "expected_full_time_at_hire": False}
    hours = weeks((day(6, 10, 2024), last, "32"), (on, END, "15"))
    offers = (offer(day(7, 1), "110.00", "waived"),)
    return worked(
        name, words, hired, employed_as(on, PART), rows=more(_policies(), hours), offers=offers
    )


EXAMPLES = (
    _waived(
        "full-time period runs on under the monthly method",
        "1-12 1E 110.00 2G",
        *_moved(day(6, 1)),
        rows=more(_policies(), _hours(day(6, 1), "34", "15")),
    ),
    _waived(
        "full-time period runs on where it had begun in the month of the move",
        "1-12 1E 110.00 2G",
        *_moved(day(1, 15)),
        rows=more(_policies(), _hours(day(1, 19), "34", "15"), _TWO_YEARS),
    ),
    _waived(
        "moved before the full-time period began",
        NONE,
        *_moved(day(11, 4, 2024)),
        rows=more(_policies(), _hours(day(11, 3, 2024), "34", "15")),
    ),
    _waived(
        "the employer itself goes over to the monthly method",
        "1-12 1E 110.00 2G",
        employed_as(LONG_AGO, VARIES),
        rows=more(
            measured(valid_to=day(6, 30)),
            by_month(valid_from=day(7, 1)),
            _hours(day(6, 29), "34", "15"),
        ),
    ),
    _waived(
        "a policy ends and none follows",
        "1-12 1E 110.00 2G",
        employed_as(LONG_AGO, VARIES),
        rows=more(measured(valid_to=day(6, 30)), _hours(day(6, 29), "34", "15")),
    ),
    _waived(
        "not full-time, then under the monthly method: each month by its hours",
        "1-6 1E 110.00 2B, 7-12 1E 110.00 2G",
        *_moved(day(6, 30)),
        rows=more(_policies(), _hours(day(6, 29), "20", "40")),
    ),
    _waived(
        "not full-time to the end of the period, though the new one finds more",
        NONE,
        *_moved(day(5, 5)),
        rows=more(
            measured(**_OF_VARIES),
            measured(**_OF_PART, **_IN_SUMMER),
            _hours(day(10, 20, 2024), "20", "45"),
        ),
    ),
    _waived(
        "full-time to the end of the period, though the new one finds less",
        "1-12 1E 110.00 2G",
        *_moved(day(5, 5)),
        rows=more(
            measured(**_OF_VARIES),
            measured(**_OF_PART, **_IN_SUMMER),
            _hours(day(10, 20, 2024), "34", "9"),
        ),
    ),
    _waived(
        "away and back within the period",
        "1-12 1E 110.00 2G",
        employed_as(LONG_AGO, VARIES, day(3, 2)),
        employed_as(day(3, 3), PART, day(5, 4)),
        employed_as(day(5, 5), VARIES),
        rows=more(_policies(), _hours(day(3, 2), "34", "15")),
    ),
    _moved_when_new(
        "moved between the first measurement and its period",
        "1-5 1H . 2D, 6 1H . 2B, 7-12 1E 110.00 2G",
        day(6, 2),
    ),
    _moved_when_new(
        "moved during the first measurement",
        "1-4 1H . 2D, 5-6 1H . 2B, 7-12 1E 110.00 2G",
        day(5, 5),
    ),
    _waived(
        "moved while measured: full-time by that measurement too",
        "1-12 1E 110.00 2G",
        *_moved(day(6, 3, 2024)),
        rows=more(_policies(), _hours(day(6, 2, 2024), "40", "22"), _TWO_YEARS),
    ),
    _waived(
        "moved while measured, and measured as less: each month by its hours",
        NONE,
        *_moved(day(6, 3, 2024)),
        rows=more(_policies(), _hours(day(6, 2, 2024), "31", "22"), _TWO_YEARS),
    ),
    _waived(
        "moved after the measurement, before its period",
        NONE,
        *_moved(day(11, 4, 2024)),
        rows=more(_policies(), _hours(day(11, 3, 2024), "34", "15"), _TWO_YEARS),
    ),
    _waived(
        "from the monthly method: full-time by the month too",
        "1-5 1E 110.00 2G, 6-12 1E 110.00 2B",
        employed_as(LONG_AGO, PART, day(3, 2)),
        employed_as(day(3, 3), VARIES),
        rows=more(
            _policies(),
            weeks(
                (OCT_23, day(10, 13, 2024), "20"),
                (day(10, 14, 2024), day(6, 1), "34"),
                (day(6, 2), END, "15"),
            ),
        ),
    ),
)
