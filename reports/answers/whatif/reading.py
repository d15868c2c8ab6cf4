"""Reads what a scenario names and compares, one table at a time, from a build and from its replay.

Not here: running anything, and what the rows mean.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import duckdb
import polars as pl

from reports.answers.whatif import compare
from reports.answers.whatif.asked import Facts
from reports.errors import RequestError

GAINED, LAW = "whatif-%", "law_aca"
RelationOf = Callable[[str], str]


def read_facts(
    connection: duckdb.DuckDBPyConnection,
    relation: RelationOf,
    companies: Sequence[str],
    year: int,
    sql: Sequence[str],
) -> Facts:
    """What a scenario for these companies can name in a year, as published.

    Of the law only what the answer follows from can be set: values that one of the models above it
    (their `sql`) names, beside the one that reads them from the seed.

    Raises RequestError where nobody of them has a month of that year.
    """
    years = connection.sql(
        f"select distinct tax_year from {relation(compare.CODE)} "
        "where list_contains(?, company_id) order by tax_year",
        params=[list(companies)],
    ).fetchall()
    if (year,) not in years:
        known = ", ".join(str(found) for (found,) in years) or "none"
        raise RequestError(f"--tax-year {year}: no month of it is published; years are {known}")
    offered = connection.sql(
        "select distinct company_id, benefit_plan_id, contribution_class, is_ichra "
        f"from {relation('int_law__aca_priced_offer_month')} where tax_year = ? "
        "and list_contains(?, company_id) and reason <> 'cobra_hours'",
        params=[year, list(companies)],
    ).pl()
    codes = connection.sql(
        f"select benefit_plan_id, plan_code from {relation('dim_benefit_plan')}"
    ).pl()
    law = connection.sql(f"from {relation(LAW)}").pl()
    texts = "\n".join(text for text in sql if f'"{LAW}"' not in text)
    read = [parameter for parameter in set(law["parameter"]) if parameter in texts]
    law = law.filter(pl.col("parameter").is_in(read))
    return Facts(year, offered.join(codes, on="benefit_plan_id", how="left"), law)


def read_rows(
    connection: duckdb.DuckDBPyConnection, relation: RelationOf, company_id: str, year: int
) -> Mapping[str, pl.DataFrame]:
    """The rows of one company and year that are compared; of offers only those a scenario adds.

    They are sorted here: an engine that need not keep the order of insertion gives them in any.
    """
    codes = (
        "employee_id",
        "employee_number",
        "month",
        *compare.LINES,
        *compare.UNKNOWN_IF.values(),
    )
    ends = (f"{measure}_{end}" for measure in compare.MEASURES for end in ("low", "high"))
    cost = ("employer_cost", "employer_cost_status", "month(month_start) as month")
    is_health = "benefit_type = 'Health' and year(month_start) = ?"
    wanted: dict[str, tuple[tuple[str, ...], str, int | str]] = {
        compare.CODE: (codes, "tax_year = ?", year),
        compare.EXPOSURE: (("month", *ends), "tax_year = ?", year),
        compare.COST: (cost, is_health, year),
        compare.OFFER: (("benefit_offer_id",), "benefit_offer_id like ?", GAINED),
        compare.PERSON: (("employee_id", "block_reason"), "tax_year = ?", year),
    }
    found = {}
    for name, (columns, condition, value) in wanted.items():
        query = f"select {', '.join(columns)} from {relation(name)} where company_id = ? and "
        frame = connection.sql(query + condition, params=[company_id, value]).pl()
        found[name] = frame.sort(frame.columns)
    return found
