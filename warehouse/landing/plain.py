"""What may land in a home that is not encrypted: test data, and what a person lets (D55).

Not here: how a home is opened (`warehouse.opening`).
"""

from __future__ import annotations

import tempfile
from pathlib import Path

import duckdb

from expectations.contract import load_contracts
from ledger.keys import KEY_FILE
from warehouse.errors import CallError
from warehouse.landing.ingest import named_source
from warehouse.settings import Run
from warehouse.sources.files import FileSource

TRUE = ("true", "t", "1")


def require_encryption(run: Run) -> None:
    """Raise CallError where a run would write what is no test data into a plain home."""
    if run.home.keys.is_on or run.unencrypted or _is_test_data(run):
        return
    raise CallError(
        f"{run.home.root}: this is not test data and would lie there unencrypted [home.no_key]; "
        f"set {KEY_FILE} (benefits key new FILE makes one), or say --unencrypted"
    )


def _is_test_data(run: Run) -> bool:
    """Return whether every company of the source is marked as test data; only they are read.

    So is a folder without a table of ours, whose refusal is the source's own.
    """
    contracts = load_contracts()
    with tempfile.TemporaryDirectory(prefix="benefits-look-") as folder:
        place = Path(folder)
        source = named_source(run, place)
        if isinstance(source, FileSource):
            there = source.tables(contracts)
            if "company" not in there:
                return not there
        companies = {"company": contracts["company"]}
        extracts = source.extract(companies, place, {}).extracts
        if "company" not in extracts or "is_test_data" not in extracts["company"].columns:
            return False
        with duckdb.connect() as connection:
            cells = connection.sql(f"select is_test_data from {extracts['company'].rows_sql}")
            said = [str(cell or "").strip().lower() for (cell,) in cells.fetchall()]
    return bool(said) and all(cell in TRUE for cell in said)
