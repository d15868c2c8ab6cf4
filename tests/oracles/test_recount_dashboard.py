"""Every computed column of the dashboard mart equals an independent recount on 50 companies."""

from __future__ import annotations

from tests.oracles.build import rows_of
from tests.oracles.compare import Ranges, cell, expected_cell, top
from tests.oracles.conftest import Stacked
from tests.oracles.draw import AS_OF
from tests.oracles.recount_dashboard import Figures, Key, read_list, recount

_NOT_MEASURED = ("compliance_score", "utilization_rate", "roi_analysis", "additional_metrics")
_RANGES: Ranges = {
    "total_benefits_cost": (0, top(12)),
    "employer_contributions": (0, top(12)),
    "employee_contributions": (0, top(12)),
    "average_cost_per_employee": (-top(10), top(10)),
    "enrollment_completion_rate": (0, 100),
    "benefits_participation_rate": (0, 100),
    "provider_performance_score": (-top(5), top(5)),
    "employee_satisfaction_score": (-top(5), top(5)),
    "cost_trend_percentage": (-top(5), top(5)),
}
_COUNTS = (
    *("total_enrollments", "active_enrollments", "pending_enrollments", "terminated_enrollments"),
)


def test_the_dashboard_mart_equals_the_recount(stacked: Stacked) -> None:
    rows = rows_of(stacked.warehouse, "marts.benefits_analytics_dashboard", "id")
    actual: dict[str, dict[Key, dict[str, object]]] = {}
    for row in rows:
        key = (row["provider_config_id"], row["analysis_period"], row["report_date"])
        actual.setdefault(str(row["company_id"]), {})[key] = row  # type: ignore[index]
    compared = 0
    for employer in stacked.companies:
        expected = recount(employer, AS_OF)
        found = actual.get(employer.company.id, {})
        assert found.keys() == expected.keys(), employer.company.legal_name
        for key, figures in expected.items():
            _compare(found[key], figures, f"{employer.company.legal_name} {key}")
            compared += 1
    assert compared > 1_000


def _compare(row: dict[str, object], figures: Figures, where: str) -> None:
    for column in _COUNTS:
        value = figures[column]
        status = "not_measured" if value is None else "measured"
        assert (row[column], row[f"{column}_status"]) == (value, status), f"{where} {column}"
    for column, (least, most) in _RANGES.items():
        wanted = expected_cell(figures[column], _status(column, figures), least, most)
        assert cell(row, column) == wanted, f"{where} {column}"
    for column in _NOT_MEASURED:
        assert (row[column], row[f"{column}_status"]) == (None, "not_measured"), column
    trend = [(day.isoformat(), cost) for day, cost in figures["trend"]]  # type: ignore[attr-defined]
    assert read_list(row["trend_data"], "period_end") == trend, where
    departments = dict(read_list(row["department_breakdown"], "department_id"))
    assert departments == figures["departments"], where
    types = dict(read_list(row["benefit_type_breakdown"], "benefit_type"))
    assert types == figures["benefit_types"], where


def _status(column: str, figures: Figures) -> str:
    if column == "provider_performance_score":
        return "reported"
    if column == "cost_trend_percentage":
        return "modelled" if figures["trend_modelled"] else "measured"
    costs = ("total_benefits_cost", "employer_contributions", "average_cost_per_employee")
    return "modelled" if column in costs and figures["modelled"] else "measured"
