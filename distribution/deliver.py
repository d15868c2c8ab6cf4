"""One pass of distribution: recover, plan, produce, queue, send, and say what happened.

Belongs here: the order of the steps, the same for the end of a run, the command and the sensor.
Does not belong here: any of the steps.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from pathlib import Path

from distribution import sending
from distribution.addresses import masked
from distribution.catalogue import find_report
from distribution.destinations import Destinations, load_destinations
from distribution.errors import DistributionError, Held, Refused
from distribution.planning import (
    Plan,
    PlannedOccurrence,
    RunContext,
    is_switched_on,
    plan_requirement,
)
from distribution.production import produce
from distribution.queueing import queue, withdraw_unplanned
from distribution.requirement import Requirement
from distribution.result import DeliveryReport, Line, MadeDocument
from distribution.source import CompanySettings, read_settings
from ledger.rows import DeliveryRow, OccurrenceKey, OccurrenceRow
from ledger.store import Ledger
from reports.snapshot import Snapshot


def deliver_due(
    home: Path, ledger: Ledger, snapshot: Snapshot, run: RunContext, *, dry_run: bool = False
) -> DeliveryReport:
    """Return what became due and left, or with `dry_run` what would, without writing anything."""
    try:
        destinations = load_destinations(home)
    except Refused as error:
        line = Line("refused", "", "every requirement", "", "", "", "", str(error))
        return DeliveryReport((line,), (), dry_run)
    work = _Pass(ledger, snapshot, run, destinations)
    if dry_run:
        return work.foresee()
    return work.carry_out()


@dataclass
class _Pass:
    """The work of one pass, and the lines it leaves behind."""

    ledger: Ledger
    snapshot: Snapshot
    run: RunContext
    destinations: Destinations
    lines: list[Line] = field(default_factory=list)
    made: list[MadeDocument] = field(default_factory=list)
    plans: dict[str, Plan] = field(default_factory=dict)

    def foresee(self) -> DeliveryReport:
        """Return what this pass would do."""
        for plan in self._planned():
            for due in plan.due:
                self.lines += _foreseen(plan, due)
        waiting = [row for row in self.ledger.outbox.pending() if row.state in {"ready", "retry"}]
        self.lines += [self._line(replace(row, state="ready"), "would send") for row in waiting]
        return DeliveryReport(tuple(self.lines), (), is_dry_run=True)

    def carry_out(self) -> DeliveryReport:
        """Do everything that is due, and return what happened."""
        recovered = sending.recover(self.ledger, self.run)
        in_force: set[int] = set()
        for plan in self._planned():
            in_force |= self._prepare(plan)
        withdraw_unplanned(self.ledger, in_force, self.run)
        test = frozenset(c.company_id for c in self.snapshot.companies if c.is_test_data is True)
        tried = sending.send_ready(self.ledger, self.destinations, test, self.run)
        self._report(recovered, tried)
        return DeliveryReport(tuple(self.lines), tuple(self.made))

    def _planned(self) -> list[Plan]:
        for settings in read_settings(self.snapshot):
            for requirement in settings.requirements:
                self._plan(settings, requirement)
        return list(self.plans.values())

    def _plan(self, settings: CompanySettings, requirement: Requirement) -> None:
        try:
            if not is_switched_on(requirement):
                return
            if not settings.company.is_active:
                raise Held(settings.company.doubt or "the company is not active")
            self.plans[requirement.requirement_id] = plan_requirement(
                settings,
                requirement,
                self.ledger.occurrences.of_requirement(requirement.requirement_id),
                self.destinations,
                find_report,
                self.run,
                self.snapshot.data_version,
            )
        except DistributionError as error:
            self.lines.append(_stopped(settings, requirement, error))

    def _prepare(self, plan: Plan) -> set[int]:
        produced = [row for due in plan.due if (row := self._produced(plan, due)) is not None]
        known = self.ledger.occurrences.of_requirement(plan.requirement.requirement_id)
        ready = [row for row in known if row.state == "produced"]
        unqueued = self.ledger.occurrences.unqueued(plan.requirement.requirement_id)
        add = {row.occurrence_id for row in (*produced, *unqueued, *ready[-1:])}
        waiting = {row.occurrence.occurrence_id for row in self.ledger.outbox.pending()}
        for row in ready:
            if row.occurrence_id in add | waiting:
                queue(plan, row, self.ledger, self.run, add=row.occurrence_id in add)
        return {row.occurrence_id for row in ready}

    def _produced(self, plan: Plan, due: PlannedOccurrence) -> OccurrenceRow | None:
        run, occurrences = self.run, self.ledger.occurrences
        key = OccurrenceKey(
            requirement_id=plan.requirement.requirement_id,
            occurrence_key=due.key,
            company_id=plan.requirement.company_id,
            report=plan.report.name,
            period=due.period.key[:40],
        )
        row = occurrences.open(key, needs_approval=plan.needs_approval, actor=run.actor, at=run.now)
        if row.artifacts:
            return row
        try:
            shas = produce(plan, due.period, self.snapshot, self.ledger, run)
        except DistributionError as error:
            occurrences.hold(row, str(error), actor=run.actor, at=run.now)
            self.lines.append(_stopped(plan.settings, plan.requirement, error, plan, due.key))
            return None
        row = occurrences.pin(row, shas, self.snapshot.data_version, actor=run.actor, at=run.now)
        self.made.append(self._made(plan, row))
        return row

    def _made(self, plan: Plan, row: OccurrenceRow) -> MadeDocument:
        first = self.ledger.documents.find(row.artifacts[0])
        return MadeDocument(
            company=plan.settings.company.name,
            requirement=plan.requirement.name,
            report=plan.report.name,
            period=first.period,
            format=plan.target.format,
            row_count=first.row_count,
            artifacts=row.artifacts,
        )

    def _report(self, recovered: tuple[DeliveryRow, ...], tried: tuple[DeliveryRow, ...]) -> None:
        rows = {row.delivery_id: row for row in (*recovered, *tried)}
        rows |= {row.delivery_id: row for row in self.ledger.outbox.pending()}
        self.lines += [self._line(rows[number], rows[number].state) for number in sorted(rows)]

    def _line(self, row: DeliveryRow, state: str) -> Line:
        plan = self.plans.get(row.occurrence.requirement_id)
        return Line(
            state=state,
            company=plan.settings.company.name if plan else row.occurrence.company_id,
            requirement=plan.requirement.name if plan else row.occurrence.requirement_id,
            report=row.occurrence.report,
            occurrence=row.occurrence.occurrence_key,
            channel=row.channel,
            recipient=masked(row.address) or row.destination or row.recipient,
            reason=row.reason,
            artifacts=row.occurrence.artifacts,
            key=row.dedupe_key,
        )


def _foreseen(plan: Plan, due: PlannedOccurrence) -> list[Line]:
    wait = "waits for approval once it is made" if plan.needs_approval else None
    stop = plan.mail_reason() or wait
    return [
        Line(
            state="held" if recipient.reason or stop else "would send",
            company=plan.settings.company.name,
            requirement=plan.requirement.name,
            report=plan.report.name,
            occurrence=due.key,
            channel=plan.channel,
            recipient=masked(recipient.address) or plan.destination or recipient.recipient,
            reason=recipient.reason or stop or "",
        )
        for recipient in plan.recipients
    ]


def _stopped(
    settings: CompanySettings,
    requirement: Requirement,
    error: DistributionError,
    plan: Plan | None = None,
    occurrence: str = "",
) -> Line:
    return Line(
        state="refused" if isinstance(error, Refused) else "held",
        company=settings.company.name,
        requirement=requirement.name,
        report=plan.report.name if plan else requirement.report_type or "",
        occurrence=occurrence,
        channel=plan.channel if plan else (requirement.method or "").lower(),
        recipient="",
        reason=str(error),
    )
