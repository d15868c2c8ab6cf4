"""The product connects to nothing its operator did not name (P19): every command that shows data.

What a run connects to is watched in every run of the tests.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.conftest import Published, benefits

pytestmark = pytest.mark.prove
FORMATS = "pdf,xlsx,csv,xml,json"


@pytest.mark.parametrize(
    "call",
    [
        ["report", "executive_dashboard", "--format", "pdf,xlsx,csv,json,html"],
        ["report", "aca_1095c", "--tax-year", "2024", "--format", FORMATS],
        ["report", "form_5500", "--plan-year", "2024", "--format", FORMATS],
        ["certificate"],
        ["worklist"],
        ["findings"],
        ["verify", "audit"],
        ["verify", "snapshot"],
        ["deliver", "--dry-run"],
    ],
    ids=lambda call: " ".join(call[:2]),
)
def test_no_command_connects_to_anybody(
    published: Published, tmp_path: Path, call: list[str]
) -> None:
    record = tmp_path / "connections.txt"
    out = ["--out", str(tmp_path / "out")] if call[0] == "report" else []
    done = benefits(*call, *out, "--home", published.home, watch=record)
    assert done.returncode in (0, 1), done.stderr
    assert not record.exists() or record.read_text() == ""
