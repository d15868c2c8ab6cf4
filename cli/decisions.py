"""`benefits decisions`: every override, waiver and attestation that stands, and taking one back.

Belongs here: the options, the lines, the exit code. Does not belong here: the rows
(`ledger.decisions`).
"""

from __future__ import annotations

import json
import sys
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cli.attest import named
from cli.homes import ledger_of
from cli.options import HOME

if TYPE_CHECKING:
    from ledger.rows import DecisionRow


def command(
    home: Annotated[Path, HOME] = Path("var"),
    withdraw: Annotated[str, typer.Option(help="Take back this decision.")] = "",
    actor: Annotated[str, typer.Option(help="Who takes it back, by name.")] = "",
    reason: Annotated[str, typer.Option(help="Why.")] = "",
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
) -> int:
    """List what people decided, or take one decision back."""
    from ledger.rows import DECISION_KINDS

    ledger = ledger_of(home)
    if withdraw:
        who, why = named(actor, reason)
        rows = [ledger.decisions.withdraw(withdraw, who, why, datetime.now(UTC))]
    else:
        rows = [row for kind in DECISION_KINDS for row in ledger.decisions.standing(kind)]
    if as_json:
        facts = [asdict(row) for row in rows]
        sys.stdout.write(json.dumps(facts, sort_keys=True, default=str) + "\n")
        return 0
    for row in rows:
        sys.stdout.write(_line(row, is_withdrawn=bool(withdraw)))
    if not rows:
        sys.stdout.write("Nobody has decided anything.\n")
    return 0


def _line(row: DecisionRow, *, is_withdrawn: bool) -> str:
    what = row.decision
    about = " ".join(part for part in (what.rule_id, what.grain_key, what.field) if part)
    end = f", to {what.expires_on}" if what.expires_on else ""
    head = "withdrawn: " if is_withdrawn else ""
    when = f"{row.decided_at:%Y-%m-%d}{end}"
    return f"{head}{row.decision_id}: {about}, {what.actor}, {when}\n    {what.reason}\n"
