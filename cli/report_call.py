"""The call of `benefits report`, checked: which report, whose, for when, which formats; the list.

Belongs here: turning what was typed into a `Call`, or into one clear line. Does not belong here:
doing it (`cli.report`).
"""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

if TYPE_CHECKING:
    from reports.given import Given
    from reports.model import Format, Report

YEARS = {"tax_year": "--tax-year", "plan_year": "--plan-year", "period": "--period"}


@dataclass(frozen=True)
class Call:
    """What was asked for on the command line, checked."""

    report: Report
    formats: tuple[Format, ...]
    company: str | None
    asked: dict[str, Any]
    parameters: dict[str, str]
    out: Path
    actor: str
    now: datetime
    given: Given | None = None


def find_report(name: str) -> Report:
    """The registered report, or the one a .json file declares."""
    from reports.custom.report import report_from_file
    from reports.errors import ReportError
    from reports.registry import find

    try:
        return report_from_file(Path(name)) if name.endswith(".json") else find(name)
    except ReportError as error:
        raise typer.BadParameter(str(error)) from error


def formats_of(report: Report, text: str) -> tuple[Format, ...]:
    """The formats asked for, in the report's order."""
    wanted = [part.strip().lower() for part in text.split(",") if part.strip()]
    wanted = ["xlsx" if part == "excel" else part for part in wanted]
    unknown = [part for part in wanted if part not in report.formats]
    if unknown or not wanted:
        known = ",".join(report.formats)
        raise typer.BadParameter(f"{report.name} has no format {''.join(unknown[:1])!r}: {known}")
    return tuple(part for part in report.formats if part in wanted)


def asked_of(report: Report, asked: dict[str, Any]) -> dict[str, Any]:
    """The year or month asked for; one that the report does not take is refused."""
    from reports.model import period_end
    from reports.period import period_span

    given = {key: value for key, value in asked.items() if value is not None}
    for key in given:
        if key != report.period:
            need = YEARS.get(report.period or "", "no year or month")
            raise typer.BadParameter(f"{report.name} takes {need}, not {YEARS[key]}")
    if "period" in given:
        (period_span if report.is_any_period else period_end)(given["period"])
    return given


def given_of(report: Report, paths: Sequence[Path]) -> Given | None:
    """What the files beside the data say; refuse one that the report does not read or misses."""
    from reports.errors import ReportError

    if not paths:
        if report.is_file_needed:
            raise typer.BadParameter(f"{report.name} compares a file: name it with --file")
        return None
    if report.reader is None:
        raise typer.BadParameter(f"{report.name} reads no file beside the data")
    try:
        return report.reader(paths)
    except ReportError as error:
        raise typer.BadParameter(str(error)) from error


def parameters_of(pairs: Sequence[str]) -> dict[str, str]:
    """Parameters by name."""
    found = {}
    for pair in pairs:
        key, sign, value = pair.partition("=")
        if not sign or not key:
            raise typer.BadParameter(f"--parameter {key}: write NAME=VALUE")
        found[key] = value
    return found


def default_as_of(call: Call) -> date | None:
    """The end of the year or month asked for; a plan year may end a year after it begins."""
    from reports.period import period_span

    if "tax_year" in call.asked:
        return date(call.asked["tax_year"], 12, 31)
    if "plan_year" in call.asked:
        return date(call.asked["plan_year"] + 1, 12, 30)
    return period_span(call.asked["period"]).end if "period" in call.asked else None


def list_reports(as_json: bool) -> int:
    """Print every report with its formats and the year or month it needs; return the exit code."""
    from reports.registry import REPORTS, WITH_A_FILE

    reports = (*REPORTS, *WITH_A_FILE)
    rows = [
        {
            "name": report.name,
            "title": report.title,
            "formats": list(report.formats),
            "needs": _needs(report),
            "holds": report.sensitivity,
        }
        for report in reports
    ]
    if as_json:
        sys.stdout.write(json.dumps(rows) + "\n")
        return 0
    width = max(len(report.name) for report in reports)
    for report in reports:
        needs = _needs(report)
        sys.stdout.write(f"{report.name:<{width}}  {needs:<18} {','.join(report.formats)}\n")
        sys.stdout.write(f"{'':<{width}}  {report.title}\n")
    return 0


def _needs(report: Report) -> str:
    """The options a report wants, as they are typed."""
    year = YEARS.get(report.period or "", "")
    return f"{year} --file" if report.is_file_needed else year
