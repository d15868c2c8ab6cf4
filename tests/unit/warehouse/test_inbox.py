"""The inbox: a file is copied once, under the hash of what it holds, and never half."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from ledger.keys import KEY_BYTES, PLAIN, Keys
from ledger.sealed import hash_of_file
from ledger.store import open_keys
from warehouse.sources.inbox import Copied, FileRefusedError, Inbox

ROWS = b"id,name\n" + b"1,Ada Example\n" * 50_000


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "inbox"
    made.mkdir()
    return made


@pytest.fixture
def path(tmp_path: Path) -> Path:
    made = tmp_path / "company.csv"
    made.write_bytes(ROWS)
    return made


def _copy(folder: Path, path: Path, keys: Keys = PLAIN) -> Copied:
    inbox = Inbox(folder, keys)
    inbox.expect([path])
    return inbox.copy(path)


def test_an_unchanged_file_is_not_written_again(folder: Path, path: Path) -> None:
    first = _copy(folder, path)
    written = first.path.stat()
    again = _copy(folder, path)
    assert again == first
    assert again.path.read_bytes() == ROWS
    assert again.path.stat().st_ino == written.st_ino
    assert [p.name for p in folder.iterdir()] == [hash_of_file(path, None)]


def test_another_file_of_the_same_size_is_copied_beside_it(folder: Path, path: Path) -> None:
    first = _copy(folder, path)
    path.write_bytes(ROWS.replace(b"Ada", b"Eve"))
    second = _copy(folder, path)
    assert second.sha256 == hash_of_file(path, None) != first.sha256
    assert {p.name for p in folder.iterdir()} == {first.sha256, second.sha256}
    assert first.path.read_bytes() == ROWS


@pytest.mark.parametrize("damaged", [ROWS[:1000], ROWS.replace(b"Ada", b"Eve")])
def test_a_damaged_copy_is_written_again(folder: Path, path: Path, damaged: bytes) -> None:
    first = _copy(folder, path)
    first.path.chmod(0o600)
    first.path.write_bytes(damaged)
    assert _copy(folder, path).path.read_bytes() == ROWS


def test_a_file_that_changed_after_it_was_hashed_is_refused(folder: Path, path: Path) -> None:
    (folder / "of-the-same-size").write_bytes(ROWS)
    inbox = Inbox(folder)
    inbox.expect([path])
    path.write_bytes(ROWS.replace(b"Ada", b"Eve"))
    with pytest.raises(FileRefusedError, match="still being written"):
        inbox.copy(path)
    assert [p.name for p in folder.iterdir()] == ["of-the-same-size"]


def test_a_sealed_copy_stays_while_its_key_does(tmp_path: Path, folder: Path, path: Path) -> None:
    root = os.urandom(KEY_BYTES)
    first = _copy(folder, path, open_keys(tmp_path, root))
    written = first.path.stat()
    again = _copy(folder, path, open_keys(tmp_path, root))
    assert again == first
    assert again.path.stat().st_ino == written.st_ino
    assert hash_of_file(again.path, again.key) == hash_of_file(path, None)


def test_a_sealed_copy_whose_key_is_gone_is_written_again(
    tmp_path: Path, folder: Path, path: Path
) -> None:
    keys = open_keys(tmp_path, os.urandom(KEY_BYTES))
    first = _copy(folder, path, keys)
    keys.destroy(f"inbox/{first.sha256}")
    again = _copy(folder, path, keys)
    assert again.key not in (None, first.key)
    assert hash_of_file(again.path, again.key) == hash_of_file(path, None)


def test_a_copy_sealed_with_a_key_that_was_made_anew_is_written_again(
    tmp_path: Path, folder: Path, path: Path
) -> None:
    keys = open_keys(tmp_path, os.urandom(KEY_BYTES))
    first = _copy(folder, path, keys)
    keys.destroy(f"inbox/{first.sha256}")
    keys.ensure(f"inbox/{first.sha256}")  # a run that ended before it wrote the copy
    again = _copy(folder, path, keys)
    assert hash_of_file(again.path, again.key) == hash_of_file(path, None)
