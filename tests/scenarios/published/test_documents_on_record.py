"""What the demo lays before a newcomer is on record: each file can be proved to be genuine."""

from __future__ import annotations

import shutil
from pathlib import Path

from cli.demo import AS_OF, write_documents
from cli.homes import published_in
from cli.main import run as benefits
from cli.run import make_run
from cli.steps import Steps
from reports.access.viewer import operator
from reports.filings.form_5500.report import REPORT
from reports.making import make_document
from reports.requests import latest_request
from tests.conftest import Published
from warehouse.opening import open_home


def test_a_return_is_either_filled_in_or_said_not_to_be_due(published: Published) -> None:
    said = {}
    with published_in(open_home(published.home)) as snapshot:
        for company in snapshot.reporting_companies:
            request = latest_request(REPORT, company.company_id, snapshot.as_of)
            document = make_document(REPORT, request, snapshot, operator())
            table = next(t for t in document.tables() if t.name == "f_5500")
            plans = snapshot.where(
                "rpt_form_5500__requirement",
                {"company_id": company.company_id, "plan_year": request.plan_year},
            )
            is_decided = not {"unknown", "refused"} & set(plans["status"].to_list())
            said[company.company_id] = (document.nothing_due, table.frame.height > 0, is_decided)
    assert {text == "" for text, is_filled, _ in said.values() if is_filled} == {True}
    assert {
        (text, is_decided) for text, is_filled, is_decided in said.values() if not is_filled
    } <= {
        ("no return due", True),
        ("no return filled in: not every plan is decided", False),
    }
    assert any(text for text, _, _ in said.values())


def test_every_file_of_the_demo_is_a_document_of_its_home(
    published: Published, tmp_path: Path
) -> None:
    home = tmp_path / "home"
    for folder in ("published", "ledger"):
        shutil.copytree(published.home / folder, home / folder)
    shutil.copy(published.home / "encryption.json", home)
    run = make_run("", AS_OF, "demo", open_home(home))
    wanted = ("aca_1095c", "executive_dashboard")
    files = write_documents(run, tmp_path / "out", Steps(quiet=True), wanted)
    assert {path.suffix for path in files} == {".pdf", ".xlsx", ".csv", ".xml", ".json", ".html"}
    sample = sorted({path.suffix: path for path in files}.values())
    for path in sample:
        assert benefits(["verify", str(path), "--home", str(home)]) == 0
    sample[0].write_bytes(sample[0].read_bytes() + b" ")
    assert benefits(["verify", str(sample[0]), "--home", str(home)]) == 1
