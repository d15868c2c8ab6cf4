"""Whether a person's value may stand in a box of Form 1095-C, and what it would replace.

Belongs here: the checks at the time an override is recorded. Does not belong here: recording it
(the ledger), putting it on the form and checking it again in every run (the models).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from reports.answers.aca import BLANK, UNKNOWN, Explainer
from reports.errors import RequestError
from reports.snapshot import Snapshot

RULE: Final = "aca"
PAIR: Final = "rpt_aca_explain__pair"
LINES: Final = ("14", "15", "16", "17")
_AMOUNT: Final = re.compile(r"[0-9]{1,8}(\.[0-9]{2})?")
_ZIP: Final = re.compile(r"[0-9]{5}")


@dataclass(frozen=True)
class Box:
    """One box that an override may fill; `value` is empty text where it empties the box."""

    company_id: str
    employee_number: str
    month: date
    line: str
    value: str
    replaced_value: str

    @property
    def grain_key(self) -> str:
        """Return the key of the box in the ledger: employee number, a bar, the month."""
        return f"{self.employee_number}|{self.month:%Y-%m}"

    @property
    def field(self) -> str:
        """Return the line as the ledger names it."""
        return f"line_{self.line}"


def overridable(
    snapshot: Snapshot, employee: str, months: Iterable[date], line: str, value: str, company: str
) -> tuple[Box, ...]:
    """Return the boxes, one a month; raise RequestError where one may not say this value."""
    explainer = Explainer(snapshot)
    pairs = {(row["line_14"], row["line_16"]): row for row in snapshot.table(PAIR).to_dicts()}
    wanted = _written(line, value, {pair[line == "16"] for pair in pairs})
    boxes = []
    for month in months:
        found = explainer.explain(employee, month, company)
        boxes.append(_box(found, month, line, wanted))
        _pair(found, month, line, wanted or BLANK, pairs)
    return tuple(boxes)


def _written(line: str, value: str, codes: set[str]) -> str:
    """The value as the box would print it; empty text for a blank box."""
    text = value.strip().upper()
    if line not in LINES:
        raise RequestError(f"line {line}: lines 14, 15, 16 and 17 can be overridden")
    if text == BLANK.upper() and line != "14":
        return ""
    if line in {"14", "16"} and text not in codes - {BLANK}:
        raise RequestError(f"line {line}: {value!r} is not one of {', '.join(sorted(codes))}")
    if line == "15" and not _AMOUNT.fullmatch(text):
        raise RequestError(f"line 15: {value!r} is no amount; write dollars and cents, or blank")
    if line == "17" and not _ZIP.fullmatch(text):
        raise RequestError(f"line 17: {value!r} is no ZIP code of five digits, or blank")
    return text if line != "15" or "." in text else f"{text}.00"


def _box(found: dict[str, Any], month: date, line: str, value: str) -> Box:
    where = f"employee {found['employee_number']!r}, {month:%Y-%m}, line {line}"
    if found["form"] not in {"1095-C", UNKNOWN}:
        raise RequestError(f"{where}: the form is {found['form']}, there is no box to override")
    shown = found["lines"][f"line {line}"]
    replaced = (shown["override"] or {}).get("replaced_value") or shown["value"]
    if shown["override"] and shown["override"]["state"] == "stale":
        raise RequestError(f"{where}: take the stale override back first: benefits decisions")
    if shown["value"] == (value or BLANK):
        raise RequestError(f"{where}: the box says {shown['value']} already")
    return Box(found["company_id"], found["employee_number"], month, line, value, replaced)


def _pair(
    found: dict[str, Any], month: date, line: str, value: str, pairs: dict[tuple[str, str], Any]
) -> None:
    """Refuse a pair of lines 14 and 16 that the form does not allow."""
    if line not in {"14", "16"}:
        return
    shown = {name: found["lines"][f"line {name}"]["value"] for name in ("14", "16")}
    shown[line] = value
    pair = pairs.get((shown["14"], shown["16"]))
    if pair and pair["verdict"] == "invalid":
        raise RequestError(
            f"employee {found['employee_number']!r}, {month:%Y-%m}: line 14 {shown['14']} and "
            f"line 16 {shown['16']} may not stand together. {pair['words']}"
        )
