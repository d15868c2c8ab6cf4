"""`benefits deliver`: send what is due from the published version, or say what would be sent.

Belongs here: the options, the settling of a doubt by a named person, the exit code. Does not
belong here: any decision about who gets what (`distribution`).
"""

from __future__ import annotations

import json
import os
import sys
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, cast

import typer

from cli.homes import published_in
from cli.options import HOME
from cli.run import make_run
from cli.steps import Steps, finish

if TYPE_CHECKING:
    from distribution.result import DeliveryReport
    from ledger.states import State
    from ledger.store import Ledger

ANSWERS = frozenset({"delivered", "ready", "dead"})
SHORTEST_KEY = 8


def command(
    home: Annotated[Path, HOME] = Path("var"),
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say what would be sent.")] = False,
    actor: Annotated[str, typer.Option(help="Who runs this.")] = "",
    settle: Annotated[str, typer.Option(help="Key of a delivery that is not known.")] = "",
    settle_as: Annotated[
        str, typer.Option("--as", help="What it was: delivered, ready (send again) or dead.")
    ] = "",
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
) -> int:
    """Send what is due from the published version."""
    from distribution.deliver import deliver_due
    from ledger.anchors import OWN, add_anchor
    from ledger.store import open_ledger
    from warehouse.opening import open_home

    place, steps = open_home(home.resolve()), Steps(quiet=as_json)
    root = place.root
    with published_in(place, only_current=True) as snapshot:
        who = actor or os.environ.get("USER", "operator")
        run = make_run("", snapshot.as_of, who, place)
        ledger = open_ledger(root, place.keys)
        if settle or settle_as:
            _settle(ledger, settle, settle_as, actor, run.now)
        report = deliver_due(
            root,
            ledger,
            snapshot,
            run,
            dry_run=dry_run,
            tick=lambda done, total: steps.bar("Deliver", done, total),
        )
        if not dry_run:
            add_anchor(root / OWN, ledger.audit, run.now)
    if as_json:
        facts = asdict(report) | {"summary": report.summary(), "exit_code": report.exit_code}
        sys.stdout.write(json.dumps(facts, sort_keys=True) + "\n")
        return report.exit_code
    steps.done("Deliver", report.summary())
    print_report(report, steps, root)
    finish(steps, root, report.exit_code)
    return report.exit_code


def print_report(report: DeliveryReport, steps: Steps, home: Path) -> None:
    """Print what happened, then what needs a person and the command for it."""
    from cli.delivery_lines import print_lines

    print_lines(report, steps.console, home)


def _settle(ledger: Ledger, key: str, after: str, actor: str, now: datetime) -> None:
    if after not in ANSWERS or not actor.strip() or len(key) < SHORTEST_KEY:
        raise typer.BadParameter("--settle KEY needs --as delivered|ready|dead and --actor NAME")
    found = [row for row in ledger.outbox.pending() if row.dedupe_key.startswith(key)]
    if len(found) != 1 or found[0].state != "unknown":
        raise typer.BadParameter(f"no delivery with the key {key} is waiting to be settled")
    ledger.outbox.move(
        found[0].delivery_id,
        cast("State", after),
        f"settled by {actor}",
        actor=actor,
        at=now,
        by_person=True,
    )
