"""The gate's suites and their latest stored results as Great Expectations' own Data Docs pages.

Nothing is judged again: the results are those the last load stored, in counts only, without a value
of any row. What the stock pages would fetch from other hosts is taken out: they load nothing but
their own files, and need no script. Not here: the certificate, which is the answer in one page.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Any

from lxml import etree, html

from expectations.contract import Contract
from warehouse.errors import CallError
from warehouse.home import Home

SITE = "gate"
POLICY = "default-src 'self'; style-src 'self' 'unsafe-inline'"
AWAY = (
    "//script | //footer | //link[starts-with(@href, 'http')] | //img[starts-with(@src, 'http')]"
    " | //button | //*[@id='ge-cta-footer'] | //*[contains(@class, 'card')][.//strong='Actions']"
)
STYLE = """
body { font: 15px/1.45 sans-serif; color: #1c2733; margin: 0 auto; max-width: 72rem; padding: 1rem }
table { border-collapse: collapse; width: 100%; margin: .5rem 0 1.2rem }
th, td { border-bottom: 1px solid #d5dde5; padding: .35rem .6rem; text-align: left }
th { background: #eef2f6 } a { color: #1d4f91 } .fa-check-circle::before { content: "\\2713" }
.fa-times::before, .fa-exclamation-triangle::before { content: "\\2717" }
.text-danger { color: #b3261e } .text-success { color: #1b7a3d }
"""


@dataclass(frozen=True)
class Stored:
    """What the last load stored about one promise of one table."""

    success: bool
    failing: int


def write_data_docs(
    home: Home, contracts: Mapping[str, Contract], version: str, as_of: date, into: Path
) -> int:
    """Write the site into an empty or new folder; return of how many tables it tells."""
    into = into.resolve()
    if into.exists() and (not into.is_dir() or any(into.iterdir())):
        raise CallError(f"{into} is not empty: name a new folder")
    if not home.landing_file.exists():
        raise CallError(f"{home.root}: nothing has landed yet; run `benefits run` first")
    rows, stored = _results(home)
    told = {table: contracts[table] for table in sorted(stored) if table in contracts}
    _build(told, contracts, rows, stored, _Run(version, as_of), into)
    for page in into.rglob("*.html"):
        page.write_bytes(_alone(page.read_bytes()))
    _write_index(told, stored, version, into)
    shutil.rmtree(into / "static", ignore_errors=True)  # templates and pictures no page needs
    return len(told)


def _write_index(
    told: Mapping[str, Contract],
    stored: Mapping[str, Mapping[str, Stored]],
    version: str,
    into: Path,
) -> None:
    """Write the first page anew: the stock one fills its tables with a script."""
    results = {path.stem.removeprefix("landing-"): path for path in into.rglob("landing-*.html")}
    lines = []
    for table in told:
        broken = sum(not result.success for result in stored[table].values())
        mark = f'<td class="text-danger">✗ {broken} broken</td>' if broken else "<td>✓</td>"
        page = results[table].relative_to(into).as_posix()
        suite = f"expectations/landing_{table}.html"
        lines.append(
            f'<tr><td><a href="{page}">{table}</a></td>{mark}<td>{len(stored[table])}</td>'
            f'<td><a href="{suite}">what is expected</a></td></tr>'
        )
    head = "<tr><th>Table</th><th>Checks</th><th>Run</th><th>Suite</th></tr>"
    title = f"Checks of landed tables, data version {version}"
    body = f"<h1>{title}</h1><table>{head}{''.join(lines)}</table>"
    policy = f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">'
    head = f'<meta charset="utf-8">{policy}<title>{title}</title><style>{STYLE}</style>'
    page = f'<!DOCTYPE html><html lang="en"><head>{head}</head><body>{body}</body></html>'
    (into / "index.html").write_text(page, "utf-8")


@dataclass(frozen=True)
class _Run:
    version: str
    as_of: date

    @property
    def moment(self) -> datetime:
        """Return the business date as a moment: the pages are the same on every day."""
        return datetime.combine(self.as_of, time(), UTC)


def _results(home: Home) -> tuple[dict[str, int], dict[str, dict[str, Stored]]]:
    """Return rows by table, and what was stored about each of its promises."""
    connection = home.landing.open(read_only=True)
    try:
        counts = connection.execute(
            "select table_name, row_count from landing.table_state"
        ).fetchall()
        found = connection.execute(
            "select table_name, check_name, bool_and(success), sum(failing_rows) "
            "from landing.check_result group by all order by all"
        ).fetchall()
    finally:
        connection.close()
    stored: dict[str, dict[str, Stored]] = {}
    for table, check, success, failing in found:
        stored.setdefault(table, {})[check] = Stored(bool(success), int(failing))
    return dict(counts), stored


def _build(
    told: Mapping[str, Contract],
    contracts: Mapping[str, Contract],
    rows: Mapping[str, int],
    stored: Mapping[str, Mapping[str, Stored]],
    run: _Run,
    into: Path,
) -> None:
    """Let Great Expectations' site builder write its pages from suites and stored results."""
    os.environ["GX_ANALYTICS_ENABLED"] = "false"
    import great_expectations as gx

    from expectations.suites import build_suite

    context = gx.get_context(mode="ephemeral")
    context._save_project_config = lambda *_: None
    for name in list(context.variables.data_docs_sites or {}):
        context.delete_data_docs_site(name)
    place = {"class_name": "TupleFilesystemStoreBackend", "base_directory": str(into)}
    site = {"class_name": "SiteBuilder", "store_backend": place, "show_how_to_buttons": False}
    index = {"class_name": "DefaultSiteIndexBuilder"}
    context.add_data_docs_site(SITE, site | {"site_index_builder": index})
    for table, contract in told.items():
        suite = context.suites.add(build_suite(contract, contracts))
        _keep(context, table, suite, rows.get(table, 0), stored[table], run)
    context.build_data_docs()


def _keep(
    context: Any, table: str, suite: Any, rows: int, stored: Mapping[str, Stored], run: _Run
) -> None:
    """Put a table's stored results where the site builder looks for them."""
    import great_expectations as gx
    from great_expectations.core import ExpectationSuiteValidationResult
    from great_expectations.core.run_identifier import RunIdentifier
    from great_expectations.data_context.types.resource_identifiers import (
        ExpectationSuiteIdentifier,
        ValidationResultIdentifier,
    )

    results = [r for e in suite.expectations if (r := _result(e, rows, stored)) is not None]
    kept = sum(bool(result.success) for result in results)
    identity = RunIdentifier(run_name=f"version-{run.version}", run_time=run.moment)
    statistics = {
        "evaluated_expectations": len(results),
        "successful_expectations": kept,
        "unsuccessful_expectations": len(results) - kept,
        "success_percent": 100 * kept / len(results) if results else None,
    }
    outcome = ExpectationSuiteValidationResult(
        success=kept == len(results),
        results=results,
        suite_name=suite.name,
        statistics=statistics,
        meta={
            "run_id": identity,
            "great_expectations_version": gx.__version__,
            "active_batch_definition": {"data_asset_name": table},
        },
    )
    key = ValidationResultIdentifier(
        expectation_suite_identifier=ExpectationSuiteIdentifier(suite.name),
        run_id=identity,
        batch_identifier=f"landing-{table}",
    )
    context.validation_results_store.set(key, outcome)


def _result(expectation: Any, rows: int, stored: Mapping[str, Stored]) -> Any:
    """Return the stored result of an expectation, counts only, or None where there is none."""
    from great_expectations.core import ExpectationValidationResult

    asked = expectation.configuration
    known = stored.get(asked.meta["name"])
    if known is None:
        return None
    counts: dict[str, Any] = {"element_count": rows, "unexpected_count": known.failing}
    counts["unexpected_percent"] = 100 * known.failing / rows if rows else 0
    if asked.meta.get("kind", "volume") == "volume":
        counts = {"observed_value": rows}
    told = {"raised_exception": False, "exception_message": None, "exception_traceback": None}
    return ExpectationValidationResult(
        success=known.success, expectation_config=asked, result=counts, exception_info=told
    )


def _alone(content: bytes) -> bytes:
    """Return a page that loads nothing but its own files: no script, no other host."""
    content = content.replace(b"Data asset: None<br>", b"")  # the suite's name says which table
    page = html.document_fromstring(content, parser=html.HTMLParser(encoding="utf-8"))
    for gone in page.xpath(AWAY):
        gone.getparent().remove(gone)
    for style in page.xpath("//style"):
        lines = [line for line in (style.text or "").split("\n") if "http" not in line]
        style.text = "\n".join(lines)
    head = page.find("head")
    policy = etree.SubElement(head, "meta", {"http-equiv": "Content-Security-Policy"})
    policy.set("content", POLICY)
    head.remove(policy)
    head.insert(0, policy)
    etree.SubElement(head, "style").text = STYLE
    return html.tostring(page, encoding="utf-8", doctype="<!DOCTYPE html>")  # type: ignore[no-any-return]
