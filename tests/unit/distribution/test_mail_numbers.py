"""A table mailed as numbers: what stands first, what is unknown, and when there is a chart."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import polars as pl

from distribution.mail_numbers import with_numbers
from reports.dashboards.mail import mail_body
from reports.model import Chart, Document, Facts, Field, Metrics, ReportRequest, Table

FACTS = Facts("c1", "Northmere", None, "7c1e04b9", date(2025, 6, 30), "B", True)


def document(costs: list[Decimal | None]) -> Document:
    names = [f"Kind {number}" for number in range(len(costs))]
    frame = pl.DataFrame(
        {"kind": names, "cost": costs}, schema_overrides={"cost": pl.Decimal(12, 2)}
    )
    fields = (Field("kind", "Kind"), Field("cost", "Cost", "money"))
    request = ReportRequest("c1", date(2025, 6, 30))
    table = Table("rows", "Cost by kind", fields, frame)
    return Document("custom", "Cost by kind", FACTS, request, "2 rows.", "", (table,))


def test_the_rows_become_numbers_and_a_chart_in_the_mail() -> None:
    body = mail_body(with_numbers(document([Decimal("1200.00"), Decimal("300.50"), None])))
    assert body.subject == "2 rows"
    assert "Kind 0: $1,200" in body.text
    assert "Not known" in body.text
    assert "Cost: Kind 0 is the largest with $1,200" in body.html
    assert len(body.images) == 1


def test_a_negative_amount_is_no_bar() -> None:
    blocks = with_numbers(document([Decimal(5), Decimal(-5)])).blocks
    assert not any(isinstance(block, Chart) for block in blocks)
    assert any(isinstance(block, Metrics) for block in blocks)
