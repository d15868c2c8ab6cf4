"""Values of JSON columns: a strict parse, and the published schemas under `expectations/json`.

Belongs here: reading a value with limits, naming what is wrong with it, and the alias lists of
the schemas (D6). Does not: what happens to a value that is refused, and what a key means to
those who use it. A reason names a place by the schema's own names; it never carries the value.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any, cast

SCHEMAS = Path(__file__).parent / "json"
MAX_BYTES = 1024 * 1024
MAX_DEPTH = 32
MAX_ELEMENTS = 10_000
Schema = Mapping[str, Any]
_TOKENS = re.compile(r'"(?:[^"\\]|\\.)*"|[\[\]{}]')
_TYPES: Mapping[str, tuple[type, ...]] = {
    "object": (dict,),
    "array": (list,),
    "string": (str,),
    "boolean": (bool,),
    "null": (type(None),),
}


class Number(str):
    """A JSON number as its own decimal text, so that no digit is lost."""


class JsonError(Exception):
    """A text that is not acceptable JSON; `reason` is its code."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def schema_of(table: str, column: str, directory: Path | None = None) -> Schema | None:
    """The published schema of a column, or None where it has none."""
    path = (directory or SCHEMAS) / f"{table}.{column}.schema.json"
    return cast(Schema, json.loads(path.read_text(encoding="utf-8"))) if path.exists() else None


def published(directory: Path | None = None) -> tuple[tuple[str, str], ...]:
    """Every (table, column) that has a schema."""
    names = sorted(path.name for path in (directory or SCHEMAS).glob("*.schema.json"))
    return tuple((name.split(".")[0], name.split(".")[1]) for name in names)


def validate(table: str, column: str, text: str) -> list[str]:
    """What is wrong with one value of a JSON column; empty where it is good."""
    return validator(table, column)(text)


def validator(table: str, column: str) -> Callable[[str], list[str]]:
    """A function like `validate` that has read the schema once."""
    read = _reader(table, column)
    return lambda text: read(text)[1]


def settled(
    table: str, column: str, texts: Iterable[str]
) -> tuple[dict[str, list[str]], dict[str, str]]:
    """The values of a column that are refused, with their reasons, and the spelling of the others.

    A good value is spelled with sorted keys and no spaces, so that equal values are equal text; one
    that is spelled so already is left out. Each text is read once.
    """
    read = _reader(table, column)
    refusals: dict[str, list[str]] = {}
    spelling: dict[str, str] = {}
    for text in texts:
        value, reasons = read(text)
        if reasons:
            refusals[text] = reasons
        elif (wanted := _written(value)) != text:
            spelling[text] = wanted
    return refusals, spelling


def _reader(table: str, column: str) -> Callable[[str], tuple[Any, list[str]]]:
    """A function that gives a text's value and what is wrong with it, the schema read once."""
    schema = schema_of(table, column)

    def read(text: str) -> tuple[Any, list[str]]:
        try:
            value = parse(text)
        except JsonError as error:
            return None, [error.reason]
        return value, [] if schema is None or value is None else _check(value, schema, "$")

    return read


def _written(value: Any) -> str:
    if isinstance(value, dict):
        pairs = (f"{_written(key)}:{_written(value[key])}" for key in sorted(value))
        return "{" + ",".join(pairs) + "}"
    if isinstance(value, list):
        return "[" + ",".join(_written(part) for part in value) + "]"
    return str(value) if isinstance(value, Number) else _ENCODER.encode(value)


def parse(text: str) -> Any:
    """The value of a JSON text within the limits; numbers stay text."""
    if len(text.encode("utf-8", "surrogatepass")) > MAX_BYTES:
        raise JsonError("json.size")
    if text.count("[") + text.count("{") > MAX_DEPTH and _depth(text) > MAX_DEPTH:
        raise JsonError("json.depth")
    try:
        value = _DECODER.decode(text)
    except (ValueError, RecursionError) as error:
        raise JsonError("json.syntax") from error
    if _size(value) > MAX_ELEMENTS:
        raise JsonError("json.elements")
    if "\\u" in text and _has_surrogate(value):
        raise JsonError("json.surrogate")
    return value


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    value = dict(pairs)
    if len(value) != len(pairs):
        raise JsonError("json.duplicate_key")
    return value


