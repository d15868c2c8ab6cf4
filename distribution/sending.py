"""The loop that sends: claim, prove, hand to the channel, settle.

Belongs here: what an outcome means for the delivery, back-off and giving up. Does not belong
here: protocols (`distribution.channels`) and the rows (`ledger.outbox`).
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta

from distribution.addresses import domain_of, parse_address
from distribution.channels.outcome import Commit, Outcome
from distribution.destinations import Destinations
from distribution.errors import Refused
from distribution.file_names import partner_name
from distribution.mail import MEDIA_TYPE, addressed
from distribution.planning import RunContext, Tick, no_tick
from ledger.errors import DamagedArtifact, LeaseLost
from ledger.leases import Worker, forget_the_dead, living_worker
from ledger.rows import ArtifactRow, Claim, DeliveryRow, Settlement
from ledger.states import CLAIMABLE, State
from ledger.store import Ledger

AMBIGUOUS = frozenset({"email"})
LEASE_SECONDS = 600.0
BACK_OFF_MINUTES = (1, 2, 5, 15, 30, 60)
GIVE_UP_AFTER = timedelta(days=5)
STATE_OF: dict[str, State] = {
    "accepted": "delivered",
    "refused": "dead",
    "later": "retry",
    "unknown": "unknown",
    "stopped": "retry",
    "held": "held",
}


def recover(ledger: Ledger, run: RunContext) -> tuple[DeliveryRow, ...]:
    """Return the deliveries that a dead worker left, each now in an honest state."""
    found = ledger.outbox.recover(AMBIGUOUS, actor=run.actor, at=run.now)
    forget_the_dead(ledger.home)
    return found


def send_ready(
    ledger: Ledger,
    destinations: Destinations,
    test_companies: frozenset[str],
    run: RunContext,
    tick: Tick = no_tick,
) -> tuple[DeliveryRow, ...]:
    """Return every delivery that was tried, with what came of it."""
    tried: list[DeliveryRow] = []
    unreachable: set[tuple[str, str]] = set()
    total = sum(row.state in CLAIMABLE for row in ledger.outbox.pending())
    with living_worker(ledger.home) as worker:
        while claim := ledger.outbox.claim(worker, lease_seconds=LEASE_SECONDS, at=run.now):
            tick(min(len(tried), total), total)
            try:
                outcome = _try(ledger, destinations, test_companies, claim, worker, unreachable)
                result = settlement(claim.delivery, outcome, run.now)
                tried.append(ledger.outbox.settle(claim, result, actor=run.actor, at=run.now))
            except LeaseLost:
                continue
    return tuple(tried)


def settlement(delivery: DeliveryRow, outcome: Outcome, now: datetime) -> Settlement:
    """Return what an outcome means for a delivery."""
    state, next_at = STATE_OF[outcome.kind], None
    if state == "retry":
        next_at = now + back_off(delivery.dedupe_key, delivery.attempts)
        if outcome.kind == "later" and now - delivery.occurrence.created_at > GIVE_UP_AFTER:
            state, next_at = "dead", None
    return Settlement(
        state=state,
        outcome=outcome.kind,
        code=outcome.code,
        reason=outcome.reason,
        next_at=next_at,
        remote_name=outcome.remote_name,
        message_id=outcome.message_id,
    )


def back_off(key: str, attempts: int) -> timedelta:
    """Return how long to wait after so many attempts: growing, and spread by a fifth."""
    minutes = BACK_OFF_MINUTES[min(max(attempts, 1), len(BACK_OFF_MINUTES)) - 1]
    spread = hashlib.sha256(f"{key}:{attempts}".encode()).digest()[0] / 255
    return timedelta(minutes=minutes * (0.8 + 0.4 * spread))


def _try(
    ledger: Ledger,
    destinations: Destinations,
    test_companies: frozenset[str],
    claim: Claim,
    worker: Worker,
    unreachable: set[tuple[str, str]],
) -> Outcome:
    delivery = claim.delivery
    partner = (delivery.channel, delivery.destination)
    if partner in unreachable:
        return Outcome("later", f"destination {partner[1]} did not answer before")

    def commit() -> None:
        ledger.outbox.begin_transmission(claim, worker)

    try:
        files = _files(ledger, delivery)
        outcome = SENDERS[delivery.channel](destinations, test_companies, claim, files, commit)
    except DamagedArtifact as error:
        return Outcome("held", str(error), "damaged")
    except Refused as error:
        return Outcome("stopped", str(error), "settings")
    if outcome.kind in {"later", "stopped"} and not outcome.code:
        unreachable.add(partner)
    return outcome


NO_MAIL = "the documents of this due date were made without a mail, for another channel"
Files = tuple[tuple[ArtifactRow, bytes], ...]


def _files(ledger: Ledger, delivery: DeliveryRow) -> Files:
    rows = [ledger.documents.find(sha256) for sha256 in delivery.occurrence.artifacts]
    return tuple((row, ledger.documents.read(row)) for row in rows)


def _email(
    destinations: Destinations,
    test_companies: frozenset[str],
    claim: Claim,
    files: Files,
    commit: Commit,
) -> Outcome:
    from distribution.channels import email

    delivery = claim.delivery
    server = destinations.smtp(delivery.destination)
    stored = next((content for row, content in files if row.media_type == MEDIA_TYPE), None)
    if stored is None:
        return Outcome("held", NO_MAIL)
    sender_domain = domain_of(parse_address(server.sender.rpartition("<")[2].rstrip(">")))
    message_id = f"<{delivery.dedupe_key[:32]}@{sender_domain}>"
    message = addressed(
        stored,
        sender=server.sender,
        address=delivery.address,
        message_id=message_id,
        at=delivery.occurrence.created_at,
    )
    outcome = email.send(server, delivery.address, message, commit)
    return replace(outcome, message_id=message_id)


def _sftp(
    destinations: Destinations,
    test_companies: frozenset[str],
    claim: Claim,
    files: Files,
    commit: Commit,
) -> Outcome:
    from distribution.channels import sftp

    delivery = claim.delivery
    partner = destinations.sftp(delivery.destination)
    is_test = delivery.occurrence.company_id in test_companies
    documents = [(row, content) for row, content in files if row.media_type != MEDIA_TYPE]
    outgoing = [
        sftp.OutgoingFile(partner_name(partner, row, delivery.occurrence, number, is_test), content)
        for number, (row, content) in enumerate(documents, start=1)
    ]
    return sftp.deliver(partner, outgoing, claim.epoch, commit)


Sender = Callable[[Destinations, frozenset[str], Claim, Files, Commit], Outcome]
SENDERS: dict[str, Sender] = {"email": _email, "sftp": _sftp}
