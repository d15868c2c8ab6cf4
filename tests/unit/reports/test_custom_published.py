"""The custom report of the sample on a published version: small groups, modelled cost, period."""

from __future__ import annotations

import json
import re
from decimal import Decimal

import pytest

from distribution.mail_numbers import with_numbers
from reports.access.viewer import operator
from reports.custom import custom_report
from reports.dashboards.mail import mail_body
from reports.making import make_document
from reports.model import DATA_FORMATS, Document, ReportRequest
from reports.render import render
from reports.snapshot import Snapshot
from tests.conftest import Published


def _documents(snapshot: Snapshot) -> dict[str, Document]:
    """The custom report of the sample for each company, by the first word of its name."""
    texts = snapshot.table("rpt_distribution__requirement")["template_config"].to_list()
    declared = next(json.loads(text)["custom"] for text in texts if text and '"custom"' in text)
    report = custom_report(declared)
    return {
        company.name.split()[0]: make_document(
            report,
            ReportRequest(company.company_id, snapshot.as_of, period="2025-Q2"),
            snapshot,
            operator(),
        )
        for company in snapshot.reporting_companies
    }


@pytest.fixture(scope="module")
def made(published: Published) -> dict[str, Document]:
    with published.open() as snapshot:
        return _documents(snapshot)


def test_the_small_company_shows_no_figure_in_any_format(made: dict[str, Document]) -> None:
    document = made["Quartzlane"]
    (table,) = document.tables()
    assert table.frame.height
    for name in ("cost", "budget", "variance"):
        assert table.frame[name].null_count() == table.frame.height
    assert table.totals is None
    mailed = mail_body(with_numbers(document))
    assert "$" not in re.sub(r"<[^>]*>", "", mailed.html) + mailed.text + mailed.subject
    assert not mailed.images
    for format in DATA_FORMATS:
        assert render(document, format)


def test_a_self_insured_company_says_that_its_cost_is_modelled(made: dict[str, Document]) -> None:
    document = made["Fernhollow"]
    assert "(modelled)" in document.verdict
    statuses = dict(document.tables()[0].frame.select("cost_category", "cost_status").rows())
    assert statuses["Health Insurance"] == "modelled"
    assert statuses["Life Insurance"] == "measured"
    assert "(modelled)" in mail_body(with_numbers(document)).text
    assert "modelled" not in made["Osprey"].verdict


def test_the_quarter_holds_its_three_months_only(
    made: dict[str, Document], published: Published
) -> None:
    document = made["Osprey"]
    with published.open() as snapshot:
        company = {"company_id": document.request.company_id}
        rows = snapshot.where("benefits_cost_analysis", company)
    months = [
        cost
        for day, cost in rows.select("analysis_date", "cost_amount").rows()
        if (day.year, day.month) in {(2025, 4), (2025, 5), (2025, 6)}
    ]
    totals = document.tables()[0].totals
    assert totals is not None
    assert totals["cost"] == sum(months, Decimal(0))
    assert document.subtitle == "April to June 2025"
