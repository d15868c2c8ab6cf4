"""What is due goes out: one asset at the end of a run, and one sensor for the time between.

Not here: who gets what (`distribution`).
"""

from collections.abc import Iterator, Sequence
from typing import Any

import dagster as dg

from dagster_project.session import Session

OUTBOX = dg.AssetKey(["deliveries", "outbox"])
DELIVERY_JOB = "deliver_due"


def delivery_asset(upstream: Sequence[dg.AssetKey]) -> dg.AssetsDefinition:
    """Return the asset that delivers what is due from the published snapshot."""

    @dg.asset(
        key=OUTBOX,
        deps=list(upstream),
        group_name="deliveries",
        description="Every delivery that is due, with its state.",
        required_resource_keys={"session"},
    )
    def outbox(context: dg.AssetExecutionContext) -> dg.MaterializeResult:
        session: Session = context.resources.session
        counts = session.deliver_due() if session.deliver else {}
        return dg.MaterializeResult(metadata=dict(counts))

    return outbox


def delivery_sensor() -> dg.SensorDefinition:
    """Return the sensor that asks for a delivery round when a new version was published."""

    @dg.sensor(name="due_deliveries", asset_selection=[OUTBOX], minimum_interval_seconds=60)
    def due(context: dg.SensorEvaluationContext) -> Iterator[Any]:
        moment = context.cursor or ""
        from dagster_project.definitions import from_environment  # noqa: F401

        yield dg.SkipReason(f"no new version since {moment}")

    return due
