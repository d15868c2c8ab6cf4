"""`benefits findings`: what the compliance rules see broken, worst first, waived ones apart.

Not here: the rules, and accepting a finding (`benefits waive`).
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Annotated, Any

import typer

from cli.options import HOME, typed

SHOWN = 40


def command(
    home: Annotated[Path, HOME] = Path("var"),
    company: Annotated[str, typer.Option(help="Company id or EIN; all without it.")] = "",
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
) -> int:
    """List the open findings of the compliance rules."""
    from cli.reading import shown_snapshot
    from reports.answers.findings import read_findings

    with shown_snapshot(home.resolve()) as snapshot:
        only = snapshot.find_company(company).company_id if company else ""
        names = {one.company_id: one.name for one in snapshot.companies}
        found = read_findings(snapshot, only)
    open_count = sum(not row["is_waived"] for row in found)
    if as_json:
        sys.stdout.write(json.dumps(found, sort_keys=True) + "\n")
        return 1 if open_count else 0
    for row in found[:SHOWN]:
        sys.stdout.write(_line(row, names.get(row["company_id"], row["company_id"])))
    if len(found) > SHOWN:
        more = f"{len(found) - SHOWN} more: benefits findings --json"
        sys.stdout.write(f"{typed(more, home)}\n")
    sys.stdout.write(f"Open: {open_count}, waived: {len(found) - open_count}\n")
    return 1 if open_count else 0


def _line(row: dict[str, Any], company: str) -> str:
    head = f"{row['severity']}, {row['rule_id']}, {company}: {row['title']}"
    until = f" until {row['waived_until']}" if row["waived_until"] else ""
    state = f"waived{until}" if row["is_waived"] else f"open since {row['first_seen']}"
    if row["citation_status"] == "recalled":
        state += ", citation not verified"
    return f"{'–' if row['is_waived'] else '✗'} {head}\n    {row['finding_id'][:12]}  {state}\n"
