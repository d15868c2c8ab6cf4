"""One pass of distribution: recover, plan, produce, queue, send, and say what happened.

Belongs here: the order of the steps, the same for the end of a run, the command and the sensor.
Does not belong here: any of the steps.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

from distribution import sending
from distribution.addresses import masked
from distribution.approval import APPROVAL, ATTESTATION, hold_reason, is_attested
from distribution.catalogue import find_report
from distribution.destinations import Destinations, load_destinations
from distribution.errors import DistributionError, Held, Refused
from distribution.planning import (
    Plan,
    PlannedOccurrence,
    RunContext,
    Tick,
    is_switched_on,
    no_tick,
    plan_requirement,
)
from distribution.production import document_of, produce, why_kept_back
from distribution.queueing import foreseen, missing_recipients, queue, withdraw_unplanned
from distribution.recipients import Recipient
from distribution.requirement import Requirement
from distribution.result import EVERYTHING, DeliveryReport, Line, MadeDocument
from distribution.source import CompanySettings, read_settings
from ledger.rows import DeliveryRow, OccurrenceKey, OccurrenceRow
from ledger.states import CLAIMABLE
from ledger.store import Ledger
from reports.snapshot import Snapshot


def deliver_due(
    home: Path,
    ledger: Ledger,
    snapshot: Snapshot,
    run: RunContext,
    *,
    dry_run: bool = False,
    tick: Tick = no_tick,
) -> DeliveryReport:
    """Return what became due and left, or with `dry_run` what would, without writing anything."""
    try:
        destinations = load_destinations(home)
    except Refused as error:
        line = Line("refused", "", EVERYTHING, "", "", "", "", str(error))
        return DeliveryReport((line,), (), dry_run)
    work = _Pass(ledger, snapshot, run, destinations, tick)
    if dry_run:
        return work.foresee()
    return work.carry_out()


def could_leave(home: Path, ledger: Ledger, snapshot: Snapshot, run: RunContext) -> bool:
    """Return whether a pass would send anything now, without making what may not leave anyway."""
    try:
        destinations = load_destinations(home)
    except Refused:
        return False
    return _Pass(ledger, snapshot, run, destinations, no_tick).could_leave()


@dataclass
class _Pass:
    """The work of one pass, and the lines it leaves behind."""

    ledger: Ledger
    snapshot: Snapshot
    run: RunContext
    destinations: Destinations
    tick: Tick
    lines: list[Line] = field(default_factory=list)
    made: list[MadeDocument] = field(default_factory=list)
    plans: dict[str, Plan] = field(default_factory=dict)

    def foresee(self) -> DeliveryReport:
        """Return what this pass would do, by the documents it would make."""
        for plan in self._told(self._planned()):
            for due in plan.due:
                self.lines += self._foreseen(plan, due)
            self.lines += self._foreseen_additions(plan)
        for row in self.ledger.outbox.pending():
            self.lines.append(self._foreseen_row(row))
        return DeliveryReport(tuple(self.lines), (), is_dry_run=True)

    def could_leave(self) -> bool:
        """Return whether this pass would send anything; only what may leave is made for it."""
        free = [plan for plan in self._planned() if not plan.needs_approval and plan.is_open]
        lines = [line for plan in free for due in plan.due for line in self._foreseen(plan, due)]
        lines += [line for plan in free for line in self._foreseen_additions(plan)]
        lines += [self._foreseen_row(row) for row in self.ledger.outbox.pending()]
        return any(line.state == "would send" for line in lines)

    def _foreseen(self, plan: Plan, due: PlannedOccurrence) -> list[Line]:
        try:
            document = document_of(plan, due.period, self.snapshot)
            if reason := why_kept_back(document):
                raise Held(reason)
        except DistributionError as error:
            return [_stopped(plan.settings, plan.requirement, error, plan, due.key)]
        wait = f"{APPROVAL} once it is made" if plan.needs_approval else ""
        company_id, on = plan.requirement.company_id, self.run.now.date()
        if not is_attested(self.ledger, company_id, document.attestation, on):
            wait = f"{ATTESTATION} once it is made"
        return [_foreseen_line(plan, due.key, recipient, wait) for recipient in plan.recipients]

    def _foreseen_row(self, row: DeliveryRow) -> Line:
        plan = self.plans.get(row.occurrence.requirement_id)
        state, reason = foreseen(row, plan, self.ledger, self.run)
        is_due = row.next_at is None or row.next_at <= self.run.now
        goes = state in CLAIMABLE and is_due
        return self._line(replace(row, reason=reason), "would send" if goes else state)

    def carry_out(self) -> DeliveryReport:
        """Do everything that is due, and return what happened."""
        recovered = sending.recover(self.ledger, self.run)
        in_force: set[int] = set()
        for plan in self._told(self._planned()):
            in_force |= self._prepare(plan)
        withdraw_unplanned(self.ledger, in_force, self.run)
        test = frozenset(c.company_id for c in self.snapshot.companies if c.is_test_data is True)
        tried = sending.send_ready(self.ledger, self.destinations, test, self.run, self.tick)
        self._report(recovered, tried)
        return DeliveryReport(tuple(self.lines), tuple(self.made))

    def _told(self, plans: list[Plan]) -> Iterator[Plan]:
        for done, plan in enumerate(plans):
            self.tick(done, len(plans))
            yield plan

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

    def _foreseen_additions(self, plan: Plan) -> list[Line]:
        """Return what would be queued of documents that are made already."""
        ready, add = self._made_before(plan)
        lines = []
        for row in (row for row in ready if row.occurrence_id in add):
            wait = hold_reason(self.ledger, row, self.run.now.date()) or ""
            for recipient in missing_recipients(plan, row, self.ledger):
                lines.append(_foreseen_line(plan, row.occurrence_key, recipient, wait))
        return lines

    def _made_before(self, plan: Plan) -> tuple[list[OccurrenceRow], set[int]]:
        """Return the due dates with documents, and which of them may get new recipients."""
        known = self.ledger.occurrences.of_requirement(plan.requirement.requirement_id)
        ready = [row for row in known if row.state == "produced"]
        unqueued = self.ledger.occurrences.unqueued(plan.requirement.requirement_id)
        return ready, {row.occurrence_id for row in (*unqueued, *ready[-1:])}

    def _prepare(self, plan: Plan) -> set[int]:
        produced = [row for due in plan.due if (row := self._produced(plan, due)) is not None]
        ready, add = self._made_before(plan)
        add |= {row.occurrence_id for row in produced}
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
            format=plan.target.format if plan else "",
            row_count=self._row_count(row.occurrence),
        )

    def _row_count(self, occurrence: OccurrenceRow) -> int | None:
        found = occurrence.artifacts[:1]
        return self.ledger.documents.find(found[0]).row_count if found else None


def _foreseen_line(plan: Plan, occurrence: str, recipient: Recipient, wait: str) -> Line:
    reason = recipient.reason or wait
    return Line(
        state="held" if reason else "would send",
        company=plan.settings.company.name,
        requirement=plan.requirement.name,
        report=plan.report.name,
        occurrence=occurrence,
        channel=plan.channel,
        recipient=masked(recipient.address) or plan.destination or recipient.recipient,
        reason=reason,
        format=plan.target.format,
    )


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
        format=plan.target.format if plan else "",
    )
