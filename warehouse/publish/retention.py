"""Which published versions may go, and their removal; a version somebody reads always stays.

Age is counted in loads, not by a clock. Not here: what must stay for other reasons (the caller
names it: the ledger knows what was approved or is still on its way).
"""

from __future__ import annotations

import fcntl
import os
import shutil
from collections.abc import Collection

from warehouse.errors import CallError
from warehouse.home import Home, fsync_path
from warehouse.publish import pointer

KEEP, KEEP_AT_LEAST, KEEP_VERSIONS = 10, 3, "BENEFITS_KEEP_VERSIONS"


def kept_versions() -> int:
    """Return how many versions stay: what BENEFITS_KEEP_VERSIONS says, else ten; never under 3."""
    said = os.environ.get(KEEP_VERSIONS) or str(KEEP)
    if not said.isdecimal() or int(said) < KEEP_AT_LEAST:
        raise CallError(f"{KEEP_VERSIONS} must be a number from {KEEP_AT_LEAST} on")
    return int(said)


def retire(home: Home, pinned: Collection[str], keep: int) -> tuple[str, ...]:
    """Remove the oldest versions beyond `keep` that nothing needs; return their names.

    The current version, the one readers fall back to, pinned ones and those being read stay. The
    key of every version that is not there is destroyed: also of one that a killed run left half
    removed, or began and never published.
    """
    for left in home.published.glob(f".*{pointer.GONE}"):
        shutil.rmtree(left)
    newest = sorted(pointer.versions(home), key=lambda v: (-int(v[1].get("landing_load", 0)), v[0]))
    stays = {*pinned, *pointer.named_versions(home), *(name for name, _ in newest[:keep])}
    gone = tuple(n for n, _ in newest if n not in stays and _removed(home, n))
    for key in home.keys.names("snapshot/"):
        if not (home.published / key.partition("/")[2]).exists():
            home.keys.destroy(key)
    if gone:
        fsync_path(home.published)
    return gone


def _removed(home: Home, version: str) -> bool:
    """Remove a version unless a reader holds its manifest; return whether it is gone."""
    folder = home.published / version
    with (folder / pointer.MANIFEST).open("rb") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        pointer.set_aside(folder)
        return True
