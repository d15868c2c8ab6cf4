"""From a requirement to the report it means.

Belongs here: the map of report types and formats, and what is not built yet. Does not belong
here: the reports themselves (`reports.registry`).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from distribution.errors import Held, Refused
from distribution.requirement import DATA_SOURCE_KEYS, Requirement
from reports import registry
from reports.custom import custom_report
from reports.errors import ReportError
from reports.model import Format, Report

FILING_TYPES = {"ACA 1095": "aca_1095c", "Form 5500": "form_5500"}
NOT_BUILT = frozenset({"HIPAA Privacy Notice", "ERISA SPD", "COBRA Notice", "W-2", "Form 1099-C"})
CUSTOM = "Custom Report"
CUSTOM_NAME = "custom"
FORMAT_OF: dict[str, Format] = {
    "PDF": "pdf",
    "Excel": "xlsx",
    "CSV": "csv",
    "XML": "xml",
    "JSON": "json",
}
CHANNELS = {"Email": "email", "SFTP": "sftp"}
NOT_OPEN = {
    "Portal": "the portal is not open yet",
    "API": "the API is not open yet",
    "Manual Download": "fetched by hand with benefits report",
}


@dataclass(frozen=True)
class Target:
    """The report a requirement means, with its format, its way out and its parameters."""

    report: str
    format: Format
    channel: str
    destination: str | None
    parameters: dict[str, Any] = field(default_factory=dict)
    custom: dict[str, Any] | None = None


def target_of(requirement: Requirement) -> Target:
    """Return what is to be made; raise Refused or Held with one clear line where nothing is."""
    template = requirement.template()
    _check_data_source(requirement)
    report, custom = _report(requirement, template)
    return Target(
        report=report,
        format=_format(requirement),
        channel=_channel(requirement),
        destination=_text(template, "destination"),
        parameters=_object(template, "parameters") or {},
        custom=custom,
    )


def _report(
    requirement: Requirement, template: dict[str, object]
) -> tuple[str, dict[str, Any] | None]:
    kind = requirement.report_type
    if kind in NOT_BUILT:
        raise Held(f"reports of the type {kind} are not built yet")
    if kind in FILING_TYPES:
        named = _text(template, "report")
        if named not in (None, FILING_TYPES[kind]):
            raise Refused(f"the report type {kind} is not the report {named}")
        return FILING_TYPES[kind], None
    if kind != CUSTOM:
        raise Refused("the report type is empty or unknown")
    custom = _object(template, "custom")
    named = _text(template, "report")
    if (custom is None) == (named is None):
        raise Refused("template_config names neither or both of report and custom")
    return named or CUSTOM_NAME, custom


def _format(requirement: Requirement) -> Format:
    if requirement.format not in FORMAT_OF:
        raise Refused("the report format is empty or unknown")
    return FORMAT_OF[requirement.format]


def _channel(requirement: Requirement) -> str:
    method = requirement.method
    if method in NOT_OPEN:
        return str(method)
    if method not in CHANNELS:
        raise Refused("the delivery method is empty or unknown")
    return CHANNELS[method]


def _check_data_source(requirement: Requirement) -> None:
    value = requirement.data_source()
    if isinstance(value, dict) and (unknown := sorted(set(value) - DATA_SOURCE_KEYS)):
        raise Refused(f"data_source has an unknown key: {unknown[0]}")


def _text(template: dict[str, object], key: str) -> str | None:
    value = template.get(key)
    if value is not None and not isinstance(value, str):
        raise Refused(f"{key} of template_config is not a text")
    return value


def _object(template: dict[str, object], key: str) -> dict[str, Any] | None:
    value = template.get(key)
    if value is not None and not isinstance(value, dict):
        raise Refused(f"{key} of template_config is not an object")
    return value


def find_report(target: Target) -> Report:
    """Return the registered report, or the one a custom definition declares."""
    try:
        if target.custom is None:
            report = registry.find(target.report)
            if report.is_file_needed:
                raise Refused(f"{report.name}: it is made of a file, so nothing is due by itself")
            return report
        report = custom_report(target.custom)
    except ReportError as error:
        raise Refused(str(error)) from error
    if report.name in {ours.name for ours in registry.REPORTS}:
        raise Refused(f"{report.name}: a report of ours has this name; give it a name of its own")
    return report
