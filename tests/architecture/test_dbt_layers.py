"""Which way models may point: staging to sources, intermediate to staging, marts on."""

from __future__ import annotations

import csv
import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
MODELS = ROOT / "dbt" / "models"
REF = re.compile(r"\bref\(\s*['\"](\w+)['\"]\s*\)")
SOURCE = re.compile(r"\bsource\(\s*['\"]\w+['\"]\s*,")
SEEDS = {p.stem for p in (ROOT / "dbt" / "seeds").rglob("*.csv")}


def layer(name: str) -> str:
    """Return the layer of a model or seed by its folder."""
    if name in SEEDS:
        return "seeds"
    found = list(MODELS.rglob(f"{name}.sql"))
    assert found, f"no model or seed {name}"
    return found[0].relative_to(MODELS).parts[0]


ALLOWED = {
    "staging": set(),
    "intermediate": {"staging", "intermediate", "seeds"},
    "recount": {"staging", "seeds", "recount"},
    "marts": {"intermediate", "marts", "seeds", "staging", "recount"},
    "reports": {"marts", "intermediate", "seeds", "reports"},
}


def test_models_point_only_where_they_may() -> None:
    wrong = []
    for path in sorted(MODELS.rglob("*.sql")):
        own = path.relative_to(MODELS).parts[0]
        for name in REF.findall(path.read_text()):
            if layer(name) not in ALLOWED[own]:
                wrong.append(f"{path.stem} ({own}) -> {name} ({layer(name)})")
    assert wrong == []


def test_only_staging_reads_sources() -> None:
    readers = [p.stem for p in MODELS.rglob("*.sql") if SOURCE.search(p.read_text())]
    assert [name for name in readers if not name.startswith("stg_")] == []


def test_names_follow_their_folder() -> None:
    prefix = {
        "staging": ("stg_",),
        "intermediate": ("int_",),
        "recount": ("recount_",),
        "reports": ("rpt_",),
    }
    wrong = [
        path.stem
        for path in MODELS.rglob("*.sql")
        if not path.stem.startswith(
            prefix.get(path.relative_to(MODELS).parts[0], ("dim_", "fct_", "benefits_"))
        )
    ]
    assert wrong == []


def test_every_metric_has_a_recount_that_only_the_comparison_reads() -> None:
    with (ROOT / "dbt" / "seeds" / "codes" / "metric.csv").open(newline="") as file:
        metrics = {row["metric_id"] for row in csv.DictReader(file)}
    recounts = {p.stem.removeprefix("recount_") for p in (MODELS / "recount").glob("*.sql")}
    assert {name for name in recounts if not name.startswith("_")} == metrics
    readers = {
        path.stem
        for path in MODELS.rglob("*.sql")
        if "recount" in path.read_text() and path.parent.name != "recount"
    }
    assert readers == {"fct_metric_recount"}


def test_every_seed_is_law_or_code() -> None:
    names = {p.parent.name: p.stem for p in (ROOT / "dbt" / "seeds").rglob("*.csv")}
    assert set(names) == {"law", "codes"}
