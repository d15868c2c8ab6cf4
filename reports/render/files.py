"""Names and media types of rendered files; nothing about a person stands in a name."""

from __future__ import annotations

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
    parts = (document.report, document.copy, company, document.request.period_label())
    return "-".join(_UNSAFE.sub("_", part) for part in parts if part)


def rendered(document: Document, format: str, content: bytes, name: str = "") -> RenderedFile:
    """The one file of a document in a format."""
    file_name = name or f"{file_stem(document)}.{format}"
    return RenderedFile(file_name, MEDIA_TYPES[format], content)
