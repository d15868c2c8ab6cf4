"""The public files: the rows of a report in the columns, lengths and order of the data set.

Belongs here: which published column fills which column of a file, and the reason beside a cell
that is unknown. Does not belong here: any decision (dbt), or drawing (pages.py).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import polars as pl

from reports.filings.form_5500.lines import BROKER, FORM, SCHEDULE, TABLES, Column, load_lines
from reports.model import Field, FieldType, Table

WHY: Final = "__why"
MODEL_OF: Final = {FORM: "plan", SCHEDULE: "schedule_a", BROKER: "broker"}
KEYS: Final = {
    FORM: ("filing_id",),
    SCHEDULE: ("filing_id", "form_id"),
    BROKER: ("filing_id", "form_id", "row_order"),
}
TITLES: Final = {
    FORM: ("Form 5500", "One row per return, in the columns of the public data set."),
    SCHEDULE: ("Schedule A", "One row per contract, in the columns of the public data set."),
    BROKER: ("Schedule A, line 3", "One row per recipient of commissions or fees."),
}
_DTYPE: Final = {"text": pl.String, "integer": pl.Int64, "date": pl.Date}


def public_frame(table: str, rows: pl.DataFrame, items: pl.DataFrame) -> pl.DataFrame:
    """The rows of a published model as one public file, with the columns that drawing needs."""
    columns = load_lines().columns[table]
    frame = rows.select(
        *(pl.col(name).alias(f"_{name}") for name in ("filing_id", "plan_year")),
        *(pl.col(name).alias(f"_{name}") for name in ("form_id", "row_order") if name in rows),
        *(pl.col(name).alias(f"_{name}") for name in ("line_edition", "status") if name in rows),
        *(pl.col(name).alias(name.upper()) for name in _DRAWN if name in rows.columns),
        *(_cell(column) for column in columns),
    )
    return _with_reasons(table, frame, items)


_DRAWN: Final = ("sch_a_plan_name", "sch_a_sponsor_name")


def _cell(column: Column) -> pl.Expr:
    kind = _DTYPE[column.kind]
    if column.source is None:
        return pl.lit(None, dtype=kind).alias(column.name)
    value = pl.col(column.source).cast(kind)
    if column.kind == "text" and column.length:
        value = value.str.slice(0, column.length)
    return value.alias(column.name)


def _with_reasons(table: str, frame: pl.DataFrame, items: pl.DataFrame) -> pl.DataFrame:
    """A column of reasons beside each column that some row needs and lacks."""
    mine = items.filter(
        (pl.col("form") == table) & pl.col("is_blocking") & (pl.col("box") != "")
    ).with_columns(_explained().alias("reason"))
    keys = KEYS[table]
    for box in mine["box"].unique().sort():
        reasons = (
            mine.filter(pl.col("box") == box)
            .select(
                *(pl.col(key).alias(f"_{key}") for key in keys), pl.col("reason").alias(box + WHY)
            )
            .unique([f"_{key}" for key in keys], keep="first", maintain_order=True)
        )
        frame = frame.join(
            reasons, on=[f"_{key}" for key in keys], how="left", maintain_order="left"
        ).with_columns(pl.when(pl.col(box).is_null()).then(pl.col(box + WHY)).alias(box + WHY))
    return frame


def _explained() -> pl.Expr:
    """The reason with the table and column that would settle it, and who can."""
    place = (
        pl.when(pl.col("source_column") == "")
        .then(pl.col("source_table"))
        .otherwise(pl.concat_str("source_table", pl.lit("."), "source_column"))
    )
    return pl.concat_str("reason", pl.lit(" ("), place, pl.lit("), owner "), "owner")


def public_frames(rows: Mapping[str, pl.DataFrame], items: pl.DataFrame) -> dict[str, pl.DataFrame]:
    """All three public files of a set of published rows, in the order of the returns."""
    order = rows[MODEL_OF[FORM]].sort("spons_dfe_pn", "form_plan_year_begin_date", "filing_id")
    rank = order.select("filing_id").with_row_index("_rank")
    frames = {}
    for table in TABLES:
        ranked = rows[MODEL_OF[table]].join(rank, on="filing_id", how="inner")
        frames[table] = public_frame(table, ranked.sort("_rank", *KEYS[table][1:]), items)
    return frames


def public_table(table: str, frame: pl.DataFrame) -> Table:
    """A public file as a table of the document."""
    title, note = TITLES[table]
    return Table(
        name=table.lower(),
        title=title,
        note=note,
        fields=tuple(_field(column, frame) for column in load_lines().columns[table]),
        frame=frame,
        formats=("xlsx", "csv", "xml", "json"),
        file=f"{table}.csv",
        question=f"What does each line of {title} say?",
    )


def _field(column: Column, frame: pl.DataFrame) -> Field:
    dtype = frame.schema[column.name]
    kind: FieldType = "identifier"
    if dtype.is_integer():
        kind = "integer"
    elif dtype == pl.Date:
        kind = "date"
    return Field(
        name=column.name,
        label=column.name,
        type=kind,
        null="blank",
        reason=column.name + WHY if column.name + WHY in frame.columns else None,
        definition=f"Line {column.line}" if column.line else "",
    )
