"""Bytes of a file under its own key: AES-256-GCM in frames of one mebibyte.

Every frame carries its number and whether it is the last, so that a cut, a swap or an added frame
is seen. Without a key everything passes unchanged. Does not belong here: which key opens what.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import BinaryIO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from ledger.errors import SealBroken

MAGIC = b"BWSEAL1\n"
PREFIX = 8
FRAME = 1 << 20
TAG = 16


def sealed(chunks: Iterable[bytes], key: bytes | None) -> Iterator[bytes]:
    """Yield the bytes of a file that holds `chunks`, none of them longer than a frame."""
    if key is None:
        yield from chunks
        return
    cipher, prefix = AESGCM(key), os.urandom(PREFIX)
    yield MAGIC + prefix
    waiting, number = b"", 0
    for chunk in chunks:
        if number or waiting:
            yield cipher.encrypt(_nonce(prefix, number), waiting, b"more")
            number += 1
        waiting = chunk
    yield cipher.encrypt(_nonce(prefix, number), waiting, b"last")


def opened(stream: BinaryIO, key: bytes | None) -> Iterator[bytes]:
    """Yield what a file holds; raise SealBroken where the key or a single byte is another."""
    if key is None:
        while chunk := stream.read(FRAME):
            yield chunk
        return
    head = stream.read(len(MAGIC) + PREFIX)
    if not head.startswith(MAGIC) or len(head) < len(MAGIC) + PREFIX:
        raise SealBroken("the file is not sealed, though its home is encrypted")
    cipher, prefix = AESGCM(key), head[len(MAGIC) :]
    frame, number = stream.read(FRAME + TAG), 0
    while True:
        following = stream.read(FRAME + TAG)
        word = b"more" if following else b"last"
        try:
            yield cipher.decrypt(_nonce(prefix, number), frame, word)
        except InvalidTag:
            raise SealBroken("the file was changed, or is sealed with another key") from None
        if not following:
            return
        frame, number = following, number + 1


def seal(content: bytes, key: bytes | None) -> bytes:
    """Return the bytes of a file that holds `content`."""
    steps = range(0, max(len(content), 1), FRAME)
    return b"".join(sealed((content[n : n + FRAME] for n in steps), key))


def is_sealed(path: Path) -> bool:
    """Return whether a file begins as a sealed one does."""
    with path.open("rb") as stream:
        return stream.read(len(MAGIC)) == MAGIC


def hash_of_file(path: Path, key: bytes | None) -> str:
    """Return the SHA-256 of what a file holds under its key, read in pieces."""
    digest = hashlib.sha256()
    with path.open("rb") as stream:
        for chunk in opened(stream, key):
            digest.update(chunk)
    return digest.hexdigest()


def _nonce(prefix: bytes, number: int) -> bytes:
    return prefix + number.to_bytes(4, "big")
