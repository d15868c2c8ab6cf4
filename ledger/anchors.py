"""Anchors: what the end of the audit chain once was, written down outside the ledger.

A chain that was cut off or rolled back, and made to fit again, holds by itself; a copy of its head
kept elsewhere shows it. Each run adds a line to the home's own file; an auditor keeps one of his
own. Not here: the chain (`ledger.audit`).
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from ledger.errors import LedgerError
from ledger.files import write_durably
from ledger.rows import AuditFinding

if TYPE_CHECKING:
    from ledger.audit import AuditChain

OWN = "audit.anchors"


def add_anchor(path: Path, audit: AuditChain, at: datetime) -> None:
    """Add the chain's present end to a file of anchors, unless its last line says it already."""
    seq, digest = audit.head()
    known = list(_anchors(path))
    if known and known[-1] == (seq, digest):
        return
    line = json.dumps({"seq": seq, "digest": digest, "at": at.astimezone(UTC).isoformat()})
    body = "".join(f"{old}\n" for old in (*_lines(path), line))
    write_durably(path.absolute(), body.encode())


def check_anchors(path: Path, audit: AuditChain) -> tuple[AuditFinding, ...]:
    """Return every place where the chain is not what an anchor of the file says it was."""
    head, _ = audit.head()
    findings = []
    for seq, digest in _anchors(path):
        if seq > head:
            message = f"the chain ends at line {head}, {path.name} knows line {seq}: it was cut off"
            findings.append(AuditFinding(head + 1, "rolled back", f"{message} or rolled back"))
        elif seq and audit.digest_at(seq) != digest:
            message = f"line {seq} is not the one that {path.name} knows"
            findings.append(AuditFinding(seq, "rewritten", message))
    return tuple(findings)


def _lines(path: Path) -> list[str]:
    return path.read_text("utf-8").splitlines() if path.exists() else []


def _anchors(path: Path) -> Iterator[tuple[int, str]]:
    """Yield number and hash of every anchor."""
    for number, line in enumerate(_lines(path), start=1):
        try:
            said = json.loads(line)
            yield int(said["seq"]), str(said["digest"])
        except (ValueError, KeyError, TypeError):
            raise LedgerError(f"{path.name} line {number} is no anchor") from None
