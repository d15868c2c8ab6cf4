"""`benefits approve`: a named person's word that a document may leave.

Belongs here: the options, the lines, the exit code. Does not belong here: what approval means
(`distribution.approval`).
"""

from __future__ import annotations

import json
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cli.homes import ledger_of
from cli.options import HOME, typed

if TYPE_CHECKING:
    from distribution.approval import Approved


def command(
    sha: Annotated[list[str], typer.Argument(help="SHA-256 of the document, 8 characters do.")],
    actor: Annotated[str, typer.Option(help="Who approves, by name.")],
    home: Annotated[Path, HOME] = Path("var"),
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
) -> int:
    """Approve documents, so that they may be sent."""
    from distribution.approval import approve

    if not actor.strip():
        raise typer.BadParameter("--actor must name a person")
    ledger = ledger_of(home)
    done = [approve(ledger, text, actor.strip(), datetime.now(UTC)) for text in sha]
    if as_json:
        sys.stdout.write(json.dumps([_facts(one) for one in done], sort_keys=True) + "\n")
    else:
        for one in done:
            sys.stdout.write(typed(_words(one, actor), home) + "\n")
    return 0


def _facts(one: Approved) -> dict[str, object]:
    return {
        "sha256": one.artifact.sha256,
        "name": one.artifact.name,
        "ready": len(one.released),
        "waiting": list(one.waiting),
    }


def _words(one: Approved, actor: str) -> str:
    artifact = one.artifact
    head = f"✓ {artifact.name} ({artifact.sha256[:12]}) is approved by {actor}."
    if one.waiting:
        return f"{head} Still waiting: benefits approve {one.waiting[0][:12]} --actor NAME"
    if one.released:
        return f"{head} {len(one.released)} ready to leave: benefits deliver"
    return head
