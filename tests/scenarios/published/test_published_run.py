"""What one whole run over the sample employer leaves behind: complete, quiet, and repeatable."""

from __future__ import annotations

import base64
import csv
import json
from pathlib import Path

import duckdb
import pytest

from ledger.files import sha256_of
from ledger.keys import read_key_file
from ledger.sealed import hash_of_file, is_sealed
from tests.conftest import AS_OF, COMPANIES, Published, benefits
from warehouse.database_file import DatabaseFile
from warehouse.errors import WarehouseError


def private_words(source: Path) -> list[bytes]:
    """Return SSNs (both spellings), mail addresses and full names of the sample people."""
    with (source / "employee.csv").open(newline="") as stream:
        people = list(csv.DictReader(stream))
    words: set[str] = set()
    for person in people:
        ssn = person["ssn"].replace("-", "")
        if ssn:
            words |= {ssn, f"{ssn[:3]}-{ssn[3:5]}-{ssn[5:]}"}
        if person["email"]:
            words.add(person["email"])
        words.add(f"{person['first_name']} {person['last_name']}")
    return [word.encode() for word in sorted(words)]


def test_nothing_private_stands_readable_in_any_file(published: Published) -> None:
    words = private_words(published.source)
    assert len(words) > 300
    looked_at = 0
    for root in (published.home, published.scratch):
        for path in (found for found in root.rglob("*") if found.is_file()):
            content = path.read_bytes()
            looked_at += 1
            found = [word for word in words if word in content]
            assert not found, f"{path.relative_to(root)} holds {len(found)} private words"
    assert looked_at > 80
    assert not [word for word in words if word in published.output.encode()]


def test_no_key_stands_readable_in_any_file(published: Published) -> None:
    names = ["landing", "extract", f"snapshot/{published.version}"]
    keys = [read_key_file(published.key_file)]
    keys += [key for name in names if (key := published.place.keys.find(name))]
    assert len(keys) == 4
    forms = [f for k in keys for f in (k, k.hex().encode(), base64.b64encode(k))]
    for root in (published.home, published.scratch):
        for path in (found for found in root.rglob("*") if found.is_file()):
            content = path.read_bytes()
            assert not [form for form in forms if form in content], path.name


def test_the_data_is_there_for_who_has_the_key(published: Published) -> None:
    with published.place.landing.open(read_only=True) as connection:
        landed = connection.execute("select ssn from landing.employee").fetchall()
    words = private_words(published.source)
    assert sum(str(ssn).encode() in words for (ssn,) in landed if ssn) > 250


@pytest.mark.parametrize("name", ["landing", "snapshot"])
def test_no_database_opens_without_its_own_key(published: Published, name: str) -> None:
    place = published.place
    file = place.landing if name == "landing" else place.snapshot(published.version)
    with pytest.raises(duckdb.CatalogException, match="without a key"):
        duckdb.connect(str(file.path), read_only=True)
    with pytest.raises(WarehouseError, match="not under this home's key"):
        DatabaseFile(file.path, bytes(32)).open(read_only=True)


def test_every_copy_of_a_source_file_is_sealed_and_opens_to_it(published: Published) -> None:
    copies = {path.name: path for path in (published.home / "inbox").iterdir()}
    sources = {sha256_of(path.read_bytes()): path for path in published.source.glob("*.csv")}
    assert set(sources) <= set(copies)
    for sha256, path in copies.items():
        key = published.place.keys.find(f"inbox/{sha256}")
        assert is_sealed(path)
        assert hash_of_file(path, key) == sha256


def test_no_connection_leaves_the_machine(published: Published) -> None:
    assert published.connections == ""


def test_the_sample_lands_without_a_reject(published: Published) -> None:
    facts = json.loads(published.output.splitlines()[0])
    assert facts["rejected"] == 0
    assert facts["refused"] == []
    assert facts["rows"] > 10_000


def test_only_marts_report_rows_and_quality_are_published(published: Published) -> None:
    with published.place.snapshot(published.version).open(read_only=True) as connection:
        schemas = connection.execute("select distinct schema_name from duckdb_tables()").fetchall()
    assert sorted(schema for (schema,) in schemas) == ["marts", "quality", "reports"]


def test_manifest_counts_every_table_and_the_file_is_read_only(published: Published) -> None:
    manifest = json.loads((published.snapshot.parent / "manifest.json").read_text())
    assert manifest["data_version"] == published.version
    assert manifest["as_of"] == AS_OF
    assert manifest["tables"]["marts.dim_company"]["rows"] == COMPANIES
    assert manifest["tables"]["marts.benefits_analytics_dashboard"]["rows"] > 100
    assert published.snapshot.stat().st_mode & 0o222 == 0


def test_a_repeat_builds_nothing(published: Published) -> None:
    before = published.snapshot.stat().st_mtime_ns
    again = benefits(
        *("run", "--source", published.source, "--as-of", AS_OF, "--home", published.home),
        *("--no-deliver", "--json"),
    )
    facts = json.loads(again.stdout)
    assert facts["repeat"] is True
    assert facts["data_version"] == published.version
    assert published.snapshot.stat().st_mtime_ns == before


def test_secrets_are_landed_nowhere(published: Published) -> None:
    with published.place.landing.open(read_only=True) as connection:
        columns = connection.execute(
            "select table_name, column_name from duckdb_columns() where schema_name = 'landing' "
            "and column_name in ('authentication_config', 'api_key')"
        ).fetchall()
    assert columns == []


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("run", "--source", "/nowhere"), "no such folder"),
        (("report", "no_such_report", "--format", "pdf", "--out", "/tmp/x"), "no_such_report"),
        (("nonsense",), "no command nonsense"),
        (("run",), "source"),
    ],
)
def test_a_wrong_call_ends_with_one_line_and_exit_code_2(
    arguments: tuple[str, ...], words: str, tmp_path: Path
) -> None:
    home = () if arguments[0] == "nonsense" else ("--home", tmp_path / "home")
    done = benefits(*arguments, *home, check=False)
    assert done.returncode == 2
    lines = [line for line in done.stderr.splitlines() if line.strip()]
    assert len(lines) == 1
    assert words in lines[0]
    assert "Traceback" not in done.stderr


def test_the_certificate_gives_every_company_a_grade(published: Published) -> None:
    done = benefits("certificate", "--home", published.home, "--json", check=False)
    facts = json.loads(done.stdout)
    assert [entry["grade"] for entry in facts["companies"]] == ["A"] * COMPANIES
