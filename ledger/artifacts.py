"""Documents as they were produced: content-addressed files, their rows, and their approvals.

The hash of a document is that of its plain bytes: what a person approves and a partner receives.
In an encrypted home only the file is sealed, and it is opened in memory alone.

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
from ledger.errors import DamagedArtifact, KeyRefused, LedgerError, SealBroken, UnknownArtifact
from ledger.files import sha256_of, write_durably
from ledger.keys import PLAIN, Keys
from ledger.rows import ArtifactRow
from ledger.sealed import hash_of_file, is_sealed, opened, seal

SAFE_NAME = re.compile(r"^[A-Za-z0-9_][A-Za-z0-9._-]{0,119}$")
SHORTEST_PREFIX = 8


class Artifacts:
    """The documents of one home."""

    def __init__(self, home: Path, alias: str, audit: AuditChain, keys: Keys = PLAIN) -> None:
        self._home = home
        self._alias = alias
        self._audit = audit
        self._keys = keys

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
        self._place(relative, content, sha256)
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

    def _place(self, relative: Path, content: bytes, sha256: str) -> None:
        """Write the file unless it stands and holds this very content."""
        key, path = self._keys.ensure(relative.as_posix()), self._home / relative
        try:
            if path.is_file() and hash_of_file(path, key) == sha256:
                return
        except SealBroken:
            pass
        write_durably(path, seal(content, key))

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
        named = artifact.sha256[:12]
        try:
            with (self._home / artifact.path).open("rb") as stream:
                content = b"".join(opened(stream, self._keys.find(artifact.path)))
        except FileNotFoundError:
            raise DamagedArtifact(f"the file of artifact {named} is missing") from None
        except (SealBroken, KeyRefused) as error:
            raise DamagedArtifact(f"the file of artifact {named}: {error}") from None
        if sha256_of(content) != artifact.sha256:
            raise DamagedArtifact(f"the file of artifact {named} was changed")
        return content

    def hash_of(self, path: Path) -> str:
        """Return the SHA-256 of what any file holds; one of this home's documents is opened."""
        home, inside = self._home.resolve(), path.resolve()
        if not is_sealed(path) or not inside.is_relative_to(home):
            return hash_of_file(path, None)
        return hash_of_file(path, self._keys.find(inside.relative_to(home).as_posix()))

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
