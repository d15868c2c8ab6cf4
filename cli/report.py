"""`benefits report`: one report of one company or of all, in the formats asked for.

Belongs here: reading the call, choosing companies and years, writing files and the last lines.
Does not belong here: what a report says (`reports`), building a data version (the asset graph).
"""

from __future__ import annotations

import json
import os
import shlex
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cli.homes import published_in
from cli.options import AS_OF, HOME, OUT, typed
from cli.report_call import (
    Call,
    asked_of,
    default_as_of,
    find_report,
    formats_of,
    given_of,
    list_reports,
    parameters_of,
)
from cli.run import make_run
from cli.steps import EXIT_WORDS, Steps
from warehouse.home import Home
from warehouse.settings import Run

if TYPE_CHECKING:
    from ledger.store import Ledger
    from reports.model import Document, ReportRequest
    from reports.snapshot import Company, Snapshot

UNREAD_SHOWN = 10
NO_YEAR = (
    ": nobody is on file in that year, or aca_employer_year does not declare it, or its law is not "
    "among the values of law (docs/new-tax-year.md)"
)


@dataclass
class Result:
    """What came of the call: files by company, and what was refused or is unknown."""

    files: list[dict[str, str]] = field(default_factory=list)
    documents: list[dict[str, object]] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    version: str = ""

    @property
    def code(self) -> int:
        """0 where everything is clean, 1 where something was refused or is unknown."""
        return 1 if self.problems else 0


