"""A filing in its public layout is read, drawn and written again without a change."""

from __future__ import annotations

import csv
import subprocess
from pathlib import Path

import pytest

from cli.main import run
from reports.errors import RequestError
from reports.filings.form_5500.dataset import read_dataset, table_of
from reports.filings.form_5500.imported import build_imported
from reports.model import DATA_FORMATS, Format, FormPages
from reports.render import RenderedFile, render

FILED = Path(__file__).parents[3] / "scenarios" / "form_5500_filed" / "filed"
TABLES = ("F_5500", "F_SCH_A", "F_SCH_A_PART1")


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _copy(folder: Path, **changes: str) -> Path:
    for path in FILED.iterdir():
        text = path.read_text(encoding="utf-8")
        for old, new in changes.items():
            text = text.replace(old, new)
        (folder / path.name).write_text(text, encoding="utf-8")
    return folder


def test_the_same_files_are_written_again(tmp_path: Path) -> None:
    call = ["import", "form_5500", "--dataset", str(FILED), "--out", str(tmp_path / "out")]
    assert run(call) == 0
    for table in TABLES:
        assert _rows(tmp_path / "out" / f"{table}.csv") == _rows(FILED / f"{table}.csv")
    written = {path.suffix for path in (tmp_path / "out").iterdir()}
    assert written == {".csv", ".pdf", ".xlsx", ".xml", ".json"}


def test_what_the_document_does_not_hold_is_listed(tmp_path: Path) -> None:
    folder = _copy(tmp_path)
    (folder / "F_SCH_H_2023_latest.csv").write_text("ACK_ID\n1\n", encoding="utf-8")
    form = folder / "F_5500.csv"
    lines = form.read_text(encoding="utf-8").splitlines()
    form.write_text(f"{lines[0]},NOTE\n{lines[1]},seen\n", encoding="utf-8")
    left = {(row["file"], row["column"]) for row in read_dataset(folder).unmodelled.to_dicts()}
    assert left == {("F_SCH_H_2023_latest.csv", ""), ("F_5500.csv", "NOTE")}


def test_each_schedule_is_drawn_with_all_its_recipients() -> None:
    document = build_imported(read_dataset(FILED))
    forms, schedules = (block for block in document.blocks if isinstance(block, FormPages))
    assert [page.page for page in forms.pages] == [1, 2, 3]
    by_contract = [page.values.get("1d", "") for page in schedules.pages]
    assert [number for number in by_contract if number] == [
        row["INS_CONTRACT_NUM"] for row in _rows(FILED / "F_SCH_A.csv")
    ]
    vision = by_contract.index("CV 77")
    assert schedules.pages[vision + 1].page == 2
    assert schedules.pages[vision + 1].values["3a_name_1"] == "ALDER CREDIT UNION SERVICES"
    assert all(page.mark == "Worksheet, not for filing" for page in forms.pages)


def test_the_page_shows_what_was_filed(tmp_path: Path) -> None:
    (file,) = render(build_imported(read_dataset(FILED)), "pdf")
    path = tmp_path / file.name
    path.write_bytes(file.content)
    text = subprocess.run(
        ["pdftotext", "-layout", str(path), "-"], capture_output=True, text=True, check=True
    ).stdout
    for shown in ("MILLRACE PAPER COMPANY", "99-1234567", "10/01/2023", "1,204,418", "-4,100"):
        assert shown in text


def test_two_readings_give_the_same_bytes() -> None:
    first, second = (
        [file.content for name in DATA_FORMATS for file in _made(name)] for _ in range(2)
    )
    assert first == second


def _made(name: Format) -> tuple[RenderedFile, ...]:
    return render(build_imported(read_dataset(FILED)), name)


def test_rows_without_an_acknowledgement_are_joined_by_plan_and_day(tmp_path: Path) -> None:
    folder = _copy(tmp_path, **{"20250722103015NAL0001234567001": ""})
    document = build_imported(read_dataset(folder))
    schedules = [block for block in document.blocks if isinstance(block, FormPages)][1]
    assert sum(page.page == 1 for page in schedules.pages) == 8
    assert schedules.pages[0].values["3a_name_1"] == "NORTH BROKERS INC"


@pytest.mark.parametrize(
    ("stem", "table"),
    [
        ("F_5500_2022_latest", "F_5500"),
        ("f_sch_a_part1_2023_latest", "F_SCH_A_PART1"),
        ("F_5500_SF_2022_latest", "F_5500_SF"),
        ("readme", None),
    ],
)
def test_a_file_is_known_by_its_name(stem: str, table: str | None) -> None:
    assert table_of(stem) == table


def test_a_folder_without_a_return_is_refused(tmp_path: Path) -> None:
    with pytest.raises(RequestError, match="no file F_5500"):
        read_dataset(tmp_path)
    assert run(["import", "form_5500", "--dataset", str(tmp_path), "--out", str(tmp_path)]) == 2
    assert run(["import", "w2", "--dataset", str(FILED), "--out", str(tmp_path)]) == 2
