"""Key files and the key ring: who may hold a key, wrong keys, rotation, destruction."""

from __future__ import annotations

import os
import sqlite3
from datetime import UTC, datetime
from pathlib import Path

import pytest

from ledger.errors import DamagedArtifact, KeyRefused
from ledger.keys import KEY_BYTES, make_key_file, read_key_file
from ledger.sealed import is_sealed
from ledger.store import Ledger, open_keys, open_ledger

NOW = datetime(2025, 2, 3, 7, 0, tzinfo=UTC)
BODY = b"900-01-1234 stands in this document"


def stored(ledger: Ledger, content: bytes = BODY) -> str:
    return ledger.documents.store(
        content,
        name="a.pdf",
        media_type="application/pdf",
        report="aca_1095c",
        company_id="c",
        format="pdf",
        period="2024",
        data_version="v",
        status="final",
        at=NOW,
    )


def test_a_new_key_file_is_its_owners_alone_and_never_over_another(tmp_path: Path) -> None:
    path = tmp_path / "key"
    make_key_file(path)
    assert path.stat().st_mode & 0o777 == 0o600
    assert len(read_key_file(path)) == KEY_BYTES
    with pytest.raises(KeyRefused, match="already there"):
        make_key_file(path)
    make_key_file(tmp_path / "other")
    assert read_key_file(path) != read_key_file(tmp_path / "other")


@pytest.mark.parametrize("mode", [0o644, 0o640, 0o604, 0o620, 0o700])
def test_a_key_file_others_can_get_at_is_refused_in_one_line(tmp_path: Path, mode: int) -> None:
    path = tmp_path / "key"
    make_key_file(path)
    text = path.read_text().strip()
    path.chmod(mode)
    with pytest.raises(KeyRefused, match=f"mode {mode:04o}.*chmod 600") as refused:
        read_key_file(path)
    assert text not in str(refused.value)
    path.chmod(0o400)
    assert read_key_file(path) == bytes.fromhex(text)


@pytest.mark.parametrize("text", ["", "00" * 31, "00" * 33, "zz" * 32, "\xff" * 64])
def test_a_key_file_that_holds_no_key_is_refused_without_repeating_it(
    tmp_path: Path, text: str
) -> None:
    path = tmp_path / "key"
    path.write_text(text, "latin-1")
    path.chmod(0o600)
    with pytest.raises(KeyRefused, match="does not hold 64 hex digits") as refused:
        read_key_file(path)
    assert not text or text not in str(refused.value)


def test_a_missing_key_file_a_link_and_a_folder_are_refused(tmp_path: Path) -> None:
    make_key_file(tmp_path / "key")
    (tmp_path / "link").symlink_to(tmp_path / "key")
    (tmp_path / "folder").mkdir(mode=0o600)
    for name, why in (("gone", "no such file"), ("link", "is a link"), ("folder", "regular file")):
        with pytest.raises(KeyRefused, match=why):
            read_key_file(tmp_path / name)


def test_each_file_has_a_key_of_its_own_and_keeps_it(tmp_path: Path) -> None:
    root = os.urandom(KEY_BYTES)
    ring = open_keys(tmp_path, root)
    first = ring.ensure_all(["inbox/a", "inbox/b"])
    assert first["inbox/a"] != first["inbox/b"]
    again = open_keys(tmp_path, root)
    assert again.ensure_all(["inbox/a", "inbox/b", "inbox/c"]).items() >= first.items()
    assert again.find("inbox/a") == first["inbox/a"]


def test_a_key_follows_its_file_and_that_of_what_stood_there_is_gone(tmp_path: Path) -> None:
    root = os.urandom(KEY_BYTES)
    ring = open_keys(tmp_path, root)
    moved, replaced = ring.ensure("build/a"), ring.ensure("build/last")
    ring.rename("build/a", "build/last")
    ring.rename("build/none", "build/last")
    again = open_keys(tmp_path, root)
    assert again.names("build/") == ("build/last",)
    assert again.find("build/last") == moved != replaced


def test_another_key_opens_nothing(tmp_path: Path) -> None:
    open_keys(tmp_path, os.urandom(KEY_BYTES)).ensure("landing")
    with pytest.raises(KeyRefused, match="does not hold the key of this home"):
        open_keys(tmp_path, os.urandom(KEY_BYTES))


