"""One SQLite database per home, one Django alias per database.

Belongs here: settings, aliases, migrations. Does not belong here: any query. `default` has no
engine on purpose: a query that forgot its alias raises instead of landing in another home.
"""

from __future__ import annotations

import fcntl
import hashlib
from pathlib import Path
from typing import Any

from ledger.files import make_folder

BUSY_SECONDS = 10
PRAGMAS = "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;"


def configure() -> None:
    """Set Django up for the ledger alone, unless a larger site has done so already."""
    import django
    from django.apps import apps
    from django.conf import settings

    if not settings.configured:
        settings.configure(
            INSTALLED_APPS=["ledger.apps.LedgerConfig"],
            DATABASES={"default": {}},
            USE_TZ=True,
            TIME_ZONE="UTC",
            DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
        )
    if not apps.ready:
        django.setup()


def database_file(home: Path) -> Path:
    """Return where the ledger of a home lies."""
    return home / "ledger" / "ledger.sqlite3"


def alias_for(home: Path) -> str:
    """Return the Django alias of a home, the same in every process."""
    digest = hashlib.sha256(str(home.resolve()).encode()).hexdigest()
    return f"home_{digest[:16]}"


def connect(home: Path) -> str:
    """Register the database of a home, migrate it, and return its alias."""
    from django.db import connections

    configure()
    alias = alias_for(home)
    make_folder(database_file(home).parent)
    database_file(home).touch(mode=0o600)
    if alias not in connections.databases:
        wanted = {"default": {}, alias: _settings(home)}
        connections.databases[alias] = connections.configure_settings(wanted)[alias]
    _migrate(home, alias)
    return alias


def _settings(home: Path) -> dict[str, Any]:
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": str(database_file(home).resolve()),
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": BUSY_SECONDS,
            "init_command": PRAGMAS,
        },
    }


def _migrate(home: Path, alias: str) -> None:
    with (home / "ledger" / "migrate.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        for executor, targets in _missing_migrations(alias):
            executor.migrate(targets)


def _missing_migrations(alias: str) -> list[tuple[Any, list[tuple[str, str]]]]:
    from django.db import connections
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connections[alias])
    targets = [node for node in executor.loader.graph.leaf_nodes() if node[0] == "ledger"]
    return [(executor, targets)] if executor.migration_plan(targets) else []
