"""`benefits attest`: a named person answers for the recalled law values a document stands on.

Belongs here: the options, the lines, the exit code. Does not belong here: which documents need it
(`reports.filings.law`) and what it releases (`distribution.approval`).
"""

from __future__ import annotations

import json
import sys
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cli.homes import ledger_of
from cli.options import HOME, UNTIL, typed

if TYPE_CHECKING:
    pass


def command(
    sha: Annotated[str, typer.Argument(help="SHA-256 of the document, 8 characters do.")],
    actor: Annotated[str, typer.Option(help="Who answers for it, by name.")],
    reason: Annotated[str, typer.Option(help="How the values were checked.")],
    until: Annotated[date | None, UNTIL] = None,
    home: Annotated[Path, HOME] = Path("var"),
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
) -> int:
    """Answer for the law values a document stands on."""
    from distribution.approval import attest

    who, why = named(actor, reason)
    ledger = ledger_of(home)
    artifact, decision = attest(ledger, sha, who, why, datetime.now(UTC), until)
    if as_json:
        facts = {"decision": decision, "sha256": artifact.sha256, "name": artifact.name}
        sys.stdout.write(json.dumps(facts, sort_keys=True) + "\n")
    else:
        words = f"{who} answers for the law values of {artifact.name} ({decision})."
        after = typed(f"Next: benefits approve {artifact.sha256[:12]} --actor NAME", home)
        sys.stdout.write(f"✓ {words} {after}\n")
    return 0


def named(actor: str, reason: str) -> tuple[str, str]:
    """Return who decides and why, without stray spaces; both must be said."""
    for option, text in (("--actor", actor), ("--reason", reason)):
        if not text.strip():
            raise typer.BadParameter(f"{option} must not be empty")
    return actor.strip(), reason.strip()
