"""Triggers that refuse to change or delete a line of the audit chain."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import migrations

REFUSE = """
create trigger audit_no_{verb} before {verb} on ledger_audit
begin select raise(abort, 'the audit is append only'); end
"""


def protect(apps: Any, schema_editor: Any) -> None:
    """Create the triggers where the database is SQLite."""
    if schema_editor.connection.vendor == "sqlite":
        for verb in ("update", "delete"):
            schema_editor.execute(REFUSE.format(verb=verb))


def unprotect(apps: Any, schema_editor: Any) -> None:
    """Drop the triggers again."""
    if schema_editor.connection.vendor == "sqlite":
        for verb in ("update", "delete"):
            schema_editor.execute(f"drop trigger audit_no_{verb}")


class Migration(migrations.Migration):
    """Make the audit append only."""

    dependencies: ClassVar = [("ledger", "0001_initial")]
    operations: ClassVar = [migrations.RunPython(protect, unprotect)]
