"""The monitor of the published home never disagrees with what the forms are filled from."""

from __future__ import annotations

from tests.conftest import Published


def test_the_unprotected_are_those_of_the_exposure_in_the_last_month_that_ended(
    published: Published,
) -> None:
    with published.open() as snapshot:
        people = snapshot.table("rpt_aca_monitor__person").to_dicts()
        exposed = snapshot.table("rpt_aca_audit__exposed").to_dicts()
        months = snapshot.table("rpt_aca_exposure__month").to_dicts()
        day = snapshot.as_of
    last = (day.year, day.month)
    assert {(row["tax_year"], row["month"]) for row in months if row["tax_year"] == day.year} == {
        (day.year, month) for month in range(1, day.month + 1)
    }
    watched = {row["company_id"] for row in months if (row["tax_year"], row["month"]) == last}
    ended = [
        row
        for row in exposed
        if (row["tax_year"], row["month"]) == last and row["company_id"] in watched
    ]
    unprotected = {(row["employee_id"], row["kind"]) for row in ended if row["is_exposed"]}
    open_ones = {row["employee_id"] for row in ended if row["kind"] == "unknown"}
    assert unprotected or open_ones
    assert unprotected == {(r["employee_id"], r["kind"]) for r in people if r["urgency"] == 1}
    assert open_ones <= {row["employee_id"] for row in people if row["urgency"] == 4}
