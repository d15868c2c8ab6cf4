"""The words of `benefits explain aca`: each line of a month, its rule, facts and sources.

Not here: deciding a box (the models do), and finding the rows (`reports.answers.aca`).
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import typer

SHOWN_SOURCES = 3
NO_FORM = "no form"
FORM_WORDS = {"none": NO_FORM, "unknown": "whether a form is due is not known"}
NOT_KNOWN = "not known"
FACT_WORDS = {"y": "yes", "n": "no", "?": NOT_KNOWN, None: NOT_KNOWN}


def explain_month(employee: str, month: str, home: Path, company: str, as_json: bool) -> int:
    """Print the explanation of one month; 1 where a box of it is unknown."""
    from cli.reading import shown_snapshot
    from reports.answers.aca import UNKNOWN, Explainer
    from reports.model import period_end

    if not employee or not month:
        raise typer.BadParameter("explain aca needs --employee NUMBER and --month YYYY-MM")
    day = period_end(month).replace(day=1)
    with shown_snapshot(home.resolve()) as snapshot:
        only = snapshot.find_company(company).company_id if company else ""
        answer = Explainer(snapshot).explain(employee, day, only)
        answer |= {"data_version": snapshot.data_version, "as_of": snapshot.as_of.isoformat()}
    if as_json:
        sys.stdout.write(json.dumps(answer, sort_keys=True, default=str) + "\n")
    else:
        _print(answer)
    return 1 if any(line["value"] == UNKNOWN for line in answer["lines"].values()) else 0


def _print(answer: dict[str, Any]) -> None:
    out = sys.stdout.write
    form = FORM_WORDS.get(answer["form"], f"Form {answer['form']}")
    out(f"Employee {answer['employee_number']}, {answer['month']}: {form}")
    out(f" ({answer['form_reason']})\n" if answer["form_reason"] else "\n")
    for name, line in answer["lines"].items():
        out(f"\n{name}: {_value(line, answer['form'])}\n")
        if line["override"]:
            out(f"  {_override(line['override'])}\n")
        if line["rule_id"]:
            out(f"  {line['rule_id']}  {line['condition']}\n          {line['citation']}\n")
        if line["unknown_reason"]:
            out(f"  unknown: {line['unknown_reason']}\n")
        for fact in line["facts"]:
            out(f"  {fact['words']}: {_said(fact['value'])}{_sources(fact['sources'])}\n")
        for compared in line["compared"]:
            out(f"  {compared['code']} {_compared(compared)}\n")
        for rule in line["passed_over"]:
            word = "not decided:" if rule["is_open"] else "not"
            out(f"  {word} {rule['rule_id']} {rule['condition']}, because {_why_not(rule)}\n")
    out(f"\nData version {answer['data_version']}, as of {answer['as_of']}\n")


def _value(line: dict[str, Any], form: str) -> str:
    """What stands in the line; where no Form 1095-C is due, what the facts give."""
    if line["value"] != NO_FORM:
        return str(line["value"])
    words = f"not on Form {form}" if form != "none" else NO_FORM
    result = line["result"]
    return f"{words}; the facts {'leave it blank' if result == 'blank' else f'give {result}'}"


def _compared(harbor: dict[str, Any]) -> str:
    """What a cost was compared with, and where each number stands."""
    unclaimed = "" if harbor["is_claimed"] else ", not claimed by the employer"
    if harbor["untested"]:
        return f"not tested{unclaimed}: {harbor['untested']}"
    word = "passes" if harbor["passes"] else "fails"
    said = f"{word}{unclaimed}: {harbor['cost']:,.2f} for {harbor['for']}"
    if harbor["limit"] is not None:
        sign = "<=" if harbor["passes"] else ">"
        said += f" {sign} {harbor['limit']:,.2f} = {harbor['made_of']}"
    elif harbor["made_of"]:
        said += f" against {harbor['made_of']}"
    return f"{said}  [{'; '.join(harbor['citations'])}]"


def _why_not(rule: dict[str, Any]) -> str:
    """The facts that keep a rule from applying; what is not known excludes nothing."""
    facts = [b for b in rule["because"] if rule["is_open"] or _said(b["is"]) != NOT_KNOWN]
    return "; ".join(f"{fact['words']}: {_said(fact['is'])}" for fact in facts)


def _said(value: Any) -> str:
    return FACT_WORDS.get(value) or str(value)


def _override(override: dict[str, Any]) -> str:
    """Who put what in the place of what, why, until when, and how it stands today."""
    value = override["value"] or "blank"
    until = f" until {override['expires_on']}" if override["expires_on"] else ""
    words = {
        "in_force": "overridden",
        "agreed": "overridden, and the rules now give the same",
        "stale": "the facts under an override changed; record it again or take it back",
        "pair": "an override makes a pair of codes that the form does not allow",
    }[override["state"]]
    return (
        f"{words}: {override['replaced_value']} to {value}, {override['actor']},"
        f" {override['decided_on']}{until} ({override['override_id']}): {override['reason']}"
    )


def _sources(rows: list[dict[str, Any]]) -> str:
    if not rows:
        return ""
    shown = ", ".join(f"{row['table']} {row['id']}" for row in rows[:SHOWN_SOURCES])
    more = f" and {len(rows) - SHOWN_SOURCES} more" if len(rows) > SHOWN_SOURCES else ""
    return f"  [{shown}{more}]"
