"""One whole `benefits run` on a home of its own, stage by stage, and the documents after it.

`python -m benchmarks.whole_run --source DIR --home DIR --as-of DATE --report FILE`. Start-up
(imports, those a run makes late as well, and reading the dbt project) is a stage of its own. Not
here: what it is compared with.
"""

from __future__ import annotations

import argparse
import importlib
from datetime import date
from pathlib import Path

from benchmarks.measure import Stages
from cli.run import make_run
from warehouse.build import Project
from warehouse.opening import begin_home
from warehouse.settings import Run

STEPS = {"Land": "land and gate", "Build": "models and tests", "Publish": "publish"}


def main() -> None:
    """Run once and report the stages."""
    parser = argparse.ArgumentParser(description=__doc__)
    for name in ("source", "home", "as-of", "report"):
        parser.add_argument(f"--{name}", required=True)
    parser.add_argument("--documents", action="store_true", help="Also make every document.")
    asked = parser.parse_args()
    stages = Stages()
    for late in ("great_expectations", "duckdb_engine"):
        importlib.import_module(late)
    from dagster_project.definitions import build_definitions
    from dagster_project.execute import run_once
    from dagster_project.session import Session

    home = begin_home(Path(asked.home).resolve())
    run = make_run(asked.source, date.fromisoformat(asked.as_of), "benchmark", home)
    run.home.prepare()
    project = Project()
    build_definitions(Session(run, project))
    stages.end("start-up")
    outcome = run_once(
        run, deliver=False, project=project, progress=lambda step, _: stages.end(STEPS[step])
    )
    if asked.documents:
        _make_documents(run, stages)
    rows = outcome.landing.rows if outcome.landing else 0
    stages.report(Path(asked.report), version=outcome.version, rows=rows)


def _make_documents(run: Run, stages: Stages) -> None:
    from dagster_project.session import Session
    from reports.registry import REPORTS

    session = Session(run, Project(), deliver=False)
    for report in REPORTS:
        session.make_documents(report)
        stages.end(f"documents: {report.name}")


if __name__ == "__main__":
    main()
