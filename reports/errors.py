"""What can go wrong between published rows and a finished file.

Belongs here: the one base error of the package and its kinds; messages name the thing and never
hold a person's data. Does not belong here: handling them (the CLI turns them into one line).
"""

from __future__ import annotations


class ReportError(Exception):
    """Base of every error raised by this package."""


class UnknownReport(ReportError):
    """No report has this name."""


class RequestError(ReportError):
    """The request does not fit the report: a missing year, an unknown company, a bad period."""


class SnapshotError(ReportError):
    """The published snapshot is missing, changed after publish, or lacks a model."""


class AccessRefused(ReportError):
    """The viewer may not see this report."""


class DocumentError(ReportError):
    """A document contradicts itself: a field without a column, a type that does not fit."""


class RenderError(ReportError):
    """A document cannot be carried by a format without loss."""


class DeclarationError(ReportError):
    """A custom report's declaration names something that does not exist or is not allowed."""
