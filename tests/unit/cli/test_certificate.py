"""`benefits certificate` over a published home: what is open, what is not there, the page."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from cli.main import run as benefits
from expectations.contract import load_contracts
from tests.unit.warehouse.conftest import publish, write_source


def test_the_page_and_the_lines_say_what_is_open_and_what_is_not_there(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    source = write_source(tmp_path / "source")
    path = source / "employee.csv"
    path.write_text(path.read_text().replace("900-01-0005", "canary-5"))
    home, page = tmp_path / "home", tmp_path / "certificate.html"
    publish(home, source, load_contracts())
    assert benefits(["certificate", "--home", str(home), "--html", str(page)]) == 1
    shown, text = capsys.readouterr().out, page.read_text("utf-8")
    for said in (shown, text):
        assert "value.ssn_format ssn" in said
        assert "benefit_offer" in said
        assert "canary" not in said
    assert benefits(["certificate", "--home", str(home), "--json"]) == 1
    assert "benefit_offer" in json.loads(capsys.readouterr().out)["missing"]["aca_1095c"]
