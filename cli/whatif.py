"""`benefits whatif`: what a change of contributions, offers or law would do, as a modelled answer.

Belongs here: opening the build, replaying, writing what was asked for. Does not belong here: what
can be set and what it changes (`reports.answers.whatif`), or how models are replayed.
"""

from __future__ import annotations

import json
import sys
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from cli.options import HOME, OUT, typed

if TYPE_CHECKING:
    from reports.answers.whatif.asked import Asked
    from reports.model import Document
    from reports.snapshot import Company, Snapshot
    from warehouse.replay.replay import Replay


def command(
    tax_year: Annotated[int, typer.Option(min=2014, max=2100, help="Calendar year.")],
    sets: Annotated[
        list[str] | None, typer.Option("--set", metavar="NAME=VALUE", help="What is other; repeat.")
    ] = None,
    home: Annotated[Path, HOME] = Path("var"),
    company: Annotated[str, typer.Option(help="Company id or EIN; all without it.")] = "",
    out: Annotated[Path | None, OUT] = None,
    format: Annotated[str, typer.Option(help="Formats for --out, with commas.")] = "pdf",
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
) -> int:
    """Show codes, exposure and cost as they are and as they would be; 1 where a cost is unknown."""
    from cli.reading import shown_snapshot
    from reports.answers.whatif.document import is_known
    from warehouse.opening import open_home
    from warehouse.replay.last_build import replay_of

    formats = _formats(format)
    place = open_home(home.resolve())
    with shown_snapshot(home) as snapshot:
        companies = _companies(snapshot, company)
        with replay_of(place, snapshot.data_version) as replay:
            documents = _documents(replay, snapshot, companies, tax_year, sets or [])
    files = _write(documents, formats, out) if out is not None else []
    if as_json:
        told = [_told(document) for document in documents]
        facts = {"documents": told, "files": files, "data_version": snapshot.data_version}
        sys.stdout.write(json.dumps(facts, sort_keys=True, default=str) + "\n")
    else:
        for document in documents:
            _print(document)
        for path in files:
            sys.stdout.write(f"{typed(path, home)}\n")
    return 0 if all(is_known(document) for document in documents) else 1


def _formats(text: str) -> tuple[str, ...]:
    from reports.model import DATA_FORMATS

    wanted = tuple(part.strip().lower() for part in text.split(",") if part.strip())
    wanted = tuple("xlsx" if part == "excel" else part for part in wanted)
    unknown = [part for part in wanted if part not in DATA_FORMATS]
    if unknown or not wanted:
        known = ",".join(DATA_FORMATS)
        raise typer.BadParameter(f"whatif has no format {''.join(unknown[:1])!r}: {known}")
    return wanted


def _companies(snapshot: Snapshot, company: str) -> tuple[Company, ...]:
    if company:
        return (snapshot.find_company(company),)
    if not snapshot.reporting_companies:
        raise typer.BadParameter("the data holds no active company")
    return snapshot.reporting_companies


def _documents(
    replay: Replay,
    snapshot: Snapshot,
    companies: tuple[Company, ...],
    tax_year: int,
    sets: list[str],
) -> list[Document]:
    """The answer for each company; without a set every model is replayed on rows as they are."""
    from reports.answers.whatif import reading
    from reports.answers.whatif.asked import read_asked
    from reports.answers.whatif.changes import changes_of, frames_of
    from reports.answers.whatif.compare import TARGETS

    ids = [company.company_id for company in companies]
    sql = [model.sql for model in replay.above(TARGETS)]
    facts = reading.read_facts(replay.connection, replay.standing, ids, tax_year, sql)
    asked = read_asked(sets, facts)
    replay.run(changes_of(asked), TARGETS, given=frames_of(asked), whole=not sets)
    return [_document(replay, snapshot, asked, company_id) for company_id in ids]


def _document(replay: Replay, snapshot: Snapshot, asked: Asked, company_id: str) -> Document:
    from reports.answers.whatif import reading
    from reports.answers.whatif.document import build
    from reports.model import ReportRequest

    before, after = (
        reading.read_rows(replay.connection, relation, company_id, asked.tax_year)
        for relation in (replay.standing, replay.made)
    )
    request = ReportRequest(company_id, snapshot.as_of, tax_year=asked.tax_year)
    return build(asked, before, after, request, snapshot.facts(company_id))


def _write(documents: list[Document], formats: tuple[str, ...], out: Path) -> list[str]:
    """The files written: for whoever asked, and not on record."""
    from reports.model import DATA_FORMATS
    from reports.render import render
    from warehouse.home import write_atomically

    out.mkdir(parents=True, exist_ok=True)
    written = []
    for document in documents:
        for format in DATA_FORMATS:
            for file in render(document, format) if format in formats else ():
                write_atomically(out / file.name, file.content)
                written.append(str(out / file.name))
    return written


def _told(document: Document) -> dict[str, Any]:
    tables = {table.name: table for table in document.tables()}
    return {
        "company_id": document.request.company_id,
        "tax_year": document.request.tax_year,
        "sets": document.lead,
        "verdict": document.verdict,
        "status": document.status,
    } | {
        name: tables[name].frame.select([f.name for f in tables[name].fields]).to_dicts()
        for name in ("year", "codes", "months")
    }


def _print(document: Document) -> None:
    out = sys.stdout.write
    told = _told(document)
    out(f"{document.facts.company_name}, {document.request.tax_year}: {document.lead}\n")
    out(f"  {document.verdict}\n")
    for row in told["year"]:
        now = _range(row["before_low"], row["before_high"])
        then = _range(row["after_low"], row["after_high"])
        change = _range(row["change_low"], row["change_high"], signed=True)
        out(f"  {row['measure']}: {now} now, {then} then, change {change} a year\n")
    for row in told["codes"]:
        out(f"  {row['line']}: {row['before']} to {row['after']}: {row['people']} people, ")
        out(f"{row['person_months']} months\n")
    out("  Modelled, never a filing.\n")


def _range(low: Decimal | None, high: Decimal | None, *, signed: bool = False) -> str:
    """An amount in words, or its two ends: those of a change are of the least and of the most."""
    ends = [_usd(end, signed) for end in (low, high)]
    if ends[0] == ends[1]:
        return ends[0]
    return f"{ends[0]} of the least, {ends[1]} of the most" if signed else " to ".join(ends)


def _usd(value: Decimal | None, signed: bool) -> str:
    if value is None:
        return "unknown"
    sign = "-" if value < 0 else "+" if signed else ""
    return f"{sign}${abs(value):,}"
