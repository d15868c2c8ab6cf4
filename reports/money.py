"""An amount of dollars in words, with two ends where it is not known to the cent.

Not here: any amount, and how a table shows one (`reports.render.cells`).
"""

from __future__ import annotations

from decimal import Decimal


def dollar_span(low: Decimal | None, high: Decimal | None) -> str:
    """Return both ends of an amount, or the one they share; an end that is not known says so."""
    return _dollars(high) if low == high else f"{_dollars(low)} to {_dollars(high)}"


def _dollars(value: Decimal | None) -> str:
    return "unknown" if value is None else f"${value:,}"
