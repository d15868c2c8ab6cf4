"""Which rows of a custom report have too few people behind them to be shown.

Belongs here: counting distinct people, and hiding what a hidden row could be worked out from. Does
not belong here: how many people are enough (the seed of suppression, through the metric).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from typing import Any, Final

import polars as pl

from reports.custom.catalogue import METRICS, Dataset, People
from reports.errors import SnapshotError
from reports.model import SUPPRESSED, Field

PERSON: Final = "__person"
Key = tuple[Any, ...]


@dataclass(frozen=True)
class Hiding:
    """Which rows are hidden, in the order of the rows; whether a total may stand beside them."""

    rows: pl.Series
    minimum: int
    is_total_safe: bool

    @property
    def count(self) -> int:
        """How many rows are hidden."""
        return int(self.rows.sum())


NOTHING_HIDDEN: Final = Hiding(pl.Series([], dtype=pl.Boolean), 0, True)


def hide(frame: pl.DataFrame, figures: Sequence[Field], hiding: Hiding) -> pl.DataFrame:
    """Take the figures of hidden rows away, and say why in the column of their reason."""
    if not hiding.count:
        return frame
    why = pl.lit(f"{SUPPRESSED}: fewer than {hiding.minimum} people")
    marked, hidden = frame.with_columns(hiding.rows.alias("__hide")), pl.col("__hide")
    reasons = {str(field.reason) for field in figures}
    return marked.with_columns(
        *(pl.when(~hidden).then(pl.col(field.name)).alias(field.name) for field in figures),
        *(pl.when(hidden).then(why).otherwise(pl.col(name)).alias(name) for name in reasons),
    ).drop("__hide")


def small_groups(
    dataset: Dataset,
    kept: pl.DataFrame,
    rows: Mapping[str, pl.DataFrame],
    groups: pl.DataFrame,
) -> Hiding:
    """The rows of `groups` that must not be shown.

    Args:
        dataset: says who stands behind a row.
        kept: the rows of the dataset that the groups were made of, with the columns of `groups`.
        rows: every model of the dataset.
        groups: one row per group, the columns that tell the groups apart.

    A group of fewer people than the minimum is hidden. Where the hidden cell of a line could be
    worked out from the line's total, because it is alone or all hidden cells together have too few
    people, the smallest other cell of the line goes with it: a line holds the cells that differ in
    one column only.
    """
    people = dataset.people
    if people is None:
        return Hiding(pl.repeat(False, groups.height, eager=True), 0, True)
    minimum = _minimum(people, rows)
    behind = _behind(dataset, people, kept, rows, groups.columns)
    keys = groups.rows() if groups.columns else [()]
    counts = _counts(behind, groups.columns)
    small = {key for key in keys if 0 < counts.get(key, 0) < minimum}
    if not small:
        return Hiding(pl.repeat(False, len(keys), eager=True), minimum, True)
    cells = _Cells(counts, _members(behind, groups.columns, small), minimum)
    hidden = _closed(keys, small, cells)
    mask = pl.Series([key in hidden for key in keys], dtype=pl.Boolean)
    return Hiding(mask, minimum, cells.protects(hidden))


def _minimum(people: People, rows: Mapping[str, pl.DataFrame]) -> int:
    found = rows[METRICS].filter(pl.col("metric_id") == people.minimum)["minimum_count"]
    if len(found) != 1 or found[0] is None:
        raise SnapshotError(f"dim_metric has no smallest group for {people.minimum}")
    return int(found[0])


def _behind(
    dataset: Dataset,
    people: People,
    kept: pl.DataFrame,
    rows: Mapping[str, pl.DataFrame],
    groups: Sequence[str],
) -> pl.DataFrame:
    """One row per group and person."""
    if people.model is None:
        return kept.select(*groups, pl.col(people.person).alias(PERSON)).unique()
    day = str(dataset.date)
    cells = kept.select(list(dict.fromkeys([*groups, *people.keys, day]))).unique()
    spans = rows[people.model].with_columns(pl.col(people.person).alias(PERSON))
    found = [cells.clear().with_columns(pl.lit("").alias(PERSON)).select(*groups, PERSON)]
    for month in cells.partition_by(day):
        at = month[day][0]
        inside = spans.filter(pl.col(people.first) <= at, pl.col(people.last) >= at.replace(day=1))
        joined = month.join(inside.select(*people.keys, PERSON), on=people.keys, nulls_equal=True)
        found.append(joined.select(*groups, PERSON).unique())
    return pl.concat(found).unique()


def _counts(behind: pl.DataFrame, groups: Sequence[str]) -> dict[Key, int]:
    if not groups:
        return {(): behind[PERSON].n_unique()}
    counted = behind.group_by(groups).agg(pl.col(PERSON).n_unique())
    return {tuple(row[:-1]): row[-1] for row in counted.rows()}


def _members(
    behind: pl.DataFrame, groups: Sequence[str], small: Set[Key]
) -> dict[Key, frozenset[str]]:
    """The people of the small groups: never more than a handful each."""
    found: dict[Key, set[str]] = {key: set() for key in small}
    for row in behind.select(*groups, PERSON).iter_rows():
        if row[:-1] in found:
            found[row[:-1]].add(row[-1])
    return {key: frozenset(people) for key, people in found.items()}


@dataclass(frozen=True)
class _Cells:
    counts: Mapping[Key, int]
    members: Mapping[Key, frozenset[str]]
    minimum: int

    def protects(self, hidden: Set[Key]) -> bool:
        """Whether the sum of the hidden cells may be known: of several, and of enough people."""
        if not hidden:
            return True
        if any(key not in self.members for key in hidden):
            return len(hidden) > 1
        together = frozenset[str]().union(*(self.members[key] for key in hidden))
        return len(hidden) > 1 and len(together) >= self.minimum


def _closed(keys: Sequence[Key], small: Set[Key], cells: _Cells) -> set[Key]:
    """The small groups and what must go with them, until every line is protected."""
    hidden, before = set(small), 0
    lines = list(_lines(keys))
    while len(hidden) != before:
        before = len(hidden)
        for line in lines:
            inside = {key for key in line if key in hidden}
            others = [key for key in line if key not in hidden and cells.counts.get(key)]
            if others and not cells.protects(inside):
                hidden.add(min(others, key=lambda key: (cells.counts[key], str(key))))
    return hidden


def _lines(keys: Sequence[Key]) -> Iterator[list[Key]]:
    """The groups that differ in one column only, for each column."""
    for position in range(len(keys[0]) if keys else 0):
        found: dict[Key, list[Key]] = {}
        for key in keys:
            found.setdefault(key[:position] + key[position + 1 :], []).append(key)
        yield from found.values()
