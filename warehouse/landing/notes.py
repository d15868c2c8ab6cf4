"""What is worth noting about values that land: every normalisation, every oddity, counted.

One scan per table counts them all; a count of nothing is no finding. Not here: what rejects a row.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import duckdb

from expectations.contract import Column, Contract
from expectations.frames import cast_sql, identifier, literal
from warehouse.errors import Finding
from warehouse.landing.typing import CONTROLS, OFFSET, OUTER, cell_sql, is_free_text, trimmed_sql
from warehouse.settings import Run
from warehouse.sources.extract import Extract
from warehouse.sources.source_file import SourceSettings, TableSettings

BIDI = "'[\\x{202A}-\\x{202E}\\x{2066}-\\x{2069}]'"
UNUSUAL = "'[^\\x{0000}-\\x{024F}\\x{0300}-\\x{036F}\\x{1E00}-\\x{1EFF}\\x{2000}-\\x{206F}]'"
SOCIAL = "'\\b[0-9]{3}-[0-9]{2}-[0-9]{4}\\b'"
NUMBERED = "'\"ssn\"\\s*:\\s*[0-9]'"
PEOPLE = ("dependents", "beneficiary")
IMPOSSIBLE = "'(000|666)[0-9]{6}|[0-9]{3}00[0-9]{4}|[0-9]{5}0000'"
WORST = 2
BIRTHS = ("date_of_birth", "birth_date")


@dataclass(frozen=True)
class Note:
    """One thing to count in a column: its code, words, severity, and the SQL that is true of it."""

    code: str
    words: str
    severity: int
    column: str
    sql: str


def count_notes(
    connection: duckdb.DuckDBPyConnection,
    contract: Contract,
    extract: Extract,
    settings: SourceSettings,
    run: Run,
) -> list[Finding]:
    """Return a finding for everything that was normalised or is odd, with its count."""
    own = settings.table(contract.table)
    notes: list[Note] = []
    cells: list[str] = ["_row"]
    for column in contract.columns:
        if column.name not in extract.columns or column.sensitivity == "secret":
            continue
        name = identifier(column.name)
        plain = identifier(f"{column.name} as read")
        cells += [f"{name} as {plain}", f"{cell_sql(column, own, settings.timezone)} as {name}"]
        notes += _notes(column, plain, name, own, settings.timezone, run)
    if not notes:
        return []
    relation = f"(select {', '.join(cells)} from {extract.rows_sql})"
    counts = ", ".join(f"count(*) filter (where {note.sql})" for note in notes)
    row = connection.execute(f"select {counts} from {relation}").fetchone()
    noted = [(n, count) for n, count in zip(notes, row or (), strict=True) if count]
    found: list[Finding] = []
    for note, count in noted:
        by_company = [("", count)]
        if note.severity <= WORST and "company_id" in extract.columns:
            by_company = _by_company(connection, relation, note)
        found += [_finding(contract, note, n, company) for company, n in by_company]
    return found


def _by_company(
    connection: duckdb.DuckDBPyConnection, relation: str, note: Note
) -> list[tuple[str, int]]:
    """Return how often a bad thing stands in the rows of each company."""
    return connection.execute(
        f"select coalesce(lower(company_id), ''), count(*) from {relation} where {note.sql} "
        "group by all order by all"
    ).fetchall()


def _finding(contract: Contract, note: Note, count: int, company: str) -> Finding:
    words = f"{count} values {note.words}"
    return Finding(contract.table, note.code, words, note.severity, note.column, count, company)


def _notes(
    column: Column, read: str, cell: str, own: TableSettings, timezone: str, run: Run
) -> Iterator[Note]:
    yield from _normalised(column, read, cell, own)
    if column.type == "timestamp":
        yield from _moments(column, read, cell, timezone, run)
    if column.on_fail == "flag" and column.type != "json":
        cast = cast_sql(column, cell)
        words = "do not fit their type and are shown as unknown"
        yield Note(_misfit(column), words, 3, column.name, f"{cell} is not null and {cast} is null")
    if column.name in BIRTHS and column.type == "date":
        future = f"try_cast({cell} as date) > date '{run.as_of.isoformat()}'"
        yield Note("value.birth_future", "are a birth in the future", 1, column.name, future)
    if column.format == "ssn":
        plain = f"replace({cell}, '-', '')"
        words = "are numbers that no person can have"
        bad = f"regexp_full_match({plain}, {IMPOSSIBLE})"
        yield Note("value.ssn_impossible", words, 1, column.name, bad)
    if column.type == "decimal" and column.landing_precision:
        limit = 10 ** ((column.precision or 0) - (column.scale or 0))
        wide = f"abs({cast_sql(column, cell)}) >= {limit}"
        words = "have more digits than the column's own type"
        yield Note("value.overflow_wide", words, 4, column.name, wide)
    yield from _texts(column, cell)


def _normalised(column: Column, read: str, cell: str, own: TableSettings) -> Iterator[Note]:
    def note(code: str, words: str, sql: str) -> Note:
        return Note(code, words, 5, column.name, sql)

    def changed(code: str, words: str, sql: str) -> Note:
        # a value that is as it was read needs no second look, unless source.toml spelled it so
        is_other = "true" if column.name in own.values else f"{read} is distinct from {cell}"
        return note(code, words, _where(is_other, sql))

    if column.type in ("text", "json"):
        words = "were written with combining characters and are now NFC"
        yield changed("value.nfc", words, f"{read} <> nfc_normalize({read})")
    yield changed(
        "value.trim",
        "had white space around them",
        f"{read} <> trim({read}, {OUTER}) and trim({read}, {OUTER}) <> ''",
    )
    if not column.required:
        blank = f"trim({read}, {OUTER}) = ''"
        yield changed("value.empty_to_null", "were blank and are empty", blank)
    if is_free_text(column):
        words = "had control characters, which were left out"
        yield changed("value.control_char", words, f"regexp_matches({read}, {CONTROLS})")
    if column.type == "uuid":
        yield note("value.uuid_case", "are now in lower case", f"{cell} <> lower({cell})")
    if column.format in ("ssn", "ein"):
        yield note(f"value.{column.format}_dashes", "lost their dashes", f"contains({cell}, '-')")
    if column.aliases:
        listed = ", ".join(literal(alias) for alias, _ in column.aliases)
        yield note("value.enum_alias", "were a known other spelling", f"{cell} in ({listed})")
    if column.type == "decimal":
        zero = _where(f"starts_with({cell}, '-')", f"regexp_full_match({cell}, '-0+(\\.0+)?')")
        yield note("value.negative_zero", "were minus zero and are zero", zero)
    if column.name in own.values:
        listed = ", ".join(literal(spelling) for spelling in own.values[column.name])
        words = "were replaced as source.toml says"
        yield note("value.mapped", words, f"{trimmed_sql(column, read)} in ({listed})")


def _moments(column: Column, read: str, cell: str, timezone: str, run: Run) -> Iterator[Note]:
    moment = f"try_cast({cell} as timestamp)"
    later = f"{moment} > timestamp '{run.now:%Y-%m-%d %H:%M:%S}'"
    yield Note("time.future", "lie in the future", 4, column.name, later)
    if timezone == "UTC":
        return
    local = f"try_cast(trim({read}) as timestamp)"
    is_local = f"not regexp_matches({read}, {OFFSET})"
    zone = literal(timezone)
    there = f"({moment} at time zone 'UTC' at time zone {zone})"
    again = f"(({moment} + interval 1 hour) at time zone 'UTC' at time zone {zone})"
    yield Note(
        "time.nonexistent_local",
        "name an hour the clock skipped and were moved on",
        4,
        column.name,
        f"{is_local} and {there} <> {local}",
    )
    yield Note(
        "time.ambiguous_local",
        "name an hour that came twice; the first was taken",
        4,
        column.name,
        f"{is_local} and {again} = {local}",
    )


def _texts(column: Column, cell: str) -> Iterator[Note]:
    """Yield what is odd about words: text that turns around, rare characters, hidden numbers."""
    if column.type == "text" and column.format == "line":
        is_wide = f"strlen({cell}) > length({cell})"  # in bytes and in characters
        turned = _where(is_wide, f"regexp_matches({cell}, {BIDI})")
        yield Note("value.bidi", "turn the direction of writing", 4, column.name, turned)
        rare = _where(is_wide, f"regexp_matches({cell}, {UNUSUAL})")
        yield Note("value.glyph", "hold characters a form may not print", 5, column.name, rare)
    if column.type == "json" and column.name.startswith(PEOPLE):
        words = "hold a social security number that is no text"
        sql = f"regexp_matches({cell}, {NUMBERED})"
        yield Note("value.ssn_format", words, 1, column.name, sql)
    is_open = column.type == "json" or (is_free_text(column) and not column.max_length)
    is_expected = column.sensitivity == "pii" or column.name.startswith(PEOPLE)
    if is_open and not is_expected:
        hidden = f"regexp_matches({cell}, {SOCIAL})"
        words = "hold what looks like a social security number"
        yield Note("privacy.id_in_text", words, 4, column.name, hidden)


def _where(first: str, then: str) -> str:
    """Return the SQL of both, the second asked only where the first is true: AND asks both."""
    return f"case when {first} then {then} else false end"


def _misfit(column: Column) -> str:
    kind = {"int": "integer", "bigint": "integer", "bool": "boolean"}.get(column.type, column.type)
    return f"value.{kind}"
