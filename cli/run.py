"""`benefits run`: the whole way from operational rows to deliveries, once.

Not here: any step of it (the asset graph's).
"""

from __future__ import annotations

import json
import os
import sys
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Annotated

import typer

from cli.options import AS_OF, HOME, typed
from cli.reading import worst_grade
from cli.steps import Steps, finish
from warehouse.errors import PLAIN_HOME
from warehouse.home import Home
from warehouse.settings import Run


def make_run(
    source: str,
    as_of: date | None,
    actor: str,
    home: Home,
    accept: tuple[str, ...] = (),
    *,
    unencrypted: bool = False,
) -> Run:
    """Return one run's arguments; the clock is read here and nowhere else."""
    now = datetime.now(UTC).replace(microsecond=0)
    return Run(as_of or now.date(), now, actor, home, source, accept, unencrypted)


def named_actor(actor: str) -> str:
    """Return the name of the person who decides; raise where none is given."""
    if not actor.strip():
        raise typer.BadParameter("--actor must name a person")
    return actor.strip()


def command(
    source: Annotated[str, typer.Option(help="A folder of files, or postgresql://user@host/db.")],
    as_of: Annotated[date | None, AS_OF] = None,
    home: Annotated[Path, HOME] = Path("var"),
    actor: Annotated[str, typer.Option(help="Who runs this.")] = "",
    accept_volume: Annotated[list[str] | None, typer.Option(help="A held table to accept.")] = None,
    unencrypted: Annotated[
        bool, typer.Option("--unencrypted", help="Keep a plain home: a finding, and audited.")
    ] = False,
    no_deliver: Annotated[bool, typer.Option("--no-deliver", help="Publish only.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
) -> int:
    """Ingest, gate, build, publish, and deliver what is due."""
    who = actor.strip() or os.environ.get("USER", "operator")
    if accept_volume:
        who = named_actor(actor)
    from cli.deliver import print_report
    from dagster_project.execute import run_once
    from warehouse.opening import begin_home

    place = begin_home(home.resolve(), unencrypted=unencrypted)
    accepted = tuple(accept_volume or ())
    run = make_run(source, as_of, who, place, accepted, unencrypted=unencrypted)
    steps = Steps(quiet=as_json)
    outcome = run_once(run, progress=steps.done, bar=steps.bar, deliver=not no_deliver)
    refused = outcome.landing.refusals if outcome.landing else ()
    if as_json:
        facts = {
            "data_version": outcome.version,
            "repeat": outcome.is_repeat,
            "rows": outcome.landing.rows if outcome.landing else None,
            "rejected": outcome.landing.rejected if outcome.landing else None,
            "refused": [r.line() for r in refused],
            "quarantined": [row.line() for row in outcome.landing.quarantined]
            if outcome.landing
            else [],
            "encrypted": place.keys.is_on,
            "deliveries": outcome.deliveries.counts() if outcome.deliveries else None,
        }
        sys.stdout.write(json.dumps(facts, sort_keys=True) + "\n")
    else:
        if unencrypted:
            steps.problem(PLAIN_HOME)
        for refusal in refused:
            steps.problem(refusal.line())
        steps.quarantine(outcome.landing, typed("benefits certificate", run.home.root))
        if outcome.deliveries:
            print_report(outcome.deliveries, steps, run.home.root)
        code = 0 if outcome.is_clean else 1
        finish(steps, run.home.root, code, grade=worst_grade(run.home))
    return 0 if outcome.is_clean else 1
