"""`benefits verify`: is the audit chain whole, the published version unchanged, a file genuine?

Belongs here: the three questions and their answers in one line each. Does not belong here: how a
chain or a manifest is made.
"""

from __future__ import annotations

import json
import sys
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from cli.homes import ledger_of
from cli.options import HOME, new_file


@dataclass(frozen=True)
class Verdict:
    """What was verified, whether it holds, and every place where it does not."""

    what: str
    holds: bool
    summary: str
    findings: tuple[str, ...] = ()


def command(
    subject: Annotated[str, typer.Argument(help="audit, snapshot, or the path of a file.")],
    home: Annotated[Path, HOME] = Path("var"),
    anchor: Annotated[
        Path | None,
        typer.Option(callback=new_file, help="With audit: a file that remembers where it ended."),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
) -> int:
    """Verify the audit chain, the published snapshot, or one file."""
    root = home.resolve()
    if anchor is not None and subject != "audit":
        raise typer.BadParameter("--anchor goes with audit")
    if subject == "audit":
        verdict = verify_audit(root, anchor)
    elif subject == "snapshot":
        verdict = verify_snapshot(root)
    else:
        verdict = verify_file(root, Path(subject))
    if as_json:
        sys.stdout.write(json.dumps(asdict(verdict), sort_keys=True) + "\n")
    else:
        sys.stdout.write(f"{'✓' if verdict.holds else '✗'} {verdict.summary}\n")
        sys.stdout.writelines(f"  {finding}\n" for finding in verdict.findings)
    return 0 if verdict.holds else 1


def verify_audit(home: Path, anchor: Path | None = None) -> Verdict:
    """Return whether every line of the audit is what was written, in its place, to the last one.

    What the home's own anchors and those of `anchor` say must still be so; where all of it holds,
    the present end is added to `anchor`, which is best kept away from this machine.
    """
    from ledger.anchors import OWN, add_anchor, check_anchors

    ledger = ledger_of(home)
    found = list(ledger.audit.verify())
    for path in (home / OWN, *([anchor] if anchor else ())):
        found += check_anchors(path, ledger.audit)
    seq, digest = ledger.audit.head()
    if found:
        first = min(finding.seq for finding in found)
        summary = f"The audit was changed: {len(found)} places, the first is line {first}."
        return Verdict("audit", False, summary, tuple(finding.message for finding in found))
    if anchor is not None:
        add_anchor(anchor, ledger.audit, datetime.now(UTC))
    return Verdict("audit", True, f"The audit is whole: {seq} lines, head {digest[:16]}.")


def verify_snapshot(home: Path) -> Verdict:
    """Return whether the published version is what its manifest and the ledger say."""
    from warehouse.opening import open_home
    from warehouse.publish.pointer import SNAPSHOT, current, file_sha256
    from warehouse.publish.snapshot import table_facts

    place = open_home(home)
    found = current(place)
    if found is None:
        raise typer.BadParameter(f"{home}: nothing is published yet: run benefits run first")
    version, manifest = found
    file = place.snapshot(version)
    findings: list[str] = []
    known = {row.data_version: row.manifest_sha256 for row in ledger_of(home).records.versions()}
    pointer = json.loads((home / "published" / "current").read_text())
    if known.get(version) != pointer["manifest_sha256"]:
        findings.append(f"the ledger does not know this manifest of version {version[:12]}")
    if manifest.get("snapshot_sha256") not in (None, file_sha256(file.path)):
        findings.append(f"{SNAPSHOT} is not the file that was published")
    findings += _differing_tables(manifest.get("tables", {}), table_facts(file))
    if findings:
        return Verdict("snapshot", False, f"Version {version[:12]} was changed.", tuple(findings))
    return Verdict("snapshot", True, f"Version {version[:12]} is as it was published.")


def verify_file(home: Path, path: Path) -> Verdict:
    """Return whether a file is, byte for byte, a document on record."""
    if not path.is_file():
        raise typer.BadParameter(f"{path} is no file: say audit, snapshot or a path")
    documents = ledger_of(home).documents
    sha256 = documents.hash_of(path)
    rows = [row for row in documents.rows() if row.sha256 == sha256]
    if not rows:
        summary = f"{path.name} is no document of this home, or was changed ({sha256[:12]})."
        return Verdict(str(path), False, summary)
    row = rows[0]
    summary = (
        f"{path.name} is {row.report} for {row.period}, {row.status}, "
        f"data version {row.data_version[:12]}, made {row.created_at:%Y-%m-%d}."
    )
    return Verdict(str(path), True, summary)


def _differing_tables(wanted: dict[str, dict[str, object]], found: object) -> list[str]:
    facts = dict(found) if isinstance(found, dict) else {}
    names = sorted(set(wanted) | set(facts))
    return [f"{name} is not as published" for name in names if wanted.get(name) != facts.get(name)]
