"""The rules of the house that a machine can hold: who imports whom, sizes, what may be written."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
VOID = {"07805"}  # printed on sample cards in the 1930s and void ever since
PACKAGES = (
    "cli",
    "dagster_project",
    "data",
    "distribution",
    "expectations",
    "ledger",
    "reports",
    "warehouse",
)


def tracked(*patterns: str) -> list[Path]:
    """Return the files git knows, by pattern."""
    done = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", *patterns],
        capture_output=True,
        text=True,
        check=True,
        cwd=ROOT,
    )
    return [ROOT / line for line in done.stdout.splitlines() if (ROOT / line).is_file()]


def code() -> list[Path]:
    """Return the product's own Python modules."""
    return [p for p in tracked("*.py") if p.relative_to(ROOT).parts[0] in PACKAGES]


def test_packages_import_only_what_they_may() -> None:
    done = subprocess.run(
        [Path(sys.executable).parent / "lint-imports", "--no-cache"],
        capture_output=True,
        text=True,
        check=False,
        cwd=ROOT,
    )
    assert done.returncode == 0, done.stdout


def test_modules_stay_within_300_lines() -> None:
    long = {str(p.relative_to(ROOT)): len(p.read_text().splitlines()) for p in code()}
    assert {name: n for name, n in long.items() if n > 300} == {}


def test_every_module_says_what_belongs_in_it() -> None:
    silent = [str(p.relative_to(ROOT)) for p in code() if not p.read_text().startswith('"""')]
    assert silent == []


def test_no_catch_all_modules() -> None:
    names = {p.stem for p in code()} | {p.parent.name for p in code()}
    assert names.isdisjoint({"utils", "common", "helpers", "util", "misc"})


def test_no_packages_file_and_no_package_index_address() -> None:
    assert not (ROOT / "dbt" / "packages.yml").exists()
    hosts = re.compile(r"py" + r"pi\.org|python" + r"hosted\.org|registry\.npmjs|deb\.debian\.org")
    found = [
        str(p.relative_to(ROOT))
        for p in tracked()
        if p.suffix not in (".png", ".pdf", ".ttf") and hosts.search(p.read_text(errors="ignore"))
    ]
    assert found == []


def test_the_lock_pins_every_package_with_hashes() -> None:
    lock = (ROOT / "requirements.lock").read_text()
    pins = re.findall(r"^[a-z0-9_.\[\]-]+==", lock, re.MULTILINE)
    assert len(pins) > 150
    assert lock.count("--hash=sha256:") >= len(pins)
    assert "--index-url" not in lock


@pytest.mark.parametrize("folder", ["models", "macros"])
def test_models_stay_readable(folder: str) -> None:
    long = {
        str(p.relative_to(ROOT)): n
        for p in (ROOT / "dbt" / folder).rglob("*.sql")
        if (n := len(p.read_text().splitlines())) > 200
    }
    assert long == {}


def test_sample_identities_are_impossible() -> None:
    """Nine digits that could be a real number are nowhere in the repository's text (D39)."""
    number = re.compile(r"(?<![\d.-])(\d{3})-(\d{2})-(\d{4})(?![\d-])")
    real = []
    for path in tracked("*.py", "*.sql", "*.csv", "*.yml", "*.md", "*.toml"):
        for area, group, serial in number.findall(path.read_text(errors="ignore")):
            possible = area not in ("000", "666") and not area.startswith("9")
            if possible and group != "00" and serial != "0000" and area + group not in VOID:
                real.append(f"{path.relative_to(ROOT)}: {area}-…")
    assert real == []


def test_mechanical_sql_names_no_mart_and_no_law() -> None:
    """Rules stay in dbt (D37): the data path's Python holds no mart, no parameter of law."""
    words = re.compile(r"\b(fct_(?!finding)|dim_|law_|benefits_analytics_dashboard|4980H|9\.02)\w*")
    found = [
        f"{p.relative_to(ROOT)}: {m.group(0)}"
        for p in code()
        if p.relative_to(ROOT).parts[0] == "warehouse"
        for m in words.finditer(p.read_text())
    ]
    assert found == []


def test_documents_are_put_on_record_in_one_place() -> None:
    callers = [path for path in code() if "documents.store(" in path.read_text("utf-8")]
    assert [path.relative_to(ROOT).as_posix() for path in callers] == ["distribution/documents.py"]
