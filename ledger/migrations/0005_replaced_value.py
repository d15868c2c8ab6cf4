"""An override remembers what stood in the box when it was recorded."""

from __future__ import annotations

from typing import ClassVar

from django.db import migrations, models


class Migration(migrations.Migration):
    """Give decisions the value they were taken against."""

    dependencies: ClassVar = [("ledger", "0004_keys")]
    operations: ClassVar = [
        migrations.AddField(name, "replaced_value", models.CharField(max_length=400, default=""))
        for name in ("override", "attestation")
    ]
