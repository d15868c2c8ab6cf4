"""Custom reports: declared as data over catalogued datasets, never as SQL."""

from __future__ import annotations

from reports.custom.report import custom_report, load_declared

__all__ = ["custom_report", "load_declared"]
