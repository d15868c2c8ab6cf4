"""The migrations say what the models say."""

from __future__ import annotations

from pathlib import Path

from ledger.store import open_ledger


def test_no_table_waits_for_a_migration(tmp_path: Path) -> None:
    open_ledger(tmp_path)
    from django.apps import apps
    from django.db.migrations.autodetector import MigrationAutodetector
    from django.db.migrations.loader import MigrationLoader
    from django.db.migrations.state import ProjectState

    loader = MigrationLoader(None)
    detector = MigrationAutodetector(loader.project_state(), ProjectState.from_apps(apps))
    assert detector.changes(graph=loader.graph) == {}
    assert len(loader.graph.leaf_nodes("ledger")) == 1, "each migration builds on the one before"