def test_a_key_moved_under_another_name_opens_nothing(tmp_path: Path) -> None:
    root = os.urandom(KEY_BYTES)
    open_keys(tmp_path, root).ensure_all(["inbox/a", "inbox/b"])
    with sqlite3.connect(tmp_path / "ledger" / "ledger.sqlite3") as database:
        database.execute("delete from ledger_wrappedkey where name = 'inbox/a'")
        database.execute("update ledger_wrappedkey set name = 'inbox/a' where name = 'inbox/b'")
    with pytest.raises(KeyRefused, match="the ledger was changed"):
        open_keys(tmp_path, root).find("inbox/a")


def test_a_new_root_leaves_every_file_as_it_is_and_shuts_the_old_one_out(tmp_path: Path) -> None:
    old, new = os.urandom(KEY_BYTES), os.urandom(KEY_BYTES)
    ring = open_keys(tmp_path, old)
    sha256 = stored(open_ledger(tmp_path, ring))
    files = {path: path.read_bytes() for path in (tmp_path / "artifacts").rglob("*.pdf")}
    from ledger.key_ring import KeyRing

    assert isinstance(ring, KeyRing)
    assert ring.rewrap(new) == ring.count() == 2
    assert files == {path: path.read_bytes() for path in (tmp_path / "artifacts").rglob("*.pdf")}
    documents = open_ledger(tmp_path, open_keys(tmp_path, new)).documents
    assert documents.read(documents.find(sha256)) == BODY
    with pytest.raises(KeyRefused):
        open_keys(tmp_path, old)


def test_a_document_is_sealed_on_disk_and_approved_by_its_plain_bytes(tmp_path: Path) -> None:
    ledger = open_ledger(tmp_path, open_keys(tmp_path, os.urandom(KEY_BYTES)))
    plain = open_ledger(tmp_path / "plain")
    sha256 = stored(ledger)
    assert sha256 == stored(plain)
    [path] = (tmp_path / "artifacts").rglob("*.pdf")
    assert is_sealed(path)
    assert b"900-01-1234" not in path.read_bytes()
    assert ledger.documents.approve(sha256, "Ada", NOW).sha256 == sha256
    assert ledger.documents.hash_of(path) == sha256
    handed_out = tmp_path / "handed-out.pdf"
    handed_out.write_bytes(BODY)
    assert ledger.documents.hash_of(handed_out) == sha256
    before = path.read_bytes()
    assert stored(ledger) == sha256
    assert path.read_bytes() == before


@pytest.mark.parametrize("damage", ["flip", "cut", "plain", "other"])
def test_a_changed_sealed_document_is_neither_read_nor_approved(
    tmp_path: Path, damage: str
) -> None:
    ledger = open_ledger(tmp_path, open_keys(tmp_path, os.urandom(KEY_BYTES)))
    sha256, other = stored(ledger), stored(ledger, b"another document")
    folder = tmp_path / "artifacts"
    [path], [second] = folder.rglob(f"{sha256}*"), folder.rglob(f"{other}*")
    body = bytearray(path.read_bytes())
    body[-1] ^= 1
    damaged = {"flip": bytes(body), "cut": bytes(body[:-1]), "plain": BODY}
    path.chmod(0o600)
    path.write_bytes(damaged.get(damage) or second.read_bytes())
    with pytest.raises(DamagedArtifact, match=sha256[:12]):
        ledger.documents.approve(sha256, "Ada", NOW)
    assert stored(ledger) == sha256
    assert ledger.documents.read(ledger.documents.find(sha256)) == BODY


def test_a_destroyed_key_takes_its_document_with_it(tmp_path: Path) -> None:
    ring = open_keys(tmp_path, os.urandom(KEY_BYTES))
    ledger = open_ledger(tmp_path, ring)
    sha256, other = stored(ledger), stored(ledger, b"another document")
    ring.destroy(ledger.documents.find(sha256).path)
    with pytest.raises(DamagedArtifact, match="its key was destroyed"):
        ledger.documents.read(ledger.documents.find(sha256))
    assert ledger.documents.read(ledger.documents.find(other)) == b"another document"
