"""The machine's own bad days by their names in the corpus, struck by the harness at every step."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from tests.faults.campaign import Campaign
from tests.faults.child import in_child
from tests.faults.effects import Fault
from tests.faults.stages import contracts, settled
from tests.faults.strike import damage_scratch, judge, work
from tests.unit.warehouse.conftest import EMPLOYEES, no_judge, run_of, write_source
from warehouse.landing.ingest import ingest


@pytest.fixture(scope="module")
def render(tmp_path_factory: pytest.TempPathFactory) -> Campaign:
    return Campaign("render", tmp_path_factory.mktemp("render"))


@pytest.fixture(scope="module")
def landing(tmp_path_factory: pytest.TempPathFactory) -> Campaign:
    return Campaign("landing", tmp_path_factory.mktemp("landing"))


def places(campaign: Campaign, *names: str) -> list[int]:
    return [n for n, name in enumerate(campaign.calm["names"], start=1) if name in names]


def test_bi_178_a_disk_that_fills_while_a_document_is_written_leaves_no_part(
    render: Campaign,
) -> None:
    for place in places(render, "file.write")[::2]:
        outcome = render.suffer(Fault("render", "disk full", place, 1))
        assert (outcome.ended, outcome.problems) == ("one clear line", ())


def test_bi_179_a_read_only_home_is_one_line_before_anything_is_done(landing: Campaign) -> None:
    first = places(landing, "os.open")[0]
    outcome = landing.suffer(Fault("landing", "read-only", first, 1))
    assert (outcome.ended, outcome.problems) == ("one clear line", ())
    said = (landing.base / "hurt" / "said.txt").read_text()
    assert said.count("[env.readonly]") == said.count("\n") == 1


@pytest.mark.parametrize("seed", range(3))
def test_bi_186_what_a_killed_load_left_at_any_byte_is_not_read(
    landing: Campaign, seed: int, tmp_path: Path
) -> None:
    fault = Fault("landing", "kill", random.Random(seed).randrange(60, 110), seed)
    outcome = landing.suffer(fault)
    assert outcome.problems == ()
    assert in_child(damage_scratch, landing.base / "hurt", seed) == 0
    assert in_child(work, "landing", landing.base / "hurt") == 0
    answer = tmp_path / "answer.json"
    assert in_child(judge, fault, landing.base / "hurt", landing.base / "calm.json", answer) == 0
    assert '"problems": []' in answer.read_text()


def test_bi_187_a_clock_set_back_while_sending_sends_nothing_twice(
    tmp_path: Path,
) -> None:
    outbox = Campaign("outbox", tmp_path)
    last = outbox.calm["effects"]
    for place in range(last // 3, last, last // 5):
        assert outbox.suffer(Fault("outbox", "clock back", place, 1)).problems == ()


@pytest.mark.parametrize("stage", ["landing", "render"])
def test_bi_188_a_kill_at_any_step_leaves_what_an_undisturbed_run_gives(
    stage: str, request: pytest.FixtureRequest
) -> None:
    """The short selection; `test_faults` has the hundred and fifty, and the thousand."""
    campaign: Campaign = request.getfixturevalue(stage)
    last = campaign.calm["effects"]
    for place in (1, last // 2, last):
        assert campaign.suffer(Fault(stage, "kill", place, 1)).problems == ()


def test_a_small_file_cut_while_it_waits_ends_nobody(landing: Campaign) -> None:
    for place in (2, 11):
        assert landing.suffer(Fault("landing", "source cut", place, 1)).problems == ()
        said = (landing.base / "hurt" / "said.txt").read_text()
        assert "Traceback" not in said


def test_a_file_cut_within_a_record_ends_nobody(tmp_path: Path) -> None:
    source, home = write_source(tmp_path / "source"), tmp_path / "home"
    with settled():
        ingest(run_of(home, source), contracts(), no_judge)
        path = source / "employee.csv"
        path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
        report = ingest(run_of(home, source), contracts(), no_judge)
    assert (report.tables["employee"].rows, report.tables["employee"].rejected) == (EMPLOYEES, 1)
