"""What named people decided: overrides, waivers and attestations, each with a reason and an end.

Belongs here: writing, withdrawing and reading those rows of one home, with their audit lines, and
the export a run lands. Does not belong here: what a decision changes (dbt), and which documents
wait for one (`distribution.approval`).
"""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any, Final

from django.db import transaction
from django.db.models import Q, QuerySet

from ledger import models
from ledger.audit import AuditChain
from ledger.errors import UnknownDecision
from ledger.rows import DECISION_KINDS, Decision, DecisionRow

FIELDS: Final = (
    "company_id",
    "rule_id",
    "grain_key",
    "field",
    "value",
    "replaced_value",
    "tax_year",
    "reason",
    "actor",
    "expires_on",
)
Row = models.Override | models.Attestation


class Decisions:
    """The decisions of one home."""

    def __init__(self, alias: str, audit: AuditChain) -> None:
        self._alias = alias
        self._audit = audit

    def record(self, decision: Decision, at: datetime) -> str:
        """Return the id of a decision that is now on record; the same one again changes nothing."""
        for row in self.standing(decision.kind):
            if row.decision == decision:
                return row.decision_id
        with transaction.atomic(using=self._alias):
            row_id = self._insert(decision, at)
            details = {name: getattr(decision, name) for name in FIELDS if name != "actor"}
            details |= {"decision": row_id, "expires_on": _text(decision.expires_on)}
            action = f"{decision.kind}.recorded"
            self._audit.append(at, decision.actor, action, decision.rule_id, details)
        return row_id

    def _insert(self, decision: Decision, at: datetime) -> str:
        values = {name: getattr(decision, name) for name in FIELDS}
        row: Row = (
            models.Attestation(at=at, **values)
            if decision.kind == "attestation"
            else models.Override(at=at, kind=decision.kind, **values)
        )
        row.save(using=self._alias, force_insert=True)
        return _id(decision.kind, row.pk)

    def withdraw(self, decision_id: str, actor: str, reason: str, at: datetime) -> DecisionRow:
        """Return the decision that no longer stands; raise UnknownDecision where none does."""
        found = [row for kind in DECISION_KINDS for row in self.standing(kind)]
        named = [row for row in found if row.decision_id == decision_id]
        if not named:
            raise UnknownDecision(f"no decision {decision_id} stands: benefits decisions")
        kind, _, number = decision_id.partition("-")
        with transaction.atomic(using=self._alias):
            self._rows(kind).filter(pk=int(number)).update(withdrawn_at=at)
            details = {"decision": decision_id, "reason": reason}
            subject = named[0].decision.rule_id
            self._audit.append(at, actor, f"{kind}.withdrawn", subject, details)
        return named[0]

    def standing(self, kind: str) -> tuple[DecisionRow, ...]:
        """Return the decisions of a kind that nobody withdrew, oldest first, ended ones too."""
        rows = self._rows(kind).filter(withdrawn_at=None).order_by("pk")
        return tuple(_decision_row(kind, row) for row in rows)

    def export(self) -> dict[str, list[dict[str, str]]]:
        """Return the decisions that stand, by contract table, as text cells for a run to land."""
        return {kind: [_exported(row) for row in self.standing(kind)] for kind in DECISION_KINDS}

    def is_attested(self, company_id: str, rule_id: str, grain_key: str, on: date) -> bool:
        """Return whether somebody answers for this, and still does on that day."""
        rows = self._rows("attestation").filter(
            company_id=company_id, rule_id=rule_id, grain_key=grain_key, withdrawn_at=None
        )
        return bool(rows.filter(Q(expires_on=None) | Q(expires_on__gte=on)).exists())

    def _rows(self, kind: str) -> QuerySet[Any]:
        if kind == "attestation":
            return models.Attestation.objects.using(self._alias)
        return models.Override.objects.using(self._alias).filter(kind=kind)


def _id(kind: str, number: int) -> str:
    return f"{kind}-{number}"


def _decision_row(kind: str, row: Row) -> DecisionRow:
    values = {name: getattr(row, name) for name in FIELDS}
    return DecisionRow(_id(kind, row.pk), Decision(kind=kind, **values), row.at)


def _exported(row: DecisionRow) -> dict[str, str]:
    cells = {name: _text(getattr(row.decision, name)) for name in FIELDS}
    decided = row.decided_at.astimezone(UTC).strftime("%Y-%m-%d %H:%M:%S")
    return {"id": row.decision_id, **cells, "decided_at": decided}


def _text(value: object) -> str:
    return "" if value is None else str(value)
