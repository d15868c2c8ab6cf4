"""Makes one report's documents for every company not known to be inactive, and stores them.

Not here: what a document says (`reports`), and who receives it (`distribution`).
"""

from distribution.documents import make_files
from ledger.store import Ledger
from reports.access.viewer import operator
from reports.making import make_document
from reports.model import Format, Report
from reports.requests import latest_request
from reports.snapshot import Snapshot, open_snapshot
from warehouse.settings import Run

SHOWN: dict[str, Format] = {"filing": "pdf", "dashboard": "html", "dataset": "xlsx"}


def make_documents(run: Run, ledger: Ledger, report: Report) -> int:
    """Return how many documents were made, one a company, in the format people open first."""
    made = 0
    with open_snapshot(run.home.root, run.home.open_version, only_current=True) as snapshot:
        for company in snapshot.reporting_companies:
            made += _make(run, ledger, report, snapshot, company.company_id)
    return made


def _make(run: Run, ledger: Ledger, report: Report, snapshot: Snapshot, company_id: str) -> int:
    request = latest_request(report, company_id, snapshot.as_of)
    document = make_document(report, request, snapshot, operator())
    return len(make_files(document, SHOWN[report.kind], ledger, run))
