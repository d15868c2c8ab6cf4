"""The sample employer: operational tables as CSV files, decided by a seed alone.

Belongs here: running the scripts of `sql/` over the books of `books/` in one DuckDB file and
writing `<table>.csv` with the columns of the contract. Does not: any choice of a value (that is
SQL), a clock, a global random state, or knowledge of what the warehouse makes of the rows.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import duckdb

from expectations.contract import Column, Contract, load_contracts
from expectations.frames import identifier, literal
from warehouse.settings import memory_limit

SCRIPTS = Path(__file__).parent / "sql"
BOOKS = Path(__file__).parent / "books"
MAX_PEOPLE = 6_000_000
MAX_COMPANIES = 50
Progress = Callable[[int, int, str], None]


class SampleError(Exception):
    """A sample that cannot be made as asked; the message says which argument is wrong."""


@dataclass(frozen=True)
class SampleRequest:
    """What to make: how many people in how many companies, around which tax year."""

    people: int = 300
    companies: int = 5
    tax_year: int = 2024
    seed: int = 1

    @property
    def first_day(self) -> date:
        """The first day of history: January of the year before the tax year."""
        return date(self.tax_year - 1, 1, 1)

    @property
    def last_day(self) -> date:
        """The last day of history, 30 months later: the end of June after the tax year."""
        return date(self.tax_year + 1, 6, 30)


@dataclass(frozen=True)
class SampleTable:
    """One file that was written."""

    table: str
    rows: int
    path: Path


def generate(
    request: SampleRequest,
    directory: Path,
    progress: Progress | None = None,
) -> tuple[SampleTable, ...]:
    """The files written to the directory, one for each contract table the sample fills."""
    _require(request)
    directory.mkdir(parents=True, exist_ok=True)
    contracts = load_contracts()
    scripts = sorted(SCRIPTS.glob("*.sql"))
    total = len(scripts) + len(contracts)
    tell = progress or (lambda done, total, step: None)
    with _opened() as connection:
        _prepare(connection, request)
        for number, script in enumerate(scripts):
            tell(number, total, script.stem.partition("_")[2].replace("_", " "))
            connection.execute(script.read_text(encoding="utf-8"))
        written = []
        for number, contract in enumerate(contracts.values(), start=len(scripts)):
            tell(number, total, contract.table)
            written.append(_write(connection, contract, directory))
    return tuple(table for table in written if table is not None)


@contextmanager
def _opened() -> Iterator[duckdb.DuckDBPyConnection]:
    """Give a database in a file of its own, so that memory does not grow with the people."""
    with tempfile.TemporaryDirectory(prefix="sample-") as folder:
        connection = duckdb.connect(str(Path(folder) / "sample.duckdb"))
        try:
            connection.execute(f"set memory_limit = {literal(memory_limit())}")
            connection.execute("set checkpoint_threshold = '1GB'")
            yield connection
        finally:
            connection.close()


def _require(request: SampleRequest) -> None:
    if not 1 <= request.companies <= MAX_COMPANIES:
        raise SampleError(f"companies must be 1 to {MAX_COMPANIES}, not {request.companies}")
    if not request.companies <= request.people <= MAX_PEOPLE:
        raise SampleError(
            f"employees must be {request.companies} to {MAX_PEOPLE:,}, not {request.people}"
        )
    if not 2015 <= request.tax_year <= 2090:
        raise SampleError(f"tax year must be 2015 to 2090, not {request.tax_year}")


def _prepare(connection: duckdb.DuckDBPyConnection, request: SampleRequest) -> None:
    connection.execute("set preserve_insertion_order = false")
    settings = {
        "seed": literal(str(request.seed)),
        "people": f"cast({request.people} as bigint)",
        "companies": f"cast({request.companies} as bigint)",
        "tax_year": f"cast({request.tax_year} as bigint)",
        "window_start": f"date '{request.first_day}'",
        "window_end": f"date '{request.last_day}'",
        "books": literal(str(BOOKS)),
    }
    for name, value in settings.items():
        connection.execute(f"set variable {name} = {value}")


def _write(
    connection: duckdb.DuckDBPyConnection, contract: Contract, directory: Path
) -> SampleTable | None:
    """The file of one table in primary-key order; None, and no file, where nothing fills it."""
    path = directory / f"{contract.table}.csv"
    present = _columns(connection, f"out_{contract.table}")
    if not present:
        path.unlink(missing_ok=True)
        return None
    _require_known(contract, present)
    select = ", ".join(_cell(column, column.name in present) for column in contract.columns)
    order = ", ".join(identifier(name) for name in contract.primary_key)
    counted = connection.execute(
        f"copy (select {select} from out_{contract.table} order by {order})"
        f" to {literal(str(path))} (format csv, header true)"
    ).fetchone()
    return SampleTable(contract.table, int(counted[0]) if counted else 0, path)


def _cell(column: Column, is_filled: bool) -> str:
    name = identifier(column.name)
    if not is_filled:
        return f"null as {name}"
    if column.type == "decimal":
        return f"cast({name} as decimal({column.precision}, {column.scale})) as {name}"
    return name


def _require_known(contract: Contract, present: frozenset[str]) -> None:
    unknown = present - {column.name for column in contract.columns}
    if unknown:
        raise SampleError(
            f"{contract.table} has columns outside its contract: {', '.join(sorted(unknown))}"
        )


def _columns(connection: duckdb.DuckDBPyConnection, table: str) -> frozenset[str]:
    rows = connection.execute(
        "select column_name from duckdb_columns() where table_name = ?", [table]
    ).fetchall()
    return frozenset(str(name) for (name,) in rows)
