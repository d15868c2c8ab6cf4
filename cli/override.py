"""`benefits override`: a named person puts a value in a box of Form 1095-C, until a last day.

Belongs here: the options, the lines, the exit code. Does not belong here: which value may stand in
which box (`reports.answers.aca_override`), and what it changes (the models, in the next run).
"""

from __future__ import annotations

import json
import re
import sys
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cli.attest import named
from cli.homes import ledger_of
from cli.options import HOME, UNTIL

if TYPE_CHECKING:
    from ledger.store import Ledger
    from reports.answers.aca_override import Box

MONTH = "Month of the box, YYYY-MM."


def command(
    employee: Annotated[str, typer.Option(help="Number of the employee.")],
    month: Annotated[str, typer.Option(help=MONTH)],
    line: Annotated[str, typer.Option(help="14, 15, 16 or 17.")],
    value: Annotated[str, typer.Option(help="A code, an amount, a ZIP code, or blank.")],
    actor: Annotated[str, typer.Option(help="Who decides it, by name.")],
    reason: Annotated[str, typer.Option(help="Why the computed value is not right.")],
    until: Annotated[date, UNTIL],
    through: Annotated[str, typer.Option(help="Last month, for several of one year.")] = "",
    company: Annotated[str, typer.Option(help="Id or EIN where numbers repeat.")] = "",
    home: Annotated[Path, HOME] = Path("var"),
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
) -> int:
    """Put a value in the place of a computed one; the next run prints it and checks it again."""
    from cli.reading import shown_snapshot
    from reports.answers.aca_override import overridable
    from reports.errors import RequestError

    who, why = named(actor, reason)
    ledger = ledger_of(home)
    with shown_snapshot(home.resolve()) as snapshot:
        only = snapshot.find_company(company).company_id if company else ""
        try:
            boxes = overridable(snapshot, employee, _months(month, through), line, value, only)
        except RequestError as error:
            raise typer.BadParameter(str(error)) from error
    numbers = [_record(ledger, box, who, why, until) for box in boxes]
    if as_json:
        sys.stdout.write(json.dumps({"decisions": numbers}, sort_keys=True) + "\n")
        return 0
    for box, number in zip(boxes, numbers, strict=True):
        change = f"{box.replaced_value} to {box.value or 'blank'}"
        sys.stdout.write(f"✓ {box.month:%Y-%m} line {box.line}: {change} ({number})\n")
    sys.stdout.write("The next run prints and checks it; benefits decisions takes it back.\n")
    return 0


def _record(ledger: Ledger, box: Box, who: str, why: str, until: date) -> str:
    """Return the id of the override that stands; an earlier one of the same box is taken back."""
    from ledger.rows import Decision
    from reports.answers.aca_override import RULE

    now = datetime.now(UTC)
    decision = Decision(
        kind="override",
        company_id=box.company_id,
        rule_id=RULE,
        grain_key=box.grain_key,
        field=box.field,
        value=box.value,
        tax_year=box.month.year,
        reason=why,
        actor=who,
        expires_on=until,
        replaced_value=box.replaced_value,
    )
    before = ledger.decisions.standing("override")
    number = ledger.decisions.record(decision, now)
    for row in before:
        old = row.decision
        place = (old.company_id, old.rule_id, old.grain_key, old.field)
        same = place == (box.company_id, RULE, box.grain_key, box.field)
        if same and row.decision_id != number:
            ledger.decisions.withdraw(row.decision_id, who, f"replaced by {number}", now)
    return number


def _months(first: str, through: str) -> tuple[date, ...]:
    """Return the first days of the months, in order; they are of one year."""
    for text in (first, through or first):
        if not re.fullmatch(r"[0-9]{4}-(0[1-9]|1[0-2])", text):
            raise typer.BadParameter(f"{text!r}: write a month as YYYY-MM")
    last = through or first
    if last < first or last[:4] != first[:4]:
        raise typer.BadParameter(f"--through {last}: a later month of {first[:4]}")
    year = int(first[:4])
    return tuple(date(year, number, 1) for number in range(int(first[5:]), int(last[5:]) + 1))
