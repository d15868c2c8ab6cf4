"""Names and media types of rendered files; nothing about a person stands in a name."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass

from reports.model import Document

MEDIA_TYPES = {
    "pdf": "application/pdf",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv; charset=utf-8",
    "xml": "application/xml",
    "json": "application/json",
    "html": "text/html; charset=utf-8",
}
LONGEST = 60
_UNSAFE = re.compile(r"[^A-Za-z0-9._-]+")


@dataclass(frozen=True)
class RenderedFile:
    """One file: its name, its media type, its bytes."""

    name: str
    media_type: str
    content: bytes


def file_stem(document: Document) -> str:
    """Report, whose copy it is, the last eight characters of the company id, and the period."""
    company = document.request.company_id.replace("-", "")[-8:] or "none"
    rest = (document.copy, company, document.request.period_label())
    return "-".join((_report(document.report), *(_UNSAFE.sub("_", p) for p in rest if p)))


def _report(name: str) -> str:
    """The name of a report where it is safe, else what is safe of it and a mark of its own."""
    plain = _UNSAFE.sub("_", name).replace("..", "_").strip("._-")
    if plain == name and len(plain) <= LONGEST:
        return plain
    mark = hashlib.sha256(name.encode()).hexdigest()[:8]
    return f"{plain[: LONGEST - 9]}-{mark}" if plain else mark


def rendered(document: Document, format: str, content: bytes, name: str = "") -> RenderedFile:
    """The one file of a document in a format."""
    file_name = name or f"{file_stem(document)}.{format}"
    return RenderedFile(file_name, MEDIA_TYPES[format], content)
