"""The audit chain: every line carries the hash of the line before it.

Belongs here: appending, and finding what was edited, removed or moved since. Does not belong
here: what deserves a line (the callers know), and values of people's data (only ids, names of
fields, counts and hashes go in).
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from typing import Any

from django.db import transaction

from ledger import models
from ledger.rows import AuditFinding, AuditRow

GENESIS = "0" * 64
HEAD_ID = 1
SOCIAL_SECURITY_NUMBER = re.compile(r"(?<![\w-])\d{3}[- ]\d{2}[- ]\d{4}(?![\w-])")


def canonical_json(value: object) -> str:
    """Return the one spelling of a JSON value that is hashed."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=True, default=str)


def scrubbed(text: str) -> str:
    """Return the text without anything that has the shape of an SSN: a second net, not the plan."""
    return SOCIAL_SECURITY_NUMBER.sub("[removed]", text)


def digest_of(row: Mapping[str, object]) -> str:
    """Return the hash of one line, which covers its number and the hash before it."""
    return hashlib.sha256(canonical_json(dict(row)).encode()).hexdigest()


class AuditChain:
    """The audit chain of one home."""

    def __init__(self, alias: str) -> None:
        self._alias = alias

    def append(
        self,
        at: datetime,
        actor: str,
        action: str,
        subject: str,
        details: Mapping[str, object] | None = None,
    ) -> int:
        """Return the number of the line appended; it is durable when the transaction ends.

        Times never decrease: after a clock was set back a line carries the time of the line before
        it, and the clock's own in its details.
        """
        with transaction.atomic(using=self._alias):
            head = self._head()
            told, moment = dict(details or {}), at.astimezone(UTC)
            last = self._lines().filter(seq=head.seq).first()
            if last and moment < datetime.fromisoformat(last["at"]):
                told["clock"] = moment.isoformat()
                moment = datetime.fromisoformat(last["at"])
            line: dict[str, object] = {
                "seq": head.seq + 1,
                "at": moment.isoformat(),
                "actor": scrubbed(actor)[:200],
                "action": action,
                "subject": scrubbed(subject)[:400],
                "details": scrubbed(canonical_json(told)),
                "previous": head.digest,
            }
            digest = digest_of(line)
            models.Audit(digest=digest, **line).save(using=self._alias, force_insert=True)
            models.AuditHead.objects.using(self._alias).filter(pk=HEAD_ID).update(
                seq=head.seq + 1, digest=digest
            )
            return int(head.seq) + 1

    def head(self) -> tuple[int, str]:
        """Return the number and hash of the last line; 0 and zeros where there is none."""
        head = self._head()
        return int(head.seq), str(head.digest)

    def digest_at(self, seq: int) -> str:
        """Return the hash of one line, or "" where there is no such line."""
        line = self._lines().filter(seq=seq).first()
        return str(line["digest"]) if line else ""

    def rows(self) -> Iterator[AuditRow]:
        """Yield the lines in order."""
        for row in self._lines().iterator(chunk_size=5000):
            yield AuditRow(**{**row, "details": json.loads(row["details"])})

    def verify(self) -> tuple[AuditFinding, ...]:
        """Return every place where the chain is not what was written; nothing when it holds."""
        findings: list[AuditFinding] = []
        seq, previous = 0, GENESIS
        with transaction.atomic(using=self._alias):
            for row in self._lines().iterator(chunk_size=5000):
                findings += _judge(row, seq, previous)
                seq, previous = row["seq"], row["digest"]
            head = self._head()
        if (head.seq, head.digest) != (seq, previous):
            message = f"the chain ends at line {seq}, its head was written for line {head.seq}"
            findings.append(AuditFinding(max(seq, head.seq), "cut off", message))
        return tuple(findings)

    def _lines(self) -> Any:
        fields = ("seq", "at", "actor", "action", "subject", "details", "previous", "digest")
        return models.Audit.objects.using(self._alias).order_by("seq").values(*fields)

    def _head(self) -> models.AuditHead:
        heads = models.AuditHead.objects.using(self._alias)
        head, _ = heads.get_or_create(pk=HEAD_ID, defaults={"seq": 0, "digest": GENESIS})
        return head  # type: ignore[no-any-return]


def _judge(row: Mapping[str, object], seq: int, previous: str) -> list[AuditFinding]:
    number = int(str(row["seq"]))
    findings = []
    if number != seq + 1:
        message = f"line {number} follows line {seq}: lines are missing between them"
        findings.append(AuditFinding(number, "gap", message))
    if row["previous"] != previous:
        message = f"line {number} does not carry the hash of the line before it"
        findings.append(AuditFinding(number, "broken link", message))
    if digest_of({key: value for key, value in row.items() if key != "digest"}) != row["digest"]:
        message = f"line {number} is not what was written"
        findings.append(AuditFinding(number, "edited", message))
    return findings
