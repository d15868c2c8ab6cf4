"""The published snapshot, and one asset per document of the report registry.

Not here: what a document says (`reports`), and who receives it (`distribution`).
"""

from collections.abc import Sequence

import dagster as dg

from dagster_project.session import Session
from reports.model import Report
from warehouse.errors import WarehouseError
from warehouse.publish.prepare import finish_publish
from warehouse.publish.retention import kept_versions, retire

SNAPSHOT = dg.AssetKey(["published", "snapshot"])


def snapshot_asset(upstream: Sequence[dg.AssetKey]) -> dg.AssetsDefinition:
    """Return the asset of the published snapshot, downstream of every mart and report row."""

    @dg.asset(
        key=SNAPSHOT,
        deps=list(upstream),
        group_name="published",
        description="One immutable DuckDB file per data version, and the pointer to the current.",
        required_resource_keys={"session"},
    )
    def snapshot(context: dg.AssetExecutionContext) -> dg.MaterializeResult[None]:
        session: Session = context.resources.session
        run = session.run
        plan = session.plan
        if plan is None:
            raise WarehouseError("nothing was built in this run; materialize the models too")
        digest = finish_publish(
            plan,
            run.home,
            session.contracts,
            lambda done, total: session.bar("Publish", done, total),
        )
        session.remember(plan.version)
        session.ledger.records.record_version(
            plan.version,
            digest,
            run.now,
            actor=run.actor,
            as_of=run.as_of,
            run_id=session.run_id or None,
            parent=plan.parent,
        )
        gone = retire(run.home, session.ledger.records.pinned_versions(), kept_versions())
        session.ledger.records.record_retired(gone, run.actor, run.now)
        tail = f", {len(gone)} old retired" if gone else ""
        session.progress("Publish", f"version {plan.version}{tail}")
        if session.fresh:
            session.close_run("published", plan.version)  # nobody else does where a daemon runs it
        return dg.MaterializeResult(metadata={"data_version": plan.version})

    return snapshot


def document_assets(reports: Sequence[Report]) -> list[dg.AssetsDefinition]:
    """Return one asset per registered report: its documents for every active company."""
    return [_document_asset(report) for report in reports]


def _document_asset(report: Report) -> dg.AssetsDefinition:
    @dg.asset(
        key=dg.AssetKey(["documents", report.name]),
        deps=[SNAPSHOT],
        group_name="documents",
        description=report.title,
        required_resource_keys={"session"},
    )
    def documents(context: dg.AssetExecutionContext) -> dg.MaterializeResult[None]:
        session: Session = context.resources.session
        made = session.make_documents(report)
        return dg.MaterializeResult(metadata={"documents": made})

    return documents
