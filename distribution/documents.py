"""Every document that is made is rendered and put on record here: one door, whoever asks for it.

Belongs here: from a document to its files, each in the ledger before it is handed out. Does not
belong here: what a document says and how it is drawn (`reports`), and who may have it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from distribution.mail import MEDIA_TYPE
from distribution.planning import RunContext
from ledger.store import Ledger
from reports.model import Document, Format
from reports.render import RenderedFile, render


@dataclass(frozen=True)
class Kept:
    """One file on record, and its SHA-256."""

    file: RenderedFile
    sha256: str


def make_files(
    document: Document, format: Format, ledger: Ledger, run: RunContext
) -> tuple[Kept, ...]:
    """Return the files of a document in one format, all on record; raise what `render` raises."""
    return keep_files(document, render(document, format), format, ledger, run)


def keep_files(
    document: Document,
    files: Sequence[RenderedFile],
    format: Format,
    ledger: Ledger,
    run: RunContext,
    *,
    status: str = "",
) -> tuple[Kept, ...]:
    """Return rendered files of a document as they now stand on record; no line, no file.

    Args:
        document: what the files show.
        files: its rendered files, a mail around them among them.
        format: the format they were asked for in.
        ledger: where they are put on record.
        run: who asks, and when.
        status: what they count as, where that is not what the document says.
    """
    rows = max((table.frame.height for table in document.tables()), default=None)
    return tuple(
        Kept(
            file,
            ledger.documents.store(
                file.content,
                name=file.name,
                media_type=file.media_type,
                report=document.report,
                company_id=document.request.company_id,
                format="mail" if file.media_type == MEDIA_TYPE else format,
                period=document.request.period_label(),
                data_version=document.facts.data_version,
                status=status or document.status,
                attestation=document.attestation,
                at=run.now,
                actor=run.actor,
                row_count=rows,
            ),
        )
        for file in files
    )
