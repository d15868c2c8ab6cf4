"""`benefits demo`: the sample employer, one whole run, every document, and where the results lie.

Mail and SFTP servers of the demo run on loopback and end with it; what they received stays in
folders. Not here: any of the work.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Collection
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cli.homes import published_in
from cli.options import HOME, typed
from cli.reading import worst_grade
from cli.run import make_run
from cli.steps import Steps, finish

if TYPE_CHECKING:
    from distribution.result import DeliveryReport
    from warehouse.settings import Run

AS_OF, TAX_YEAR, SEED, COMPANIES = date(2025, 6, 30), 2024, 7, 5
APPROVER = "Demo Approver"
ATTESTED = "A made-up employer: nothing is filed with anybody."
PICKED = {
    "executive_dashboard": "executive_dashboard*.html",
    "aca_1095c": "aca_1095c*.pdf",
    "form_5500": "form_5500*.pdf",
    "enrollment_census": "enrollment_census*.xlsx",
}


def command(
    home: Annotated[Path, HOME] = Path("var"),
    employees: Annotated[int, typer.Option(help="People in the sample.")] = 300,
) -> int:
    """Build the sample employer and run everything once."""
    from cli.deliver import print_report
    from dagster_project.execute import run_once
    from data.sample.generator import SampleRequest, generate
    from data.sample.servers import demo_servers
    from warehouse.opening import begin_home

    root = home.resolve()
    source, shown = root / "demo" / "source", root / "demo"
    steps = Steps()
    sample = SampleRequest(employees, COMPANIES, TAX_YEAR, SEED)
    tables = generate(sample, source, lambda done, total, _: steps.bar("Generate", done, total))
    rows = sum(table.rows for table in tables)
    steps.done("Generate", f"{len(tables)} tables, {rows:,} rows of a made-up employer")
    run = make_run(str(source), AS_OF, "demo", begin_home(root))
    run.home.prepare()
    with demo_servers(root, shown) as servers:
        outcome = run_once(run, progress=steps.done, bar=steps.bar)
        deliveries = _approve(run, outcome.deliveries, steps)
    documents = write_documents(run, shown / "documents", steps)
    steps.done("Documents", f"{len(documents)} files")
    if deliveries:
        print_report(deliveries, steps, root)
    _where(steps, shown, _picked(documents, deliveries), len(documents))
    _received(steps, shown, servers.mails, servers.files)
    words = "the demo ran; what it held waits for a person"
    finish(steps, root, 0, words, worst_grade(run.home))
    return 0


def _approve(run: Run, first: DeliveryReport | None, steps: Steps) -> DeliveryReport | None:
    """Approve the filings that wait for a person, as one would, and return what then left too."""
    from distribution.approval import WAITS, approve, attest
    from distribution.deliver import deliver_due
    from distribution.result import DeliveryReport
    from ledger.store import open_ledger

    waiting = [line for line in first.lines if line.reason.startswith(WAITS)] if first else []
    if first is None or not waiting:
        return first
    ledger, root = open_ledger(run.home.root, run.home.keys), run.home.root
    for sha256 in sorted({sha for line in waiting for sha in line.artifacts}):
        if ledger.documents.find(sha256).attestation:
            attest(ledger, sha256, APPROVER, ATTESTED, run.now)
        approve(ledger, sha256, APPROVER, run.now)
    steps.done("Approve", f"{len(waiting)} filings, in the name of {APPROVER}")
    with published_in(run.home) as snapshot:
        second = deliver_due(
            root,
            ledger,
            snapshot,
            run,
            tick=lambda done, total: steps.bar("Deliver", done, total),
        )
    sent = tuple(line for line in first.lines if line.state == "delivered")
    return DeliveryReport(sent + second.lines, first.made + second.made)


def write_documents(run: Run, out: Path, steps: Steps, wanted: Collection[str] = ()) -> list[Path]:
    """Write every report (or those wanted) of every company in all formats; return the files."""
    from cli.documents import write_files
    from ledger.store import open_ledger
    from reports.access.viewer import operator
    from reports.making import make_document
    from reports.registry import REPORTS
    from reports.requests import latest_request

    written: list[Path] = []
    ledger = open_ledger(run.home.root, run.home.keys)
    with published_in(run.home) as snapshot:
        reports = [r for r in REPORTS if not wanted or r.name in wanted]
        pairs = [(c, r) for c in snapshot.companies if c.is_active for r in reports]
        for number, (company, report) in enumerate(pairs):
            steps.bar("Documents", number, len(pairs))
            request = latest_request(report, company.company_id, snapshot.as_of)
            document = make_document(report, request, snapshot, operator())
            folder = out / _folder_of(company.name)
            for format in report.formats:
                files = write_files(document, format, folder, ledger, run)
                written += [path for path, _ in files]
    return written


def _folder_of(company: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", company.lower()).strip("-")


def _where(steps: Steps, shown: Path, picked: list[Path], count: int) -> None:
    """Print what was built and where to look."""
    steps.console.print("\nLook at", style="bold")
    for path in picked:
        steps.console.print(f"  {path.relative_to(shown.parent)}")
    steps.console.print(f"  and {count - len(picked)} more in demo/documents")


def _received(steps: Steps, shown: Path, mails: Path, files: Path) -> None:
    """Print what the demo's servers hold, and what to type next."""
    console = steps.console
    mail_count = len(list(mails.glob("*.eml")))
    file_count = len([p for p in files.rglob("*") if p.is_file() and p.suffix != ".ok"])
    console.print(f"  {mails.relative_to(shown.parent)}: {mail_count} mails, as received")
    console.print(f"  {files.relative_to(shown.parent)}: {file_count} files, as received")
    console.print("\nNext", style="bold")
    for line in ("benefits certificate", "benefits worklist", "benefits verify audit"):
        console.print(f"  .venv/bin/{typed(line, shown.parent)}", soft_wrap=True)
    sys.stdout.flush()


def _picked(documents: list[Path], deliveries: DeliveryReport | None) -> list[Path]:
    """Return what to open first: one file a report, of a company whose own was sent."""
    sent = {
        (line.report, _folder_of(line.company))
        for line in (deliveries.lines if deliveries else ())
        if line.state == "delivered"
    }
    picked: list[Path] = []
    for report, pattern in PICKED.items():
        ranked = sorted(
            (
                (report, path.parent.name) not in sent,
                ("aca_1095c", path.parent.name) not in sent,
                path,
            )
            for path in documents
            if path.match(pattern)
        )
        picked += [path for *_, path in ranked[:1]]
    return picked
