"""A contract as a Great Expectations suite over `landing.check_<table>` (D84).

Belongs here: which promises of a check view become expectations, and their metadata. Does not:
running a suite (the gate does), the SQL of the view (`check_views`), or importing Great
Expectations before a suite is asked for: its import costs seconds.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from expectations.check_views import ALL_KEPT, Promise, promises
from expectations.contract import Contract, load_contracts

if TYPE_CHECKING:
    from great_expectations import ExpectationSuite


def build_short_suite(contract: Contract, minimum_rows: int = 0) -> ExpectationSuite:
    """The suite that settles a clean table at once: its row volume, and that every promise holds.

    Great Expectations spends milliseconds on each expectation whatever the rows; where this suite
    fails, `build_suite` says which promise was broken.
    """
    import great_expectations as gx
    import great_expectations.expectations as gxe

    meta = {"name": ALL_KEPT, "kind": "all", "severity": 1, "on_fail": "quarantine"}
    kept = gxe.ExpectColumnValuesToBeInSet(column=ALL_KEPT, value_set=[True], meta=meta)
    return gx.ExpectationSuite(
        name=f"landing_{contract.table}_short", expectations=[_row_volume(minimum_rows), kept]
    )


def _row_volume(minimum_rows: int) -> Any:
    import great_expectations.expectations as gxe

    meta = {"name": "row_volume", "kind": "volume", "severity": 2, "on_fail": "flag"}
    return gxe.ExpectTableRowCountToBeBetween(min_value=minimum_rows, meta=meta)


def build_suite(
    contract: Contract,
    contracts: Mapping[str, Contract] | None = None,
    minimum_rows: int = 0,
) -> ExpectationSuite:
    """The suite of one table: its row volume and every promise of its check view."""
    import great_expectations as gx
    import great_expectations.expectations as gxe

    known = load_contracts() if contracts is None else contracts
    expectations: list[Any] = [_row_volume(minimum_rows)]
    expectations += [
        gxe.ExpectColumnValuesToBeInSet(
            column=promise.name, value_set=[True], meta=promise_meta(promise)
        )
        for promise in promises(contract, known)
    ]
    return gx.ExpectationSuite(name=f"landing_{contract.table}", expectations=expectations)


def promise_meta(promise: Promise) -> dict[str, Any]:
    """What a result of this promise must carry to become a line of the certificate."""
    return {
        "name": promise.name,
        "kind": promise.kind,
        "columns": list(promise.columns),
        "severity": promise.severity,
        "on_fail": promise.on_fail,
    }
