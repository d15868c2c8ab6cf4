"""`benefits explain kpi`: definition, value, recount, and a disagreement that cannot be missed."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from cli.main import run as benefits
from tests.unit.reports.snapshots import NORTH, SOUTH, publish

METRIC = (
    "create table marts.dim_metric as select 'people_covered' metric_id,"
    " 'People covered' metric_name,"
    " 'Distinct people' formula, 'count' unit, 'company and month' grain,"
    " 'Benefits Admin' as owner,"
    " 'own definition' citation, 'fct_enrollment_month' source_model, 'person_key' source_column,"
    " 'benefits_enrollment' inputs, 'A waiver has coverage' missing, 'a corrected offer' needs"
)
COUNTED = (
    "create table marts.fct_metric_recount as select * from (values "
    "('{north}', 'people_covered', '', 'Monthly', date '2026-10-31', {value}, 'measured',"
    " {recount},"
    " {value} is not distinct from {recount})) t(company_id, metric_id, item_id, analysis_period,"
    " period_end, published_value, status, recounted_value, is_equal)"
)


STORED = (
    "create table marts.fct_stored_metric as select * from (values "
    "('s1', '{north}', null, 'Executive', 'Monthly', date '2026-10-31', 'people_covered',"
    " 2181.0000, 2180.0000, 'measured', true),"
    "('s2', '{north}', null, 'Executive', 'Monthly', date '2026-09-30', 'people_covered',"
    " 2180.0000, 2180.0000, 'measured', false),"
    "('s3', '{north}', null, 'Executive', 'Monthly', date '2026-08-31', 'people_covered', 5.0000,"
    " null, 'not_measured', false)"
    ") t(stored_analytics_dashboard_id, company_id, provider_config_id, dashboard_type,"
    " analysis_period, report_date, metric_id, stored_value, computed_value, status, is_different)"
)


def home(tmp_path: Path, value: str = "2180.0000", recount: str = "2180.0000") -> Path:
    counted = COUNTED.format(north=NORTH, value=value, recount=recount)
    return publish(tmp_path, METRIC, counted)


def test_a_metric_is_explained_with_its_recount(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    call = ["explain", "kpi", "People covered", "--home", str(home(tmp_path)), "--company", NORTH]
    assert benefits(call) == 0
    text = capsys.readouterr().out
    for part in ("Distinct people.", "own definition", "benefits_enrollment", "Benefits Admin"):
        assert part in text
    assert "✓ Monthly to 2026-10-31: 2,180, measured; the recount agrees" in text


def test_the_machine_gets_the_same_facts(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    call = ["explain", "kpi", "people_covered", "--home", str(home(tmp_path)), "--json"]
    assert benefits(call) == 0
    answer = json.loads(capsys.readouterr().out)
    (north, south) = answer["companies"]
    assert (north["company_id"], south["company_id"]) == (NORTH, SOUTH)
    assert north["values"][0]["agrees"] is True
    assert north["values"][0]["value"] == north["values"][0]["recount"] == "2180.0000"
    assert south["values"] == []
    assert answer["recount_model"] == "recount_people_covered"


@pytest.mark.parametrize(
    ("value", "recount", "words"),
    [
        (
            "2180.0000",
            "2179.0000",
            "✗ Monthly to 2026-10-31: 2,180, measured; the recount says 2,179",
        ),
        ("2180.0000", "null::decimal(30,4)", "the recount says nothing"),
        ("null::decimal(30,4)", "null::decimal(30,4)", "A waiver has coverage; the recount agrees"),
    ],
)
def test_a_disagreement_or_an_unknown_value_ends_with_1(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], value: str, recount: str, words: str
) -> None:
    call = ["explain", "kpi", "people_covered", "--home", str(home(tmp_path, value, recount))]
    assert benefits(call) == 1
    assert words in capsys.readouterr().out


@pytest.mark.parametrize(
    ("call", "words"),
    [
        (["explain", "kpi", "turnover"], "metric 'turnover': not known; known are people_covered"),
        (["explain", "weather", "people_covered"], "knows kpi NAME and aca, not 'weather'"),
    ],
)
def test_a_wrong_call_is_one_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], call: list[str], words: str
) -> None:
    assert benefits([*call, "--home", str(home(tmp_path))]) == 2
    assert words in capsys.readouterr().err


def test_bi_126_what_the_source_stored_stands_beside_ours(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    counted = COUNTED.format(north=NORTH, value="2180.0000", recount="2180.0000")
    place = publish(tmp_path, METRIC, counted, STORED.format(north=NORTH))
    call = ["explain", "kpi", "people_covered", "--home", str(place)]
    assert benefits(call) == 0
    text = capsys.readouterr().out
    assert "1 of 2 figures the source stored differ from ours [reconcile.stored_metric]" in text
    assert "Monthly to 2026-10-31: stored 2,181, ours 2,180" in text
    assert benefits([*call, "--json"]) == 0
    north, south = json.loads(capsys.readouterr().out)["companies"]
    [different] = north["stored"]["different"]
    assert (different["stored"], different["value"]) == ("2181.0000", "2180.0000")
    assert south["stored"] == {"compared": 0, "different": []}
