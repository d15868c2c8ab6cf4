"""From a due date to pinned documents: build, check, render, store.

Belongs here: which documents may leave at all, and what is stored for them. Does not belong
here: what a document says (`reports`) and who receives it. Nothing refused is ever pinned.
"""

from __future__ import annotations

import traceback
from pathlib import Path

from distribution.documents import keep_files
from distribution.errors import Held, Refused
from distribution.mail import MEDIA_TYPE, compose
from distribution.mail_numbers import with_numbers
from distribution.periods import Period, is_period
from distribution.planning import Plan, RunContext
from ledger.store import Ledger
from reports.access.viewer import operator
from reports.dashboards.mail import mail_body
from reports.errors import ReportError
from reports.making import make_document
from reports.model import Chart, Document, FormPages, Metrics, Report, ReportRequest, Table
from reports.render import RenderedFile, file_stem, render
from reports.snapshot import Snapshot

PERSONAL = frozenset({"pii", "phi", "secret"})
YEARS = ("tax_year", "plan_year")
HOW_OFTEN = {
    "Daily": "every day ",
    "Weekly": "every week ",
    "Monthly": "every month ",
    "Quarterly": "every quarter ",
    "Annually": "every year ",
}


def produce(
    plan: Plan, period: Period, snapshot: Snapshot, ledger: Ledger, run: RunContext
) -> list[str]:
    """Return the SHA-256 of every document of a due date; raise Held where none may leave."""
    document = document_of(plan, period, snapshot)
    files = _rendered(plan, document)
    if reason := why_kept_back(document):
        status = "draft" if document.is_refused() else ""
        _kept(plan, document, files, ledger, run, status=status)
        raise Held(reason)
    if plan.channel == "email":
        files += (_mail(plan, document, files),)
    return _kept(plan, document, files, ledger, run)


def request_for(plan: Plan, period: Period, snapshot: Snapshot) -> ReportRequest:
    """Return what is asked of the report for one business period."""
    parameters = dict(plan.target.parameters)
    asked: dict[str, int | str | None] = {"tax_year": None, "plan_year": None, "period": None}
    if plan.report.period in YEARS:
        asked[plan.report.period] = _year(parameters.pop(plan.report.period, period.year))
    elif plan.report.period == "period":
        asked["period"] = str(parameters.pop("period", _asked(plan.report, period)))
    return ReportRequest(
        company_id=plan.requirement.company_id,
        as_of=snapshot.as_of,
        parameters=parameters,
        **asked,  # type: ignore[arg-type]
    )


def _asked(report: Report, period: Period) -> str:
    """Return the period itself where a report takes any, else the month it ends in."""
    is_named = report.is_any_period and is_period(period.key)
    return period.key if is_named else period.month


def document_of(plan: Plan, period: Period, snapshot: Snapshot) -> Document:
    """Return the document of a due date; raise Held where none can be made for this channel."""
    if reason := plan.mail_reason():
        raise Held(reason)
    try:
        request = request_for(plan, period, snapshot)
        document = make_document(plan.report, request, snapshot, operator())
    except ReportError as error:
        raise Held(str(error)) from error
    except Exception as error:  # noqa: BLE001 - one broken report must not stop the others
        raise Held(_broken(plan, error)) from None
    if _is_empty(document):
        raise Held(f"{plan.report.name} has no rows for {request.period_label()}")
    if plan.channel == "email" and (personal := _personal_part(document)):
        raise Held(f"mail carries aggregates only, and {personal}")
    return document


def _rendered(plan: Plan, document: Document) -> tuple[RenderedFile, ...]:
    try:
        return render(document, plan.target.format)
    except ReportError as error:
        raise Held(str(error)) from error
    except Exception as error:  # noqa: BLE001 - one broken report must not stop the others
        raise Held(_broken(plan, error)) from None


def _broken(plan: Plan, error: Exception) -> str:
    """Return which report broke, and how, without the error's words: they may hold data."""
    place = traceback.extract_tb(error.__traceback__)[-1]
    where = f"{Path(place.filename).name} line {place.lineno}"
    return f"{plan.report.name} broke with {type(error).__name__} in {where}"


def _is_empty(document: Document) -> bool:
    if any(isinstance(block, FormPages | Metrics | Chart) for block in document.blocks):
        return False
    tables = [block for block in document.blocks if isinstance(block, Table)]
    return bool(tables) and all(table.frame.is_empty() for table in tables)


def _personal_part(document: Document) -> str | None:
    for table in document.tables():
        for field in table.fields:
            if field.sensitivity in PERSONAL:
                return f"the column {field.name} is {field.sensitivity}"
    return None


def why_kept_back(document: Document) -> str | None:
    """Return why a document that can be made may not leave, or None."""
    if document.nothing_due and not document.is_refused():
        return f"{document.report} is not sent: {document.nothing_due}"
    return _why_refused(document) if document.is_refused() else None


def _why_refused(document: Document) -> str:
    blocking = [item for item in document.work_items if item.is_blocking]
    owners = ", ".join(sorted({item.owner for item in blocking if item.owner}))
    count = f"{len(blocking)} open for {owners or 'nobody yet'}" if blocking else "it is a draft"
    return f"{document.report} is refused, {count}: benefits worklist {document.report}"


def _mail(plan: Plan, document: Document, files: tuple[RenderedFile, ...]) -> RenderedFile:
    names = tuple(file.name for file in files)
    content = compose(mail_body(with_numbers(document), names, reason=_why_mailed(plan)), files)
    return RenderedFile(f"{file_stem(document)}-mail.eml", MEDIA_TYPE, content)


def _why_mailed(plan: Plan) -> str:
    how_often = HOW_OFTEN.get(plan.requirement.frequency or "", "")
    return f"You get this {how_often}because of your role at {plan.settings.company.name}."


def _kept(
    plan: Plan,
    document: Document,
    files: tuple[RenderedFile, ...],
    ledger: Ledger,
    run: RunContext,
    status: str = "",
) -> list[str]:
    try:
        kept = keep_files(document, files, plan.target.format, ledger, run, status=status)
    except OSError as error:
        raise Held(f"the document cannot be stored: {error.strerror}") from error
    return [one.sha256 for one in kept]


def _year(value: object) -> int:
    if isinstance(value, int) and not isinstance(value, bool):
        return value
    raise Refused("the year among the parameters is not a number")
