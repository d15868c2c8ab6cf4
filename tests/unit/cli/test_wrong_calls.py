"""A wrong day, a folder that is a file, a place that cannot be written: one line and exit code 2.

Every command is asked, by its own declared options, so that a new one is asked too.
"""

from __future__ import annotations

import importlib
from datetime import date
from pathlib import Path
from typing import Annotated, get_args, get_origin, get_type_hints

import pytest
from typer.models import OptionInfo

from cli.main import COMMANDS
from cli.main import run as benefits
from tests.unit.warehouse.conftest import write_source

NEEDED = {
    "attest": ["0" * 12, "--actor", "Ada", "--reason", "checked"],
    "approve": ["0" * 12, "--actor", "Ada"],
    "check": ["--source", "."],
    "explain": ["kpi", "total_enrollments"],
    "generate": ["--out", "sample", "--employees", "20"],
    "import": ["form_5500", "--dataset", ".", "--out", "imported"],
    "init": ["--out", "templates"],
    "override": [
        *("--employee", "E1", "--month", "2024-01", "--line", "16", "--value", "2C"),
        *("--actor", "Ada", "--reason", "signed", "--until", "2025-12-31"),
    ],
    "report": ["enrollment_census"],
    "rollback": ["0" * 12, "--actor", "Ada"],
    "run": ["--source", "source"],
    "verify": ["audit"],
    "whatif": ["--tax-year", "2024"],
    "waive": ["0" * 12, "--actor", "Ada", "--reason", "accepted"],
}
WRONG_DAYS = ("2025-13-01", "2025-02-30", "yesterday", "30/06/2025", "20250630", "2025-W26-1", "")


def options(kind: type) -> list[tuple[str, str]]:
    """Return every option of every command that takes such a value, as it is typed."""
    found = []
    for name, (module, _) in COMMANDS.items():
        hints = get_type_hints(importlib.import_module(module).command, include_extras=True)
        for parameter, hint in hints.items():
            if get_origin(hint) is Annotated:
                value, info = get_args(hint)
                if isinstance(info, OptionInfo) and kind in (value, *get_args(value)):
                    found.append((name, f"--{parameter.replace('_', '-')}"))
    return found


DAYS, PLACES = options(date), options(Path)
FOLDERS = [
    (n, o)
    for n, o in PLACES
    if o in ("--home", "--dataset", "--data-docs")
    or (n, o) in (("report", "--out"), ("whatif", "--out"))
]
WRITTEN = [("init", "--out"), ("generate", "--out"), ("demo", "--home"), ("run", "--home")]


@pytest.fixture
def source(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the folder of a small source, beside which the calls are made."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("BENEFITS_HOME", raising=False)
    return write_source(tmp_path / "source")


def refused(capsys: pytest.CaptureFixture[str], *call: str) -> str:
    """Return the one line of a call that is wrong."""
    assert benefits(list(call)) == 2
    said = capsys.readouterr().err
    assert said.count("\n") == 1
    return said


def test_the_days_are_known() -> None:
    assert set(DAYS) == {
        *(("run", "--as-of"), ("check", "--as-of"), ("report", "--as-of")),
        *(("attest", "--until"), ("waive", "--until"), ("override", "--until")),
    }


@pytest.mark.parametrize("day", WRONG_DAYS)
@pytest.mark.parametrize(("name", "option"), DAYS)
def test_what_is_no_day_is_said(
    source: Path, capsys: pytest.CaptureFixture[str], name: str, option: str, day: str
) -> None:
    said = refused(capsys, name, *NEEDED[name], option, day)
    assert f"'{day}' is no day: write it as YYYY-MM-DD" in said


@pytest.mark.parametrize(("name", "option"), FOLDERS)
def test_a_file_is_no_folder(
    source: Path, capsys: pytest.CaptureFixture[str], name: str, option: str
) -> None:
    file = source / "company.csv"
    said = refused(capsys, name, *NEEDED.get(name, []), option, str(file))
    assert f"{file} is a file: name a folder" in said


@pytest.mark.parametrize(("name", "option"), [p for p in PLACES if p not in FOLDERS])
def test_a_place_to_write_that_is_of_the_other_kind_is_said(
    source: Path, capsys: pytest.CaptureFixture[str], name: str, option: str
) -> None:
    place = source / "company.csv" if option == "--out" and name != "worklist" else source
    said = refused(capsys, name, *NEEDED.get(name, []), option, str(place))
    assert str(place) in said
    assert " is a f" in said


@pytest.mark.parametrize("place", ["/proc/x/y", "source/company.csv/below"])
@pytest.mark.parametrize(("name", "option"), WRITTEN)
def test_a_place_that_cannot_be_written_is_said(
    source: Path, capsys: pytest.CaptureFixture[str], name: str, option: str, place: str
) -> None:
    said = refused(capsys, name, *NEEDED.get(name, []), option, place)
    assert "cannot be read or written" in said
    assert place.split("/below")[0].removesuffix("/y") in said


@pytest.mark.parametrize(
    "call",
    [
        *(["certificate"], ["worklist"], ["findings"], ["deliver"], ["verify", "snapshot"]),
        *(["explain", "kpi", "total_enrollments"], ["report", "enrollment_census"]),
        *(["rollback", *NEEDED["rollback"]], ["waive", *NEEDED["waive"]], ["decisions"]),
        *(["approve", *NEEDED["approve"]], ["attest", *NEEDED["attest"]], ["verify", "audit"]),
        ["explain", "aca", "--employee", "E1", "--month", "2024-01"],
        ["whatif", *NEEDED["whatif"]],
    ],
    ids=" ".join,
)
def test_a_home_nothing_is_published_in_is_a_call_too_early(
    source: Path, capsys: pytest.CaptureFixture[str], call: list[str]
) -> None:
    assert "benefits run" in refused(capsys, *call, "--home", "empty")


@pytest.mark.parametrize("month", ["0000-01", "2024-13", "january", "2024-1"])
def test_what_is_no_month_is_said(
    source: Path, capsys: pytest.CaptureFixture[str], month: str
) -> None:
    call = ("report", "enrollment_census", "--source", str(source), "--period", month)
    assert "must be a month such as 2024-03" in refused(capsys, *call)
