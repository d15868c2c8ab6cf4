"""Bytes of a delimited file: its kind, its line ends, its records — counted without a parser.

An independent count is what catches a reader that loses rows in silence. Not here: parsing.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from functools import cache

from warehouse.sources.parsed import Result

KINDS = (
    (b"\x1f\x8b", "gzip"),
    (b"PK\x03\x04", "a zip container"),
    (b"%PDF", "PDF"),
    (b"\xd0\xcf\x11\xe0", "an old Office container"),
    (b"PAR1", "Parquet"),
)
ENCODINGS = {
    "utf-8": "utf-8",
    "utf8": "utf-8",
    "utf-8-sig": "utf-8",
    "utf-16": "utf-16",
    "cp1252": "cp1252",
    "windows-1252": "cp1252",
    "latin-1": "latin-1",
    "iso-8859-1": "latin-1",
    "us-ascii": "ascii",
    "ascii": "ascii",
}

STEP = 1 << 18


def kind_of(head: bytes) -> str:
    """Return what the content is by its first bytes, or "" for text."""
    return next((name for magic, name in KINDS if head.startswith(magic)), "")


def utf16_mark(head: bytes) -> str:
    """Return the byte order mark of UTF-16 in words, or ""."""
    marks = {b"\xff\xfe": "FF FE", b"\xfe\xff": "FE FF"}
    return marks.get(head[:2], "")


def normalise_line_ends(data: bytes, delimiter: str = ",") -> bytes:
    """Return the bytes with CRLF and CR outside quotes turned into LF."""
    if b"\r" not in data:
        return data
    parts = _quoted(delimiter).split(data)
    return b"".join(
        part if number % 2 else part.replace(b"\r\n", b"\n").replace(b"\r", b"\n")
        for number, part in enumerate(parts)
    )


def count_records(data: bytes) -> int:
    """Return the number of records below the header where every quote has its partner.

    Blank lines are no records. Fast, and what a reader of clean files is held against.
    """
    count, is_open, rest = 0, 0, b""
    for start in range(0, len(data), STEP):
        pieces = data[start : start + STEP].split(b'"')
        outside = [b"", *pieces[1::2]] if is_open else pieces[::2]
        lines = (rest + b"\x00".join(outside)).split(b"\n")
        rest = lines.pop()[:1]
        is_open ^= (len(pieces) - 1) & 1
        count += len(lines) - lines.count(b"")
    return count + bool(rest) - 1 if data else 0


def count_exactly(data: bytes, delimiter: str) -> int:
    """Return the number of records below the header; a quote inside a bare field is a character."""
    lines = _quoted(delimiter).sub(b"\x00", data).split(b"\n")
    return sum(1 for line in lines if line) - 1 if data else 0


def split_records(data: bytes, delimiter: str = ",") -> Iterator[tuple[int, int, bytes]]:
    """Yield (first line, last line, bytes) of every record, header first; blank lines are passed.

    A quote that never closes makes one record of everything to the end.
    """
    start, lines, is_open = 1, [], False
    number = 0
    for number, ended in enumerate(io.BytesIO(data), start=1):
        line = ended.removesuffix(b"\n")
        lines.append(line)
        is_open = ends_open(line, delimiter, is_open)
        if not is_open:
            if any(lines):
                yield start, number, b"\n".join(lines)
            start, lines = number + 1, []
    if lines:
        yield start, number, b"\n".join(lines)


def ends_open(text: bytes, delimiter: str, is_open: bool = False) -> bool:
    """Return whether some text ends within quotes; they open a field at its very start only."""
    if b'"' not in text:
        return is_open
    opening = delimiter.encode() + b'"'
    place = 0
    if not is_open and text.startswith(b'"'):
        is_open, place = True, 1
    while True:
        found = text.find(b'"' if is_open else opening, place)
        if found < 0:
            return is_open
        if not is_open:
            is_open, place = True, found + len(opening)
        elif text[found + 1 : found + 2] == b'"':
            place = found + 2
        else:
            is_open, place = False, found + 1


@cache
def _quoted(delimiter: str) -> re.Pattern[bytes]:
    """Return what a quoted field looks like, from its quote at the field's start to its end."""
    before = re.escape(delimiter.encode())
    return re.compile(rb"((?<![^\r\n" + before + rb'])"[^"]*(?:""[^"]*)*(?:"|\Z))')


def decoded(data: bytes, declared: str, result: Result) -> bytes | None:
    """Return UTF-8 bytes without a mark, or None with a refusal; bad UTF-8 is left to the reader.

    A record that is not UTF-8 is the reader's to reject alone; a whole file that is not what was
    declared is refused here.
    """
    encoding = ENCODINGS.get(declared.lower())
    if encoding is None:
        result.refuse("file.encoding", f"encoding {declared} is not one of {sorted(ENCODINGS)}")
        return None
    mark = utf16_mark(data)
    if mark and encoding != "utf-16":
        result.refuse(
            "file.encoding",
            f"looks like UTF-16 (byte order mark {mark}); declared {declared}: "
            'set encoding = "utf-16" in source.toml',
        )
        return None
    if encoding == "utf-8":
        if data.startswith(b"\xef\xbb\xbf"):
            result.note("file.bom", "a byte order mark was left out", 5)
            return data[3:]
        return data
    try:
        return data.decode(encoding).encode("utf-8")
    except UnicodeError:
        result.refuse("file.encoding", f"the content is not {declared}")
        return None
