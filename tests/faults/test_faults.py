"""Whatever goes wrong at whichever step: nothing lost, half, mixed or falsely sent; a re-run heals.

P2, P4, P7, P11 and P12 of every stage. Each fault's line is enough to let it happen again
(`python -m tests.faults.campaign`). A hundred and fifty in every run, a thousand in `make prove`.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.faults import campaign
from tests.faults.effects import Fault

SEED = int(os.environ.get("BENEFITS_FAULT_SEED", "7"))
SHORT = {"landing": 16, "publish": 16, "render": 24, "outbox": 94}
LONG = 250


def problems(stage: str, count: int, seed: int) -> list[str]:
    outcomes = campaign.run(stage, count, seed)
    assert len(outcomes) == count
    return [f"{o.fault}: {o.ended}: {'; '.join(o.problems)}" for o in outcomes if o.problems]


def test_a_hundred_and_fifty_faults_are_struck_in_every_run() -> None:
    assert sum(SHORT.values()) == 150


@pytest.mark.parametrize("stage", campaign.STAGES)
def test_no_fault_leaves_anything_lost_half_or_mixed(stage: str) -> None:
    assert problems(stage, SHORT[stage], SEED) == []


def test_careless_work_is_found_out(tmp_path: Path) -> None:
    careless = campaign.Campaign("careless", tmp_path)
    killed = [
        careless.suffer(Fault("careless", "kill", place, 1))
        for place in range(2, careless.calm["effects"], 9)
    ]
    assert any("unrecorded" in problem for outcome in killed for problem in outcome.problems)


@pytest.mark.prove
@pytest.mark.parametrize("stage", campaign.STAGES)
def test_none_of_a_thousand_faults_does(stage: str) -> None:
    assert problems(stage, LONG, SEED + 1) == []
