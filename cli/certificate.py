"""`benefits certificate`: the grade of each company, every open check, what is not there.

Not here: how a grade is decided (`warehouse.gate.certificate`).
"""

from __future__ import annotations

import json
import sys
import textwrap
from datetime import date
from pathlib import Path
from typing import Annotated, Any

import typer

from cli.options import HOME, folder, new_file
from cli.steps import WIDTH

COLUMNS = (("Sev", 5), ("Table", 27), ("Check", 28), ("Rows", 6), ("Owner", 24))


def command(
    home: Annotated[Path, HOME] = Path("var"),
    company: Annotated[str, typer.Option(help="Company id or EIN; all without it.")] = "",
    html: Annotated[
        Path | None, typer.Option(callback=new_file, help="Write the page to this file.")
    ] = None,
    data_docs: Annotated[
        Path | None,
        typer.Option(callback=folder, help="Write the gate's checks as pages into it."),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
) -> int:
    """Print the quality certificate of the current version."""
    from cli.reading import shown_snapshot
    from reports.answers.certificate import read_certificate, read_missing
    from reports.answers.certificate_page import certificate_page

    with shown_snapshot(home.resolve()) as snapshot:
        only = snapshot.find_company(company).company_id if company else ""
        companies = read_certificate(snapshot, only)
        missing = read_missing(snapshot)
        version, day = snapshot.data_version, snapshot.as_of
    if html is not None:
        html.write_text(certificate_page(version, day, companies, missing), "utf-8")
    if data_docs is not None:
        _write_data_docs(home, version, day, data_docs)
    as_of = day.isoformat()
    if as_json:
        facts = {"data_version": version, "as_of": as_of, "companies": companies} | {
            "missing": missing
        }
        sys.stdout.write(json.dumps(facts, sort_keys=True) + "\n")
    else:
        sys.stdout.write(f"Data version {version}, as of {as_of}\n")
        for entry in companies:
            _print(entry)
        for feature, tables in missing.items():
            sys.stdout.write(f"\nNot in the source, unknown in {feature}:\n")
            sys.stdout.write(
                f"{textwrap.indent(textwrap.fill(', '.join(tables), WIDTH - 2), '  ')}\n"
            )
        if html is not None:
            sys.stdout.write(f"\nPage: {html}\n")
        if data_docs is not None:
            sys.stdout.write(f"\nChecks: {data_docs / 'index.html'}\n")
    return 1 if any(entry["open"] for entry in companies) else 0


def _write_data_docs(home: Path, version: str, day: date, into: Path) -> None:
    from expectations.contract import load_contracts
    from warehouse.gate.data_docs import write_data_docs
    from warehouse.opening import open_home

    write_data_docs(open_home(home.resolve()), load_contracts(), version, day, into)


def _print(entry: dict[str, Any]) -> None:
    """Print one company: its grade, then its open checks, worst first."""
    out = sys.stdout.write
    out(f"\n{entry['company_name']}: grade {entry['grade']} (A is best), ")
    out(f"{entry['checks_run']} checks run, {len(entry['open'])} open\n")
    if not entry["open"]:
        return
    out("  " + "".join(f"{name:<{width}}" for name, width in COLUMNS).rstrip() + "\n")
    for check in entry["open"]:
        names = ("severity", "table_name", "check_name", "failing_rows", "owner")
        cells = [check[name] for name in names]
        parts = zip(cells, COLUMNS, strict=True)
        row = " ".join(f"{_cut(str(cell), width - 1):<{width - 1}}" for cell, (_, width) in parts)
        out(f"  {row.rstrip()}\n")
        keys = [key for key in json.loads(check["failing_keys"] or "[]") if key]
        for key in keys[:3]:
            out(f"      key {key}\n")
        if len(keys) > 3:
            out(f"      and {len(keys) - 3} more\n")


def _cut(text: str, width: int) -> str:
    return text if len(text) <= width else text[: width - 1] + "…"
