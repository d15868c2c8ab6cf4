"""Whether a run would only repeat what is published (D48): the same bytes, date, project, ledger.

Not here: the data version, which does not depend on file bytes.
"""

from __future__ import annotations

import hashlib
import json

from warehouse.home import write_atomically
from warehouse.publish import pointer
from warehouse.publish.version import project_hash
from warehouse.settings import Run

NOTE = "repeat.json"


def repeat_key(run: Run, fingerprint: str) -> str:
    """Return the hash that two runs share when the second has nothing to do."""
    facts = [fingerprint, run.as_of.isoformat(), project_hash(), run.source]
    return hashlib.sha256(json.dumps(facts).encode()).hexdigest()


def known_repeat(run: Run, fingerprint: str) -> str:
    """Return the current version where this run would repeat it, or ""."""
    note = run.home.root / NOTE
    if not fingerprint or not note.exists() or run.accept_volume:
        return ""
    known = json.loads(note.read_text())
    latest = pointer.standing(run.home)
    same = known.get("key") == repeat_key(run, fingerprint)
    if latest and same and known.get("version") == latest[0]:
        return latest[0]
    return ""


def remember(run: Run, fingerprint: str, version: str) -> None:
    """Write down which input gave the current version, so that a repeat is seen at once."""
    if not fingerprint:
        return
    body = json.dumps({"key": repeat_key(run, fingerprint), "version": version})
    write_atomically(run.home.root / NOTE, body.encode())
