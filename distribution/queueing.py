"""From a produced due date to rows of the outbox, and their re-check before every send.

Belongs here: who gets a row, and which rows may go now. Does not belong here: sending. Rights,
settings and approvals of this very pass decide, not those of the day the row was made.
"""

from __future__ import annotations

from collections.abc import Collection

from distribution import approval
from distribution.planning import Plan, RunContext
from distribution.recipients import Recipient
from ledger.rows import DeliveryRow, NewDelivery, OccurrenceRow
from ledger.states import State
from ledger.store import Ledger

NO_LONGER = "no longer a recipient of this report"
NOT_IN_FORCE = "the requirement is switched off, held or gone"
WAITING: frozenset[str] = frozenset({"held", "ready", "retry"})


def queue(
    plan: Plan, occurrence: OccurrenceRow, ledger: Ledger, run: RunContext, *, add: bool
) -> tuple[DeliveryRow, ...]:
    """Return the deliveries of a due date, each ready or held by what is true now.

    Args:
        plan: the requirement, with its recipients as they are now.
        occurrence: the due date with its pinned documents.
        ledger: where the rows stand.
        run: who asks, and when.
        add: also make rows for recipients that have none yet.
    """
    wait = approval.hold_reason(ledger, occurrence, run.now.date())
    rows = {row.recipient: row for row in ledger.outbox.rows(occurrence)}
    now: list[DeliveryRow] = []
    for recipient in plan.recipients:
        if (row := _matching(rows.pop(recipient.recipient, None), plan)) is not None:
            now.append(_rechecked(row, recipient, wait, ledger, run))
        elif add:
            now.append(_added(plan, occurrence, recipient, wait, ledger, run))
    return (*now, *(_withdrawn(row, NO_LONGER, ledger, run) for row in rows.values()))


def withdraw_unplanned(ledger: Ledger, planned: Collection[int], run: RunContext) -> None:
    """Hold every waiting delivery of a requirement that is not in force in this pass."""
    for row in ledger.outbox.pending():
        if row.occurrence.occurrence_id not in planned:
            _withdrawn(row, NOT_IN_FORCE, ledger, run)


def _matching(row: DeliveryRow | None, plan: Plan) -> DeliveryRow | None:
    if row and (row.channel, row.destination) == (plan.channel, plan.destination):
        return row
    return None


def _added(
    plan: Plan,
    occurrence: OccurrenceRow,
    recipient: Recipient,
    wait: str | None,
    ledger: Ledger,
    run: RunContext,
) -> DeliveryRow:
    reason = recipient.reason or wait
    wanted = NewDelivery(
        occurrence_id=occurrence.occurrence_id,
        recipient=recipient.recipient,
        channel=plan.channel,
        destination=plan.destination,
        address=recipient.address,
        state="held" if reason else "ready",
        reason=reason or "",
    )
    return ledger.outbox.enqueue(occurrence, wanted, actor=run.actor, at=run.now)


def _rechecked(
    row: DeliveryRow, recipient: Recipient, wait: str | None, ledger: Ledger, run: RunContext
) -> DeliveryRow:
    if row.state not in WAITING:
        return row
    reason = recipient.reason or wait
    after: State = "held" if reason else row.state
    if not reason and row.state == "held":
        after = "ready"
    return ledger.outbox.move(
        row.delivery_id,
        after,
        reason or row.reason if after != "ready" else "",
        actor=run.actor,
        at=run.now,
        address=recipient.address,
    )


def _withdrawn(row: DeliveryRow, reason: str, ledger: Ledger, run: RunContext) -> DeliveryRow:
    if row.state not in WAITING:
        return row
    return ledger.outbox.move(row.delivery_id, "held", reason, actor=run.actor, at=run.now)
