"""dbt models and seeds as assets, built in this process; tests become asset checks.

Not here: what the models say, and how dbt is called (`warehouse.build`).
"""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import dagster as dg
from dagster_dbt import DagsterDbtTranslator, dbt_assets

from dagster_project.session import Session
from warehouse import build as building
from warehouse.errors import WarehouseError
from warehouse.increment.rebuild import build
from warehouse.publish.prepare import BuildPlan, begin_build
from warehouse.publish.snapshot import SCHEMAS


class Translator(DagsterDbtTranslator):  # type: ignore[misc]
    """Asset keys are [schema, table]; landing sources are the landing assets."""

    def get_asset_key(self, dbt_resource_props: Mapping[str, Any]) -> dg.AssetKey:
        """Return the key of a dbt node, equal to its DuckDB schema and table."""
        if dbt_resource_props["resource_type"] == "source":
            return dg.AssetKey(["landing", dbt_resource_props["name"]])
        return dg.AssetKey([dbt_resource_props["schema"], dbt_resource_props["name"]])

    def get_group_name(self, dbt_resource_props: Mapping[str, Any]) -> str:
        """Return the folder below `models`, or `seeds`."""
        if dbt_resource_props["resource_type"] == "seed":
            return "seeds"
        return str(dbt_resource_props["schema"])


_known: dict[str, dg.AssetsDefinition] = {}


def dbt_models(manifest_path: Path) -> dg.AssetsDefinition:
    """Return the assets of every model and seed of a parsed project.

    They belong to no home: a process makes them once for the project that names the file.
    """
    if manifest_path.name not in _known:
        _known.clear()
        _known[manifest_path.name] = _made(manifest_path)
    return _known[manifest_path.name]


def _made(manifest_path: Path) -> dg.AssetsDefinition:
    @dbt_assets(  # type: ignore[untyped-decorator]
        manifest=manifest_path,
        name="dbt",
        dagster_dbt_translator=Translator(),
        required_resource_keys={"session"},
    )
    def dbt(context: dg.AssetExecutionContext) -> Iterator[Any]:
        session: Session = context.resources.session
        plan = begin_build(session.run.home, session.run.as_of, session.contracts)
        session.plan = plan
        if plan.is_repeat:
            session.settle_published()
            session.remember(plan.version)
            session.progress("Build", f"nothing changed since version {plan.version}")
            return
        keys = context.selected_asset_keys
        results = _built(session, plan, keys)
        shown, checks = keys, context.selected_asset_check_keys
        if not session.fresh:  # nobody looks on, and every event has its price
            shown, checks = _waited_for(keys, checks)
        yield from _events(results, shown, checks)
        broken = [r for r in results if r.status in ("error", "fail", "runtime error")]
        if broken:
            names = ", ".join(r.name for r in broken[:5])
            why = broken[0].message
            raise WarehouseError(f"the build stopped at {names} ({why}); nothing was published")
        session.progress("Build", _summary(results))

    assets: dg.AssetsDefinition = dbt
    return assets


def _built(session: Session, plan: BuildPlan, keys: Any) -> tuple[building.NodeResult, ...]:
    """Build everything, from the last build where that does, or what some reports need."""

    def tick(done: int, total: int) -> None:
        session.bar("Build", done, total)

    if session.reports:
        return session.project.run(plan.build, _selection(keys), tick=tick)
    return build(session.project, plan.build, session.run.home, session.contracts, tick)


def _waited_for(keys: Any, checks: Any) -> tuple[set[dg.AssetKey], set[dg.AssetCheckKey]]:
    """Return the keys of what is published and of its checks, which the snapshot waits for."""
    published = {key for key in keys if key.path[0] in SCHEMAS}
    return published, {check for check in checks if check.asset_key in published}


def _selection(keys: set[dg.AssetKey] | Any) -> list[str]:
    """Return dbt node names for a set of asset keys."""
    return sorted(key.path[-1] for key in keys)


def _events(results: tuple[building.NodeResult, ...], keys: Any, checks: Any) -> Iterator[Any]:
    """Yield what dbt made, in its order, and how each of its tests ended."""
    by_name = {check.name: check for check in checks}
    for node in results:
        key = dg.AssetKey([node.schema, node.name])
        if node.resource_type in ("model", "seed") and node.status == "success" and key in keys:
            yield dg.MaterializeResult(asset_key=key, metadata={"seconds": node.seconds})
        elif node.resource_type == "test" and node.name in by_name:
            yield _check(node, by_name[node.name])


def _check(node: building.NodeResult, key: dg.AssetCheckKey) -> dg.AssetCheckResult:
    severe = node.severity != "warn"
    return dg.AssetCheckResult(
        asset_key=key.asset_key,
        check_name=key.name,
        passed=node.status == "pass",
        severity=dg.AssetCheckSeverity.ERROR if severe else dg.AssetCheckSeverity.WARN,
        metadata={"failing_rows": node.failures},
    )


def _summary(results: tuple[building.NodeResult, ...]) -> str:
    models = sum(r.resource_type == "model" for r in results)
    tests = sum(r.resource_type == "test" for r in results)
    return f"{models} models, {tests} tests"
