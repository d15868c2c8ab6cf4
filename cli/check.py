"""`benefits check --source DIR`: a dry run that says what is bad and what each report misses.

Nothing is kept: the source is landed in a folder that is removed. Not here: what is needed for what
(the contracts).
"""

from __future__ import annotations

import json
import shutil
import sys
import tempfile
import textwrap
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cli.options import AS_OF, HOME
from cli.run import make_run
from cli.steps import WIDTH

if TYPE_CHECKING:
    from warehouse.landing.trial import FeatureTrial, TableTrial, Trial

MOST = 4


def command(
    source: Annotated[str, typer.Option(help="A folder of files, or postgresql://user@host/db.")],
    report: Annotated[str, typer.Option(help="Only this report; all without it.")] = "",
    as_of: Annotated[date | None, AS_OF] = None,
    home: Annotated[Path, HOME] = Path("var"),
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
) -> int:
    """Land a source on trial and say what is missing for which report."""
    from expectations.contract import load_contracts
    from warehouse.landing.trial import try_source
    from warehouse.opening import private_home

    contracts = load_contracts()
    known = sorted({f for c in contracts.values() for col in c.columns for f in col.needed_for})
    if report and report not in known:
        raise typer.BadParameter(f"nothing is needed for {report!r}; known are {', '.join(known)}")
    with tempfile.TemporaryDirectory(prefix="benefits-check-") as folder:
        place = Path(folder)
        settings = home / "source.toml"
        if settings.is_file():
            shutil.copyfile(settings, place / "source.toml")
        trial = try_source(make_run(source, as_of, "check", private_home(place)), contracts)
    features = [f for f in trial.features if report in ("", f.feature)]
    if as_json:
        sys.stdout.write(json.dumps(_facts(trial, features), sort_keys=True) + "\n")
    else:
        _print(trial, features)
    bad = trial.refusals or any(t.rejected for t in trial.tables)
    return 1 if bad or not all(f.is_complete for f in features) else 0


def _facts(trial: Trial, features: list[FeatureTrial]) -> dict[str, object]:
    return asdict(trial) | {
        "refusals": [refusal.line() for refusal in trial.refusals],
        "features": [asdict(f) | {"complete": f.is_complete} for f in features],
    }


def _print(trial: Trial, features: list[FeatureTrial]) -> None:
    """Print the tables that are there, then each report with what it misses."""
    out = sys.stdout.write
    there = [t for t in trial.tables if t.state in ("present", "empty")]
    out("Tables\n")
    for one in there:
        out(_table_line(one))
    for refusal in trial.refusals:
        out(f"  ✗ {refusal.line()}\n")
    gone = len(trial.tables) - len(there) - len(trial.refusals)
    out(f"  – {gone} more tables are not in the source: what they hold is unknown\n\nReports\n")
    for feature in features:
        out(_feature_line(feature))
    if trial.findings:
        out("\nWorth knowing\n")
    for table, code, message in trial.findings:
        out(f"  ! {f'{table}: ' if table else ''}{message} [{code}]\n")


def _table_line(table: TableTrial) -> str:
    mark = "!" if table.rejected else "✓"
    count = (
        "empty: there is nothing"
        if table.state == "empty"
        else f"{table.rows:,} row" + ("" if table.rows == 1 else "s")
    )
    if not table.rejected:
        return f"  {mark} {table.table:<34}{count}\n"
    why = ", ".join(f"{reason} ({n:,})" for reason, n in table.reasons[:MOST])
    more = len(table.reasons) - MOST
    tail = f" and {more} other reasons" if more > 0 else ""
    return f"  {mark} {table.table:<34}{count}, {table.rejected:,} put aside: {why}{tail}\n"


def _feature_line(feature: FeatureTrial) -> str:
    if feature.is_complete:
        return f"  ✓ {feature.feature}: nothing is missing\n"
    lines = f"  ✗ {feature.feature}\n"
    for word, names in (("tables", feature.tables), ("columns", feature.columns)):
        text = textwrap.fill(f"{word}: {', '.join(names)}", WIDTH - 6, subsequent_indent="  ")
        lines += textwrap.indent(text, " " * 6) + "\n" if names else ""
    return lines
