"""A declaration run over the rows of its dataset: filters, groups, measures, order.

Belongs here: polars expressions. Does not belong here: reading a declaration, counting people
(`small_groups`), words for a reader (`words`).
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Any, Final, cast

import polars as pl

from reports.custom.catalogue import Dataset, status_field, with_statuses
from reports.custom.declaration import (
    NUMERIC,
    PERIOD_END,
    PERIOD_PARAMETERS,
    PERIOD_START,
    Declaration,
    Filter,
    Measure,
    Parameter,
    value_of,
)
from reports.custom.small_groups import NOTHING_HIDDEN, Hiding, hide, small_groups
from reports.errors import RequestError
from reports.model import STATUS, SUPPRESSED, Cell, Field
from reports.period import Span

ROW, HIDDEN = "__row", "__hidden"
_NO_TEXT: Final = pl.lit(None, dtype=pl.String)

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
    """The shown fields, their rows, the totals, and what a reader must be told about the rows.

    `undecided` rows are left out because a filter is unknown for them; `hidden` rows have fewer
    than `minimum` people behind them; `covered` are the first and the last day of the rows.
    """

    fields: tuple[Field, ...]
    frame: pl.DataFrame
    totals: Mapping[str, Cell] | None
    undecided: int
    hidden: int
    minimum: int
    covered: Span | None


def parameters_of(
    declaration: Declaration, given: Mapping[str, Any], period: Span | None
) -> dict[str, Cell | tuple[Cell, ...]]:
    """The value of every parameter: the period's, given, or its default; others are refused."""
    bound: dict[str, Cell] = {}
    if period is not None:
        bound = {PERIOD_START: period.start, PERIOD_END: period.end}
    for name in given:
        if name in PERIOD_PARAMETERS and name in declaration.parameters:
            raise RequestError(f"{declaration.name}: {name} comes from the period asked for")
        if name not in declaration.parameters:
            raise RequestError(f"{declaration.name}: it has no parameter {name!r}")
    found: dict[str, Cell | tuple[Cell, ...]] = {}
    for name, parameter in declaration.parameters.items():
        value = bound.get(name) or _given(declaration, parameter, given.get(name))
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


def run_plan(
    declaration: Declaration,
    rows: Mapping[str, pl.DataFrame],
    parameters: Mapping[str, Any],
    period: Span | None = None,
) -> Result:
    """The rows a declaration asks for, in its order; small groups are suppressed."""
    values = parameters_of(declaration, parameters, period)
    kept, undecided = _filtered(declaration, rows[declaration.dataset.model], values)
    make = _listed if declaration.columns else _grouped
    fields, frame, totals, hiding = make(declaration, kept, rows)
    return Result(
        fields=tuple(_on_paper(field, frame) for field in fields),
        frame=_sorted(frame, declaration),
        totals=totals,
        undecided=undecided,
        hidden=hiding.count,
        minimum=hiding.minimum,
        covered=_covered(declaration, kept),
    )


_Made = tuple[list[Field], pl.DataFrame, Mapping[str, Cell] | None, Hiding]


def _listed(
    declaration: Declaration, kept: pl.DataFrame, rows: Mapping[str, pl.DataFrame]
) -> _Made:
    """The shown columns of every row; people themselves are listed, aggregates are suppressed."""
    fields = list(with_statuses(declaration.dataset, declaration.columns))
    totals = {
        str(measure.column): _sum(kept[str(measure.column)]) for measure in declaration.measures
    }
    people = declaration.dataset.people
    if people is None or people.model is None:
        return fields, kept, _labelled(declaration, totals), NOTHING_HIDDEN
    numbered = kept.with_row_index(ROW)
    hiding = small_groups(declaration.dataset, numbered, rows, numbered.select(ROW))
    fields = [replace(f, reason=f.reason or HIDDEN) if f.type in NUMERIC else f for f in fields]
    figures = [field for field in fields if field.type in NUMERIC]
    frame = hide(kept.with_columns(_NO_TEXT.alias(HIDDEN)), figures, hiding)
    shown = _labelled(declaration, totals) if hiding.is_total_safe else None
    return fields, frame, shown, hiding


def _on_paper(field: Field, frame: pl.DataFrame) -> Field:
    """A status stands on paper where it says anything: not if all that is shown is measured."""
    if not field.is_status:
        return field
    plain = pl.col(field.name).str.starts_with(SUPPRESSED) | (pl.col(field.name) == "measured")
    return replace(field, on_paper=not frame.select(plain.fill_null(True).all()).item())


def _covered(declaration: Declaration, kept: pl.DataFrame) -> Span | None:
    day = declaration.dataset.date
    if day is None or not kept.height:
        return None
    first, last = cast("date", kept[day].min()), cast("date", kept[day].max())
    return Span(first.replace(day=1), last)


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


def _grouped(
    declaration: Declaration, kept: pl.DataFrame, rows: Mapping[str, pl.DataFrame]
) -> _Made:
    """One row per group: every figure with the worst status of its parts, and the sum of all."""
    dataset, keys = declaration.dataset, [field.name for field in declaration.groups]
    figures = [_figure(measure) for measure in declaration.measures]
    statuses = [_status(dataset, measure) for measure in declaration.measures]
    frame = (
        kept.group_by(keys).agg(*figures, *statuses) if keys else kept.select(*figures, *statuses)
    )
    for measure in declaration.measures:
        if measure.function == "average":
            frame = frame.with_columns(_average(frame, measure))
        if measure.status_of(dataset):
            frame = frame.with_columns(_unmeasured(measure))
    hiding = small_groups(dataset, kept, rows, frame.select(keys))
    totals = _group_totals(declaration, frame) if hiding.is_total_safe else {}
    shown = [replace(m.field, reason=m.field.name + STATUS) for m in declaration.measures]
    fields = [*declaration.groups, *_with_status(declaration, shown)]
    return fields, hide(frame, shown, hiding), totals or None, hiding


def _with_status(declaration: Declaration, shown: Iterable[Field]) -> Iterator[Field]:
    for measure, field in zip(declaration.measures, shown, strict=True):
        yield field
        if measure.status_of(declaration.dataset):
            yield status_field(str(field.reason), field.label)


def _status(dataset: Dataset, measure: Measure) -> pl.Expr:
    """The worst status among the parts of a figure; nothing where its column has none."""
    source, name = measure.status_of(dataset), measure.field.name + STATUS
    if source is None:
        return _NO_TEXT.alias(name)
    modelled = pl.when((pl.col(source) == "modelled").any()).then(pl.lit("modelled"))
    reported = modelled.when((pl.col(source) == "reported").any()).then(pl.lit("reported"))
    return reported.otherwise(pl.lit("measured")).alias(name)


def _unmeasured(measure: Measure) -> pl.Expr:
    status = measure.field.name + STATUS
    unknown = pl.when(pl.col(measure.field.name).is_null()).then(pl.lit("not_measured"))
    return unknown.otherwise(pl.col(status)).alias(status)


def _group_totals(declaration: Declaration, frame: pl.DataFrame) -> dict[str, Cell]:
    """The sum over all groups of what may be added; an unknown part leaves it out."""
    if frame.height < 2:
        return {}
    return {
        m.field.name: cast(Cell, frame[m.field.name].sum())
        for m in declaration.measures
        if m.function in ("sum", "count") and not frame[m.field.name].null_count()
    }


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
