"""Dollars of Schedule A in the oracle: which amounts there are, rounding, and adding up."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

AMOUNTS = (
    "nonexperience_premiums", "premiums_paid", "premiums_due_change", "unearned_reserve_change",
    "claims_paid", "claims_reserve_change", "retention_commissions", "retention_administration",
    "retention_acquisition", "retention_expenses", "retention_taxes", "retention_risk",
    "retention_other",
)  # fmt: skip


def dollars(value: object) -> int | None:
    """Whole dollars, a half away from zero."""
    if value is None:
        return None
    return int(Decimal(str(value)).quantize(Decimal(1), ROUND_HALF_UP))


def total_of(contracts: Sequence[Mapping[str, Any]], name: str) -> int | None:
    """Whole dollars of all contracts together, None where one does not say."""
    values = [c.get(name) for c in contracts]
    if any(v is None for v in values):
        return None
    return dollars(sum(Decimal(str(v)) for v in values))


def plus(total: Mapping[str, int | None], *names: str) -> int:
    """The named totals added, an empty one as nothing."""
    return sum(total[name] or 0 for name in names)
