"""Opens the published version for a command that shows it, and says where it is not the newest.

Not here: which version that is (`reports.published`).
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from reports.snapshot import Snapshot


@contextmanager
def shown_snapshot(home: Path) -> Iterator[Snapshot]:
    """Give the published version; where it is the one before a damaged one, say so in one line."""
    from reports.snapshot import open_snapshot

    with open_snapshot(home) as snapshot:
        if snapshot.alert:
            sys.stderr.write(f"! {snapshot.alert}\n")
        yield snapshot
