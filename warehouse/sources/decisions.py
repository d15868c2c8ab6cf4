"""The ledger's own rows as tables of a source: what people decided, landed like everything else.

Here: putting the export beside the tables of the source it wraps. Not here: what was decided (the
ledger), and what a decision changes (dbt).
"""

from __future__ import annotations

import csv
import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from expectations.contract import LEDGER_FAMILY, Contract
from ledger.keys import PLAIN, Keys
from warehouse.sources.extract import Extraction, Known, Source
from warehouse.sources.files import FileSource

Decisions = Mapping[str, Sequence[Mapping[str, str]]]


@dataclass(frozen=True)
class WithDecisions:
    """A source together with the decisions that stood in the ledger when the run began."""

    inner: Source
    decisions: Decisions
    inbox: Path
    keys: Keys = PLAIN

    def fingerprint(self) -> str:
        """Return a hash of what would be read, the decisions included."""
        inner = self.inner.fingerprint()
        if not inner:
            return ""
        body = json.dumps([inner, {k: list(v) for k, v in self.decisions.items()}], sort_keys=True)
        return hashlib.sha256(body.encode()).hexdigest()

    def extract(
        self, contracts: Mapping[str, Contract], into: Path, known: Mapping[str, Known]
    ) -> Extraction:
        """Read the source's tables, and the decisions as the tables of the ledger's family."""
        theirs = {name: c for name, c in contracts.items() if c.family != LEDGER_FAMILY}
        ours = {name: c for name, c in contracts.items() if c.family == LEDGER_FAMILY}
        found = self.inner.extract(theirs, into, known)
        if not ours:
            return found
        written, parsed = into / "decisions", into / "decisions-read"
        written.mkdir()
        parsed.mkdir()
        for name, contract in ours.items():
            _write(written / f"{name}.csv", contract, self.decisions.get(name, ()))
        own = FileSource(written, self.inbox, self.keys).extract(ours, parsed, known)
        return replace(
            found,
            extracts={**found.extracts, **own.extracts},
            unchanged=found.unchanged | own.unchanged,
        )


def _write(path: Path, contract: Contract, rows: Sequence[Mapping[str, str]]) -> None:
    names = [column.name for column in contract.columns]
    with path.open("w", newline="", encoding="utf-8") as stream:
        writer = csv.DictWriter(stream, names, lineterminator="\n")
        writer.writeheader()
        writer.writerows({name: row.get(name, "") for name in names} for row in rows)
