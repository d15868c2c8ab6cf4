"""A final name never stands for half a file: not on a full disk, not after a kill."""

from __future__ import annotations

import errno
import os
import resource
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from ledger.files import sha256_of, write_durably

KILLED_AT = """
import os, signal, sys
from pathlib import Path
from ledger import files
def die(*arguments): os.kill(os.getpid(), signal.SIGKILL)
{patch}
files.write_durably(Path(sys.argv[1]), b"x" * 100_000)
"""
BEFORE_RENAME = "Path.replace = die"
BEFORE_FSYNC = "files.os.fsync = die"
AFTER_RENAME = "files.sync_folder = die"


def killed_writer(patch: str, path: Path) -> int:
    script = KILLED_AT.format(patch=patch)
    return subprocess.run([sys.executable, "-c", script, str(path)], check=False).returncode


def test_a_written_file_is_whole_and_leaves_nothing_beside_it(tmp_path: Path) -> None:
    write_durably(tmp_path / "a" / "b.csv", b"hello")
    assert (tmp_path / "a" / "b.csv").read_bytes() == b"hello"
    assert [path.name for path in (tmp_path / "a").iterdir()] == ["b.csv"]


def test_a_file_larger_than_the_disk_allows_never_gets_its_name(tmp_path: Path) -> None:
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    handler = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (50_000, before[1]))
    try:
        with pytest.raises(OSError, match=os.strerror(errno.EFBIG)):
            write_durably(tmp_path / "big.csv", b"x" * 100_000)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
        signal.signal(signal.SIGXFSZ, handler)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("patch", [BEFORE_FSYNC, BEFORE_RENAME])
def test_a_killed_writer_leaves_no_final_name(tmp_path: Path, patch: str) -> None:
    target = tmp_path / "report.csv"
    assert killed_writer(patch, target) == -signal.SIGKILL
    assert not target.exists()


def test_a_writer_killed_after_the_rename_leaves_the_whole_file(tmp_path: Path) -> None:
    target = tmp_path / "report.csv"
    assert killed_writer(AFTER_RENAME, target) == -signal.SIGKILL
    assert sha256_of(target.read_bytes()) == sha256_of(b"x" * 100_000)
