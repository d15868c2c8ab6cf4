"""A declaration run over the rows of its dataset: filters, groups, measures, order.

Belongs here: polars expressions. Does not belong here: reading a declaration, words for a reader.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Any, Final, cast

import polars as pl

from reports.custom.declaration import Declaration, Filter, Measure, Parameter, value_of
from reports.errors import RequestError
from reports.model import Cell, Field

_COMPARE: Final[Mapping[str, Callable[[Any, Any], pl.Expr]]] = {
    "=": operator.eq,
    "!=": operator.ne,
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}


@dataclass(frozen=True)
class Result:
    """The shown fields, their rows, the totals, and how many rows a filter could not decide."""

    fields: tuple[Field, ...]
    frame: pl.DataFrame
    totals: Mapping[str, Cell] | None
    undecided: int


def parameters_of(
    declaration: Declaration, given: Mapping[str, Any]
) -> dict[str, Cell | tuple[Cell, ...]]:
    """The value of every parameter: given, else its default; an unknown name is refused."""
    for name in given:
        if name not in declaration.parameters:
            raise RequestError(f"{declaration.name}: it has no parameter {name!r}")
    found: dict[str, Cell | tuple[Cell, ...]] = {}
    for name, parameter in declaration.parameters.items():
        value = _given(declaration, parameter, given.get(name))
        if value is None:
            raise RequestError(f"{declaration.name}: the parameter {name!r} needs a value")
        found[name] = value
    return found


def _given(
    declaration: Declaration, parameter: Parameter, given: object
) -> Cell | tuple[Cell, ...]:
    if given is None:
        return parameter.default
    where = f"{declaration.name}: parameter {parameter.name}"
    if isinstance(given, list | tuple):
        return tuple(value_of(where, parameter.type, value) for value in given)
    return value_of(where, parameter.type, given)


def run_plan(declaration: Declaration, rows: pl.DataFrame, parameters: Mapping[str, Any]) -> Result:
    """The rows a declaration asks for, in its order."""
    values = parameters_of(declaration, parameters)
    kept, undecided = _filtered(declaration, rows, values)
    if declaration.columns:
        ordered = _sorted(kept, declaration)
        totals = {
            str(measure.column): _sum(ordered[str(measure.column)])
            for measure in declaration.measures
        }
        return Result(declaration.columns, ordered, _labelled(declaration, totals), undecided)
    grouped = _grouped(declaration, kept)
    fields = (*declaration.groups, *(measure.field for measure in declaration.measures))
    return Result(fields, _sorted(grouped, declaration), None, undecided)


def _labelled(declaration: Declaration, totals: dict[str, Cell]) -> dict[str, Cell] | None:
    if not totals:
        return None
    first = declaration.columns[0]
    return {first.name: "Total", **totals} if first.name not in totals else totals


def _filtered(
    declaration: Declaration, rows: pl.DataFrame, values: Mapping[str, Any]
) -> tuple[pl.DataFrame, int]:
    if not declaration.filters:
        return rows, 0
    conditions = [_condition(f, values) for f in declaration.filters]
    judged = rows.with_columns(pl.all_horizontal(conditions).alias("__kept"))
    undecided = int(judged["__kept"].null_count())
    return judged.filter(pl.col("__kept")).drop("__kept"), undecided


def _condition(condition: Filter, values: Mapping[str, Any]) -> pl.Expr:
    column = pl.col(condition.column)
    if condition.operator == "missing":
        return column.is_null()
    if condition.operator == "present":
        return column.is_not_null()
    wanted = values[condition.parameter] if condition.parameter else condition.values
    wanted = wanted if isinstance(wanted, tuple) else (wanted,)
    if condition.operator in ("in", "not in"):
        is_one = pl.any_horizontal([column == pl.lit(value) for value in wanted])
        return is_one if condition.operator == "in" else ~is_one
    return _COMPARE[condition.operator](column, pl.lit(wanted[0]))


def _sorted(frame: pl.DataFrame, declaration: Declaration) -> pl.DataFrame:
    """The declared order, then every other column, so that the order is always the same."""
    by = [column for column, _ in declaration.sort]
    descending = [is_descending for _, is_descending in declaration.sort]
    rest = [column for column in frame.columns if column not in by]
    return frame.sort(
        [*by, *rest], descending=[*descending, *(False for _ in rest)], nulls_last=True
    )


def _grouped(declaration: Declaration, rows: pl.DataFrame) -> pl.DataFrame:
    figures = [_figure(measure) for measure in declaration.measures]
    keys = [field.name for field in declaration.groups]
    frame = rows.group_by(keys).agg(figures) if keys else rows.select(figures)
    averages = [measure for measure in declaration.measures if measure.function == "average"]
    for measure in averages:
        frame = frame.with_columns(_average(frame, measure))
    return frame.select([*keys, *(measure.field.name for measure in declaration.measures)])


def _figure(measure: Measure) -> pl.Expr:
    name, base = measure.field.name, measure.base
    if base is None:
        return pl.len().cast(pl.Int64).alias(name)
    column = pl.col(base.name)
    if measure.function == "distinct":
        return column.drop_nulls().n_unique().cast(pl.Int64).alias(name)
    is_known = (_unknown(base).sum() == 0) & (column.count() > 0)
    if measure.function == "average":
        total = pl.when(is_known).then(column.sum())
        return pl.struct(total=total, count=column.count()).alias(name)
    figure = {"sum": column.sum(), "least": column.min(), "greatest": column.max()}
    return pl.when(is_known).then(figure[measure.function]).alias(name)


def _unknown(field: Field) -> pl.Expr:
    """Which cells of a column are unknown, not just empty."""
    is_missing = pl.col(field.name).is_null()
    return is_missing & pl.col(field.reason).is_not_null() if field.reason else is_missing


def _average(frame: pl.DataFrame, measure: Measure) -> pl.Series:
    """Exact averages of groups, ties away from zero; unknown where a part is."""
    found = [
        None if part["total"] is None else _quotient(part["total"], part["count"])
        for part in frame[measure.field.name].to_list()
    ]
    return pl.Series(measure.field.name, found, dtype=pl.Decimal(38, 2))


def _quotient(total: Decimal | int, count: int) -> Decimal:
    return (Decimal(total) / count).quantize(Decimal("0.01"), rounding=ROUND_HALF_UP)


def _sum(column: pl.Series) -> Cell:
    """The sum of what is known of a shown column."""
    return cast(Cell, column.sum())
