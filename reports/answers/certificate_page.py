"""The quality certificate as one HTML page for a person who did not run the build.

No script, no request, no value of a row: table, check, count, owner, keys. Not here: what is open
(`certificate`), and how a grade is decided.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import date
from html import escape
from typing import Any

from reports.dashboards.page_style import style

SHOWN_KEYS = 10
HEAD = ("Severity", "Table", "Check", "Rows", "Owner", "Keys")
EXTRA = (
    "td,th{padding:6px 12px 6px 0;text-align:left;vertical-align:top;overflow-wrap:anywhere}"
    "table{border-collapse:collapse;width:100%;margin-top:12px}h2{margin-top:32px}"
    "td:nth-child(4),th:nth-child(4){text-align:right;padding-right:24px}"
)


def certificate_page(
    version: str,
    as_of: date,
    companies: Sequence[Mapping[str, Any]],
    missing: Mapping[str, Sequence[str]],
) -> str:
    """Return the page: one section a company, then what the source does not have."""
    title = f"Quality certificate of data version {escape(version)}"
    sections = "".join(_company(entry) for entry in companies)
    return (
        '<!doctype html><html lang="en-US"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width,initial-scale=1">'
        f'<meta name="robots" content="noindex"><title>{title}</title>'
        f'<style>{style()}{EXTRA}</style></head><body><div class="page"><main>'
        f"<h1>{title}</h1><p>Data as of {as_of.isoformat()}. A is best: nothing is open. "
        "B to F name the worst open severity, 5 to 1.</p>"
        f"{sections}{_missing(missing)}</main></div></body></html>\n"
    )


def _company(entry: Mapping[str, Any]) -> str:
    count = len(entry["open"])
    words = f"{entry['checks_run']} checks run, {count or 'none'} open"
    head = f"<section><h2>{escape(entry['company_name'])}: grade {escape(entry['grade'])}</h2>"
    rows = "".join(_row(check) for check in entry["open"])
    names = "".join(f'<th scope="col">{name}</th>' for name in HEAD)
    table = f"<table><thead><tr>{names}</tr></thead><tbody>{rows}</tbody></table>" if rows else ""
    return f"{head}<p>{words}</p>{table}</section>"


def _row(check: Mapping[str, Any]) -> str:
    keys = [key for key in json.loads(check["failing_keys"] or "[]") if key]
    more = max(int(check["failing_rows"]) - SHOWN_KEYS, 0) if keys else 0
    shown = ", ".join(str(key) for key in keys[:SHOWN_KEYS]) + (f" and {more} more" if more else "")
    cells = (
        check["severity"],
        check["table_name"],
        check["check_name"],
        f"{check['failing_rows']:,}",
        check["owner"],
        shown,
    )
    return f"<tr>{''.join(f'<td>{escape(str(cell))}</td>' for cell in cells)}</tr>"


def _missing(missing: Mapping[str, Sequence[str]]) -> str:
    if not missing:
        return ""
    rows = "".join(
        f"<tr><td>{escape(feature)}</td><td>{escape(', '.join(tables))}</td></tr>"
        for feature, tables in missing.items()
    )
    return (
        "<section><h2>Not in the source</h2><p>What these tables hold is unknown, and so is what "
        'each report reads from them.</p><table><thead><tr><th scope="col">Report</th>'
        f'<th scope="col">Tables</th></tr></thead><tbody>{rows}</tbody></table></section>'
    )
