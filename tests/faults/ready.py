"""Imported once by the server that children are forked from: what each would otherwise do anew.

Contracts read, Django set up, engines' modules imported; no engine is started, for their threads
would not survive the fork. Not here: any work.
"""

from __future__ import annotations

import importlib

from ledger.database import configure
from tests.faults import stages

USED = (
    "dagster_project.session",
    "django.db.migrations.executor",
    "django.db.backends.sqlite3.base",
    "duckdb",
    "ledger.anchors",
    "ledger.artifacts",
    "ledger.decisions",
    "ledger.outbox",
    "ledger.records",
    "ledger.migrations.0003_decisions",
    "django.db.models.sql.compiler",
    "pandas",
    "polars",
    "pyarrow.parquet",
    "reports.render.csv",
    "reports.render.excel",
    "reports.render.json",
    "reports.render.pdf",
    "reports.render.xml",
    "tests.faults.strike",
    "warehouse.sources.parse_csv",
)

configure()
for name in USED:
    importlib.import_module(name)
stages.contracts()
stages.code_hashes()
