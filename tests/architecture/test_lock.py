"""An installation is the same everywhere (P20): every package by hash, from wheels, no address."""

from __future__ import annotations

import re

import pytest

from tests.conftest import ROOT

LOCKS = ("requirements.lock", "requirements-distributed.lock")


@pytest.mark.parametrize("lock", LOCKS)
def test_every_package_is_pinned_with_its_hashes(lock: str) -> None:
    text = (ROOT / lock).read_text().replace("\\\n", " ")
    lines = [
        line for line in text.splitlines() if line.strip() and not line.lstrip().startswith("#")
    ]
    assert len(lines) > 20
    assert [line for line in lines if not re.match(r"[A-Za-z0-9._\[\]-]+==\S+", line)] == []
    assert [line.split()[0] for line in lines if "--hash=sha256:" not in line] == []


@pytest.mark.parametrize("lock", LOCKS)
def test_no_lock_names_an_address(lock: str) -> None:
    assert (
        re.findall(
            r"https?://|--(?:extra-)?index-url|--find-links|@ file:", (ROOT / lock).read_text()
        )
        == []
    )


def test_the_installation_takes_wheels_with_hashes_only() -> None:
    [install] = re.findall(r".*-r requirements\.lock", (ROOT / "Makefile").read_text())
    assert "--require-hashes" in install
    assert "--only-binary :all:" in install
