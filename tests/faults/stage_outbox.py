"""The stage that sends: the product's own loop, with a folder as the partner at the other end."""

from __future__ import annotations

import hashlib
from datetime import datetime
from pathlib import Path
from typing import Any

from distribution import sending
from distribution.channels.outcome import Commit, Outcome
from distribution.destinations import Destinations
from ledger.files import write_durably
from ledger.rows import Claim, NewDelivery, OccurrenceKey
from ledger.store import open_ledger
from tests.faults.stage_documents import NOW, OWN
from tests.unit.distribution.stage import StageRun

DOCUMENTS = 2


def prepare(folder: Path) -> None:
    """Store two documents and put each into the outbox for one recipient."""
    (folder / "partner").mkdir()
    ledger = open_ledger(folder / "home")
    for number in range(DOCUMENTS):
        sha256 = ledger.documents.store(
            b"ssn\n900-01-2345\n" * (number + 1), name=f"d{number}.csv", media_type="text/csv",
            report="roster", company_id="c1", format="csv", period="2025", data_version="v",
            status="final", at=NOW,
        )  # fmt: skip
        key = OccurrenceKey(f"r{number}", "2025", "c1", "roster", "2025")
        due = ledger.occurrences.open(key, needs_approval=False, actor=OWN, at=NOW)
        due = ledger.occurrences.pin(due, [sha256], "v", actor=OWN, at=NOW)
        wanted = NewDelivery(due.occurrence_id, "r", "sftp", "partner", "ready", "")
        ledger.outbox.enqueue(due, wanted, actor=OWN, at=NOW)


def send(folder: Path, now: datetime) -> None:
    """Recover what a dead sender left and send what is ready, as a pass of deliveries does."""
    partner = folder / "partner"

    def to_folder(
        destinations: Destinations, tests: frozenset[str], claim: Claim, files: Any, commit: Commit
    ) -> Outcome:
        for row, content in files:
            place = partner / row.name
            if not place.exists():
                commit()
                write_durably(place, content)
            if place.read_bytes() != content:
                return Outcome("refused", "other content", "conflict")
        return Outcome("accepted", "", "done")

    sending.SENDERS["sftp"] = to_folder
    run: Any = StageRun(now=now, actor=OWN)
    ledger = open_ledger(folder / "home")
    sending.recover(ledger, run)
    sending.send_ready(ledger, Destinations(folder / "home", {}), frozenset(), run)


def sent(folder: Path) -> dict[str, Any]:
    """Return what arrived, what the ledger says of it, and how often each was settled as sent."""
    ledger = open_ledger(folder / "home")
    settled = [row.subject for row in ledger.audit.rows() if row.action == "delivery.delivered"]
    return {
        "arrived": arrived(folder),
        "states": [row.state for row in ledger.outbox.rows()],
        "settled": sorted(settled),
        "audit": ledger.audit.verify(),
    }


def wrong(folder: Path) -> list[str]:
    """Return what may never be seen: half a file at the partner's, or a false "delivered"."""
    ledger = open_ledger(folder / "home")
    known = {row.sha256 for row in ledger.documents.rows()}
    there = set(arrived(folder).values())
    false = [
        row.recipient
        for row in ledger.outbox.rows()
        if row.state == "delivered" and not set(row.occurrence.artifacts) <= there
    ]
    return ["half a file arrived"] * bool(there - known) + [
        f"falsely delivered: {r}" for r in false
    ]


def arrived(folder: Path) -> dict[str, str]:
    """Return the finished files in the partner's folder by name, with their hashes."""
    return {
        path.name: hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted((folder / "partner").iterdir())
        if not path.name.startswith(".")
    }
