"""Names of files at a partner's: closed parts, ASCII, nothing about a person.

Belongs here: the pattern. Does not belong here: names of documents at home (`reports.render`).
"""

from __future__ import annotations

import re
from datetime import UTC
from pathlib import PurePosixPath

from distribution.destinations import SftpPartner
from distribution.errors import Refused
from ledger.rows import ArtifactRow, OccurrenceRow

ALLOWED = re.compile(r"^[A-Za-z0-9][A-Za-z0-9._-]{0,119}$")
UNSAFE = re.compile(r"[^A-Za-z0-9]+")


def partner_name(
    partner: SftpPartner, artifact: ArtifactRow, occurrence: OccurrenceRow, part: int, is_test: bool
) -> str:
    """Return the name of a document at a partner's, the same at every try."""
    stamp = f"{occurrence.created_at.astimezone(UTC):%Y%m%dT%H%M%SZ}"
    words = [
        _plain(partner.sender),
        _plain(partner.receiver),
        _plain(artifact.report),
        _plain(artifact.period),
        stamp,
        f"{occurrence.occurrence_id:06d}-{part:02d}",
        "T" if is_test else "P",
    ]
    name = "_".join(words) + PurePosixPath(artifact.name).suffix
    if not ALLOWED.fullmatch(name):
        raise Refused(f"destination {partner.name} leads to a file name that is too long")
    return name


def _plain(text: str) -> str:
    return UNSAFE.sub("-", text).strip("-") or "x"
