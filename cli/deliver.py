"""`benefits deliver`: send what is due from the published version, or say what would be sent.

Belongs here: the options, the lines on the terminal, the exit code. Does not belong here: any
decision about who gets what (`distribution`).
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterator
from dataclasses import asdict
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cli.run import HOME, make_run
from cli.steps import Steps, finish

if TYPE_CHECKING:
    from distribution.result import DeliveryReport, Line

STYLES = {"delivered": "green", "would send": "green", "held": "blue"}
WORDS = {
    "delivered": "sent",
    "would send": "would be sent",
    "unknown": "not known",
    "dead": "failed for good",
    "retry": "tried again later",
}
COLUMNS = (28, 12, 24)


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
    from ledger.store import open_ledger
    from reports.snapshot import open_snapshot

    root = home.resolve()
    with open_snapshot(root) as snapshot:
        who = actor or os.environ.get("USER", "operator")
        run = make_run("", snapshot.as_of.isoformat(), who, root)
        ledger = open_ledger(root)
        if settle or settle_as:
            _settle(root, settle, settle_as, actor)
        report = deliver_due(root, ledger, snapshot, run, dry_run=dry_run)
    if as_json:
        facts = asdict(report) | {"summary": report.summary(), "exit_code": report.exit_code}
        sys.stdout.write(json.dumps(facts, sort_keys=True) + "\n")
        return report.exit_code
    steps = Steps()
    steps.done("Deliver", report.summary())
    print_report(report, steps)
    finish(steps, root, report.exit_code)
    return report.exit_code


def print_report(report: DeliveryReport, steps: Steps) -> None:
    """Print the documents with their state, then what needs a person and the command for it."""
    from rich.text import Text

    from distribution.result import NEEDS_A_PERSON

    console = steps.console
    if report.lines:
        console.print()
        console.print(Text("Deliveries", style="bold"))
        head = "".join(
            f"{word:<{width}}"
            for word, width in zip(("Report", "For", "Company"), COLUMNS, strict=True)
        )
        console.print(Text(f"  {head}State", style="dim"))
    for lines in _groups(report):
        console.print(_row(lines), no_wrap=True, overflow="ellipsis")
    for line in report.lines:
        if line.state in NEEDS_A_PERSON:
            console.print()
            console.print(_problem(line))
            if remedy := remedy_of(line):
                console.print(Text.assemble("  ", (remedy, "bold")))
    console.print()


def remedy_of(line: Line) -> str:
    """Return the command to type next, or nothing."""
    if line.state == "unknown":
        return f"benefits deliver --settle {line.key[:12]} --as delivered|ready|dead --actor NAME"
    if "benefits " in line.reason:
        return "benefits " + line.reason.split("benefits ", 1)[1]
    return ""


def _groups(report: DeliveryReport) -> Iterator[list[Line]]:
    def key(line: Line) -> tuple[str, str, str]:
        return line.company, line.requirement, line.occurrence

    for _, lines in groupby(sorted(report.lines, key=key), key):
        yield list(lines)


def _row(lines: list[Line]) -> object:
    from rich.text import Text

    first = lines[0]
    cells = (first.report, first.occurrence or "–", first.company)
    row = Text("  ")
    for cell, width in zip(cells, COLUMNS, strict=True):
        row.append(f"{cell[: width - 2]:<{width}}")
    states = sorted({line.state for line in lines})
    for number, state in enumerate(states):
        count = sum(line.state == state for line in lines)
        word = WORDS.get(state, state)
        text = f"{word} to {count}" if state in {"delivered", "would send"} else f"{word} {count}"
        row.append(", " if number else "")
        row.append(text, style=STYLES.get(state, "red"))
    return row


def _problem(line: Line) -> object:
    from rich.text import Text

    mark, style = ("!", "blue") if line.state == "held" else ("✗", "red")
    what = " ".join(word for word in (line.report, line.occurrence) if word)
    who = f" to {line.recipient}" if line.recipient else ""
    reason = line.reason.split(": benefits ", 1)[0]
    text = Text(f"{mark} ", style=style)
    text.append(f"{what}{who} is {WORDS.get(line.state, line.state)}: ", style=style)
    text.append(f"{reason}. {line.requirement}, {line.company}.")
    return text


def _settle(home: Path, key: str, after: str, actor: str) -> None:
    from datetime import UTC, datetime
    from typing import cast

    from ledger.states import State
    from ledger.store import open_ledger

    if after not in {"delivered", "ready", "dead"} or not actor or len(key) < 8:
        raise typer.BadParameter("--settle KEY needs --as delivered|ready|dead and --actor NAME")
    ledger = open_ledger(home)
    found = [row for row in ledger.outbox.pending() if row.dedupe_key.startswith(key)]
    if len(found) != 1 or found[0].state != "unknown":
        raise typer.BadParameter(f"no delivery with the key {key} is waiting to be settled")
    ledger.outbox.move(
        found[0].delivery_id,
        cast("State", after),
        f"settled by {actor}",
        actor=actor,
        at=datetime.now(UTC),
        by_person=True,
    )
