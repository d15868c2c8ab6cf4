"""An orchestrator instance for one run in this process that keeps no log of its events.

The ledger says what a run did. Stored, even in memory, every event of a graph of a thousand assets
and checks is written out, put into an index and read again, whatever the run has to do. Not here:
what `dagster dev` keeps, which has a folder of its own.
"""

from collections.abc import Sequence
from typing import Any

import dagster as dg
from dagster._core.event_api import EventRecordsResult
from dagster._core.instance import InstanceType
from dagster._core.launcher.sync_in_memory_run_launcher import SyncInMemoryRunLauncher
from dagster._core.run_coordinator import DefaultRunCoordinator
from dagster._core.storage.event_log import InMemoryEventLogStorage
from dagster._core.storage.noop_compute_log_manager import NoOpComputeLogManager
from dagster._core.storage.root import TemporaryLocalArtifactStorage
from dagster._core.storage.runs import InMemoryRunStorage


class NoEventLog(InMemoryEventLogStorage):
    """Takes every event and keeps none; a run hears of its own events without it."""

    def store_event(self, event: Any) -> None:
        """Keep nothing."""

    def store_event_batch(self, events: Sequence[Any]) -> None:
        """Keep nothing."""

    def get_asset_records(self, asset_keys: Sequence[dg.AssetKey] | None = None) -> Sequence[Any]:
        """Return nothing: no asset was ever materialized as far as this log knows."""
        return []

    def fetch_observations(self, *_: Any, **__: Any) -> EventRecordsResult:
        """Return nothing: no asset was ever observed either."""
        return EventRecordsResult([], cursor="", has_more=False)


def unlogged_instance() -> dg.DagsterInstance:
    """Return an instance as `DagsterInstance.ephemeral` makes it, without its event log."""
    return dg.DagsterInstance(
        instance_type=InstanceType.EPHEMERAL,
        local_artifact_storage=TemporaryLocalArtifactStorage(),  # type: ignore[no-untyped-call]
        run_storage=InMemoryRunStorage(),
        event_storage=NoEventLog(),
        compute_log_manager=NoOpComputeLogManager(),
        run_coordinator=DefaultRunCoordinator(),
        run_launcher=SyncInMemoryRunLauncher(),
    )
