"""Text cells to typed columns, each failure a reason beside the row.

One SQL statement per table, built from its contract (D81). Not here: the words of a reason
(`reasons`), what is worth noting about a value that lands (`notes`), keys and references.
"""

from __future__ import annotations

from expectations.contract import Column, Contract
from expectations.frames import cast_sql, identifier, landed_name, landing_type, literal
from warehouse.landing.reasons import empty_reason, misfit_sql
from warehouse.settings import Run
from warehouse.sources.extract import Extract
from warehouse.sources.source_file import SourceSettings, TableSettings
from warehouse.sources.source_names import date_pattern

OUTER = "' ' || chr(9) || chr(10) || chr(13)"
CONTROLS = "'[\\x01-\\x08\\x0B\\x0C\\x0E-\\x1F]'"
OFFSET = "':.*(Z|[+-](0[0-9]|1[0-4])(:?[0-5][0-9])?)$'"


def typed_rows_sql(contract: Contract, extract: Extract, settings: SourceSettings, run: Run) -> str:
    """Return a select of `_row`, every landed column typed, and the list `_reasons`."""
    own, present = settings.table(contract.table), set(extract.columns)
    cells: list[str] = []
    casts: list[str] = []
    bad: list[tuple[str, str]] = []
    for column in contract.columns:
        landed = landed_name(column)
        if landed is None:
            continue
        if column.name not in present:
            casts.append(f"cast(null as {landing_type(column)}) as {identifier(landed)}")
            continue
        name = identifier(column.name)
        cells.append(f"{cell_sql(column, own, settings.timezone)} as {name}")
        if column.sensitivity == "secret":
            casts.append(f"sha256(cell.{name}) as {identifier(landed)}")
            continue
        cast = cast_sql(column, f"cell.{name}")
        casts.append(f"{cast} as {name}")
        bad += _failures(contract, column, f"cell.{name}", cast)
    is_bad = " or ".join(f"({condition})" for condition, _ in bad) or "false"
    whens = ", ".join(f"case when {condition} then {reason} end" for condition, reason in bad)
    reasons = f"list_filter([{whens}], lambda x: x is not null)" if bad else "[]"
    return (
        f"with cell as (select {', '.join(['_row', *cells])} "
        f"from {extract.rows_sql}) "
        f"select cell._row, {', '.join(casts)}, "
        f"case when {is_bad} then {reasons} else cast([] as varchar[]) end as _reasons from cell"
    )


def cell_sql(column: Column, own: TableSettings, timezone: str) -> str:
    """Return a raw cell in normal form: NFC, trimmed, declared spellings and patterns applied."""
    text = trimmed_sql(column)
    if spellings := own.values.get(column.name):
        whens = " ".join(f"when {literal(a)} then {literal(b)}" for a, b in spellings.items())
        text = f"case {text} {whens} else {text} end"
    text = f"nullif({text}, '')"
    if pattern := own.dates.get(column.name):
        code = literal(date_pattern(pattern))
        read = f"strftime(try_strptime({text}, {code}), '%Y-%m-%d')"
        text = f"coalesce({read}, {text})"
    if column.type == "timestamp" and timezone != "UTC":
        text = f"coalesce({utc_sql(text, timezone)}, {text})"
    return text


def trimmed_sql(column: Column, read: str = "") -> str:
    """Return a raw cell in NFC without outer white space; free text without control characters."""
    text = f"nfc_normalize({read or identifier(column.name)})"
    if is_free_text(column):
        text = f"regexp_replace({text}, {CONTROLS}, '', 'g')"
    return f"trim({text}, {OUTER})"


def is_free_text(column: Column) -> bool:
    """Return whether a column holds words for people, which lose control characters."""
    return column.type == "text" and column.format is None and column.sensitivity != "secret"


def utc_sql(text: str, timezone: str) -> str:
    """Return a local time as UTC text, NULL where it has an offset or is no time.

    An hour that does not exist moves on; of an hour that comes twice the first is taken.
    """
    local = f"try_cast({text} as timestamp)"
    zone = literal(timezone)
    once = f"({local} at time zone {zone} at time zone 'UTC')"
    first = f"({once} - interval 1 hour)"
    is_twice = f"({first} at time zone 'UTC' at time zone {zone}) = {local}"
    chosen = f"case when {is_twice} then {first} else {once} end"
    return f"case when not regexp_matches({text}, {OFFSET}) then cast({chosen} as varchar) end"


def _failures(contract: Contract, column: Column, cell: str, cast: str) -> list[tuple[str, str]]:
    """Return (condition, reason) of everything that rejects a row for this column."""
    found = []
    if column.type != "json" and column.on_fail == "quarantine":
        misfit = f"{cell} is not null and ({cast}) is null"
        found.append((misfit, misfit_sql(column, cell)))
    if column.required or column.name in contract.primary_key:
        found.append((f"{cell} is null", literal(empty_reason(contract, column))))
    return found
