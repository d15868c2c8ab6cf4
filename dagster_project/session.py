"""What the assets of one run share: arguments, contracts, dbt project, ledger, progress.

Not here: the work itself, which lives in `warehouse`, `reports` and `distribution`.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from distribution.result import DeliveryReport
from expectations.contract import Contract, load_contracts
from ledger.store import Ledger, open_ledger
from reports.model import Report
from reports.snapshot import Snapshot, open_snapshot
from warehouse.build import Project
from warehouse.errors import WarehouseError
from warehouse.landing.report import LandingReport, TableReport
from warehouse.publish import pointer, repeat
from warehouse.publish.prepare import BuildPlan
from warehouse.settings import Run

Progress = Callable[[str, str], None]
Bar = Callable[[str, int, int], None]


def silent(step: str, result: str) -> None:
    """Say nothing: the progress of runs nobody watches."""


def unseen(step: str, done: int, total: int) -> None:
    """Show no bar."""


@dataclass
class Session:
    """One run's shared objects; assets fill the results as they go.

    `reports` narrows a run to the ancestors of these report models; empty means everything. `fresh`
    is set where the orchestrator lives for days: it gives the arguments as they are now. A session
    `is_admitted` once it is known that its rows may lie in this home. `needed` are the tables that
    a narrowed run reads; None means all.
    """

    run: Run
    project: Project
    progress: Progress = silent
    bar: Bar = unseen
    contracts: dict[str, Contract] = field(default_factory=load_contracts)
    deliver: bool = True
    fresh: Callable[[], Run] | None = None
    reports: tuple[str, ...] = ()
    landing: LandingReport | None = None
    plan: BuildPlan | None = None
    delivered: DeliveryReport | None = None
    is_admitted: bool = False
    run_id: str = ""
    needed: frozenset[str] | None = None
    _ledger: Ledger | None = None
    _since: float = 0.0

    @property
    def ledger(self) -> Ledger:
        """Return the ledger of the run's home, opened at first use."""
        if self._ledger is None:
            self._ledger = open_ledger(self.run.home.root, self.run.home.keys)
        return self._ledger

    def take_decisions(self) -> None:
        """Make what people decided an input of this run, as it stands in the ledger now (D52)."""
        self.run = replace(self._now(), decisions=self.ledger.decisions.export())

    def _now(self) -> Run:
        return self.fresh() if self.fresh else self.run

    def open_run(self) -> None:
        """Write down that a run has begun, once."""
        if not self.run_id:
            self._since = time.monotonic()
            run = self._now()
            self.run_id = self.ledger.records.start_run(run.as_of, run.actor, run.now)

    def close_run(self, state: str, version: str = "") -> None:
        """Write down how the run ended: published, repeat, failed or stopped."""
        if self.run_id:
            spent = timedelta(seconds=int(time.monotonic() - self._since))
            end = self.run.now + spent
            self.ledger.records.finish_run(self.run_id, state, version, self.run.actor, end)
            self.run_id = ""

    def blocks(self, table: TableReport) -> bool:
        """Return whether a table stops what is built on it: unusable, and never usable before."""
        return table.is_unusable and (self.needed is None or table.table in self.needed)

    def settle_published(self) -> None:
        """Give the ledger the current version where a run ended between publishing and writing."""
        try:
            latest = pointer.current(self.run.home)
        except WarehouseError:
            return  # it is damaged, and this run builds it again
        if latest:
            version, manifest = latest
            path = self.run.home.published / version / pointer.MANIFEST
            self.ledger.records.record_version(
                version,
                pointer.file_sha256(path),
                self.run.now,
                actor=self.run.actor,
                as_of=date.fromisoformat(manifest["as_of"]),
                parent=manifest["parent"],
            )

    def anchor(self) -> None:
        """Write down outside the ledger how far its audit has come."""
        from ledger.anchors import OWN, add_anchor

        add_anchor(self.run.home.root / OWN, self.ledger.audit, self.run.now)

    def remember(self, version: str) -> None:
        """Note that this run's input gave this version, so that a repeat is seen at once."""
        if self.landing is not None and not self.reports:
            repeat.remember(self.run, self.landing.fingerprint, version)

    def deliver_due(self) -> DeliveryReport:
        """Send what is due from the published snapshot; return the lines."""
        from distribution.deliver import deliver_due

        with self._current() as snapshot:
            run = replace(self._now(), as_of=snapshot.as_of)
            report = deliver_due(
                run.home.root,
                self.ledger,
                snapshot,
                run,
                tick=lambda done, total: self.bar("Deliver", done, total),
            )
        self.delivered = report
        self.progress("Deliver", report.summary())
        return report

    def could_leave(self) -> bool:
        """Return whether a delivery is due and could leave now."""
        from distribution.deliver import could_leave

        with self._current() as snapshot:
            run = replace(self._now(), as_of=snapshot.as_of)
            return could_leave(run.home.root, self.ledger, snapshot, run)

    def _current(self) -> Snapshot:
        home = self.run.home
        return open_snapshot(home.root, home.open_version, only_current=True)

    def make_documents(self, report: Report) -> int:
        """Make a report's documents for every active company; return how many."""
        from dagster_project.documents import make_documents

        return make_documents(self.run, self.ledger, report)