def command(
    name: Annotated[
        str, typer.Argument(help="A report, or the .json file that declares one.")
    ] = "",
    company: Annotated[
        str | None, typer.Option(help="Id or EIN; otherwise each active one.")
    ] = None,
    tax_year: Annotated[
        int | None, typer.Option(min=1900, max=2999, help="Year of a tax form.")
    ] = None,
    plan_year: Annotated[
        int | None, typer.Option(min=1900, max=2999, help="Year in which a plan year begins.")
    ] = None,
    period: Annotated[
        str | None, typer.Option(help="Month 2025-06; custom reports: 2025-Q2, 2025.")
    ] = None,
    formats: Annotated[str, typer.Option("--format", help="pdf,xlsx,csv,xml,json,html")] = "pdf",
    out: Annotated[Path, OUT] = Path(),
    source: Annotated[str | None, typer.Option(help="Build from these files first.")] = None,
    as_of: Annotated[date | None, AS_OF] = None,
    parameter: Annotated[list[str] | None, typer.Option(help="NAME=VALUE, repeatable.")] = None,
    file: Annotated[
        list[Path] | None, typer.Option(help="A file the report compares, repeatable.")
    ] = None,
    actor: Annotated[str, typer.Option(help="Who asks for it.")] = "",
    home: Annotated[Path, HOME] = Path("var"),
    as_list: Annotated[bool, typer.Option("--list", help="List the reports.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
) -> int:
    """Write one report in the formats asked for."""
    if as_list:
        return list_reports(as_json)
    if not name:
        raise typer.BadParameter("name a report; benefits report --list shows them")
    report = find_report(name)
    asked = {"tax_year": tax_year, "plan_year": plan_year, "period": period}
    call = Call(
        report=report,
        formats=formats_of(report, formats),
        company=company,
        asked=asked_of(report, asked),
        parameters=parameters_of(parameter or ()),
        out=out,
        actor=actor or os.environ.get("USER", "operator"),
        now=datetime.now(UTC).replace(microsecond=0),
        given=given_of(report, file or ()),
    )
    if as_of is not None and source is None:
        raise typer.BadParameter("--as-of goes with --source; a home has its own business date")
    steps = Steps(quiet=as_json)
    with _home(call, source, as_of, home, steps) as (place, problems):
        result = _write(call, place, steps)
    result.problems[:0] = problems
    _say(call, result, steps, home, as_json)
    return result.code


@contextmanager
def _home(
    call: Call, source: str | None, as_of: date | None, home: Path, steps: Steps
) -> Iterator[tuple[Home, list[str]]]:
    """The home to read: the one given, or a private one built from the source and then removed."""
    from warehouse.opening import open_home, private_home

    if source is None:
        if not (home / "published" / "current").exists():
            raise typer.BadParameter(f"{home}: nothing is published yet: run benefits run first")
        yield open_home(home.resolve()), []
        return
    with tempfile.TemporaryDirectory(prefix="benefits-report-") as folder:
        day = as_of or default_as_of(call)
        place = private_home(Path(folder))
        yield place, _build(call, source, day, place, steps)


def _build(call: Call, source: str, as_of: date | None, home: Home, steps: Steps) -> list[str]:
    """Run the asset graph as far as this report needs it; return what was refused on the way."""
    run = make_run(source, as_of, call.actor, home)
    from dagster_project.execute import run_once

    outcome = run_once(
        run, progress=steps.done, bar=steps.bar, deliver=False, marts_only=call.report.rows
    )
    landing = outcome.landing
    problems = [refusal.line() for refusal in landing.refusals] if landing else []
    if landing and landing.rejected:
        problems += [row.line() for row in landing.quarantined]
        many = f"{landing.rejected:,} row{'s' if landing.rejected != 1 else ''} quarantined"
        problems.append(f"{many}: benefits check --source {shlex.quote(source)}")
    return problems


def _write(call: Call, home: Home, steps: Steps) -> Result:
    from ledger.store import open_ledger
    from reports.errors import ReportError

    result = Result()
    call.out.mkdir(parents=True, exist_ok=True)
    with published_in(home) as snapshot:
        result.version = snapshot.data_version
        result.problems += [snapshot.alert] if snapshot.alert else []
        ledger = open_ledger(home.root, home.keys)
        companies = _companies(snapshot, call)
        result.problems += _unread(call, snapshot)
        result.notes += [company.doubt for company in companies if company.doubt]
        for number, company in enumerate(companies):
            steps.bar("Write", number, len(companies))
            try:
                files = _one(call, snapshot, company, result, ledger, len(companies) > 1)
                steps.done("Write", f"{company.name}: {files} file{'s' if files != 1 else ''}")
            except ReportError as error:
                result.problems.append(f"{company.name}: {error}")
    return result


def _companies(snapshot: Snapshot, call: Call) -> list[Company]:
    if call.company is not None:
        return [snapshot.find_company(call.company)]
    if not snapshot.reporting_companies:
        raise typer.BadParameter("the data holds no active company")
    companies = list(snapshot.reporting_companies)
    if call.given is None:
        return companies
    named = [company for company in companies if company.ein_digits in call.given.eins]
    if not named:
        raise typer.BadParameter("the file names no employer of this data")
    return named


def _unread(call: Call, snapshot: Snapshot) -> list[str]:
    """One line for each of the first rows put aside, for the rest, for strange employers."""
    if call.given is None:
        return []
    unread = call.given.unread
    lines = [item.line() for item in unread[:UNREAD_SHOWN]]
    if len(unread) > UNREAD_SHOWN:
        lines.append(
            f"{len(unread) - UNREAD_SHOWN:,} more rows were not read; the report lists them"
        )
    strange = call.given.eins - {company.ein_digits for company in snapshot.companies}
    if strange:
        lines.append(f"the file also names {len(strange)} employers that are not in this data")
    return lines


def _one(
    call: Call,
    snapshot: Snapshot,
    company: Company,
    result: Result,
    ledger: Ledger,
    is_one_of_many: bool,
) -> int:
    """Build, render, record and write the documents of one company."""
    from cli.documents import write_files
    from reports.access.viewer import operator
    from reports.errors import RenderError
    from reports.making import make_document

    run = Run(snapshot.as_of, call.now, call.actor, Home(ledger.home))
    request = _request(call, company, snapshot.as_of)
    given = call.given.rows() if call.given else None
    document = make_document(call.report, request, snapshot, operator(), given)
    written = 0
    for format in call.formats:
        try:
            files = write_files(document, format, call.out, ledger, run, named_apart=is_one_of_many)
        except RenderError as error:
            result.problems.append(f"{company.name}: {error}")
            continue
        for path, sha256 in files:
            entry = {"path": str(path), "format": format, "sha256": sha256}
            result.files.append(entry | {"company_id": company.company_id})
        written += len(files)
    _judge(document, company, result)
    return written


def _request(call: Call, company: Company, as_of: date) -> ReportRequest:
    from reports.requests import latest_request

    request = latest_request(call.report, company.company_id, as_of)
    return replace(request, parameters=call.parameters, **call.asked)


def _judge(document: Document, company: Company, result: Result) -> None:
    """Add one line for a document that is refused or empty, and what its law values ask for."""
    from reports.filings.law import NOTICE

    blocking = sum(item.is_blocking for item in document.work_items)
    result.documents.append(
        {
            "company_id": company.company_id,
            "report": document.report,
            "status": document.status,
            "is_refused": document.is_refused(),
            "open_items": len(document.work_items),
            "verdict": document.verdict,
        }
    )
    result.notes += [f"{company.name}: {why}" for about, why in document.notes if about == NOTICE]
    if document.is_refused():
        many = f", {blocking} open item{'s' if blocking != 1 else ''}; see the work list"
        why = many if blocking else f": {document.verdict} {document.lead}".rstrip()
        result.problems.append(f"{company.name}: {document.title} is a {document.status}{why}")
    elif document.blocks and not any(table.frame.height for table in document.tables()):
        hint = NO_YEAR if document.request.tax_year else ""
        result.problems.append(f"{company.name}: {document.title} has no rows{hint}")


def _say(call: Call, result: Result, steps: Steps, home: Path, as_json: bool) -> None:
    if as_json:
        facts = {
            "report": call.report.name,
            "data_version": result.version,
            "documents": result.documents,
            "files": result.files,
            "problems": result.problems,
            "notes": result.notes,
        }
        sys.stdout.write(json.dumps(facts, sort_keys=True) + "\n")
        return
    for line in (*result.problems, *result.notes):
        steps.problem(typed(line, home))
    steps.console.print(f"\nDone in {steps.seconds():.1f} s. {len(result.files)} files.")
    steps.console.print(f"Folder: {call.out.resolve()}", soft_wrap=True)
    steps.console.print(f"Exit code {result.code}: {EXIT_WORDS[result.code]}.")
