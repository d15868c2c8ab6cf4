"""What a build needs to know before it starts, and what a publish does after it.

Not here: the asset graph's order.
"""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import duckdb

from expectations.contract import Contract
from warehouse.build import Build
from warehouse.database_file import DatabaseFile
from warehouse.gate.certificate import write_certificate
from warehouse.home import Home
from warehouse.increment.rebuild import put_aside, same_as_published
from warehouse.increment.statements import PARENT
from warehouse.landing.database import landed_load
from warehouse.publish import pointer, version
from warehouse.publish.snapshot import table_facts, write_snapshot
from warehouse.settings import Tick, no_tick, twofold

FINDINGS = "marts.fct_finding"
REMEMBERED = {
    **dict.fromkeys(("company_id", "rule_id", "grain_key", "employee_id"), "varchar"),
    **dict.fromkeys(("first_seen", "last_seen", "resolved_at"), "date"),
}


@dataclass(frozen=True)
class BuildPlan:
    """The version about to be built; a repeat is already published and needs no build."""

    version: str
    inputs: str
    parent: str
    is_repeat: bool
    build: Build


def begin_build(home: Home, as_of: date, contracts: Mapping[str, Contract]) -> BuildPlan:
    """Return the plan for what has landed; an earlier version of the same inputs is a repeat."""
    inputs = version.inputs_hash(_content_hashes(home), version.project_hash(), as_of, "")
    for name, manifest in pointer.versions(home):
        is_same = manifest.get("inputs") == inputs
        if is_same and pointer.is_whole(home.published / name, manifest):
            pointer.point_to(
                home, name, pointer.file_sha256(home.published / name / "manifest.json")
            )
            build = _build(home, name, as_of)
            return BuildPlan(name, inputs, manifest["parent"], True, build)
    latest = pointer.standing(home)
    parent = latest[0] if latest else ""
    remembered = latest[1]["tables"].get(FINDINGS) if latest else None
    name = version.data_version(inputs, remembered["content_sha256"] if remembered else "")
    shutil.rmtree(home.build / name, ignore_errors=True)
    build = replace(_build(home, name, as_of), parent=PARENT)
    _begin_file(build.build_file, parent, home.snapshot(parent) if remembered else None)
    return BuildPlan(name, inputs, parent, False, build)


def _begin_file(build_file: DatabaseFile, parent: str, snapshot: DatabaseFile | None) -> None:
    """Begin a build file with what it must remember of the version it follows (D11)."""
    build_file.path.parent.mkdir(parents=True)
    connection = build_file.open()
    try:
        create_parent(connection)
        if snapshot is not None:
            snapshot.attach(connection, "parent_version")
            connection.execute(f"insert into {PARENT}.version values (?)", [parent])
            connection.execute(
                f"insert into {PARENT}.finding by name select {', '.join(REMEMBERED)} "
                f"from parent_version.{FINDINGS}"
            )
            connection.execute("detach parent_version")
        connection.execute("checkpoint")
    finally:
        connection.close()


def create_parent(connection: duckdb.DuckDBPyConnection) -> None:
    """Create what models read of the version a build follows, empty: it follows none."""
    connection.execute(f"create schema {PARENT}")
    connection.execute(f"create table {PARENT}.version (version varchar)")
    columns = ", ".join(f"{name} {kind}" for name, kind in REMEMBERED.items())
    connection.execute(f"create table {PARENT}.finding ({columns})")


def _build(home: Home, name: str, as_of: date) -> Build:
    return Build(home.build_file(name), home.landing, home.build / "dbt", as_of)


def finish_publish(
    plan: BuildPlan, home: Home, contracts: Mapping[str, Contract], tick: Tick = no_tick
) -> str:
    """Copy, verify and publish the finished build; return the manifest's SHA-256."""
    folder = home.build / f"{plan.version}.snapshot"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True, mode=0o700)
    key = home.keys.ensure(f"snapshot/{plan.version}")
    target = DatabaseFile(folder / pointer.SNAPSHOT, key)
    half = twofold(tick)
    write_snapshot(home.build_file(plan.version), home.landing, target, half[0])
    write_certificate(target, home.landing, contracts)
    same = same_as_published(home.build_file(plan.version))
    manifest = _manifest(plan, target, same, half[1]) | {"landing_load": landed_load(home)}
    digest = pointer.publish(home, plan.version, folder, manifest)
    put_aside(home, plan.version)
    return digest


def _manifest(
    plan: BuildPlan, snapshot: DatabaseFile, same: Mapping[str, dict[str, object]], tick: Tick
) -> dict[str, Any]:
    return {
        "data_version": plan.version,
        "inputs": plan.inputs,
        "parent": plan.parent,
        "as_of": plan.build.as_of.isoformat(),
        "tables": dict(table_facts(snapshot, tick, same)),
        "snapshot_sha256": pointer.file_sha256(snapshot.path),
    }


def _content_hashes(home: Home) -> dict[str, str]:
    connection = home.landing.open(read_only=True)
    try:
        rows = connection.execute(
            "select table_name, state || ':' || content_hash from landing.table_state"
        ).fetchall()
        rejected = connection.execute(
            "select count(*) || ':' || coalesce(sum(cast(md5_number_lower(table_name || "
            "coalesce(primary_key, '') || reasons) as hugeint)), 0) "
            "from landing.rejected"
        ).fetchone()
        return dict(rows) | {"rejected": str(rejected[0]) if rejected else ""}
    finally:
        connection.close()
