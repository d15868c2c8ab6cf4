"""A seeded source of ids, days, amounts and choices for random facts.

Belongs here: drawing single values. Does not: anything about employers.
"""

from __future__ import annotations

import random
import uuid
from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import TypeVar

T = TypeVar("T")
FIRST, LAST = date(2022, 6, 1), date(2025, 9, 30)
AS_OF = date(2025, 5, 20)


class Draw:
    """A seeded source of ids, days, amounts and choices."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)
        self.drawn = 0

    def number(self) -> str:
        """The next enrollment number; its order is not the order of time."""
        self.drawn += 1
        return f"E{(self.drawn * 7919) % 10_007:05d}"

    def id(self) -> str:
        return str(uuid.UUID(int=self.random.getrandbits(128), version=4))

    def day(self, first: date = FIRST, last: date = LAST) -> date:
        """A day; often the first of its month."""
        day = first + timedelta(days=self.random.randrange((last - first).days + 1))
        return day.replace(day=1) if self.chance(0.4) and day.replace(day=1) >= first else day

    def money(self, top: int = 120_000) -> Decimal:
        return Decimal(self.random.randrange(top)) / 100

    def chance(self, probability: float) -> bool:
        return self.random.random() < probability

    def sometimes(self, value: T, missing: float = 0.03) -> T | None:
        return None if self.chance(missing) else value

    def pick(self, values: Sequence[T]) -> T:
        return values[self.random.randrange(len(values))]
