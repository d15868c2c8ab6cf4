"""The whole asset graph as one Definitions object, for `dagster dev` and for `benefits run`.

`dagster dev -m dagster_project.definitions` reads the home, source and business date from the
environment (BENEFITS_HOME, BENEFITS_SOURCE, BENEFITS_AS_OF). Not here: what any asset does.
"""

import os
from datetime import UTC, date, datetime
from pathlib import Path

import dagster as dg

from dagster_project.assets.dbt import dbt_models
from dagster_project.assets.deliveries import delivery_asset, delivery_sensor
from dagster_project.assets.filings import SNAPSHOT, document_assets, snapshot_asset
from dagster_project.assets.landing import landing_assets, source_assets
from dagster_project.instance import keep_quiet
from dagster_project.manifest import manifest_file
from dagster_project.session import Session
from expectations.contract import load_contracts
from reports.registry import REPORTS
from warehouse.build import Project
from warehouse.home import Home
from warehouse.opening import begin_home
from warehouse.publish.snapshot import SCHEMAS
from warehouse.settings import Run

JOB = "benefits_run"


def build_definitions(session: Session) -> dg.Definitions:
    """Return the asset graph around one session: landing, dbt, snapshot, documents, deliveries."""
    contracts = session.contracts
    land = landing_assets(contracts)
    dbt = dbt_models(manifest_file(session))
    published = [k for k in dbt.keys if k.path[0] in SCHEMAS]
    documents = document_assets(REPORTS)
    assets: list[dg.AssetsDefinition | dg.AssetSpec] = [
        *source_assets(contracts),
        land,
        dbt,
        snapshot_asset(published),
        *documents,
        delivery_asset([SNAPSHOT]),
    ]
    aside = dg.AssetSelection.key_prefixes(["source"], ["documents"])
    job = dg.define_asset_job(JOB, selection=dg.AssetSelection.all() - aside)
    daily = dg.ScheduleDefinition(
        name="daily", job=job, cron_schedule="0 5 * * *", execution_timezone="America/New_York"
    )
    return dg.Definitions(
        assets=assets,
        jobs=[job],
        schedules=[daily],
        sensors=[delivery_sensor(session)],
        resources={"session": dg.ResourceDefinition.hardcoded_resource(session)},
        executor=dg.in_process_executor,
    )


def from_environment() -> dg.Definitions:
    """Return the definitions for the orchestrator's own process."""
    root = Path(os.environ.get("BENEFITS_HOME", "var")).resolve()
    home = begin_home(root, unencrypted=_is_plain())
    home.prepare()
    keep_quiet(home.dagster)
    session = Session(
        run_from_environment(home),
        Project(),
        contracts=load_contracts(),
        fresh=lambda: run_from_environment(home),
    )
    return build_definitions(session)


def _is_plain() -> bool:
    return os.environ.get("BENEFITS_UNENCRYPTED", "") == "1"


def run_from_environment(home: Home) -> Run:
    """Return a run's arguments as they are at this moment: the orchestrator lives for days."""
    now = datetime.now(UTC)
    as_of = os.environ.get("BENEFITS_AS_OF", "")
    return Run(
        as_of=date.fromisoformat(as_of) if as_of else now.date(),
        now=now,
        actor=os.environ.get("BENEFITS_ACTOR", "dagster"),
        home=home,
        unencrypted=_is_plain(),
        source=os.environ.get("BENEFITS_SOURCE", ""),
    )


@dg.definitions
def defs() -> dg.Definitions:
    """Return the definitions when the orchestrator asks; importing this module does no work."""
    return from_environment()
