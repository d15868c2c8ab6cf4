"""A zip container from outside: limits on entries, sizes and names, counted while inflating.

Declared sizes lie, so every entry is inflated once in small steps before anything parses it. Not
here: what the parts mean.
"""

from __future__ import annotations

import zipfile
import zlib
from pathlib import Path, PurePosixPath

MAX_ENTRIES = 200
MAX_INFLATED = 512 * 1024**2
MAX_RATIO = 200
STEP = 1 << 20
LOCAL_HEADER = 30
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


class ContainerError(Exception):
    """A container that may not be opened, with a reason code and words."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code, self.message = code, message


def open_workbook(path: Path) -> zipfile.ZipFile:
    """Return the opened container of a workbook, all limits checked; raise ContainerError."""
    with path.open("rb") as stream:
        head = stream.read(8)
    if head == OLE:
        if "EncryptedPackage".encode("utf-16-le") in path.read_bytes():
            raise ContainerError("file.encrypted", "protected workbook; save it without a password")
        raise ContainerError("file.type", "content is an old .xls workbook; save it as .xlsx")
    if not head.startswith(b"PK\x03\x04"):
        raise ContainerError("file.type", "content is not an Excel workbook")
    try:
        archive = zipfile.ZipFile(path)
    except (zipfile.BadZipFile, NotImplementedError):
        raise ContainerError("file.corrupt", "the workbook is damaged or cut") from None
    try:
        _check_declared(archive, path.stat().st_size)
        _check_inflated(archive, path)
    except BaseException:
        archive.close()
        raise
    return archive


def _check_declared(archive: zipfile.ZipFile, size: int) -> None:
    entries = archive.infolist()
    total = sum(e.file_size for e in entries)
    if len(entries) > MAX_ENTRIES:
        raise ContainerError("file.bomb", f"{len(entries)} parts, at most {MAX_ENTRIES} are read")
    if total > MAX_INFLATED or total > MAX_RATIO * max(size, 4096):
        raise ContainerError("file.bomb", f"{size} bytes would inflate to {total}")
    names = [e.filename for e in entries]
    if len(set(names)) != len(names):
        raise ContainerError("file.corrupt", "a part of the workbook stands twice")
    for name in names:
        parts = PurePosixPath(name.replace("\\", "/"))
        if parts.is_absolute() or ".." in parts.parts:
            raise ContainerError("file.corrupt", "a part of the workbook has an unsafe name")
    if any(e.flag_bits & 1 for e in entries):
        raise ContainerError("file.encrypted", "protected workbook; save it without a password")
    if any("vbaproject" in n.lower() for n in names):
        raise ContainerError("file.macro", "macro workbook; save it as .xlsx without macros")
    if any(n.lower().startswith("xl/externallinks/") for n in names):
        raise ContainerError("file.external_link", "the workbook links to other files")


def _check_inflated(archive: zipfile.ZipFile, path: Path) -> None:
    """Inflate every entry in steps and compare with what it declared."""
    with path.open("rb") as stream:
        for entry in archive.infolist():
            stream.seek(entry.header_offset)
            local = stream.read(LOCAL_HEADER)
            start = entry.header_offset + LOCAL_HEADER
            start += int.from_bytes(local[26:28], "little") + int.from_bytes(local[28:30], "little")
            stream.seek(start)
            data = stream.read(entry.compress_size)
            if entry.compress_type == zipfile.ZIP_STORED:
                real = len(data)
            elif entry.compress_type == zipfile.ZIP_DEFLATED:
                real = _inflated(data, entry.file_size)
            else:
                raise ContainerError("file.type", "the workbook is packed in an unknown way")
            if real != entry.file_size:
                raise ContainerError("file.bomb", "a part inflates to more than it declares")


def _inflated(data: bytes, declared: int) -> int:
    """Return the inflated size, counted no further than one step beyond the declared one."""
    engine, real = zlib.decompressobj(-15), 0
    try:
        while data and real <= declared:
            real += len(engine.decompress(data, STEP))
            data = engine.unconsumed_tail
        return real + (0 if real > declared else len(engine.flush(STEP)))
    except zlib.error:
        raise ContainerError("file.corrupt", "the workbook is damaged or cut") from None
