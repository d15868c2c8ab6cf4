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
from warehouse.home import Home, write_atomically
from warehouse.landing.ingest import named_source
from warehouse.settings import Run
from warehouse.sources.extract import Extraction, Known
from warehouse.sources.files import FileSource

TABLE, MARK, NOTE = "company", "is_test_data", "test-data"
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

    A file that this home found to be so is not read again. So is a folder without a table of ours,
    whose refusal is the source's own.
    """
    contracts = load_contracts()
    with tempfile.TemporaryDirectory(prefix="benefits-look-") as folder:
        source = named_source(run, Path(folder))
        if not isinstance(source, FileSource):
            return _says_so(source.extract({TABLE: contracts[TABLE]}, Path(folder), {}))
        there = source.tables(contracts)
        if TABLE not in there:
            return not there
        known = {TABLE: Known(token=_found_before(run.home))}
        found = source.extract({TABLE: contracts[TABLE]}, Path(folder), known)
        is_so = TABLE in found.unchanged or _says_so(found)
        if is_so and TABLE in found.extracts:
            _remember(run.home, found.extracts[TABLE].known.token)
        return is_so


def _says_so(found: Extraction) -> bool:
    company = found.extracts.get(TABLE)
    if company is None or MARK not in company.columns:
        return False
    with duckdb.connect() as connection:
        cells = connection.sql(f"select {MARK} from {company.rows_sql}").fetchall()
    said = [str(cell or "").strip().lower() for (cell,) in cells]
    return bool(said) and all(cell in TRUE for cell in said)


def _found_before(home: Home) -> str:
    """Return what names the file of companies last found to be test data, or ""."""
    note = home.root / NOTE
    return note.read_text() if note.is_file() else ""


def _remember(home: Home, token: str) -> None:
    if home.root.is_dir():  # a home is made by its first run, not by looking
        write_atomically(home.root / NOTE, token.encode())
