"""The Django application that owns the ledger's tables; nothing else belongs here."""

from __future__ import annotations

from django.apps import AppConfig


class LedgerConfig(AppConfig):
    """Registers the ledger's models under the label `ledger`."""

    name = "ledger"
    default_auto_field = "django.db.models.BigAutoField"