def _number(text: str) -> Number:
    if len(text) > 64 or float(text) in (float("inf"), float("-inf")):
        raise JsonError("json.number")
    return Number(text)


def _constant(_: str) -> Any:
    raise JsonError("json.number")


_ENCODER = json.JSONEncoder(ensure_ascii=False)
_DECODER = json.JSONDecoder(
    object_pairs_hook=_object,
    parse_float=_number,
    parse_int=_number,
    parse_constant=_constant,
)


def _depth(text: str) -> int:
    depth = deepest = 0
    for token in _TOKENS.finditer(text):
        if token[0] in "[{":
            depth += 1
            deepest = max(deepest, depth)
        elif token[0] in "]}":
            depth -= 1
    return deepest


def _size(value: Any) -> int:
    if isinstance(value, dict):
        return len(value) + sum(_size(part) for part in value.values())
    if isinstance(value, list):
        return len(value) + sum(_size(part) for part in value)
    return 0


def _has_surrogate(value: Any) -> bool:
    if isinstance(value, dict):
        return any(_has_surrogate(part) for pair in value.items() for part in pair)
    if isinstance(value, list):
        return any(_has_surrogate(part) for part in value)
    return isinstance(value, str) and any("\ud800" <= letter <= "\udfff" for letter in value)


def _check(value: Any, schema: Schema, where: str) -> list[str]:
    """The reasons why a parsed value does not match: the keywords our schemas use, no others."""
    if not _is_type(value, schema.get("type")):
        return [f"json.shape at {where}"]
    if "enum" in schema and value not in schema["enum"]:
        return [f"json.value at {where}"]
    if isinstance(value, dict):
        return _check_object(value, schema, where)
    if isinstance(value, list):
        return _check_array(value, schema, where)
    if isinstance(value, str) and not isinstance(value, Number):
        return _check_text(value, schema, where)
    return []


def _is_type(value: Any, wanted: str | list[str] | None) -> bool:
    if wanted is None:
        return True
    for name in [wanted] if isinstance(wanted, str) else wanted:
        if isinstance(value, Number):
            whole = "." not in value and "e" not in value.lower()
            if name == "number" or (name == "integer" and whole):
                return True
        elif isinstance(value, _TYPES.get(name, ())):
            return True
    return False


def _check_object(value: dict[str, Any], schema: Schema, where: str) -> list[str]:
    reasons: list[str] = []
    properties: Schema = schema.get("properties", {})
    for name, part_schema in properties.items():
        spellings = [name, *schema.get("x-aliases", {}).get(name, ())]
        given = [value[spelling] for spelling in spellings if spelling in value]
        if len(given) > 1 and any(part != given[0] for part in given):
            reasons.append(f"json.alias_conflict at {where}.{name}")
        for part in given[:1]:
            reasons += _check(part, part_schema, f"{where}.{name}")
    missing = [name for name in schema.get("required", ()) if name not in value]
    return reasons + [f"json.missing_key at {where}.{name}" for name in missing]


def _check_array(value: list[Any], schema: Schema, where: str) -> list[str]:
    if len(value) > schema.get("maxItems", MAX_ELEMENTS):
        return [f"json.elements at {where}"]
    if schema.get("uniqueItems") and len({repr(part) for part in value}) != len(value):
        return [f"json.repeated at {where}"]
    items: Schema = schema.get("items", {})
    return [
        reason
        for position, part in enumerate(value)
        for reason in _check(part, items, f"{where}[{position}]")
    ]


def _check_text(value: str, schema: Schema, where: str) -> list[str]:
    too_short = len(value) < schema.get("minLength", 0)
    too_long = len(value) > schema.get("maxLength", MAX_BYTES)
    pattern = schema.get("pattern")
    if too_short or too_long or (pattern and not re.search(pattern, value)):
        return [f"json.value at {where}"]
    return []
