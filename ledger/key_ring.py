"""The wrapped keys of an encrypted home: every file has its own, and the ledger keeps them.

The key of the operator's file (root) opens no file. A wrapping key derived from it opens the keys
that stand here, so a new root means new wrappings and no file is written again; deleting a row
makes its file unreadable. Does not belong here: reading the root's file (`ledger.keys`).
"""

from __future__ import annotations

import os
from collections.abc import Collection

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.db import transaction
from django.db.models import QuerySet

from ledger import models
from ledger.errors import KeyRefused
from ledger.keys import KEY_BYTES

NONCE = 12
HOME = "home"
PURPOSE = b"benefits-warehouse data v1"


class KeyRing:
    """The keys of one encrypted home, by the name of what they open."""

    def __init__(self, alias: str, root: bytes) -> None:
        self._alias = alias
        self._wrapping = _wrapping(root)

    @property
    def is_on(self) -> bool:
        """Return that files of this home are encrypted."""
        return True

    def prove(self) -> None:
        """Raise KeyRefused unless the root is this home's; the first root of a home becomes it."""
        if self._rows().exists():
            self.find(HOME)
        else:
            self.ensure(HOME)

    def find(self, name: str) -> bytes | None:
        """Return the key of a file that stands; raise KeyRefused where it was destroyed."""
        row = self._rows().filter(name=name).first()
        if row is None:
            raise KeyRefused(f"{name}: its key was destroyed or never made; it cannot be read")
        return self._unwrap(row)

    def ensure(self, name: str) -> bytes | None:
        """Return the key of a file about to be written, made and durable first where need be."""
        return self.ensure_all([name])[name]

    def ensure_all(self, names: Collection[str]) -> dict[str, bytes | None]:
        """Return the keys of many files about to be written, the missing ones made at once."""
        known = self._known(names)
        if len(known) == len(set(names)):
            return known
        with transaction.atomic(using=self._alias):
            known = self._known(names)
            fresh = {n: os.urandom(KEY_BYTES) for n in dict.fromkeys(names) if n not in known}
            made = [
                models.WrappedKey(name=n, wrapped=_wrap(self._wrapping, n, key))
                for n, key in fresh.items()
            ]
            self._rows().bulk_create(made)
        return known | fresh

    def _known(self, names: Collection[str]) -> dict[str, bytes | None]:
        return {r.name: self._unwrap(r) for r in self._rows().filter(name__in=list(names))}

    def rename(self, old: str, new: str) -> None:
        """Let the key of a file that was moved follow it; the key of what stood there is gone."""
        with transaction.atomic(using=self._alias):
            row = self._rows().filter(name=old).first()
            if row is not None:
                wrapped = _wrap(self._wrapping, new, self._unwrap(row))
                self._rows().filter(name__in=(old, new)).delete()
                self._rows().create(name=new, wrapped=wrapped)

    def names(self, beginning: str) -> tuple[str, ...]:
        """Return the names of all keys that begin so."""
        found = self._rows().filter(name__startswith=beginning)
        return tuple(found.order_by("name").values_list("name", flat=True))

    def destroy(self, name: str) -> None:
        """Forget a key for good: what it opened can never be read again."""
        self._rows().filter(name=name).delete()

    def rewrap(self, root: bytes) -> int:
        """Put every key under a new root, all or none; return how many. Files stay as they are."""
        wrapping = _wrapping(root)
        with transaction.atomic(using=self._alias):
            rows = list(self._rows().all())
            for row in rows:
                row.wrapped = _wrap(wrapping, row.name, self._unwrap(row))
            self._rows().bulk_update(rows, ["wrapped"], batch_size=500)
        self._wrapping = wrapping
        return len(rows)

    def count(self) -> int:
        """Return how many keys the home has."""
        return int(self._rows().count())

    def _rows(self) -> QuerySet:
        return models.WrappedKey.objects.using(self._alias)

    def _unwrap(self, row: models.WrappedKey) -> bytes:
        body = bytes.fromhex(row.wrapped)
        try:
            return self._wrapping.decrypt(body[:NONCE], body[NONCE:], row.name.encode())
        except InvalidTag:
            raise KeyRefused(
                "BENEFITS_KEY_FILE does not hold the key of this home, or the ledger was changed"
            ) from None


def _wrapping(root: bytes) -> AESGCM:
    """Return the cipher that wraps keys: of a key derived from the root for this purpose alone."""
    return AESGCM(HKDF(SHA256(), KEY_BYTES, salt=None, info=PURPOSE).derive(root))


def _wrap(wrapping: AESGCM, name: str, key: bytes) -> str:
    nonce = os.urandom(NONCE)
    return (nonce + wrapping.encrypt(nonce, key, name.encode())).hex()
