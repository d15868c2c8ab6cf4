"""One load in a process of its own, under limits of the operating system.

Belongs here: what happens in that process. Does not belong here: what must hold afterwards.
"""

from __future__ import annotations

import resource

from expectations.contract import load_contracts
from tests.unit.warehouse.conftest import no_judge
from warehouse.errors import CallError
from warehouse.landing.ingest import ingest
from warehouse.settings import Run

CLEAR_LINE = 7


def load_with(run: Run, limit: str, value: int) -> None:
    """Land under a limit; exit with CLEAR_LINE where the disk is said to be full."""
    contracts = load_contracts()
    if limit:
        number = getattr(resource, limit)
        resource.setrlimit(number, (value, resource.getrlimit(number)[1]))
    try:
        ingest(run, contracts, no_judge)
    except CallError as error:
        is_clear = "[env.disk]" in str(error) and "\n" not in str(error)
        raise SystemExit(CLEAR_LINE if is_clear else 1) from None
