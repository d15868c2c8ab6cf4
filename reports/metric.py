"""One number with its unit, its status and what it is measured against.

Belongs here: the number as a value that checks itself. Does not belong here: which numbers there
are (dbt), or how they look (the renderers).
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from reports.errors import DocumentError

Format = Literal["pdf", "xlsx", "csv", "xml", "json", "html"]
MetricStatus = Literal[
    "measured", "modelled", "reported", "not_measured", "out_of_range", "suppressed"
]


@dataclass(frozen=True)
class Metric:
    """One number with its unit, its status and what it is measured against.

    `unit` is one of $, %, points, days, people, count or a word. `variance` is value minus
    target in the same unit and `variance_text` the words of it; `is_adverse` is None within
    tolerance or without target. `trend` is oldest first, None where unknown.
    """

    name: str
    label: str
    value: Decimal | int | None
    unit: str = ""
    status: MetricStatus = "measured"
    text: str = ""
    target: Decimal | int | None = None
    target_text: str = ""
    variance: Decimal | int | None = None
    variance_text: str = ""
    is_adverse: bool | None = None
    trend: tuple[tuple[str, Decimal | int | None], ...] = ()
    tag: str = ""
    note: str = ""
    why_missing: str = ""
    definition: str = ""

    def __post_init__(self) -> None:
        if (self.value is None) != (self.status in ("not_measured", "suppressed", "out_of_range")):
            raise DocumentError(f"metric {self.name}: status {self.status} does not fit its value")
        if self.value is None and not self.why_missing:
            raise DocumentError(f"metric {self.name}: it has no value and no reason")


@dataclass(frozen=True)
class Metrics:
    """The numbers that stand together under the verdict."""

    name: str
    title: str
    metrics: tuple[Metric, ...]
    note: str = ""
    question: str = ""
    formats: tuple[Format, ...] = ()
