"""Decisions may end on a day, and a document may need one before it leaves."""

from __future__ import annotations

from typing import ClassVar

from django.db import migrations, models


class Migration(migrations.Migration):
    """Give decisions a last day, and documents the key of the attestation they need."""

    dependencies: ClassVar = [("ledger", "0002_append_only")]
    operations: ClassVar = [
        migrations.AddField(name, "expires_on", models.DateField(null=True))
        for name in ("override", "attestation")
    ] + [
        migrations.AddField("artifact", "attestation", models.CharField(max_length=200, default=""))
    ]
