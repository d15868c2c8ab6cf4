"""What a contract's columns become in landing: DuckDB types, text patterns and casts (D81).

Belongs here: the derivation of types, patterns and cast expressions from a column.
Does not: reading files, running the casts, deciding what happens to a value that fails.
"""

from __future__ import annotations

import re
from dataclasses import replace

from expectations.contract import Column, Contract

_HEX = "[0-9a-fA-F]"
_UUID = f"{_HEX}{{8}}-{_HEX}{{4}}-{_HEX}{{4}}-{_HEX}{{4}}-{_HEX}{{12}}"
_DATE = r"(19|20|21)[0-9]{2}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])"
_CLOCK = r"([01][0-9]|2[0-3]):[0-5][0-9](:[0-5][0-9](\.[0-9]{1,9})?)?"
_OFFSET = r"(Z|[+-](0[0-9]|1[0-4])(:?[0-5][0-9])?)"
_CHARACTERS = {
    "identifier": r"[^\p{Cc}\p{Cf}\p{Zl}\p{Zp}]",
    "line": r"[^\p{Cc}\p{Zl}\p{Zp}]",
}
_FORMATS = {
    "ssn": r"[0-9]{9}|[0-9]{3}-[0-9]{2}-[0-9]{4}",
    "ein": r"[0-9]{9}|[0-9]{2}-[0-9]{7}",
    "email": r"[^\s\p{Cc}\p{Cf}@,;:<>()\[\]\\\"]{1,64}@[^\s\p{Cc}\p{Cf}@,;:<>()\[\]\\\"]{1,189}",
    "month_day": r"(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])",
}
_TYPES = {
    "int": "INTEGER",
    "bigint": "BIGINT",
    "bool": "BOOLEAN",
    "date": "DATE",
    "timestamp": "TIMESTAMP",
}


def landing_type(column: Column) -> str:
    """The DuckDB type of the column in landing; text, uuid, enum and json stay VARCHAR."""
    if column.type == "decimal":
        return f"DECIMAL({_precision(column)},{column.scale})"
    return _TYPES.get(column.type, "VARCHAR")


def text_pattern(column: Column) -> str:
    """The RE2 pattern that the whole raw text must match before it is cast."""
    if column.type == "decimal":
        whole = (_precision(column) or 0) - (column.scale or 0)
        part = rf"(\.[0-9]{{1,{column.scale}}})?" if column.scale else ""
        return f"-?[0-9]{{1,{whole}}}{part}"
    if column.type == "enum":
        known = (*column.values, *(alias for alias, _ in column.aliases))
        return "|".join(re.escape(value) for value in known)
    if column.type == "text" and column.format in _FORMATS:
        return _FORMATS[column.format]
    return {
        "uuid": _UUID,
        "int": "-?[0-9]{1,10}",
        "bigint": "-?[0-9]{1,19}",
        "bool": "(?i:true|false|t|f|1|0)",
        "date": _DATE,
        "timestamp": f"{_DATE}([T ]{_CLOCK}{_OFFSET}?)?",
    }.get(column.type, _any_text(column))


def cast_sql(column: Column, expression: str) -> str:
    """SQL for the landed value of trimmed raw text; NULL where the text does not fit."""
    fits = f"regexp_full_match({expression}, {literal(text_pattern(column))})"
    return f"case when {fits} then {_converted(column, expression)} end"


def landed_columns(contract: Contract) -> tuple[Column, ...]:
    """The columns as they stand in landing: no secret ones, a hash where the contract asks."""
    return tuple(landed for column in contract.columns if (landed := _landed(column)) is not None)


def landed_name(column: Column) -> str | None:
    """The column's name in landing; None where it is never landed."""
    landed = _landed(column)
    return None if landed is None else landed.name


def identifier(name: str) -> str:
    """The name as a quoted SQL identifier."""
    return '"' + name.replace('"', '""') + '"'


def literal(text: str) -> str:
    """The text as a SQL string literal."""
    return "'" + text.replace("'", "''") + "'"


def _landed(column: Column) -> Column | None:
    if column.sensitivity != "secret":
        return column
    if not column.hashed:
        return None
    return replace(
        column,
        name=f"{column.name}_hash",
        type="text",
        max_length=64,
        format=None,
        sensitivity="internal",
        hashed=False,
        description=f"SHA-256 of {column.name}, which is never landed itself.",
    )


def _converted(column: Column, expression: str) -> str:
    if column.type == "uuid":
        return f"lower({expression})"
    if column.type == "bool":
        return f"lower({expression}) in ('true', 't', '1')"
    if column.type == "timestamp":
        return _timestamp(expression)
    if column.type == "enum" and column.aliases:
        whens = " ".join(f"when {literal(a)} then {literal(v)}" for a, v in column.aliases)
        return f"case {expression} {whens} else {expression} end"
    if column.type == "text" and column.format in ("ssn", "ein"):
        return f"replace({expression}, '-', '')"
    if column.type in ("int", "bigint", "date", "decimal"):
        return f"try_cast({expression} as {landing_type(column)})"
    return expression


def _timestamp(expression: str) -> str:
    zoned = f"regexp_matches({expression}, {literal(':.*' + _OFFSET + '$')})"
    aware = f"try_cast({expression} as timestamptz) at time zone 'UTC'"
    return f"case when {zoned} then {aware} else try_cast({expression} as timestamp) end"


def _precision(column: Column) -> int | None:
    return column.landing_precision or column.precision


def _any_text(column: Column) -> str:
    character = _CHARACTERS.get(column.format or "", "(?s:.)")
    return f"{character}{{1,{column.max_length}}}" if column.max_length else f"{character}*"
