"""Every computed column of the compliance and monitoring marts equals an independent recount."""

from __future__ import annotations

import csv
import json
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

from tests.oracles.build import rows_of
from tests.oracles.compare import Ranges, expected_cell, top
from tests.oracles.conftest import Stacked
from tests.oracles.draw import AS_OF
from tests.oracles.recount_compliance import TYPES, recount
from tests.oracles.recount_dashboard import latest_of_day

_RULES = Path(__file__).parents[2] / "dbt" / "seeds" / "codes" / "code_compliance_rule.csv"
_MEASURED = (
    *("compliance_score", "violations_detected", "open_violations", "critical_violations"),
)


def test_the_compliance_mart_equals_the_recount(stacked: Stacked) -> None:
    rows = rows_of(stacked.warehouse, "marts.benefits_compliance_monitoring", "id")
    actual = {(row["company_id"], row["compliance_type"]): row for row in rows}
    everyone = (*stacked.companies, *stacked.histories)
    assert actual.keys() == {(e.company.id, kind) for e in everyone for kind in TYPES}
    for employer in everyone:
        for kind, figures in recount(employer, AS_OF).items():
            row = actual[employer.company.id, kind]
            where = f"{employer.company.legal_name} {kind}"
            assert row["compliance_status"] == figures["compliance_status"], where
            for column in _MEASURED:
                status = "not_measured" if figures[column] is None else "measured"
                wanted = (figures[column], status)
                assert (row[column], row[f"{column}_status"]) == wanted, f"{where} {column}"
            assert _day(row["last_check_date"]) == figures["last_check_date"], where
            assert _day(row["next_check_date"]) == figures["next_check_date"], where
            assert _results(row["monitoring_results"]) == figures["results"], where


def test_every_registered_rule_answers_or_names_what_is_missing(stacked: Stacked) -> None:
    with _RULES.open(newline="") as file:
        registered = list(csv.DictReader(file))
    rows = rows_of(stacked.warehouse, "marts.benefits_compliance_monitoring", "id")
    one = str(stacked.companies[0].company.id)
    listed: dict[str, dict[str, object]] = {}
    for row in rows:
        if row["company_id"] == one:
            listed |= {item["rule_id"]: item for item in json.loads(str(row["monitoring_results"]))}
    assert listed.keys() == {rule["rule_id"] for rule in registered if rule["compliance_type"]}
    for rule_id, item in listed.items():
        assert ("missing" in item) != ("evaluated" in item), rule_id
        assert "missing" not in item or str(item["missing"]).count(".") == 1, rule_id


def test_monitoring_passes_the_latest_row_of_a_day_through(stacked: Stacked) -> None:
    ranges: Ranges = {
        "sync_success_rate": (0, 100),
        "data_accuracy_score": (0, 100),
        "error_rate": (0, 100),
        "performance_score": (0, 100),
        "availability_percentage": (-top(5), top(5)),
        "api_response_time_ms": (0, 10**9),
    }
    rows = rows_of(stacked.warehouse, "marts.benefits_integration_monitoring", "id")
    actual = {(r["company_id"], r["provider_config_id"], r["monitoring_date"]): r for r in rows}
    assert len(actual) == len(rows)
    for employer in stacked.companies:
        days = latest_of_day(employer, AS_OF)
        mine = {key[1:] for key in actual if key[0] == employer.company.id}
        assert mine == days.keys()
        for (provider, day), stored in days.items():
            row = actual[employer.company.id, provider, day]
            for column, (least, most) in ranges.items():
                wanted = expected_cell(getattr(stored, column), "reported", least, most)
                assert (row[column], row[f"{column}_status"], row[f"{column}_exact"]) == wanted
            assert row["sla_compliance"] == stored.sla_compliance
            assert row["cpu_usage_percentage_status"] == "not_measured"


def _day(value: object) -> date | None:
    return value.date() if isinstance(value, datetime) else None


def _results(text: object) -> dict[str, tuple[int, int]]:
    items = json.loads(str(text), parse_int=int, parse_float=Decimal)
    return {i["rule_id"]: (i["open"], i["evaluated"]) for i in items if "evaluated" in i}
