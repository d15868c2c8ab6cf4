"""A damaged version is refused, the whole one before it is served with a warning, a run heals."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from cli.main import run as benefits
from ledger.store import open_ledger
from reports.errors import SnapshotError
from reports.snapshot import open_snapshot
from tests.faults.readers import KEEP, contracts_once, land, publish_again_and_again
from tests.unit.warehouse.conftest import publish, write_source
from warehouse.home import Home
from warehouse.publish import pointer
from warehouse.publish.retention import kept_versions, retire

NOW = datetime(2025, 2, 3, 7, 0, tzinfo=UTC)


@pytest.fixture(scope="module")
def three(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a home with three published versions, for tests to copy."""
    base = tmp_path_factory.mktemp("three")
    land(base / "home", write_source(base / "source"))
    publish_again_and_again(base / "home", range(3), base / "names.json")
    return base / "home"


@pytest.fixture
def home(three: Path, tmp_path: Path) -> Home:
    shutil.copytree(three, tmp_path / "home")
    return Home(tmp_path / "home")


def newest(home: Home) -> Path:
    return home.published / pointer.named_versions(home)[0]


def flip_a_byte(folder: Path) -> None:
    path = folder / pointer.SNAPSHOT
    path.chmod(0o600)
    body = bytearray(path.read_bytes())
    body[len(body) // 2] ^= 1
    path.write_bytes(body)


def cut_the_end(folder: Path) -> None:
    path = folder / pointer.SNAPSHOT
    path.chmod(0o600)
    path.write_bytes(path.read_bytes()[:-1000])


def empty_the_manifest(folder: Path) -> None:
    path = folder / pointer.MANIFEST
    path.chmod(0o600)
    path.write_bytes(b"")


DAMAGES = [
    pytest.param(flip_a_byte, "not the file that was published", id="BI-183 one byte flipped"),
    pytest.param(cut_the_end, "not the file that was published", id="torn snapshot"),
    pytest.param(empty_the_manifest, "manifest was changed", id="BI-184 empty manifest"),
    pytest.param(
        lambda folder: (folder / pointer.MANIFEST).unlink(), "manifest is missing", id="no manifest"
    ),
    pytest.param(
        lambda folder: (folder / pointer.SNAPSHOT).unlink(),
        "snapshot.duckdb is missing",
        id="BI-184 missing file",
    ),
    pytest.param(shutil.rmtree, "manifest is missing", id="BI-185 folder deleted"),
]


@pytest.mark.parametrize(("damage", "words"), DAMAGES)
def test_the_version_before_a_damaged_one_is_served_and_said_to_be(
    home: Home, capsys: pytest.CaptureFixture[str], damage: Callable[[Path], None], words: str
) -> None:
    damage(newest(home))
    with open_snapshot(home.root) as snapshot:
        assert snapshot.data_version == f"{1:016x}"
        assert words in snapshot.alert
        assert "[snapshot.corrupt]" in snapshot.alert
    with pytest.raises(SnapshotError, match=words):
        open_snapshot(home.root, only_current=True)
    assert benefits(["certificate", "--home", str(home.root)]) == 0
    assert words in capsys.readouterr().err


def test_nothing_is_served_where_no_version_is_whole(home: Home) -> None:
    for version in pointer.named_versions(home):
        flip_a_byte(home.published / version)
    with pytest.raises(SnapshotError, match=f"version {2:016x}"):
        open_snapshot(home.root)


@pytest.mark.parametrize("body", ["", "{}", "[]", '{"version": 1}', "\x00" * 90])
def test_bi_184_a_damaged_pointer_is_one_line(home: Home, body: str) -> None:
    (home.published / pointer.POINTER).write_text(body)
    with pytest.raises(SnapshotError, match=r"pointer .* is damaged"):
        open_snapshot(home.root)


def test_bi_185_a_version_that_goes_under_a_reader_is_read_to_the_end(home: Home) -> None:
    with open_snapshot(home.root) as snapshot:
        shutil.rmtree(newest(home))
        assert snapshot.table("fct_version").height > 0
    with open_snapshot(home.root) as snapshot:
        assert snapshot.data_version == f"{1:016x}"


def test_retention_passes_a_version_by_while_it_is_read(home: Home, tmp_path: Path) -> None:
    with open_snapshot(home.root) as snapshot:
        publish_again_and_again(home.root, range(3, 9), tmp_path / "names.json")
        left = {version for version, _ in pointer.versions(home)}
        assert left == {snapshot.data_version, *(f"{n:016x}" for n in (6, 7, 8))}
        assert snapshot.table("fct_version")["version"].unique().to_list() == [f"{2:016x}"]
    assert retire(home, (), KEEP) == (f"{2:016x}",)
    assert not list(home.published.glob(".*"))


def test_retention_leaves_what_the_ledger_needs_and_what_the_pointer_names(home: Home) -> None:
    pointer.point_to(
        home, f"{0:016x}", pointer.file_sha256(home.published / f"{0:016x}/manifest.json")
    )
    assert retire(home, {f"{1:016x}"}, 0) == ()
    assert retire(home, (), 0) == (f"{1:016x}",)
    assert {version for version, _ in pointer.versions(home)} == {f"{0:016x}", f"{2:016x}"}


def test_what_a_killed_retention_left_goes_the_next_time(home: Home) -> None:
    old = home.published / f"{0:016x}"
    old.rename(home.published / f".{old.name}{pointer.GONE}")
    retire(home, (), KEEP)
    assert not list(home.published.glob(".*"))


@pytest.mark.parametrize("said", ["2", "many", "-5"])
def test_a_number_of_kept_versions_that_is_too_small_is_refused(
    monkeypatch: pytest.MonkeyPatch, said: str
) -> None:
    monkeypatch.setenv("BENEFITS_KEEP_VERSIONS", said)
    with pytest.raises(Exception, match="must be a number from 3 on"):
        kept_versions()


@pytest.fixture(scope="module")
def two(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with a source and a home that published it before and after a change."""
    base = tmp_path_factory.mktemp("two")
    source = write_source(base / "source")
    publish(base / "home", source, contracts_once())
    path = source / "employee.csv"
    path.write_text(path.read_text().replace("First7,", "Renamed,"))
    publish(base / "home", source, contracts_once())
    return base


@pytest.mark.parametrize("damage", [flip_a_byte, empty_the_manifest, shutil.rmtree])
def test_the_next_run_builds_a_damaged_version_again(
    two: Path, tmp_path: Path, damage: Callable[[Path], None]
) -> None:
    shutil.copytree(two / "home", tmp_path / "home")
    home = Home(tmp_path / "home")
    names = pointer.named_versions(home)
    whole = json.loads((newest(home) / pointer.MANIFEST).read_bytes())
    damage(newest(home))
    assert publish(home.root, two / "source", contracts_once()) == names[0]
    assert pointer.named_versions(home) == names
    assert json.loads((newest(home) / pointer.MANIFEST).read_bytes())["tables"] == whole["tables"]
    with open_snapshot(home.root) as snapshot:
        assert (snapshot.data_version, snapshot.alert) == (names[0], "")


def test_approved_documents_and_open_deliveries_pin_their_version(tmp_path: Path) -> None:
    ledger = open_ledger(tmp_path)
    for version in ("kept", "free"):
        sha256 = ledger.documents.store(
            version.encode(), name=f"{version}.csv", media_type="text/csv", report="r",
            company_id="c", format="csv", period="2025", data_version=version, status="final",
            at=NOW,
        )  # fmt: skip
        if version == "kept":
            ledger.documents.approve(sha256, "Ada", NOW)
    assert ledger.records.pinned_versions() == {"kept"}
