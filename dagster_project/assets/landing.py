"""Landing assets: one per operational table, each with its gate as a blocking check.

One step lands them all, because a load is one database that is accepted or not as a whole.
Not here: how a table is read, cast or judged (`warehouse`).
"""

from collections.abc import Iterator, Mapping
from typing import Any

import dagster as dg

from dagster_project.session import Session
from expectations.contract import Contract
from ledger.store import Ledger
from warehouse.gate.judge import judge
from warehouse.landing.ingest import ingest
from warehouse.landing.plain import require_encryption
from warehouse.landing.report import LandingReport, TableReport
from warehouse.settings import Run

CHECK = "gate"


def landing_key(table: str) -> dg.AssetKey:
    """Return the asset key of a landed table."""
    return dg.AssetKey(["landing", table])


def source_key(contract: Contract) -> dg.AssetKey:
    """Return the asset key of a table in the customer's own database."""
    return dg.AssetKey(["source", contract.table])


def landing_assets(contracts: Mapping[str, Contract]) -> dg.AssetsDefinition:
    """Return the assets of all contracts, with one blocking check each."""
    specs = [
        dg.AssetSpec(
            landing_key(table),
            group_name=contract.domain.replace(" ", "_"),
            description=contract.description,
            deps=[source_key(contract)],
            kinds={"duckdb"},
        )
        for table, contract in contracts.items()
    ]
    checks = [
        dg.AssetCheckSpec(CHECK, asset=landing_key(table), blocking=True) for table in contracts
    ]

    @dg.multi_asset(
        name="land",
        specs=specs,
        check_specs=checks,
        required_resource_keys={"session"},
    )
    def land(context: dg.AssetExecutionContext) -> Iterator[Any]:
        session: Session = context.resources.session
        admit(session)
        session.open_run()
        session.take_decisions()
        session.landing = ingest(
            session.run, contracts, judge, lambda done, total: session.bar("Land", done, total)
        )
        record_loads(session.ledger, session.run, session.landing, session.run_id)
        session.progress("Land", _summary(session.landing))
        yield from _events(session)

    return land


def source_assets(contracts: Mapping[str, Contract]) -> list[dg.AssetSpec]:
    """Return the customer's own tables, shown so that lineage starts where the data does."""
    return [
        dg.AssetSpec(source_key(c), group_name="source", description=c.description)
        for c in contracts.values()
    ]


def _events(session: Session) -> Iterator[Any]:
    """Yield every table with the verdict of its gate.

    A table that is held keeps its last rows, and the others go on (D36); one that is unusable and
    has none is an error, at which everything built on it stops.
    """
    tables = session.landing.tables.values() if session.landing else ()
    for table in tables:
        metadata: dict[str, Any] = {"rows": table.rows, "rejected": table.rejected}
        metadata["state"] = table.state
        yield dg.MaterializeResult(asset_key=landing_key(table.table), metadata=metadata)
        held, severity = table.state == "held", dg.AssetCheckSeverity
        yield dg.AssetCheckResult(
            asset_key=landing_key(table.table),
            check_name=CHECK,
            passed=not held and not table.failed_checks,
            severity=severity.ERROR if session.blocks(table) else severity.WARN,
            metadata={"failed": ", ".join(table.failed_checks)},
        )


def admit(session: Session) -> None:
    """Refuse what may not lie in a plain home, and keep in the audit who let it (D55)."""
    run = session.run
    if not session.is_admitted:
        require_encryption(run)
    if run.unencrypted:
        session.ledger.audit.append(run.now, run.actor, "home.unencrypted", "run")


def record_loads(ledger: Ledger, run: Run, report: LandingReport, run_id: str) -> None:
    """Write every load into the ledger, counts only, and who let a change of volume through."""
    reasons = {r.table: r.reason_code for r in report.refusals}
    for table in report.tables.values():
        if table.state != "absent" and table.is_touched:
            _record_table(ledger, run, table, reasons.get(table.table, ""), run_id)
    for accepted in report.accepted:
        details: dict[str, object] = {"reason_code": accepted.reason_code, "load": report.load_id}
        details["what"] = accepted.message
        ledger.audit.append(run.now, run.actor, "volume.accepted", accepted.table, details)


def _record_table(ledger: Ledger, run: Run, table: TableReport, reason: str, run_id: str) -> None:
    number = ledger.records.start_load(run_id, table.table, run.source, table.sha256, run.now)
    ledger.records.finish_load(
        number,
        "held" if table.state == "held" else "landed",
        run.now,
        row_count=table.rows,
        rejected_count=table.rejected,
        content_hash=table.content_hash,
        reason=reason,
    )


def _summary(report: LandingReport) -> str:
    held = sum(t.state == "held" for t in report.tables.values())
    tail = f", {held} tables held" if held else ""
    return f"{report.present} tables, {report.rows:,} rows, {report.rejected:,} rejected{tail}"
