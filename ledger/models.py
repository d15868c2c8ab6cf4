"""The ledger's tables: what happened, who did it, and what was sent where.

Belongs here: columns, keys and constraints. Does not belong here: queries (the modules beside
this one), and anything about a person but the id and address a delivery needs.
"""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from ledger.states import STATES


class Run(models.Model):
    """One run of the pipeline."""

    run_id = models.CharField(max_length=36, primary_key=True)
    as_of = models.DateField()
    actor = models.CharField(max_length=200)
    state = models.CharField(max_length=20)
    data_version = models.CharField(max_length=64, default="")
    started_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)


class Load(models.Model):
    """One reading of one operational table: started, then landed, held, refused or unchanged."""

    run = models.ForeignKey(Run, null=True, on_delete=models.PROTECT)
    table_name = models.CharField(max_length=100, db_index=True)
    source = models.CharField(max_length=500)
    state = models.CharField(max_length=20)
    raw_sha256 = models.CharField(max_length=64, default="")
    row_count = models.BigIntegerField(null=True)
    rejected_count = models.BigIntegerField(null=True)
    content_hash = models.CharField(max_length=64, default="")
    reason = models.CharField(max_length=500, default="")
    started_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)


class Version(models.Model):
    """One published data version."""

    data_version = models.CharField(max_length=64, primary_key=True)
    manifest_sha256 = models.CharField(max_length=64)
    as_of = models.DateField(null=True)
    parent = models.CharField(max_length=64, default="")
    run = models.ForeignKey(Run, null=True, on_delete=models.PROTECT)
    published_at = models.DateTimeField()


class Artifact(models.Model):
    """One document as it was produced; the row is written after the file is durable."""

    sha256 = models.CharField(max_length=64, db_index=True)
    name = models.CharField(max_length=200)
    media_type = models.CharField(max_length=100)
    report = models.CharField(max_length=100)
    company_id = models.CharField(max_length=36)
    format = models.CharField(max_length=20)
    period = models.CharField(max_length=40)
    data_version = models.CharField(max_length=64)
    path = models.CharField(max_length=400)
    status = models.CharField(max_length=20)
    attestation = models.CharField(max_length=200, default="")
    byte_count = models.BigIntegerField()
    row_count = models.BigIntegerField(null=True)
    created_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["sha256", "name", "company_id", "data_version"], name="artifact_once"
            )
        ]


class Approval(models.Model):
    """A named person's word that these very bytes may leave."""

    artifact_sha256 = models.CharField(max_length=64)
    actor = models.CharField(max_length=200)
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["artifact_sha256", "actor"], name="approval_once")
        ]


class Occurrence(models.Model):
    """One due date of one requirement; its artifacts are pinned when first produced."""

    requirement_id = models.CharField(max_length=36)
    occurrence_key = models.CharField(max_length=80)
    revision = models.IntegerField(default=0)
    company_id = models.CharField(max_length=36)
    report = models.CharField(max_length=100)
    period = models.CharField(max_length=40)
    data_version = models.CharField(max_length=64, default="")
    artifacts = models.JSONField(default=list)
    state = models.CharField(max_length=20)
    reason = models.CharField(max_length=500, default="")
    needs_approval = models.BooleanField(default=False)
    created_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["requirement_id", "occurrence_key", "revision"], name="occurrence_once"
            )
        ]


class Delivery(models.Model):
    """The outbox: one occurrence for one recipient over one channel to one destination."""

    dedupe_key = models.CharField(max_length=64, unique=True)
    occurrence = models.ForeignKey(Occurrence, on_delete=models.PROTECT)
    recipient = models.CharField(max_length=320)
    channel = models.CharField(max_length=20)
    destination = models.CharField(max_length=320)
    address = models.CharField(max_length=320, default="")
    state = models.CharField(max_length=20, db_index=True)
    reason = models.CharField(max_length=500, default="")
    attempts = models.IntegerField(default=0)
    next_at = models.DateTimeField(null=True)
    epoch = models.IntegerField(default=0)
    phase = models.CharField(max_length=20, default="")
    lease_owner = models.CharField(max_length=64, default="")
    lease_boot = models.CharField(max_length=40, default="")
    lease_until = models.FloatField(default=0)
    remote_name = models.CharField(max_length=300, default="")
    message_id = models.CharField(max_length=200, default="")
    created_at = models.DateTimeField()
    delivered_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(state__in=list(STATES)), name="delivery_state_known"
            )
        ]


class DeliveryAttempt(models.Model):
    """One try to send one delivery; a row without an outcome was cut off."""

    delivery = models.ForeignKey(Delivery, on_delete=models.PROTECT)
    number = models.IntegerField()
    epoch = models.IntegerField()
    started_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)
    outcome = models.CharField(max_length=40, default="")
    code = models.CharField(max_length=40, default="")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["delivery", "epoch"], name="attempt_once")
        ]


class Audit(models.Model):
    """One line of the hash chain; triggers refuse to change or delete it."""

    seq = models.BigIntegerField(primary_key=True)
    at = models.CharField(max_length=40)
    actor = models.CharField(max_length=200)
    action = models.CharField(max_length=60)
    subject = models.CharField(max_length=400)
    details = models.TextField()
    previous = models.CharField(max_length=64)
    digest = models.CharField(max_length=64)


class AuditHead(models.Model):
    """Where the chain ends, kept apart so that a cut-off end is seen."""

    id = models.IntegerField(primary_key=True)
    seq = models.BigIntegerField()
    digest = models.CharField(max_length=64)


class WrappedKey(models.Model):
    """The key of one file, readable only with the home's own; without its row the file is lost."""

    name = models.CharField(max_length=300, primary_key=True)
    wrapped = models.CharField(max_length=200)


class DecisionBase(models.Model):
    """What a named person decided against or beside the data."""

    company_id = models.CharField(max_length=36)
    rule_id = models.CharField(max_length=100)
    grain_key = models.CharField(max_length=400)
    field = models.CharField(max_length=100, default="")
    value = models.CharField(max_length=400, default="")
    replaced_value = models.CharField(max_length=400, default="")
    tax_year = models.IntegerField(null=True)
    reason = models.CharField(max_length=500)
    actor = models.CharField(max_length=200)
    at = models.DateTimeField()
    expires_on = models.DateField(null=True)
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        abstract = True


class Override(DecisionBase):
    """A value a person put in place of a derived one, or a finding a person waived."""

    kind = models.CharField(max_length=20, default="override")


class Attestation(DecisionBase):
    """A statement a person answers for where the data cannot prove it."""
