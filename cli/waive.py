"""`benefits waive`: a named person accepts an open finding for now; it stays open, shown apart.

Belongs here: the options, the lines, the exit code. Does not belong here: what a waiver changes
(the compliance models).
"""

from __future__ import annotations

import json
import sys
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Annotated

import typer

from cli.attest import named
from cli.homes import ledger_of
from cli.options import HOME, UNTIL


def command(
    finding: Annotated[str, typer.Argument(help="Id of the finding, 8 characters do.")],
    actor: Annotated[str, typer.Option(help="Who accepts it, by name.")],
    reason: Annotated[str, typer.Option(help="Why it is accepted.")],
    until: Annotated[date | None, UNTIL] = None,
    home: Annotated[Path, HOME] = Path("var"),
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
) -> int:
    """Accept an open finding for now."""
    from cli.reading import shown_snapshot
    from ledger.rows import Decision
    from reports.answers.findings import find_finding

    who, why = named(actor, reason)
    ledger = ledger_of(home)
    with shown_snapshot(home.resolve()) as snapshot:
        found = find_finding(snapshot, finding)
    decision = Decision(
        kind="waiver",
        company_id=found["company_id"],
        rule_id=found["rule_id"],
        grain_key=found["grain_key"],
        field="",
        value="",
        reason=why,
        actor=who,
        expires_on=until,
    )
    number = ledger.decisions.record(decision, datetime.now(UTC))
    if as_json:
        facts = {"decision": number, "finding_id": found["finding_id"]}
        sys.stdout.write(json.dumps(facts, sort_keys=True) + "\n")
    else:
        sys.stdout.write(f"✓ {who} waives {found['rule_id']} ({number}); the next run shows it.\n")
    return 0
