"""How a home is opened: with the operator's key, with one that ends with the process, or plain.

A home is encrypted from its first run or never. Not here: the keys of single files (`ledger`), and
what may land in a plain home (`warehouse.landing.plain`).
"""

from __future__ import annotations

import os
from pathlib import Path

from ledger.errors import KeyRefused
from ledger.keys import KEY_BYTES, KEY_FILE, key_from_environment
from ledger.store import open_keys
from warehouse.errors import CallError
from warehouse.home import Home, write_atomically

MARK = "encryption.json"
STAYS_PLAIN = (
    "this home was made without encryption and stays so [home.plain]; copy source.toml and "
    f"destinations.toml into a new --home, run there with {KEY_FILE}, then erase this one"
)


def open_home(root: Path) -> Home:
    """Return a home that stands, with its keys; raise KeyRefused where they cannot be had."""
    if not (root / MARK).exists():
        return Home(root)
    key = key_from_environment()
    if key is None:
        raise KeyRefused(f"{root}: this home is encrypted; set {KEY_FILE} to the file of its key")
    return Home(root, open_keys(root, key))


def begin_home(root: Path, *, unencrypted: bool = False) -> Home:
    """Return the home of a run, made where there is none: encrypted where there is a key."""
    if (root / MARK).exists():
        if unencrypted:
            raise CallError(f"{root}: this home is encrypted and stays so; leave out --unencrypted")
        return open_home(root)
    key = key_from_environment()
    if unencrypted or key is None:
        return Home(root)
    if holds_files(Home(root)):
        raise CallError(f"{root}: {STAYS_PLAIN}")
    return _encrypted(root, key)


def holds_files(home: Home) -> bool:
    """Return whether anything has landed or been made in a home."""
    folders = (home.inbox, home.landing_file.parent, home.published, home.root / "artifacts")
    return any(folder.is_dir() and any(folder.iterdir()) for folder in folders)


def private_home(root: Path) -> Home:
    """Return a home that is thrown away: its key never leaves this process."""
    return _encrypted(root, os.urandom(KEY_BYTES))


def _encrypted(root: Path, key: bytes) -> Home:
    root.mkdir(parents=True, exist_ok=True, mode=0o700)
    write_atomically(root / MARK, b'{"cipher": "AES-256-GCM"}\n')
    return Home(root, open_keys(root, key))
