"""What is due goes out: one asset at the end of a run, and one sensor for the time between.

Not here: who gets what (`distribution`).
"""

from collections.abc import Iterator, Sequence
from typing import Any

import dagster as dg

from dagster_project.session import Session
from warehouse.publish import pointer

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
    def outbox(context: dg.AssetExecutionContext) -> dg.MaterializeResult[None]:
        session: Session = context.resources.session
        if not session.deliver:
            return dg.MaterializeResult(metadata={"skipped": True})
        return dg.MaterializeResult(metadata=dict(session.deliver_due().counts()))

    return outbox


def delivery_sensor(session: Session) -> dg.SensorDefinition:
    """Return the sensor that looks every minute for a delivery that is due and could leave."""
    job = dg.define_asset_job(DELIVERY_JOB, selection=[OUTBOX])

    @dg.sensor(name="due_deliveries", job=job, minimum_interval_seconds=60)
    def due(context: dg.SensorEvaluationContext) -> Iterator[Any]:
        if pointer.current(session.run.home) is None:
            yield dg.SkipReason("nothing is published yet")
            return
        if not session.could_leave():
            yield dg.SkipReason("nothing is due")
            return
        yield dg.RunRequest()

    return due
