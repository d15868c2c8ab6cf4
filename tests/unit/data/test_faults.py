"""Planted corruption: every kind once, each on a line of its own, all of it in the answer key."""

from __future__ import annotations

import csv
import filecmp
from pathlib import Path

import pytest

from cli.main import run as benefits
from data.sample.faults import ANSWER_KEY, NOT_PLANTED, load_faults, plant
from data.sample.generator import SampleRequest, generate

SMALL = SampleRequest(people=120, companies=5, seed=5)


@pytest.fixture(scope="module")
def clean(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("clean")
    generate(SMALL, folder)
    return folder


@pytest.fixture(scope="module")
def broken(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("broken")
    generate(SMALL, folder)
    plant(folder, SMALL.seed)
    return folder


def key_rows(folder: Path) -> list[dict[str, str]]:
    with (folder / ANSWER_KEY).open(encoding="utf-8", newline="") as handle:
        return list(csv.DictReader(handle))


def test_every_kind_is_planted_once_and_forty_are_not_enough(broken: Path) -> None:
    named = [row["fault"] for row in key_rows(broken)]
    assert sorted(named) == sorted(fault.fault for fault in load_faults())
    assert len(set(named)) == len(named) > 40


@pytest.mark.parametrize(("people", "companies", "left"), [(20, 1, 2), (20, 5, 1), (150, 5, 0)])
def test_what_a_small_sample_has_no_line_for_is_named_and_not_in_the_key(
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    people: int,
    companies: int,
    left: int,
) -> None:
    size = ["--employees", str(people), "--companies", str(companies), "--seed", "5"]
    assert benefits(["generate", *size, "--out", str(tmp_path), "--faults"]) == 0
    with (tmp_path / NOT_PLANTED).open(encoding="utf-8", newline="") as handle:
        missing = [row["fault"] for row in csv.DictReader(handle)]
    assert len(missing) == left
    assert (f"{left} faults not planted" in capsys.readouterr().out) == bool(left)
    planted = [row["fault"] for row in key_rows(tmp_path)]
    assert sorted(planted + missing) == sorted(fault.fault for fault in load_faults())


def test_no_two_faults_meet_in_one_line(broken: Path) -> None:
    lines = [(row["table"], row["key"]) for row in key_rows(broken) if row["key"]]
    assert len(set(lines)) == len(lines)


def test_a_table_without_a_fault_is_left_alone(clean: Path, broken: Path) -> None:
    touched = {row["table"] for row in key_rows(broken)}
    names = sorted(path.name for path in clean.glob("*.csv"))
    same = [name for name in names if Path(name).stem not in touched]
    assert same
    assert filecmp.cmpfiles(clean, broken, same, shallow=False)[0] == same


def test_every_touched_table_differs_from_its_clean_twin(clean: Path, broken: Path) -> None:
    touched = {row["table"] for row in key_rows(broken)}
    for table in sorted(touched):
        twin = clean / f"{table}.csv"
        assert not twin.exists() or twin.read_bytes() != (broken / f"{table}.csv").read_bytes()


def test_the_same_seed_breaks_the_same_lines(broken: Path, tmp_path: Path) -> None:
    generate(SMALL, tmp_path)
    plant(tmp_path, SMALL.seed)
    files = sorted(path.name for path in broken.glob("*.csv"))
    assert filecmp.cmpfiles(broken, tmp_path, files, shallow=False)[0] == files
