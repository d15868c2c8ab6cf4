"""Suites: one expectation for each promise, with what the certificate needs to name it."""

from __future__ import annotations

import subprocess
import sys

from expectations.check_views import promises
from expectations.contract import load_contracts
from expectations.suites import build_suite


def test_a_suite_asks_for_every_promise_of_its_view_and_for_volume() -> None:
    contracts = load_contracts()
    contract = contracts["benefits_enrollment"]
    suite = build_suite(contract, contracts, minimum_rows=5)
    volume, *others = suite.expectations
    assert volume.meta["name"] == "row_volume"
    assert volume.min_value == 5
    asked = {expectation.column: expectation.meta for expectation in others}
    wanted = {promise.name: promise for promise in promises(contract, contracts)}
    assert set(asked) == set(wanted)
    for name, meta in asked.items():
        assert (meta["severity"], meta["on_fail"]) == (wanted[name].severity, wanted[name].on_fail)


def test_loading_contracts_does_not_import_great_expectations() -> None:
    script = (
        "import sys, expectations.suites, expectations.frames, expectations.dbt_sources;"
        "sys.exit('great_expectations' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", script], check=False).returncode == 0
