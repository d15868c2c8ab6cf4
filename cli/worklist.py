"""`benefits worklist`: what a person must settle, with owner and reason; `--out` writes a CSV.

Not here: deciding what is open.
"""

from __future__ import annotations

import csv
import json
import sys
from collections import Counter
from pathlib import Path
from typing import Annotated, Any

import typer

from cli.options import HOME, new_file, typed

SHOWN = 25


def command(
    report: Annotated[str, typer.Argument(help="A report; all filings without it.")] = "",
    home: Annotated[Path, HOME] = Path("var"),
    company: Annotated[str, typer.Option(help="Company id or EIN; all without it.")] = "",
    out: Annotated[
        Path | None, typer.Option(callback=new_file, help="Write the list to this CSV file.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
) -> int:
    """List what a person must settle, with owner and reason."""
    from cli.reading import shown_snapshot
    from reports.access.viewer import operator
    from reports.answers.worklist import read_worklist
    from reports.registry import REPORTS, find

    wanted = [find(report)] if report else [r for r in REPORTS if r.kind == "filing"]
    with shown_snapshot(home.resolve()) as snapshot:
        only = snapshot.find_company(company).company_id if company else ""
        items = read_worklist(snapshot, wanted, operator(), only)
    if out is not None and items:
        with out.open("w", newline="", encoding="utf-8") as stream:
            writer = csv.DictWriter(stream, list(items[0]))
            writer.writeheader()
            writer.writerows(items)
    if as_json:
        sys.stdout.write(json.dumps(items, sort_keys=True) + "\n")
        return 1 if items else 0
    for item in items[:SHOWN]:
        mark = "✗" if item["is_blocking"] else "!"
        line = f"{mark} {item['report']} {item['period']}, {item['company']}: {item['what']}"
        sys.stdout.write(f"{line}\n    {_reason(item)}\n")
    if len(items) > SHOWN:
        more = f"{len(items) - SHOWN} more: benefits worklist --out FILE.csv"
        sys.stdout.write(f"{typed(more, home)}\n")
    counts = Counter(item["report"] for item in items)
    total = ", ".join(f"{name} {n}" for name, n in sorted(counts.items())) or "nothing"
    sys.stdout.write(f"Open: {total}\n")
    return 1 if items else 0


def _reason(item: dict[str, Any]) -> str:
    """Why it is open, where to look, and who owns it, each once."""
    place = ".".join(part for part in (item["table"], item["column"]) if part)
    why = str(item["why"]).rstrip(".: ")
    return " ".join(
        part for part in (f"{why}:" if place else why, place, f"({item['owner']})") if part
    )
