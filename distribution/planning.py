"""What one requirement asks for today: its report, its due periods, its recipients.

Belongs here: putting together what the other modules read; nothing is written and nothing is
sent, so a dry run stops here. Does not belong here: producing and sending.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Protocol

from distribution import catalogue
from distribution.catalogue import Target, target_of
from distribution.destinations import Destinations
from distribution.errors import Held, Refused
from distribution.periods import PERIODIC, Period, from_key, is_key
from distribution.recipients import MailPolicy, Recipient, resolve
from distribution.requirement import Requirement
from distribution.schedule import CatchUp, Schedule, due_periods, next_due, parse_schedule
from distribution.source import CompanySettings
from ledger.rows import OccurrenceRow
from reports.model import Report

REAL_TIME, ON_DEMAND = "Real-time", "On-demand"
REAL_TIME_GAP = timedelta(minutes=1)
Tick = Callable[[int, int], None]
UNFINISHED = frozenset({"due", "held"})
OUTSIDE_THE_SCOPE = "the destination's scope in destinations.toml does not cover this"


def no_tick(done: int, total: int) -> None:
    """Tell nobody how far a pass is."""


class RunContext(Protocol):
    """What distribution needs to know about a run: the business date, the clock, who acts."""

    @property
    def as_of(self) -> date:
        """The business date."""

    @property
    def now(self) -> datetime:
        """The clock, read once."""

    @property
    def actor(self) -> str:
        """Who or what started the run."""


@dataclass(frozen=True)
class PlannedOccurrence:
    """One due date that is to be produced: new, or left unfinished by an earlier run."""

    key: str
    period: Period


@dataclass(frozen=True)
class Plan:
    """Everything one requirement asks for."""

    settings: CompanySettings
    requirement: Requirement
    target: Target
    report: Report
    needs_approval: bool
    due: tuple[PlannedOccurrence, ...]
    recipients: tuple[Recipient, ...]
    channel: str
    destination: str
    next_due: datetime | None

    @property
    def is_open(self) -> bool:
        """Return whether anybody may receive it."""
        return any(recipient.reason is None for recipient in self.recipients)

    def mail_reason(self) -> str | None:
        """Return why the report as such may not be mailed, or None."""
        if self.channel != "email" or self.report.sensitivity == "aggregate":
            return None
        held = f"{self.report.name} holds {self.report.sensitivity} data"
        return f"mail carries aggregates only, and {held}"


FindReport = Callable[[Target], Report]


def is_switched_on(requirement: Requirement) -> bool:
    """Return whether the requirement is active and generated on its own."""
    for column, value in (
        ("is_active", requirement.is_active),
        ("auto_generate", requirement.auto_generate),
    ):
        if value is None:
            raise Held(f"{column} is empty in the source: say true or false")
    return bool(requirement.is_active and requirement.auto_generate)


def plan_requirement(
    settings: CompanySettings,
    requirement: Requirement,
    known: Sequence[OccurrenceRow],
    destinations: Destinations,
    find_report: FindReport,
    run: RunContext,
    data_version: str,
) -> Plan:
    """Return the plan of a requirement; raise Refused or Held with one clear line."""
    requirement.check_readable()
    target = target_of(requirement)
    report = find_report(target)
    if target.format not in report.formats:
        raise Refused(f"{report.name} is not made as {requirement.format}")
    schedule = _schedule(settings, requirement, report)
    channel, destination, recipients = _way_out(settings, requirement, target, destinations)
    due, upcoming = _due(requirement, schedule, known, run, data_version)
    return Plan(
        settings=settings,
        requirement=requirement,
        target=target,
        report=report,
        needs_approval=report.kind == "filing" or requirement.workflow_id is not None,
        due=due,
        recipients=recipients,
        channel=channel,
        destination=destination,
        next_due=upcoming,
    )


def _schedule(settings: CompanySettings, requirement: Requirement, report: Report) -> Schedule:
    default: CatchUp = "all" if report.kind == "filing" else "one"
    config = requirement.object_of("scheduling_config")
    return parse_schedule(config, settings.holidays, default)


def _way_out(
    settings: CompanySettings,
    requirement: Requirement,
    target: Target,
    destinations: Destinations,
) -> tuple[str, str, tuple[Recipient, ...]]:
    company = settings.company
    if target.channel == "email":
        server = destinations.smtp(target.destination)
        policy = MailPolicy(server, destinations, company.ein, target.report)
        return "email", server.name, resolve(requirement, settings.people, policy)
    if target.channel == "sftp":
        partner = destinations.sftp(target.destination)
        allowed = partner.scope.allows(company.company_id, company.ein, target.report)
        reason = None if allowed else OUTSIDE_THE_SCOPE
        return "sftp", partner.name, (Recipient(f"partner:{partner.name}", "", reason),)
    channel = target.channel.lower().replace(" ", "_")
    return channel, "", (Recipient(channel, "", catalogue.NOT_OPEN[target.channel]),)


def _due(
    requirement: Requirement,
    schedule: Schedule,
    known: Sequence[OccurrenceRow],
    run: RunContext,
    data_version: str,
) -> tuple[tuple[PlannedOccurrence, ...], datetime | None]:
    frequency = requirement.frequency
    if frequency == ON_DEMAND:
        return (), None
    if frequency == REAL_TIME:
        return _on_publish(known, run, data_version), None
    if frequency not in PERIODIC:
        raise Refused("the reporting frequency is empty or unknown")
    opened = {row.occurrence_key for row in known}
    left = [
        PlannedOccurrence(row.occurrence_key, from_key(frequency, row.occurrence_key))
        for row in known
        if row.state in UNFINISHED and is_key(frequency, row.occurrence_key)
    ]
    new = [
        PlannedOccurrence(due.period.key, due.period)
        for due in due_periods(schedule, frequency, run.as_of, run.now, opened)
    ]
    upcoming = next_due(schedule, frequency, run.as_of, run.now, opened)
    return (*left, *new), upcoming.since


def _on_publish(
    known: Sequence[OccurrenceRow], run: RunContext, data_version: str
) -> tuple[PlannedOccurrence, ...]:
    key = f"version:{data_version[:32]}"
    period = Period(key, run.as_of, run.as_of)
    same = [row for row in known if row.occurrence_key == key]
    if same:
        return (PlannedOccurrence(key, period),) if same[0].state in UNFINISHED else ()
    if any(run.now - row.created_at < REAL_TIME_GAP for row in known):
        return ()
    return (PlannedOccurrence(key, period),)
