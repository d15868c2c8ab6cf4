"""`benefits explain kpi NAME` and `benefits explain aca --employee N --month YYYY-MM`.

Not here: counting or deciding (the models do), finding the rows (`reports.answers`), and the words
of a box (`cli.explain_aca`).
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Annotated, Any

import typer

from cli.options import HOME

SHOWN_STORED = 3
UNITS = {"usd": "$", "percent": "%", "count": "", "score": "points"}


def command(
    subject: Annotated[str, typer.Argument(help="What to explain: kpi or aca.")],
    name: Annotated[str, typer.Argument(help="kpi: the metric, by id or by its name.")] = "",
    employee: Annotated[str, typer.Option(help="aca: the employee's number.")] = "",
    month: Annotated[str, typer.Option(help="aca: the month, YYYY-MM.")] = "",
    home: Annotated[Path, HOME] = Path("var"),
    company: Annotated[str, typer.Option(help="Company id or EIN; all without it.")] = "",
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
) -> int:
    """Explain a metric, or every box of an employee's month on Form 1095-C."""
    if subject == "aca":
        from cli.explain_aca import explain_month

        return explain_month(employee, month, home, company, as_json)
    if subject != "kpi":
        raise typer.BadParameter(f"explain knows kpi NAME and aca, not {subject!r}")
    if not name:
        raise typer.BadParameter("explain kpi needs a metric, such as people_covered")
    return _explain_kpi(name, home, company, as_json)


def _explain_kpi(name: str, home: Path, company: str, as_json: bool) -> int:
    """Print how a metric is defined, and whether counting it again agrees."""
    from cli.reading import shown_snapshot
    from reports.answers.kpi import explain_kpi

    with shown_snapshot(home.resolve()) as snapshot:
        only = snapshot.find_company(company).company_id if company else ""
        answer = explain_kpi(snapshot, name, only)
        answer |= {"data_version": snapshot.data_version, "as_of": snapshot.as_of.isoformat()}
    if as_json:
        sys.stdout.write(json.dumps(answer, sort_keys=True, default=str) + "\n")
    else:
        _print(answer)
    values = [value for entry in answer["companies"] for value in entry["values"]]
    return 1 if any(not v["agrees"] or v["value"] is None for v in values) else 0


def _print(answer: dict[str, Any]) -> None:
    out = sys.stdout.write
    out(f"{answer['metric_name']} ({answer['metric_id']})\n")
    out(f"  {answer['formula']}.\n")
    facts = {
        "Grain": answer["grain"],
        "Owner": answer["owner"],
        "Read from": f"marts.{answer['source_model']}, {answer['source_column']}",
        "Counted again": f"{answer['recount_model']}, from staging alone",
        "Inputs": answer["inputs"],
        "Citation": answer["citation"],
        "Data": f"version {answer['data_version']}, as of {answer['as_of']}",
    }
    for label, text in facts.items():
        out(f"  {label:<14}{text}\n")
    for entry in answer["companies"]:
        out(f"\n{entry['company_name']}\n")
        for value in entry["values"]:
            out(_line(value, answer))
        if not entry["values"]:
            out(f"  not measured: {answer['missing']}; it needs {answer['needs']}\n")
        out(_stored(entry["stored"], answer["unit"]))


def _line(value: dict[str, Any], answer: dict[str, Any]) -> str:
    item = f", {value['item']}" if value["item"] else ""
    when = f"{value['period']} to {value['period_end']}{item}"
    if value["value"] is None:
        shown = f"{value['status'].replace('_', ' ')}: {answer['missing']}"
    else:
        shown = f"{_number(value['value'], answer['unit'])}, {value['status']}"
    if value["agrees"]:
        return f"  ✓ {when}: {shown}; the recount agrees\n"
    other = "nothing" if value["recount"] is None else _number(value["recount"], answer["unit"])
    return f"  ✗ {when}: {shown}; the recount says {other}\n"


def _stored(stored: dict[str, Any], unit: str) -> str:
    """Return the lines about figures that the source stored otherwise, the newest few."""
    different = stored["different"]
    if not different:
        return ""
    many = (
        f"{len(different):,} of {stored['compared']:,} figures the source stored differ from ours"
    )
    lines = [f"  ! {many} [reconcile.stored_metric]; both stay as they are\n"]
    for row in different[:SHOWN_STORED]:
        item = f", {row['item']}" if row["item"] else ""
        both = f"stored {_number(row['stored'], unit)}, ours {_number(row['value'], unit)}"
        lines.append(f"    {row['period']} to {row['period_end']}{item}: {both}\n")
    return "".join(lines)


def _number(value: Any, unit: str) -> str:
    places = 0 if unit == "count" else 2
    text = f"{value:,.{places}f}"
    mark = UNITS.get(unit, unit)
    return f"{mark}{text}" if mark == "$" else f"{text} {mark}".strip()
