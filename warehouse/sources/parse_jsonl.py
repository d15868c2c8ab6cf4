"""Reads JSON lines, or one JSON array of objects: a strict parse, every value as text.

Numbers keep their own digits. A nested value is written back exactly as it parsed, repeated keys
and all, so that the rules for JSON columns judge it like one from any other format. Lines are
counted by their bytes, apart from the parser. Not here: what a value means.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from warehouse.sources import records as rec
from warehouse.sources.parsed import (
    Job,
    Reject,
    Result,
    Rows,
    canonical_name,
    settle_counts,
    settle_header,
    write_rejects,
)

LINE_LIMIT = 4 * 1024 * 1024
MAX_DEPTH = 64
TOKENS = re.compile(r'"(?:[^"\\]|\\.)*"|[\[\]{},]')


class Exact(str):
    """A number, or a word JSON does not know, as it was written."""


class Pairs(list[tuple[str, Any]]):
    """An object with its keys in order, repeated ones included."""


class LineError(Exception):
    """A line that cannot be read; `reason` is its code."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


DECODER = json.JSONDecoder(
    object_pairs_hook=Pairs, parse_float=Exact, parse_int=Exact, parse_constant=Exact
)


def parse_file(job: Job) -> Result:
    """Return what the file of `job` gave, its rows written to `<out>/<table>.parquet`."""
    result = Result(job["table"])
    data = Path(job["path"]).read_bytes()
    if not data.strip():
        return result.refuse("file.empty", "the file is empty")
    if kind := rec.kind_of(data[:8]):
        return result.refuse("file.type", f"content is {kind}, not JSON")
    text = rec.decoded(data, job["encoding"], result)
    if text is None:
        return result
    first = text.lstrip()[:1]
    if first not in (b"{", b"["):
        return result.refuse("file.shape", "expected JSON lines or one array of objects")
    if first == b"[":
        _read_array(text, job, result)
    else:
        _read_lines(text, job, result)
    return result


def _read_lines(text: bytes, job: Job, result: Result) -> None:
    counted = sum(1 for line in text.split(b"\n") if line.strip())
    bad: list[Reject] = []
    rows, names = Rows(), dict[str, str]()
    for number, line in enumerate(text.split(b"\n"), start=1):
        if not line.strip():
            continue
        try:
            rows.add(number, _cells(_value(line), job, names))
        except LineError as error:
            bad.append(Reject(number, number, error.reason, line))
    if len(bad) == counted > 1 and _is_one_object(text):
        result.refuse("file.shape", "one object over several lines; expected one a line")
        return
    _finish(rows, bad, names, counted, job, result)


def _read_array(text: bytes, job: Job, result: Result) -> None:
    try:
        whole = text.decode("utf-8")
    except UnicodeDecodeError:
        result.refuse("file.encoding", "the content is not UTF-8")
        return
    bad: list[Reject] = []
    rows, names = Rows(), dict[str, str]()
    try:
        for number, value, raw in _elements(whole):
            try:
                rows.add(number, _cells(value, job, names))
            except LineError as error:
                bad.append(Reject(number, number, error.reason, raw.encode("utf-8", "replace")))
    except LineError as error:
        result.refuse(error.reason, "the array cannot be read to its end")
        return
    _finish(rows, bad, names, _count_elements(whole), job, result)


def _finish(
    rows: Rows, bad: list[Reject], names: dict[str, str], counted: int, job: Job, result: Result
) -> None:
    out = Path(job["out"])
    if rows.count:
        spelled = list(names.values())
        header = settle_header(spelled, job, result)
    else:
        header = result.header = list(job["columns"])
    result.rejected = len(bad)
    if not result.refusal and settle_counts(result, counted, rows.count):
        rows.write(out / f"{result.table}.parquet", header, job["rows_key"])
        write_rejects(out, result.table, bad, job["rows_key"])


def _value(line: bytes) -> Any:
    """Return the value of one line within the limits."""
    if len(line) > LINE_LIMIT:
        raise LineError("json.size")
    if line.count(b"[") + line.count(b"{") > MAX_DEPTH and _depth(line) > MAX_DEPTH:
        raise LineError("json.depth")
    try:
        return DECODER.decode(line.decode("utf-8"))
    except UnicodeDecodeError as error:
        raise LineError("encoding.invalid") from error
    except (ValueError, RecursionError) as error:
        raise LineError("json.syntax") from error


def _elements(text: str) -> Iterator[tuple[int, Any, str]]:
    """Yield (number, value, raw text) of the elements of one array."""
    place, number = text.index("[") + 1, 0
    while True:
        place = _skip(text, place)
        if text[place : place + 1] == "]" and number == 0:
            break
        try:
            value, end = DECODER.raw_decode(text, place)
        except (ValueError, RecursionError) as error:
            raise LineError("json.syntax") from error
        number += 1
        yield number, value, text[place:end]
        place = _skip(text, end)
        mark = text[place : place + 1]
        place += 1
        if mark == "]":
            break
        if mark != ",":
            raise LineError("json.syntax")
    if text[place:].strip(" \t\r\n]"):
        raise LineError("json.syntax")


def _skip(text: str, place: int) -> int:
    while place < len(text) and text[place] in " \t\r\n":
        place += 1
    return place


def _cells(value: Any, job: Job, names: dict[str, str]) -> dict[str, str | None]:
    """Return one object's values as text by canonical column name."""
    if not isinstance(value, Pairs):
        raise LineError("json.shape")
    cells: dict[str, str | None] = {}
    for key, part in value:
        name = names.get(key)
        if name is None:
            name = names[key] = canonical_name(key, job["renames"])
        if name in cells:
            raise LineError("json.duplicate_key")
        cells[name] = _text(part)
    return cells


def _text(value: Any) -> str | None:
    if value is None:
        return None
    if isinstance(value, bool):
        return "true" if value else "false"
    text = _written(value) if isinstance(value, list) else str(value)
    if any("\ud800" <= letter <= "\udfff" for letter in text) if not text.isascii() else False:
        raise LineError("json.surrogate")
    return text or None


def _written(value: Any) -> str:
    """Return a nested value as JSON text that parses to the same, repeated keys included."""
    if isinstance(value, Pairs):
        return "{" + ",".join(f"{json.dumps(k)}:{_written(v)}" for k, v in value) + "}"
    if isinstance(value, list):
        return "[" + ",".join(_written(part) for part in value) + "]"
    return str(value) if isinstance(value, Exact) else json.dumps(value)


def _depth(line: bytes) -> int:
    depth = deepest = 0
    for token in TOKENS.finditer(line.decode("utf-8", "replace")):
        if token[0] in "[{":
            depth += 1
            deepest = max(deepest, depth)
        elif token[0] in "]}":
            depth -= 1
    return deepest


def _count_elements(text: str) -> int:
    """Return the number of elements of an array, counted by its commas and not by the parser."""
    depth = commas = 0
    for token in TOKENS.finditer(text):
        mark = token[0]
        depth += (mark in "[{") - (mark in "]}")
        commas += mark == "," and depth == 1
    return commas + 1 if text.strip()[1:-1].strip() else 0


def _is_one_object(text: bytes) -> bool:
    try:
        return isinstance(DECODER.decode(text.decode("utf-8")), Pairs)
    except (ValueError, RecursionError):
        return False
