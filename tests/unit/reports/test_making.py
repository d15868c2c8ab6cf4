"""A filing is refused while its company's data has a check of severity 1 open."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from types import SimpleNamespace
from typing import cast

import polars as pl
import pytest

from reports.access.viewer import operator
from reports.making import make_document
from reports.model import Document, Facts, Kind, Report, ReportRequest
from reports.snapshot import Snapshot

REQUEST = ReportRequest("c1", date(2025, 6, 30))


def report(kind: Kind) -> Report:
    def build(rows: Mapping[str, pl.DataFrame], request: ReportRequest, facts: Facts) -> Document:
        return Document("r", "R", facts, request, "Verdict.", "Lead.", ())

    return Report("r", "R", kind, (), ("json",), build, "aggregate")


def snapshot(grade: str) -> Snapshot:
    facts = Facts("c1", "Harbor Test", None, "v1", date(2025, 6, 30), grade, True)
    fake = SimpleNamespace(rows=lambda *_: {}, facts=lambda _: facts)
    return cast(Snapshot, fake)


@pytest.mark.parametrize(
    ("kind", "grade", "refused"),
    [
        ("filing", "F", True),
        ("filing", "E", False),
        ("filing", "A", False),
        ("dashboard", "F", False),
        ("dataset", "F", False),
    ],
)
def test_only_a_filing_on_unsound_data_is_refused(kind: Kind, grade: str, refused: bool) -> None:
    document = make_document(report(kind), REQUEST, snapshot(grade), operator())
    assert document.is_refused() is refused
