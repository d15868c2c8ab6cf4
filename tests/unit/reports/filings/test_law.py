"""What a filing's law values ask for: nothing, an attestation of these values, or a refusal."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import polars as pl
import pytest

from reports.filings.law import NOTICE, with_law
from reports.model import Document, Facts, ReportRequest
from reports.registry import REPORTS

REQUEST = ReportRequest("c1", date(2024, 12, 31), tax_year=2024)
FACTS = Facts("c1", "Harbor Test", None, "v1", date(2024, 12, 31), "A", True)


def judged(*values: tuple[str, int, str | None, str]) -> Document:
    names = ["parameter", "law_year", "value", "status"]
    frame = pl.DataFrame(list(values), schema=names, orient="row").with_columns(
        pl.col("value").cast(pl.Decimal(14, 4)), citation=pl.lit("26 CFR 1.1")
    )
    document = Document("aca_1095c", "Form", FACTS, REQUEST, "Forms", "", ())
    return with_law(document, "aca_1095c", frame)


def test_checked_values_ask_for_nothing() -> None:
    document = judged(("pct", 2024, "8.39", "final"))
    assert (document.work_items, document.notes, document.attestation) == ((), (), "")


def test_recalled_values_print_a_notice_and_need_an_attestation_without_blocking() -> None:
    document = judged(("pct", 2024, "8.39", "final"), ("hours", 2024, "130", "recalled"))
    assert not document.is_refused()
    assert [(about, text[:24]) for about, text in document.notes] == [
        (NOTICE, "1 law value is recalled:")
    ]
    assert "hours 2024" in document.work_items[0].why
    assert document.attestation.startswith("law/aca_1095c|2024|")


@pytest.mark.parametrize("status", ["proposed", "unknown", "missing"])
def test_a_value_nobody_enacted_or_knows_refuses_the_filing(status: str) -> None:
    document = judged(("pct", 2024, None, status))
    assert document.is_refused()
    assert document.work_items[0].what == f"the law value pct of 2024 is {status}"
    assert document.attestation == ""


def test_an_attestation_ends_with_the_values_it_was_given_for() -> None:
    keys = {judged(("hours", 2024, value, "recalled")).attestation for value in ("130", "120")} | {
        judged(("hours", 2023, "130", "recalled")).attestation
    }
    assert len(keys) == 3
    again = judged(("hours", 2024, str(Decimal("130.0000")), "recalled")).attestation
    assert again in keys


def test_every_filing_names_the_law_values_it_stands_on() -> None:
    filings = [report for report in REPORTS if report.kind == "filing"]
    assert filings
    for report in filings:
        assert report.law == f"rpt_{report.name}__law_value"
        assert report.law in report.rows
