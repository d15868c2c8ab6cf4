"""Documents as they were produced: content-addressed files, their rows, and their approvals.

Belongs here: storing, finding, re-reading with proof, approving. Does not belong here: making
documents (`reports`), and who may receive them (`distribution`).
"""

from __future__ import annotations

import re
from datetime import datetime
from pathlib import Path

from django.db import transaction

from ledger import models
from ledger.audit import AuditChain
from ledger.errors import DamagedArtifact, LedgerError, UnknownArtifact
from ledger.files import sha256_of, sha256_of_file, write_durably
from ledger.rows import ArtifactRow

SAFE_NAME = re.compile(r"^[A-Za-z0-9_][A-Za-z0-9._-]{0,119}$")
SHORTEST_PREFIX = 8


class Artifacts:
    """The documents of one home."""

    def __init__(self, home: Path, alias: str, audit: AuditChain) -> None:
        self._home = home
        self._alias = alias
        self._audit = audit

    def store(
        self,
        content: bytes,
        *,
        name: str,
        media_type: str,
        report: str,
        company_id: str,
        format: str,
        period: str,
        data_version: str,
        status: str,
        at: datetime,
        actor: str = "system",
        row_count: int | None = None,
        attestation: str = "",
    ) -> str:
        """Return the SHA-256 of a document that is now on disk, on record and in the audit."""
        if not SAFE_NAME.fullmatch(name):
            raise LedgerError("an artifact name may hold letters, digits, dot, dash, underscore")
        sha256 = sha256_of(content)
        relative = Path("artifacts") / sha256[:2] / f"{sha256}-{name}"
        self._place(self._home / relative, content, sha256)
        details = {"report": report, "format": format, "company_id": company_id, "status": status}
        with transaction.atomic(using=self._alias):
            models.Artifact.objects.using(self._alias).get_or_create(
                sha256=sha256,
                name=name,
                company_id=company_id,
                data_version=data_version,
                defaults={
                    "media_type": media_type,
                    "report": report,
                    "format": format,
                    "period": period,
                    "path": relative.as_posix(),
                    "status": status,
                    "attestation": attestation,
                    "byte_count": len(content),
                    "row_count": row_count,
                    "created_at": at,
                },
            )
            self._audit.append(at, actor, "artifact.stored", sha256, details)
        return sha256

    def _place(self, path: Path, content: bytes, sha256: str) -> None:
        if not (path.is_file() and sha256_of_file(path) == sha256):
            write_durably(path, content)

    def rows(self) -> tuple[ArtifactRow, ...]:
        """Return all documents, oldest first."""
        rows = models.Artifact.objects.using(self._alias).order_by("pk")
        return tuple(_artifact_row(row) for row in rows)

    def find(self, sha256: str) -> ArtifactRow:
        """Return the document with this hash, or this unique beginning of one."""
        wanted = sha256.strip().lower()
        if len(wanted) < SHORTEST_PREFIX or not re.fullmatch(r"[0-9a-f]{8,64}", wanted):
            raise UnknownArtifact("give at least the first 8 characters of the artifact's SHA-256")
        rows = models.Artifact.objects.using(self._alias).filter(sha256__startswith=wanted)
        found = list(rows.order_by("pk"))
        if not found:
            raise UnknownArtifact(f"no artifact has the SHA-256 {wanted}")
        if len({row.sha256 for row in found}) > 1:
            raise UnknownArtifact(f"several artifacts begin with {wanted}: give more of it")
        return _artifact_row(found[0])

    def read(self, artifact: ArtifactRow) -> bytes:
        """Return the bytes of a document, proved to be those that were stored."""
        try:
            content = (self._home / artifact.path).read_bytes()
        except FileNotFoundError as error:
            message = f"the file of artifact {artifact.sha256[:12]} is missing"
            raise DamagedArtifact(message) from error
        if sha256_of(content) != artifact.sha256:
            raise DamagedArtifact(f"the file of artifact {artifact.sha256[:12]} was changed")
        return content

    def approve(self, sha256: str, actor: str, at: datetime) -> ArtifactRow:
        """Return the document that a named person has approved; its file is proved first."""
        artifact = self.find(sha256)
        self.read(artifact)
        with transaction.atomic(using=self._alias):
            _, created = models.Approval.objects.using(self._alias).get_or_create(
                artifact_sha256=artifact.sha256, actor=actor, defaults={"at": at}
            )
            if created:
                details = {"report": artifact.report, "company_id": artifact.company_id}
                self._audit.append(at, actor, "artifact.approved", artifact.sha256, details)
        return artifact

    def approvers(self, sha256: str) -> tuple[str, ...]:
        """Return who approved a document, first to last."""
        rows = models.Approval.objects.using(self._alias).filter(artifact_sha256=sha256)
        return tuple(rows.order_by("at", "pk").values_list("actor", flat=True))


def _artifact_row(row: models.Artifact) -> ArtifactRow:
    return ArtifactRow(
        sha256=row.sha256,
        name=row.name,
        media_type=row.media_type,
        report=row.report,
        company_id=row.company_id,
        format=row.format,
        period=row.period,
        data_version=row.data_version,
        path=row.path,
        status=row.status,
        byte_count=row.byte_count,
        row_count=row.row_count,
        created_at=row.created_at,
        attestation=row.attestation,
    )
