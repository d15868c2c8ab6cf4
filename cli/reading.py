"""Opens the published version for a command that shows it, and says where it is not the newest.

Not here: which version that is (`reports.published`).
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from cli.homes import published_in
from cli.options import typed

if TYPE_CHECKING:
    from reports.snapshot import Snapshot
    from warehouse.home import Home


@contextmanager
def shown_snapshot(home: Path) -> Iterator[Snapshot]:
    """Give the published version; where it is the one before a damaged one, say so in one line."""
    from warehouse.opening import open_home

    with published_in(open_home(home.resolve())) as snapshot:
        if snapshot.alert:
            sys.stderr.write(f"! {typed(snapshot.alert, home)}\n")
        yield snapshot


def worst_grade(home: Home) -> str:
    """Return the worst grade of a company in the published version, A to F."""
    from reports.answers.certificate import read_certificate

    with published_in(home) as snapshot:
        return max((str(entry["grade"]) for entry in read_certificate(snapshot)), default="")
