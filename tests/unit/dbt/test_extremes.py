"""No value a contract allows ends the build: a wrong rate is one person's, not everybody's."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path

import pytest

from expectations.contract import Contract, load_contracts
from tests.conftest import AS_OF, benefits
from tests.unit.warehouse.conftest import no_judge, run_of
from warehouse.build import Project
from warehouse.landing.ingest import ingest
from warehouse.publish import prepare

EVERY = 3


def widen(path: Path, contract: Contract) -> int:
    """Write the greatest value there can be into every third row's decimals; return how many."""
    with path.open(newline="", encoding="utf-8") as lines:
        rows = list(csv.DictReader(lines))
    count = 0
    for name, greatest in greatest_values(contract):
        for row in rows[::EVERY]:
            if row.get(name):
                row[name] = greatest
                count += 1
    if count:
        with path.open("w", newline="", encoding="utf-8") as lines:
            writer = csv.DictWriter(lines, list(rows[0]), lineterminator="\n")
            writer.writeheader()
            writer.writerows(rows)
    return count


def greatest_values(contract: Contract) -> Iterator[tuple[str, str]]:
    """Yield every decimal column with the greatest value it holds."""
    for column in contract.columns:
        if column.type == "decimal":
            whole = "9" * (int(column.precision or 0) - int(column.scale or 0))
            yield column.name, f"{whole}.{'9' * int(column.scale or 0)}"


@pytest.mark.prove
def test_the_greatest_values_of_every_contract_end_no_build(tmp_path: Path) -> None:
    source, contracts = tmp_path / "source", load_contracts()
    benefits("generate", "--employees", "60", "--seed", "3", "--out", source)
    paths = {table: source / f"{table}.csv" for table in contracts}
    counts = [widen(path, contracts[t]) for t, path in paths.items() if path.exists()]
    assert sum(counts) > 10_000
    run = run_of(tmp_path / "home", source, tuple(contracts))
    report = ingest(run, contracts, no_judge)
    assert report.refusals == ()
    assert run.as_of.isoformat() == AS_OF
    plan = prepare.begin_build(run.home, run.as_of, contracts)
    results = Project().run(plan.build, ())
    assert [(r.name, r.message) for r in results if r.status not in ("success", "pass")] == []
