"""Every computed column of the cost mart and every budget variance equals the recount."""

from __future__ import annotations

from tests.oracles.build import rows_of
from tests.oracles.compare import Ranges, cell, expected_cell, top
from tests.oracles.conftest import Stacked
from tests.oracles.draw import AS_OF
from tests.oracles.exact import month_end
from tests.oracles.recount_cost import Figures, recount, recount_budgets

_RANGES: Ranges = {
    "cost_amount": (0, top(12)),
    "cost_percentage": (0, 100),
    "budget_amount": (-top(12), top(12)),
    "variance_amount": (-top(12), top(12)),
    "variance_percentage": (-top(5), top(5)),
    "average_cost_per_enrollment": (0, top(10)),
    "period_over_period_change": (-top(5), top(5)),
    "year_over_year_change": (-top(5), top(5)),
}
_MODELLED_BY = {
    "cost_percentage": "share_modelled",
    "period_over_period_change": "period_over_period_change_modelled",
    "year_over_year_change": "year_over_year_change_modelled",
}
_NOT_MEASURED = (
    *("cost_driver", "cost_trend", "efficiency_score", "benchmark_comparison"),
    *("cost_optimization_opportunities", "roi_analysis", "utilization_impact"),
)


def test_the_cost_mart_equals_the_recount(stacked: Stacked) -> None:
    actual = {
        (
            row["company_id"], row["provider_config_id"], row["cost_category"],
            row["department_id"], row["benefit_type"], row["analysis_date"],
        ): row
        for row in rows_of(stacked.warehouse, "marts.benefits_cost_analysis", "id")
    }  # fmt: skip
    wanted = {
        (employer.company.id, *leaf, month_end(month)): figures
        for employer in stacked.companies
        for (leaf, month), figures in recount(employer, AS_OF).items()
    }
    companies = {employer.company.id for employer in stacked.companies}
    assert {key for key in actual if key[0] in companies} == wanted.keys()
    for key, figures in wanted.items():
        _compare(actual[key], figures, str(key))
    assert len(wanted) > 2_000


def _compare(row: dict[str, object], figures: Figures, where: str) -> None:
    count = figures["enrollment_count"]
    assert row["enrollment_count"] == count, where
    assert row["enrollment_count_status"] == ("not_measured" if count is None else "measured")
    for column, (least, most) in _RANGES.items():
        modelled = figures[_MODELLED_BY.get(column, "modelled")] and column != "budget_amount"
        wanted = expected_cell(figures[column], "modelled" if modelled else "measured", least, most)
        assert cell(row, column) == wanted, f"{where} {column}"
    for column in _NOT_MEASURED:
        assert (row[column], row[f"{column}_status"]) == (None, "not_measured"), column


def test_budgets_are_compared_at_their_own_grain(stacked: Stacked) -> None:
    columns = (
        "department_id",
        "cost_category",
        "benefit_type",
        "provider_config_id",
        "month_start",
    )
    actual = {
        (row["company_id"], *(row[column] for column in columns)): row
        for row in rows_of(stacked.warehouse, "marts.fct_budget_variance", "company_id")
    }
    compared = 0
    for employer in stacked.companies:
        for key, figures in recount_budgets(employer, AS_OF).items():
            row = actual[(employer.company.id, *key)]
            assert {name: row[name] for name in figures} == figures, str(key)
            compared += 1
    assert compared > 400
