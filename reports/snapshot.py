"""The only reader of a published snapshot.

Belongs here: opening the file read-only, and single-table selects narrowed to one company and one
period. Does not belong here: which version is read (`reports.published`), joins, sums or any rule
(dbt has them), or writing anything.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import duckdb
import polars as pl

from reports.access.viewer import Viewer
from reports.errors import RequestError, SnapshotError
from reports.model import Facts, Report, ReportRequest, period_end
from reports.published import Held, hold_current

__all__ = ["Company", "Snapshot", "open_snapshot", "period_end"]

NOT_GRADED = "not graded"
Connect = Callable[[str], duckdb.DuckDBPyConnection]
_SCHEMAS = ("reports", "marts", "quality")


@dataclass(frozen=True)
class Company:
    """One company of the snapshot."""

    company_id: str
    name: str
    ein: str | None
    is_active: bool | None
    is_test_data: bool | None

    @property
    def ein_digits(self) -> str:
        """Its EIN without the dash, or the empty text."""
        return (self.ein or "").replace("-", "")

    @property
    def doubt(self) -> str:
        """What the source does not say about it, in words, or the empty text."""
        if self.is_active is not None:
            return ""
        return f"{self.name}: company.is_active is empty in the source: say true or false"


def open_snapshot(
    home: Path, connect: Connect | None = None, *, only_current: bool = False
) -> Snapshot:
    """The current version of a home, opened read-only; close it, or use it in a `with`.

    Where the current version is damaged, the whole one before it is opened and `alert` says so,
    unless `only_current` asks for a refusal. `connect` opens the file of a version where that takes
    more than its path: a key.
    """
    held = hold_current(home, only_current=only_current)
    try:
        path = str(held.snapshot)
        connection = connect(held.version) if connect else duckdb.connect(path, read_only=True)
    except duckdb.Error as error:
        held.let_go()
        raise SnapshotError(f"version {held.version}: snapshot.duckdb cannot be opened") from error
    return Snapshot(held, connection)


class Snapshot:
    """One published data version; every read takes a viewer."""

    def __init__(self, held: Held, connection: duckdb.DuckDBPyConnection) -> None:
        self.data_version = held.version
        self.as_of = date.fromisoformat(held.manifest["as_of"])
        self.alert = held.alert
        self._held = held
        self._connection = connection
        self._columns = self._read_columns()

    def __enter__(self) -> Snapshot:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Give the file back."""
        self._connection.close()
        self._held.let_go()

    @property
    def companies(self) -> tuple[Company, ...]:
        """Every company of the snapshot, by name."""
        frame = self._select("dim_company", {})
        return tuple(
            Company(
                company_id=str(row["company_id"]),
                name=str(row["legal_name"] or ""),
                ein=row["ein"],
                is_active=row["is_active"],
                is_test_data=row["is_test_data"],
            )
            for row in frame.sort("legal_name", "company_id").iter_rows(named=True)
        )

    @property
    def reporting_companies(self) -> tuple[Company, ...]:
        """Every company not known to be inactive; the caller names those with a `doubt`."""
        return tuple(company for company in self.companies if company.is_active is not False)

    def find_company(self, wanted: str) -> Company:
        """The company with this id or EIN (with or without its dash)."""
        key = wanted.strip().lower()
        digits = key.replace("-", "")
        for company in self.companies:
            if company.company_id.lower() == key or (company.ein or "").replace("-", "") == digits:
                return company
        raise RequestError(f"company {wanted!r}: no company has this id or EIN")

    def facts(self, company_id: str) -> Facts:
        """What every page says about its source, for one company."""
        company = self.find_company(company_id)
        graded = self._select("quality.certificate", {"company_id": company.company_id})
        return Facts(
            company_id=company.company_id,
            company_name=company.name,
            ein=company.ein,
            data_version=self.data_version,
            as_of=self.as_of,
            grade=str(graded["grade"][0]) if graded.height else NOT_GRADED,
            is_test_data=company.is_test_data is True,
        )

    def rows(
        self, report: Report, request: ReportRequest, viewer: Viewer
    ) -> dict[str, pl.DataFrame]:
        """The rows a report reads, by model: one company, one period, in a stable order."""
        viewer.check(report, request.company_id)
        is_month = request.period is not None and not report.is_any_period
        wanted = {
            "company_id": request.company_id,
            "tax_year": request.tax_year,
            "plan_year": request.plan_year,
            "period_end": period_end(str(request.period)) if is_month else None,
        }
        filters = {column: value for column, value in wanted.items() if value is not None}
        return {model: self._select(model, filters) for model in report.rows}

    def table(self, model: str) -> pl.DataFrame:
        """Every row of one published table, for answers about the version as a whole."""
        return self._select(model, {})

    def where(self, model: str, wanted: Mapping[str, object]) -> pl.DataFrame:
        """The rows of one published table with these values, for answers about one of them."""
        return self._select(model, wanted)

    def has(self, model: str) -> bool:
        """Whether the version holds a table: one made for a few reports has only theirs."""
        return any((schema, model) in self._columns for schema in _SCHEMAS)

    def _read_columns(self) -> dict[tuple[str, str], tuple[str, ...]]:
        found: dict[tuple[str, str], list[str]] = {}
        rows = self._connection.execute(
            "select schema_name, table_name, column_name from duckdb_columns() "
            "where database_name = current_database() order by table_name, column_index"
        ).fetchall()
        for schema, table, column in rows:
            found.setdefault((schema, table), []).append(column)
        return {key: tuple(columns) for key, columns in found.items()}

    def _locate(self, model: str) -> tuple[str, str]:
        schema, _, table = model.rpartition(".")
        for candidate in (schema,) if schema else _SCHEMAS:
            if (candidate, table) in self._columns:
                return candidate, table
        raise SnapshotError(f"version {self.data_version}: it has no model {model}")

    def _select(self, model: str, filters: Mapping[str, object]) -> pl.DataFrame:
        schema, table = self._locate(model)
        present = {c: v for c, v in filters.items() if c in self._columns[schema, table]}
        condition = " and ".join(f'"{column}" = ?' for column in present) or "true"
        query = f'select * from {schema}."{table}" where {condition} order by all'
        return self._connection.sql(query, params=list(present.values())).pl()
