"""The Data Docs of the gate: all suites, the stored results, no other host and no row's value."""

from __future__ import annotations

import json
import re
from pathlib import Path

import duckdb
import pytest

from cli.main import run as benefits
from expectations.contract import Contract
from tests.unit.warehouse.conftest import EMPLOYEES, publish, uid
from warehouse.home import Home

AWAY = re.compile(rb"""(?:src|href)\s*=\s*["']?(?:https?:)?//|url\(["']?(?:https?:)?//|@import""")


@pytest.fixture
def pages(
    tmp_path: Path,
    source: Path,
    contracts: dict[str, Contract],
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> Path:
    """Return the site of a home in which one check passed, one failed and one is not stored."""
    home = Home(tmp_path / "home")
    publish(home.root, source, contracts)
    with duckdb.connect(str(home.landing_file)) as connection:
        connection.executemany(
            "insert into landing.check_result values ('employee', ?, ?, null, 1, 'flag', ?, ?, ?)",
            [
                ["row_volume", "volume", True, 0, "[]"],
                ["pk_employee", "key", False, 3, json.dumps([uid(7)])],
            ],
        )
    monkeypatch.chdir(tmp_path)  # a folder is named as people name it, from where they are
    call = ["certificate", "--home", "home", "--data-docs", "docs"]
    assert benefits(call) in (0, 1)
    assert "index.html" in capsys.readouterr().out
    assert benefits(call) == 2
    return tmp_path / "docs"


def test_the_site_tells_what_was_stored_loads_nothing_and_names_nobody(pages: Path) -> None:
    written = list(pages.rglob("*.html"))
    assert {path.name for path in written} >= {"index.html", "landing_employee.html"}
    [result] = (pages / "validations").rglob("*.html")
    text = re.sub(rb"<[^>]+>|\s+", b" ", result.read_bytes())
    assert b"10%" in text.replace(b" ", b"") or b"10.0%" in text.replace(b" ", b"")
    assert str(EMPLOYEES).encode() in text
    for path in pages.rglob("*"):
        content = path.read_bytes() if path.is_file() else b""
        if path.suffix in (".html", ".css"):
            assert not AWAY.search(content.replace(b'https://greatexpectations.io"', b"")), path
        for private in (b"First7", b"900-01-", uid(7).encode()):
            assert private not in content
    index = (pages / "index.html").read_text()
    assert "1 broken" in index
    assert all((pages / link).is_file() for link in re.findall(r'href="([^"]+)"', index))
    assert b"<script" not in b"".join(path.read_bytes() for path in written)
