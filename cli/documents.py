"""Writes the files of a document into a folder: on record first, then on disk.

Not here: making the document, and what stands on record (`distribution.documents`).
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from warehouse.home import write_atomically

if TYPE_CHECKING:
    from distribution.planning import RunContext
    from ledger.store import Ledger
    from reports.model import Document, Format


def write_files(
    document: Document,
    format: Format,
    out: Path,
    ledger: Ledger,
    run: RunContext,
    *,
    named_apart: bool = False,
) -> list[tuple[Path, str]]:
    """Return the files written and their SHA-256.

    Files whose names do not say the company (an agency fixes them) go into a folder of its own
    where `named_apart` says that there is more than one.
    """
    from distribution.documents import make_files
    from reports.render import file_stem

    written = []
    for kept in make_files(document, format, ledger, run):
        is_named = not kept.file.name.startswith(file_stem(document))
        folder = out / document.request.company_id if is_named and named_apart else out
        folder.mkdir(parents=True, exist_ok=True)
        write_atomically(folder / kept.file.name, kept.file.content)
        written.append((folder / kept.file.name, kept.sha256))
    return written
