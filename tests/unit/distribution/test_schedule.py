"""When a report is due: expected moments worked out by hand from a calendar."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from distribution.cron import parse_cron
from distribution.errors import Refused
from distribution.periods import KEY_SHAPES, before, from_key, is_key, period_of
from distribution.schedule import Schedule, due_periods, next_due, parse_schedule

HOLIDAYS = {"us_federal": frozenset({date(2025, 1, 1), date(2025, 1, 20), date(2024, 12, 25)})}
LATER = datetime(2026, 6, 1, tzinfo=UTC)


def schedule(**config: object) -> Schedule:
    return parse_schedule(config, HOLIDAYS, "one")


def keys(
    plan: Schedule,
    frequency: str,
    as_of: date,
    now: datetime = LATER,
    opened: tuple[str, ...] = (),
) -> list[str]:
    return [due.period.key for due in due_periods(plan, frequency, as_of, now, opened)]


@pytest.mark.parametrize(
    ("text", "start", "due"),
    [
        ("0 7 * * 1", "2025-02-01 00:00", "2025-02-03 07:00"),
        ("0 7 * * MON", "2025-02-03 07:00", "2025-02-03 07:00"),
        ("0 7 * * 1", "2025-02-03 07:01", "2025-02-10 07:00"),
        ("30 6 1 * *", "2025-02-01 06:31", "2025-03-01 06:30"),
        ("*/20 8-9 * * *", "2025-02-01 08:41", "2025-02-01 09:00"),
        ("0 0 29 2 *", "2025-01-01 00:00", "2028-02-29 00:00"),
        ("0 0 13 * 5", "2025-02-08 00:00", "2025-02-13 00:00"),
        ("0 0 13 * 5", "2025-02-01 00:00", "2025-02-07 00:00"),
        ("0 0 * * 7", "2025-02-01 00:00", "2025-02-02 00:00"),
        ("5,10 0 15 jan,jul *", "2025-02-01 00:00", "2025-07-15 00:05"),
    ],
)
def test_cron_names_the_next_moment(text: str, start: str, due: str) -> None:
    found = parse_cron(text).first_from(datetime.fromisoformat(start))
    assert found == datetime.fromisoformat(due)


@pytest.mark.parametrize(
    "text",
    [
        "61 * * * *",
        "* * * * * *",
        "* * * *",
        "",
        "@daily",
        "0 24 * * *",
        "0 0 0 * *",
        "0 0 * 13 *",
        "0 0 * * 8",
        "5-1 * * * *",
        "*/0 * * * *",
        "a * * * *",
        "*-3 * * * *",
        "1;2 * * * *",
        "0 0 30 2 *",
    ],
)
def test_a_bad_cron_is_one_clear_line(text: str) -> None:
    with pytest.raises(Refused) as caught:
        parse_cron(text).first_from(datetime(2025, 1, 1))
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("config", "message"),
    [
        ({"timezone": "Mars/Phobos"}, "time zone"),
        ({"timezone": "../etc/passwd"}, "time zone"),
        ({"holiday_calendar": "mars"}, "holiday calendar"),
        ({"business_day_shift": "sideways"}, "business_day_shift"),
        ({"catch_up": "some"}, "catch_up"),
        ({"cron": "0 7 * * 1", "rule": "day 3"}, "both"),
        ({"every": "day"}, "unknown key"),
        ({"rule": "when it rains"}, "rule"),
        ({"rule": "day 32"}, "no month"),
        ({"rule": {"business_days": 3, "sql": "x"}}, "rule object"),
        ({"rule": "zillionth business day after month end"}, "which day"),
    ],
)
def test_what_cannot_be_read_is_refused(config: dict[str, object], message: str) -> None:
    with pytest.raises(Refused, match=message):
        schedule(**config)


@pytest.mark.parametrize(
    ("rule", "due"),
    [
        ("third business day after month end", date(2025, 1, 6)),
        ("3rd business day after month end", date(2025, 1, 6)),
        ("3 business days after period end", date(2025, 1, 6)),
        ("3 days after period end", date(2025, 1, 3)),
        ("day 15", date(2025, 1, 15)),
        ("last day of month", date(2025, 1, 31)),
        ({"business_days": 1}, date(2025, 1, 2)),
        ({"days": 5, "after": "month_end"}, date(2025, 1, 5)),
    ],
)
def test_rules_in_words_count_from_the_end_of_the_period(rule: object, due: date) -> None:
    plan = schedule(rule=rule, holiday_calendar="US Federal")
    assert plan.due_at(period_of("Monthly", date(2024, 12, 10))).date() == due


@pytest.mark.parametrize(
    ("shift", "due"),
    [
        (None, date(2025, 1, 20)),
        ("none", date(2025, 1, 20)),
        ("next", date(2025, 1, 21)),
        ("previous", date(2025, 1, 17)),
        (2, date(2025, 1, 22)),
        (-1, date(2025, 1, 17)),
    ],
)
def test_a_due_day_on_a_holiday_shifts_as_told(shift: object, due: date) -> None:
    plan = schedule(cron="0 7 20 1 *", holiday_calendar="us_federal", business_day_shift=shift)
    assert plan.due_at(period_of("Annually", date(2024, 5, 1))).date() == due


def test_a_year_the_calendar_does_not_know_is_refused() -> None:
    plan = schedule(rule="1 business day after period end", holiday_calendar="us_federal")
    with pytest.raises(Refused, match="no days for 2031"):
        plan.due_at(period_of("Annually", date(2030, 5, 1)))


def test_a_period_is_due_only_when_it_is_closed() -> None:
    plan = schedule()
    assert keys(plan, "Monthly", date(2025, 1, 30)) == ["2024-12"]
    assert keys(plan, "Monthly", date(2025, 1, 31)) == ["2025-01"]
    assert keys(plan, "Annually", date(2024, 12, 31)) == ["2024"]
    assert keys(plan, "Quarterly", date(2024, 12, 31)) == ["2024-Q4"]
    assert keys(plan, "Weekly", date(2025, 1, 5)) == ["2025-W01"]
    assert keys(plan, "Daily", date(2025, 1, 5)) == ["2025-01-05"]


def test_the_named_hour_in_the_named_zone_decides() -> None:
    plan = schedule(cron="0 7 1 * *", timezone="America/New_York")
    early = datetime(2025, 2, 1, 11, 59, tzinfo=UTC)
    as_of = date(2025, 1, 31)
    assert keys(plan, "Monthly", as_of, early) == ["2024-12"]
    assert keys(plan, "Monthly", as_of, early + timedelta(minutes=1)) == ["2025-01"]


def test_an_hour_that_the_clock_skips_fires_once_at_the_next_one() -> None:
    plan = schedule(cron="30 2 * * *", timezone="America/New_York")
    due = plan.due_at(period_of("Daily", date(2025, 3, 8)))
    assert due.astimezone(UTC) == datetime(2025, 3, 9, 7, 30, tzinfo=UTC)


def test_an_hour_that_the_clock_repeats_fires_once() -> None:
    plan = schedule(cron="30 1 * * *", timezone="America/New_York")
    as_of, opened = date(2025, 11, 1), ["2025-10-31"]
    first = datetime(2025, 11, 2, 5, 30, tzinfo=UTC)
    due = due_periods(plan, "Daily", as_of, first, opened)
    assert [one.period.key for one in due] == ["2025-11-01"]
    opened.append("2025-11-01")
    assert due_periods(plan, "Daily", as_of, first + timedelta(hours=1), opened) == ()


@pytest.mark.parametrize(
    ("catch_up", "missed"),
    [
        ("one", ["2025-05"]),
        ("all", ["2025-02", "2025-03", "2025-04", "2025-05"]),
        (True, ["2025-02", "2025-03", "2025-04", "2025-05"]),
        ("none", ["2025-05"]),
        (False, ["2025-05"]),
    ],
)
def test_missed_occurrences_follow_the_policy(catch_up: object, missed: list[str]) -> None:
    plan = schedule(catch_up=catch_up)
    found = keys(plan, "Monthly", date(2025, 5, 31), opened=("2024-12", "2025-01"))
    assert found == missed


def test_without_catch_up_a_missed_day_stays_missed() -> None:
    plan = schedule(cron="0 7 1 * *", catch_up="none")
    assert keys(plan, "Monthly", date(2025, 6, 5), opened=("2025-04",)) == []
    assert keys(plan, "Monthly", date(2025, 6, 1), opened=("2025-04",)) == ["2025-05"]


def test_three_years_of_missed_weeks_are_one_report() -> None:
    plan = schedule(cron="0 7 * * 1", catch_up="one")
    assert len(keys(plan, "Weekly", date(2025, 5, 31), opened=("2022-W10",))) == 1


def test_nothing_before_the_first_occurrence_is_made_up() -> None:
    assert keys(schedule(catch_up="all"), "Monthly", date(2025, 5, 31)) == ["2025-05"]


def test_a_changed_frequency_does_not_replay_history() -> None:
    plan = schedule(catch_up="all")
    assert keys(plan, "Daily", date(2025, 5, 31), opened=("2025-04",)) == ["2025-05-31"]


def test_days_that_share_one_moment_are_one_report() -> None:
    plan = schedule(cron="0 7 * * 1-5", catch_up="all")
    found = keys(plan, "Daily", date(2025, 2, 3), opened=("2025-01-30",))
    assert found == ["2025-02-02", "2025-02-03"]


def test_what_comes_next_is_said() -> None:
    plan = schedule(cron="0 7 1 * *", timezone="America/New_York")
    now = datetime(2025, 2, 10, tzinfo=UTC)
    due = next_due(plan, "Monthly", date(2025, 2, 10), now, ["2025-01"])
    zone = ZoneInfo("America/New_York")
    assert (due.period.key, due.since) == ("2025-02", datetime(2025, 3, 1, 7, tzinfo=zone))


@given(st.sampled_from(sorted(KEY_SHAPES)), st.dates(date(2000, 1, 1), date(2100, 1, 1)))
def test_periods_tile_the_calendar(frequency: str, day: date) -> None:
    period = period_of(frequency, day)
    assert period.start <= day <= period.end
    assert from_key(frequency, period.key) == period
    assert [name for name in KEY_SHAPES if is_key(name, period.key)] == [frequency]
    assert before(frequency, period).end == period.start - timedelta(days=1)


@given(
    st.dates(date(2020, 1, 1), date(2030, 1, 1)),
    st.sampled_from(["Daily", "Weekly", "Monthly", "Quarterly", "Annually"]),
    st.sampled_from(["one", "all"]),
)
def test_once_opened_nothing_is_due_again(as_of: date, frequency: str, catch_up: str) -> None:
    plan = schedule(catch_up=catch_up)
    now = datetime(as_of.year + 2, 1, 1, tzinfo=UTC)
    opened = keys(plan, frequency, as_of, now)
    assert len(opened) == 1
    assert keys(plan, frequency, as_of, now, tuple(opened)) == []
