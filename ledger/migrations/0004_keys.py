"""An encrypted home keeps the wrapped key of every file in the ledger."""

from __future__ import annotations

from typing import ClassVar

from django.db import migrations, models


class Migration(migrations.Migration):
    """Add the table of wrapped keys."""

    dependencies: ClassVar = [("ledger", "0003_decisions")]
    operations: ClassVar = [
        migrations.CreateModel(
            name="WrappedKey",
            fields=[
                ("name", models.CharField(max_length=300, primary_key=True, serialize=False)),
                ("wrapped", models.CharField(max_length=200)),
            ],
        )
    ]
