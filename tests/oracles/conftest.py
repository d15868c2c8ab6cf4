"""One warehouse per session for every oracle: histories and companies stacked in one build.

Belongs here: the shared build. Does not: assertions.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.oracles.build import build, write_landing
from tests.oracles.draw import AS_OF
from tests.oracles.employers import random_employer
from tests.oracles.facts import Employer, landing_rows

HISTORIES, RECOUNTED = 3_000, 50
_PEOPLE = 20
_MODELS = (
    "+benefits_analytics_dashboard",
    "+benefits_cost_analysis",
    "+benefits_integration_monitoring",
    "+benefits_compliance_monitoring",
    "fct_benefit_cost_month",
    "fct_budget_variance",
    "+fct_enrollment_month",
    "+fct_offer_month",
    "+fct_metric_recount",
)


@dataclass(frozen=True)
class Stacked:
    """The built warehouse and the facts it was built from."""

    warehouse: Path
    histories: tuple[Employer, ...]
    companies: tuple[Employer, ...]


@pytest.fixture(scope="session")
def stacked(tmp_path_factory: pytest.TempPathFactory) -> Stacked:
    """3,000 histories for the cost oracle and 50 companies for the recount, built once."""
    histories = tuple(
        random_employer(seed, _PEOPLE) for seed in range(1_000, 1_000 + HISTORIES // _PEOPLE)
    )
    companies = tuple(
        random_employer(seed, people=3 + seed % 9, holes=0.0 if seed % 3 else 0.02)
        for seed in range(RECOUNTED)
    )
    home = tmp_path_factory.mktemp("stacked")
    write_landing(home, landing_rows((*histories, *companies)))
    return Stacked(build(home, AS_OF.isoformat(), _MODELS), histories, companies)
