"""What the terminal and the first lines of documents say: each thing once, nothing cut unseen."""

from __future__ import annotations

import re

import pytest

from cli.certificate import _print
from cli.main import run as benefits
from cli.steps import WIDTH
from reports.access.viewer import operator
from reports.making import make_document
from reports.model import Document, ReportRequest
from reports.registry import find
from tests.conftest import Published


def _document(published: Published, name: str, company: str, **year: int) -> Document:
    with published.open() as snapshot:
        found = next(c for c in snapshot.companies if c.name.startswith(company))
        request = ReportRequest(found.company_id, snapshot.as_of, **year)  # type: ignore[arg-type]
        return make_document(find(name), request, snapshot, operator())


def test_a_line_of_the_work_list_says_place_and_owner_once(
    published: Published, capsys: pytest.CaptureFixture[str]
) -> None:
    assert benefits(["worklist", "--home", str(published.home)]) == 1
    reasons = re.findall(r"^    (.*)$", capsys.readouterr().out, flags=re.MULTILINE)
    assert reasons
    for reason in reasons:
        why, _, owner = reason.rstrip(")").rpartition(" (")
        assert owner
        assert owner not in why.split()
        place = why.rpartition(": ")[2]
        assert reason.count(f"{place} (") == 1


def test_a_company_without_a_return_is_not_told_that_every_line_is_decided(
    published: Published,
) -> None:
    document = _document(published, "form_5500", "Quartzlane", plan_year=2024)
    assert document.lead == (
        "No return is due here, so there is no line to decide; "
        "what is not filled in is prepared elsewhere."
    )


def test_counts_of_a_verdict_have_their_separators(published: Published) -> None:
    verdict = _document(published, "aca_codes", "Halden Field", tax_year=2024).verdict
    assert re.search(r"of \d,\d{3} months have an unknown cell\.$", verdict)


def test_a_metric_must_be_named(capsys: pytest.CaptureFixture[str]) -> None:
    assert benefits(["explain", "kpi"]) == 2
    assert "explain kpi needs a metric, such as" in capsys.readouterr().err


def test_a_name_that_is_cut_shows_it(capsys: pytest.CaptureFixture[str]) -> None:
    check = {
        "severity": 3,
        "table_name": "benefits_integration_monitoring_of_providers",
        "check_name": "unique_combination",
        "failing_rows": 12,
        "owner": "Benefits administrator",
        "failing_keys": '["", "k1"]',
    }
    entry = {"company_name": "Northmere", "grade": "C", "checks_run": 9, "open": [check]}
    _print(entry)
    lines = capsys.readouterr().out.splitlines()
    (row,) = (line for line in lines if "unique_combination" in line)
    assert row.endswith("Benefits administrator")
    assert "benefits_integration_moni…" in row
    assert all(len(line) <= WIDTH for line in lines)
    assert [line.strip() for line in lines if "key" in line] == ["key k1"]
