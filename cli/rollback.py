"""`benefits rollback VERSION`: an earlier version is current again, and landing knows what it knew.

Not here: what is taken back (`warehouse.publish.rollback`).
"""

from __future__ import annotations

import json
import sys
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cli.options import HOME
from cli.run import make_run, named_actor

if TYPE_CHECKING:
    from warehouse.publish.rollback import Rollback


def command(
    version: Annotated[str, typer.Argument(help="The data version, or how it begins.")],
    actor: Annotated[str, typer.Option(help="Who rolls back, by name.")],
    home: Annotated[Path, HOME] = Path("var"),
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
) -> int:
    """Make an earlier published version current again."""
    from expectations.contract import load_contracts
    from ledger.store import open_ledger
    from warehouse.opening import open_home
    from warehouse.publish.rollback import roll_back

    run = make_run("", None, named_actor(actor), open_home(home.resolve()))
    if not run.home.published.is_dir():
        raise typer.BadParameter(f"{home} has no published version: run benefits run first")
    ledger = open_ledger(run.home.root, run.home.keys)

    def record(done: Rollback) -> None:
        details = {"from": done.previous, "load": done.load, "tables": list(done.tables)}
        ledger.audit.append(run.now, run.actor, "version.rolled_back", done.version, details)

    with run.home.locked():
        done = roll_back(run, version, load_contracts(), record)
    if as_json:
        facts = asdict(done) | {"repeat": done.is_repeat}
        sys.stdout.write(json.dumps(facts, sort_keys=True) + "\n")
    elif done.is_repeat:
        sys.stdout.write(f"Version {done.version} already is the current one; nothing changed.\n")
    else:
        tables = f"{len(done.tables)} tables taken back to load {done.load}"
        sys.stdout.write(f"✓ Version {done.version} is current again (was {done.previous}); ")
        sys.stdout.write(
            f"{tables}.\nThe next run builds on it: it reads what the source changed.\n"
        )
    return 0
