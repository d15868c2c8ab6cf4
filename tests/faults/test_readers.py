"""Readers always see one whole version (P3), however often another is published under them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.faults.child import in_child, start_child
from tests.faults.readers import KEEP, land, publish_again_and_again, read_until
from tests.unit.warehouse.conftest import write_source
from warehouse.home import Home
from warehouse.publish import pointer

SIZES = [
    pytest.param(6, 3, id="six publishes under three readers"),
    pytest.param(50, 8, id="fifty publishes under eight readers", marks=pytest.mark.prove),
]


def watched(folder: Path, publishes: int, readers: int) -> tuple[list[Any], list[dict[str, Any]]]:
    """Return the names published and retired, and what each reader saw meanwhile."""
    source, home, stop = write_source(folder / "source"), folder / "home", folder / "stop"
    assert in_child(land, home, source) == 0
    assert in_child(publish_again_and_again, home, range(1), folder / "first.json") == 0
    records = [folder / f"reader-{n}.json" for n in range(readers)]
    children = [start_child(read_until, home, stop, n, path) for n, path in enumerate(records)]
    writing = in_child(publish_again_and_again, home, range(1, publishes), folder / "all.json")
    stop.touch()
    for child in children:
        child.join()
    assert [writing, *(child.exitcode for child in children)] == [0] * (readers + 1)
    published = json.loads((folder / "first.json").read_text())
    published += json.loads((folder / "all.json").read_text())
    return published, [json.loads(path.read_text()) for path in records]


@pytest.mark.parametrize(("publishes", "readers"), SIZES)
def test_readers_see_whole_versions_while_others_are_published(
    tmp_path: Path, publishes: int, readers: int
) -> None:
    published, seen = watched(tmp_path, publishes, readers)
    names = [name for name, *_ in published]
    assert [reader["errors"] for reader in seen] == [[]] * readers
    assert [reader["mixed"] for reader in seen] == [[]] * readers
    read = {version for reader in seen for version in reader["versions"]}
    assert read <= set(names)
    assert len(read) > 1
    home = Home(tmp_path / "home")
    assert pointer.named_versions(home) == (names[-1], names[-2])
    left = {version for version, _ in pointer.versions(home)}
    assert len(left) >= KEEP
    assert left == set(names) - {gone for _, *retired in published for gone in retired}
