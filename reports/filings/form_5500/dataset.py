"""The public data set read back: which file is which table, what belongs together, what is left.

Belongs here: reading files by name as text and joining schedules to their returns. Does not belong
here: the document (imported.py), or changing a value: what is read is written again as it stands.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import polars as pl

from reports.errors import RequestError
from reports.filings.form_5500.lines import BROKER, FORM, SCHEDULE, TABLES, load_lines

KEYS: Final = frozenset({"ACK_ID", "FORM_ID", "ROW_ORDER"})
OUTER_KEY: Final = "FILING_KEY"
NEEDED: Final = {
    FORM: ("FORM_PLAN_YEAR_BEGIN_DATE",),
    SCHEDULE: ("FORM_ID",),
    BROKER: ("FORM_ID",),
}
_IDENTITY: Final = ("_ein", "_plan", "_begin")
_NAMES: Final = {
    FORM: ("SPONS_DFE_EIN", "SPONS_DFE_PN", "FORM_PLAN_YEAR_BEGIN_DATE"),
    SCHEDULE: ("SCH_A_EIN", "SCH_A_PLAN_NUM", "SCH_A_PLAN_YEAR_BEGIN_DATE"),
}


@dataclass(frozen=True)
class Dataset:
    """The three tables with the return each row belongs to, and what is not in the document."""

    frames: dict[str, pl.DataFrame]
    unmodelled: pl.DataFrame
    digest: str


@dataclass(frozen=True)
class _Leftover:
    file: str
    column: str
    reason: str


def read_dataset(folder: Path) -> Dataset:
    """The data set of a folder; a folder without a Form 5500 file is refused."""
    if not folder.is_dir():
        raise RequestError(f"{folder}: no such folder")
    paths = sorted(folder.glob("*.csv"))
    leftovers: list[_Leftover] = []
    found: dict[str, list[pl.DataFrame]] = {table: [] for table in TABLES}
    digest = hashlib.sha256()
    for path in paths:
        table = table_of(path.stem)
        if table not in TABLES:
            reason = f"{table} is not filled in here" if table else "Not a file of the data set"
            leftovers.append(_Leftover(path.name, "", reason))
            continue
        digest.update(path.read_bytes())
        frame = _read(path, table)
        leftovers.extend(_leftovers(path.name, table, frame))
        found[table].append(frame)
    if not found[FORM]:
        raise RequestError(f"{folder}: no file {FORM}*.csv")
    joined = _linked({table: _stacked(table, frames) for table, frames in found.items()})
    frames = {table: frame for table, (frame, _) in joined.items()}
    leftovers.extend(item for _, items in joined.values() for item in items)
    return Dataset(frames, pl.DataFrame(leftovers, schema=_LEFT), digest.hexdigest())


_LEFT: Final = {"file": pl.String, "column": pl.String, "reason": pl.String}


def table_of(stem: str) -> str | None:
    """The public table a file name begins with, the longest that fits."""
    known = {*TABLES, *load_lines().elsewhere}
    parts = stem.upper().split("_")
    names = ("_".join(parts[:length]) for length in range(len(parts), 0, -1))
    return next((name for name in names if name in known), None)


def _read(path: Path, table: str) -> pl.DataFrame:
    try:
        frame = pl.read_csv(path, infer_schema=False)
    except (pl.exceptions.PolarsError, OSError, UnicodeDecodeError) as error:
        raise RequestError(f"{path.name}: cannot be read as a CSV file") from error
    for column in NEEDED[table]:
        if column not in frame.columns:
            raise RequestError(f"{path.name}: column {column} is missing")
    return frame


def _leftovers(file: str, table: str, frame: pl.DataFrame) -> list[_Leftover]:
    lines = load_lines()
    known = {column.name for column in lines.columns[table]}
    items = [
        _Leftover(file, name, "Not a column of the public layout; not written again")
        for name in frame.columns
        if name not in known
    ]
    for name in frame.columns:
        reason = lines.unprinted.get((table, name))
        if reason and name not in KEYS and frame[name].null_count() < frame.height:
            items.append(_Leftover(file, name, f"{reason}; written again, not printed"))
    return items


def _stacked(table: str, frames: Sequence[pl.DataFrame]) -> pl.DataFrame:
    """All files of a table below each other, with every column of the layout as text."""
    names = [column.name for column in load_lines().columns[table]]
    empty = pl.DataFrame(schema=dict.fromkeys([*names, OUTER_KEY], pl.String))
    together = pl.concat([empty, *frames], how="diagonal") if frames else empty
    return together.select(*names, OUTER_KEY).with_row_index("_position")


def _linked(
    tables: dict[str, pl.DataFrame],
) -> dict[str, tuple[pl.DataFrame, list[_Leftover]]]:
    """Each table with `_filing_id`, the position of the return a row belongs to."""
    form = _identified(FORM, tables[FORM]).with_columns(
        pl.col("_position").cast(pl.String).alias("_filing_id")
    )
    schedule = _identified(SCHEDULE, tables[SCHEDULE])
    schedule = _attached(schedule, form, ("ACK_ID",), (OUTER_KEY,), _IDENTITY)
    single = schedule.filter(pl.col("_filing_id").is_not_null())
    broker = _attached(
        tables[BROKER], single, ("ACK_ID", "FORM_ID"), (OUTER_KEY, "FORM_ID"), ("FORM_ID",)
    )
    return {
        FORM: (form, []),
        SCHEDULE: (schedule, _orphans(SCHEDULE, schedule)),
        BROKER: (broker, _orphans(BROKER, broker)),
    }


def _identified(table: str, frame: pl.DataFrame) -> pl.DataFrame:
    return frame.with_columns(
        pl.col(name).alias(alias) for name, alias in zip(_NAMES[table], _IDENTITY, strict=True)
    )


def _attached(frame: pl.DataFrame, owners: pl.DataFrame, *ways: tuple[str, ...]) -> pl.DataFrame:
    """Rows with the return of their owner, by the first key that is given and names only one."""
    frame = frame.with_columns(pl.lit(None, dtype=pl.String).alias("_filing_id"))
    for keys in ways:
        single = (
            owners.drop_nulls(list(keys))
            .group_by(list(keys), maintain_order=True)
            .agg(pl.col("_filing_id").first().alias("_found"), pl.len().alias("_owners"))
            .filter((pl.col("_owners") == 1) | (pl.lit(keys[0]) == "ACK_ID"))
            .drop("_owners")
        )
        frame = (
            frame.join(single, on=list(keys), how="left", maintain_order="left")
            .with_columns(pl.coalesce("_filing_id", "_found").alias("_filing_id"))
            .drop("_found")
        )
    return frame


def _orphans(table: str, frame: pl.DataFrame) -> list[_Leftover]:
    lost = frame.filter(pl.col("_filing_id").is_null()).height
    if not lost:
        return []
    return [_Leftover(f"{table}.csv", "", f"{lost} rows belong to no one return; not printed")]
