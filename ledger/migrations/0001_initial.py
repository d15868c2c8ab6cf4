"""The first tables of the ledger."""

from __future__ import annotations

from typing import ClassVar

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    """Create every table of the first ledger."""

    initial = True

    dependencies: ClassVar[list[tuple[str, str]]] = []

    operations: ClassVar = [
        migrations.CreateModel(
            name="Attestation",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("company_id", models.CharField(max_length=36)),
                ("rule_id", models.CharField(max_length=100)),
                ("grain_key", models.CharField(max_length=400)),
                ("field", models.CharField(default="", max_length=100)),
                ("value", models.CharField(default="", max_length=400)),
                ("tax_year", models.IntegerField(null=True)),
                ("reason", models.CharField(max_length=500)),
                ("actor", models.CharField(max_length=200)),
                ("at", models.DateTimeField()),
                ("withdrawn_at", models.DateTimeField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name="Audit",
            fields=[
                ("seq", models.BigIntegerField(primary_key=True, serialize=False)),
                ("at", models.CharField(max_length=40)),
                ("actor", models.CharField(max_length=200)),
                ("action", models.CharField(max_length=60)),
                ("subject", models.CharField(max_length=400)),
                ("details", models.TextField()),
                ("previous", models.CharField(max_length=64)),
                ("digest", models.CharField(max_length=64)),
            ],
        ),
        migrations.CreateModel(
            name="AuditHead",
            fields=[
                ("id", models.IntegerField(primary_key=True, serialize=False)),
                ("seq", models.BigIntegerField()),
                ("digest", models.CharField(max_length=64)),
            ],
        ),
        migrations.CreateModel(
            name="Override",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("company_id", models.CharField(max_length=36)),
                ("rule_id", models.CharField(max_length=100)),
                ("grain_key", models.CharField(max_length=400)),
                ("field", models.CharField(default="", max_length=100)),
                ("value", models.CharField(default="", max_length=400)),
                ("tax_year", models.IntegerField(null=True)),
                ("reason", models.CharField(max_length=500)),
                ("actor", models.CharField(max_length=200)),
                ("at", models.DateTimeField()),
                ("withdrawn_at", models.DateTimeField(null=True)),
                ("kind", models.CharField(default="override", max_length=20)),
            ],
        ),
        migrations.CreateModel(
            name="Run",
            fields=[
                ("run_id", models.CharField(max_length=36, primary_key=True, serialize=False)),
                ("as_of", models.DateField()),
                ("actor", models.CharField(max_length=200)),
                ("state", models.CharField(max_length=20)),
                ("data_version", models.CharField(default="", max_length=64)),
                ("started_at", models.DateTimeField()),
                ("finished_at", models.DateTimeField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name="Approval",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("artifact_sha256", models.CharField(max_length=64)),
                ("actor", models.CharField(max_length=200)),
                ("at", models.DateTimeField()),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("artifact_sha256", "actor"), name="approval_once"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Artifact",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("sha256", models.CharField(db_index=True, max_length=64)),
                ("name", models.CharField(max_length=200)),
                ("media_type", models.CharField(max_length=100)),
                ("report", models.CharField(max_length=100)),
                ("company_id", models.CharField(max_length=36)),
                ("format", models.CharField(max_length=20)),
                ("period", models.CharField(max_length=40)),
                ("data_version", models.CharField(max_length=64)),
                ("path", models.CharField(max_length=400)),
                ("status", models.CharField(max_length=20)),
                ("byte_count", models.BigIntegerField()),
                ("row_count", models.BigIntegerField(null=True)),
                ("created_at", models.DateTimeField()),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("sha256", "name", "company_id", "data_version"),
                        name="artifact_once",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Occurrence",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("requirement_id", models.CharField(max_length=36)),
                ("occurrence_key", models.CharField(max_length=80)),
                ("revision", models.IntegerField(default=0)),
                ("company_id", models.CharField(max_length=36)),
                ("report", models.CharField(max_length=100)),
                ("period", models.CharField(max_length=40)),
                ("data_version", models.CharField(default="", max_length=64)),
                ("artifacts", models.JSONField(default=list)),
                ("state", models.CharField(max_length=20)),
                ("reason", models.CharField(default="", max_length=500)),
                ("needs_approval", models.BooleanField(default=False)),
                ("created_at", models.DateTimeField()),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("requirement_id", "occurrence_key", "revision"),
                        name="occurrence_once",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Delivery",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("dedupe_key", models.CharField(max_length=64, unique=True)),
                ("recipient", models.CharField(max_length=320)),
                ("channel", models.CharField(max_length=20)),
                ("destination", models.CharField(max_length=320)),
                ("address", models.CharField(default="", max_length=320)),
                ("state", models.CharField(db_index=True, max_length=20)),
                ("reason", models.CharField(default="", max_length=500)),
                ("attempts", models.IntegerField(default=0)),
                ("next_at", models.DateTimeField(null=True)),
                ("epoch", models.IntegerField(default=0)),
                ("phase", models.CharField(default="", max_length=20)),
                ("lease_owner", models.CharField(default="", max_length=64)),
                ("lease_boot", models.CharField(default="", max_length=40)),
                ("lease_until", models.FloatField(default=0)),
                ("remote_name", models.CharField(default="", max_length=300)),
                ("message_id", models.CharField(default="", max_length=200)),
                ("created_at", models.DateTimeField()),
                ("delivered_at", models.DateTimeField(null=True)),
                (
                    "occurrence",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, to="ledger.occurrence"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Load",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("table_name", models.CharField(db_index=True, max_length=100)),
                ("source", models.CharField(max_length=500)),
                ("state", models.CharField(max_length=20)),
                ("raw_sha256", models.CharField(default="", max_length=64)),
                ("row_count", models.BigIntegerField(null=True)),
                ("rejected_count", models.BigIntegerField(null=True)),
                ("content_hash", models.CharField(default="", max_length=64)),
                ("reason", models.CharField(default="", max_length=500)),
                ("started_at", models.DateTimeField()),
                ("finished_at", models.DateTimeField(null=True)),
                (
                    "run",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, to="ledger.run"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Version",
            fields=[
                (
                    "data_version",
                    models.CharField(max_length=64, primary_key=True, serialize=False),
                ),
                ("manifest_sha256", models.CharField(max_length=64)),
                ("as_of", models.DateField(null=True)),
                ("parent", models.CharField(default="", max_length=64)),
                ("published_at", models.DateTimeField()),
                (
                    "run",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, to="ledger.run"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="DeliveryAttempt",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.IntegerField()),
                ("epoch", models.IntegerField()),
                ("started_at", models.DateTimeField()),
                ("finished_at", models.DateTimeField(null=True)),
                ("outcome", models.CharField(default="", max_length=40)),
                ("code", models.CharField(default="", max_length=40)),
                (
                    "delivery",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, to="ledger.delivery"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("delivery", "epoch"), name="attempt_once")
                ],
            },
        ),
        migrations.AddConstraint(
            model_name="delivery",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "state__in",
                        ["held", "ready", "sending", "delivered", "retry", "unknown", "dead"],
                    )
                ),
                name="delivery_state_known",
            ),
        ),
    ]
