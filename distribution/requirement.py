"""One reporting requirement of the snapshot, with its JSON read strictly.

Belongs here: from a row of `rpt_distribution__requirement` to a frozen object. Does not belong
here: when it is due, what report it names, who receives it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from distribution.errors import Held, Refused

TEMPLATE_KEYS = frozenset({"report", "destination", "custom", "parameters", "output_profile"})
TEMPLATE_ALIASES = {"report_name": "report", "params": "parameters"}
NAME = re.compile(r"\w+")
DATA_SOURCE_KEYS = frozenset({"tables", "sources", "dataset", "datasets"})


@dataclass(frozen=True)
class Requirement:
    """What a company wants to receive: the row as it stands, JSON still as text."""

    requirement_id: str
    company_id: str
    report_type: str | None
    name: str
    frequency: str | None
    format: str | None
    method: str | None
    workflow_id: str | None
    auto_generate: bool | None
    is_active: bool | None
    unreadable_columns: str | None
    texts: Mapping[str, str | None] = field(default_factory=dict)

    def list_of(self, column: str) -> tuple[str, ...]:
        """Return a JSON column that holds a list of texts."""
        value = self._json(column)
        if value is None:
            return ()
        if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
            raise Refused(f"{column} is not a list of texts")
        return tuple(value)

    def object_of(self, column: str) -> dict[str, object]:
        """Return a JSON column that holds an object."""
        value = self._json(column)
        if value is None:
            return {}
        if not isinstance(value, dict):
            raise Refused(f"{column} is not an object")
        return value

    def template(self) -> dict[str, object]:
        """Return the template settings under their own names; an unknown key is refused."""
        said = {
            TEMPLATE_ALIASES.get(key, key): value
            for key, value in self.object_of("template_config").items()
            if value is not None
        }
        if unknown := sorted(set(said) - TEMPLATE_KEYS):
            raise Refused(f"template_config has an unknown key: {unknown[0]}")
        return said

    def data_source(self) -> object:
        """Return what the requirement says about its data sources."""
        return self._json("data_source")

    def check_readable(self) -> None:
        """Raise where a column was quarantined: what it said is unknown, not empty."""
        if self.unreadable_columns:
            columns = ", ".join(NAME.findall(self.unreadable_columns))
            raise Held(f"{columns} was quarantined: correct it in the source")

    def _json(self, column: str) -> object:
        text = self.texts.get(column)
        if text is None:
            return None
        try:
            return json.loads(text)
        except ValueError as error:
            raise Refused(f"{column} is not JSON") from error


JSON_COLUMNS = (
    "data_source",
    "recipient_roles",
    "distribution_list",
    "template_config",
    "scheduling_config",
)


def requirement_from(row: Mapping[str, object]) -> Requirement:
    """Return the requirement of one row of the snapshot."""

    def text(name: str) -> str | None:
        value = row[name]
        return None if value is None else str(value)

    def flag(name: str) -> bool | None:
        value = row[name]
        return None if value is None else bool(value)

    return Requirement(
        requirement_id=str(row["reporting_requirements_id"]),
        company_id=str(row["company_id"]),
        report_type=text("report_type"),
        name=text("report_name") or "without a name",
        frequency=text("reporting_frequency"),
        format=text("report_format"),
        method=text("delivery_method"),
        workflow_id=text("approval_workflow_id"),
        auto_generate=flag("auto_generate"),
        is_active=flag("is_active"),
        unreadable_columns=text("unreadable_columns"),
        texts={name: text(name) for name in JSON_COLUMNS},
    )
