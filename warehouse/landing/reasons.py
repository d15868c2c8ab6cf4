"""Why a text is not a value of its column: one SQL expression per column, a code for each cause.

Evaluated only for cells that did not cast. Reasons read "code column", then maybe words; the value
itself never stands in one. Not here: the casts (`typing`).
"""

from __future__ import annotations

from expectations.contract import Column, Contract
from expectations.frames import literal

ISO = r"[0-9]{4}-[0-9]{2}-[0-9]{2}"
OTHER_DATE = (
    r"[0-9]{1,4}[/.-][0-9]{1,2}[/.-][0-9]{1,4}|[0-9]{6}|[0-9]{8}|[0-9]{1,2}[- ][A-Za-z]{3}.*"
)
NUMBER = r"-?[0-9]+(\.[0-9]+)?"
FORMAT_CODES = {"ssn": "ssn_format", "ein": "ein", "email": "email", "month_day": "month_day"}


def misfit_sql(column: Column, cell: str) -> str:
    """Return the SQL of the reason of a cell that did not cast."""
    code = _CODES.get(column.type, _plain)(column, cell)
    return f"{code} || {literal(' ' + column.name)}{_hint(column, cell)}"


def empty_reason(contract: Contract, column: Column) -> str:
    """Return the reason of an empty cell in a column that must be filled."""
    code = "key.null" if column.name in contract.primary_key else "value.required"
    return f"{code} {column.name}"


def _plain(column: Column, cell: str) -> str:
    names = {"bool": "boolean"}
    return literal(f"value.{names.get(column.type, column.type)}")


def _date(column: Column, cell: str) -> str:
    return (
        f"case when regexp_full_match({cell}, {literal(ISO)}) "
        f"then case when try_cast({cell} as date) is null then 'value.date' "
        f"else 'value.date_range' end "
        f"when regexp_full_match({cell}, {literal(OTHER_DATE)}) then 'value.date_format' "
        f"else 'value.date' end"
    )


def _decimal(column: Column, cell: str) -> str:
    places = rf"-?[0-9]+\.[0-9]{{{(column.scale or 0) + 1},}}"
    return (
        f"case when regexp_full_match({cell}, {literal(places)}) then 'value.scale' "
        f"when regexp_full_match({cell}, {literal(NUMBER)}) then 'value.overflow' "
        f"else 'value.decimal' end"
    )


def _integer(column: Column, cell: str) -> str:
    return (
        f"case when regexp_full_match({cell}, '-?[0-9]+') then 'value.overflow' "
        f"else 'value.integer' end"
    )


def _text(column: Column, cell: str) -> str:
    too_long = ""
    if column.max_length:
        too_long = f"when length({cell}) > {column.max_length} then 'value.too_long' "
    if column.format in FORMAT_CODES:
        return literal(f"value.{FORMAT_CODES[column.format]}")
    return (
        f"case {too_long}when regexp_matches({cell}, '\\p{{Cc}}') then 'value.control_char' "
        f"when regexp_matches({cell}, '[\\p{{Cf}}\\p{{Zl}}\\p{{Zp}}]') then 'value.invisible_char' "
        f"else 'value.text' end"
    )


def _hint(column: Column, cell: str) -> str:
    """Return the SQL of a suggestion: the listed value that differs in case only."""
    if column.type != "enum":
        return ""
    whens = " ".join(
        f"when {literal(value.lower())} then {literal(f' did you mean {value}?')}"
        for value in column.values
    )
    return f" || case lower({cell}) {whens} else '' end"


_CODES = {
    "date": _date,
    "decimal": _decimal,
    "int": _integer,
    "bigint": _integer,
    "text": _text,
}
