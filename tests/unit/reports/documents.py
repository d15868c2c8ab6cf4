"""Documents with values that break careless renderers."""

from __future__ import annotations

import dataclasses
from datetime import date
from decimal import Decimal

import polars as pl

from reports.model import Chart, Document, Facts, Field, Metric, Metrics, ReportRequest, Table, Text

COMPANY = "7d0f6f0e-8d2b-5c1e-9a55-3f2f4c1b9e10"
FACTS = Facts(
    COMPANY, "Northmere Instruments, Inc.", "900000001", "7c1e04b9", date(2026, 11, 8), "B", True
)
REQUEST = ReportRequest(company_id=COMPANY, as_of=date(2026, 11, 8), period="2026-10")
NASTY = pl.DataFrame(
    {
        "number": ["007", "0010", "00000000000000000042", "1e5", None],
        "name": ["=1+1", 'O\'Brien "Bo" <b>&amp; Søn</b>', "+cmd|' /C calc'!A0", "@x, y;z", "-2+3"],
        "comment": [
            "Ωmega Żółć Čeština",
            "long " * 60 + "end",
            " two lines\nand a tab\tinside",
            None,
            "100% {curly} \\back_x0041_",
        ],
        "amount": [
            Decimal("-1234567.89"),
            None,
            Decimal("0.00"),
            Decimal("12.50"),
            Decimal("-0.01"),
        ],
        "share": [Decimal("91.94"), Decimal("0.00"), None, Decimal("-4.80"), Decimal("100.00")],
        "count": [0, -3, 2_147_483_648, None, 12],
        "born": [date(1990, 1, 2), date(2024, 2, 29), None, date(2026, 12, 31), date(1899, 12, 31)],
        "covered": [True, False, None, True, False],
        "amount_reason": [None, 'no pay frequency & <no> "rate"', None, None, None],
        "share_reason": [None, None, "suppressed: fewer than 5 people", None, None],
        "is_bad": [True, False, False, None, False],
    },
    schema_overrides={"amount": pl.Decimal(18, 2), "share": pl.Decimal(9, 2)},
)
FIELDS = (
    Field("number", "Employee number", "identifier"),
    Field("name", "Name", "text"),
    Field("comment", "Comment", "text", null="blank"),
    Field(
        "amount",
        "Amount",
        "money",
        unit="$",
        places=2,
        reason="amount_reason",
        adverse="is_bad",
        is_signed=True,
    ),
    Field("share", "Share", "percent", unit="%", places=2, reason="share_reason"),
    Field("count", "Count", "integer"),
    Field("born", "Born", "date", null="not_applicable"),
    Field("covered", "Covered", "boolean"),
)
TABLE = Table(
    "people",
    "People & <things>",
    FIELDS,
    NASTY,
    note="Sorted as given",
    totals={"number": "Total", "amount": Decimal("-1234555.40")},
    question="Who is in it?",
)
SMALL = Table(
    "cost",
    "Cost by benefit",
    (
        Field("benefit", "Benefit"),
        Field("actual", "Actual", "money", unit="$ thousand", places=1),
        Field("budget", "Budget", "money", unit="$ thousand", places=1),
    ),
    pl.DataFrame(
        {
            "benefit": ["Health", "Retirement", "Dental"],
            "actual": [Decimal("17842.6"), Decimal("3486.1"), Decimal("1028.7")],
            "budget": [Decimal("16985.0"), Decimal("3460.0"), Decimal("1040.0")],
        }
    ),
)
CHART = Chart(
    "cost_chart",
    "Health is $858K of the overrun",
    {
        "$schema": "https://vega.github.io/schema/vega-lite/v6.json",
        "width": 300,
        "height": 90,
        "config": {"font": "Source Sans Pro"},
        "data": {"values": [{"a": "Health", "b": 3}, {"a": "Dental", "b": 1}]},
        "mark": {"type": "bar", "color": "#1D4F91"},
        "encoding": {
            "y": {"field": "a", "type": "nominal"},
            "x": {"field": "b", "type": "quantitative"},
        },
    },
    "Health 17,842.6, Dental 1,028.7",
    "cost",
    "Bars: actual. Line: budget. $ thousand",
    category="benefit",
    series=("actual", "budget"),
    kind="bar",
)
METRICS = Metrics(
    "verdict",
    "Verdict",
    (
        Metric(
            "cost",
            "Employer cost, Jan–Oct",
            Decimal("24318400.00"),
            "$",
            text="$24.32M",
            target=Decimal("23410000.00"),
            target_text="$23.41M",
            variance=Decimal("908400.00"),
            variance_text="$908K (3.9%) over",
            is_adverse=True,
            trend=tuple((f"2026-{m:02}", Decimal(m * m + 20)) for m in range(1, 11)),
            note="July health price: $758K of it",
        ),
        Metric(
            "participation",
            "Participation, October",
            Decimal("91.9"),
            "%",
            text="91.9%",
            target=Decimal("90.0"),
            target_text="90.0%",
            variance=Decimal("1.9"),
            variance_text="1.9 points above",
            is_adverse=False,
        ),
        Metric(
            "satisfaction",
            "Satisfaction",
            None,
            "",
            "not_measured",
            why_missing="No survey is loaded",
        ),
    ),
)
TEXT = Text("reading", "How to read it", ("Plain <b>text</b> & nothing else.",))


def document(*blocks: object, **changes: object) -> Document:
    """The sample document, with other blocks or fields where given."""
    base = Document(
        report="sample_report",
        title="Sample report",
        facts=FACTS,
        request=REQUEST,
        verdict="Employer cost is $908K (3.9%) over budget, headed for $1.35M by December.",
        lead="$758K of the overrun came after the July health price rise.",
        blocks=(METRICS, CHART, SMALL, TABLE, TEXT),
        subtitle="October 2026 and year to date",
        made_for="Executive role, all departments",
        notes=(("Restated since Oct 12", "September cost, +$6.4 thousand"),),
        definitions=(("Employer cost", "What the employer pays for benefits in the period"),),
    )
    if blocks:
        base = dataclasses.replace(base, blocks=blocks)  # type: ignore[arg-type]
    return dataclasses.replace(base, **changes)  # type: ignore[arg-type]
