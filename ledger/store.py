"""The one door to the ledger of a home.

Belongs here: opening it and closing it; its parts are the modules beside this one, and each writes
the audit line of what it does. Django is imported only when a ledger is opened.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from ledger import database
from ledger.keys import PLAIN, Keys

if TYPE_CHECKING:
    from ledger.artifacts import Artifacts
    from ledger.audit import AuditChain
    from ledger.decisions import Decisions
    from ledger.occurrences import Occurrences
    from ledger.outbox import Outbox
    from ledger.records import Records


@dataclass(frozen=True)
class Ledger:
    """What happened in one home: loads, versions, decisions, documents, deliveries, audit."""

    home: Path
    alias: str
    records: Records
    decisions: Decisions
    documents: Artifacts
    audit: AuditChain
    occurrences: Occurrences
    outbox: Outbox

    def close(self) -> None:
        """Close this thread's connection; the next call opens it again."""
        from django.db import connections

        connections[self.alias].close()


def open_keys(home: Path, root: bytes) -> Keys:
    """Return the keys of a home; raise KeyRefused where `root` is not the one it was made with."""
    alias = database.connect(home)
    from ledger.key_ring import KeyRing

    ring = KeyRing(alias, root)
    ring.prove()
    return ring


def open_ledger(home: Path, keys: Keys = PLAIN) -> Ledger:
    """Return the ledger of a home, made and migrated where need be; `keys` open its documents."""
    alias = database.connect(home)
    from ledger.artifacts import Artifacts
    from ledger.audit import AuditChain
    from ledger.decisions import Decisions
    from ledger.occurrences import Occurrences
    from ledger.outbox import Outbox
    from ledger.records import Records

    audit = AuditChain(alias)
    return Ledger(
        home=home,
        alias=alias,
        records=Records(alias, audit),
        decisions=Decisions(alias, audit),
        documents=Artifacts(home, alias, audit, keys),
        audit=audit,
        occurrences=Occurrences(alias, audit),
        outbox=Outbox(home, alias, audit),
    )
