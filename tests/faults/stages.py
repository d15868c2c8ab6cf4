"""The stages of the way of the data that faults strike: the smallest folder each can work on.

Each stage prepares a folder, does its work there as the product does it, tells what came of it in
hashes, and names what must never be seen, whatever happened. Not here: the faults.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

import duckdb

from expectations.contract import Contract, load_contracts
from ledger.store import open_ledger
from tests.faults import stage_documents as documents
from tests.faults import stage_outbox as outbox
from tests.faults.readers import write_build
from tests.unit.warehouse.conftest import no_judge, run_of, write_source
from warehouse.build import Project
from warehouse.home import Home
from warehouse.landing import database
from warehouse.landing.ingest import ingest
from warehouse.publish import pointer, prepare, version
from warehouse.publish.retention import retire
from warehouse.publish.version import CODE, project_hash, tree_hash
from warehouse.settings import Run
from warehouse.sources import files
from warehouse.sources.parse import parse_job

Facts = dict[str, Any]
TABLES = ("company", "employee")
KEEP = 3


@dataclass(frozen=True)
class Stage:
    """One stage: its folder, its work, what came of it, and what must hold at any moment."""

    prepare: Callable[[Path], None]
    work: Callable[[Path, datetime], None]
    facts: Callable[[Path], Facts]
    wrong: Callable[[Path], list[str]]
    damaged: Callable[[Path], list[Path]]


@cache
def contracts() -> dict[str, Contract]:
    """Return the contracts of the tables the small source has."""
    return {name: c for name, c in load_contracts().items() if name in TABLES}


@cache
def code_hashes() -> tuple[str, str]:
    """Return the hashes of the code and of the whole project, worked out once."""
    return tree_hash(CODE), project_hash()


def parsed_here(jobs: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return what the limited child would read, read in this process."""
    return [asdict(parse_job(job)) for job in jobs]


@contextmanager
def settled() -> Iterator[None]:
    """Make a process that stands for many runs cheap: what never changes is not worked out anew.

    Files are parsed in this very process: the limited child they otherwise have is started for
    each load, and has tests of its own.
    """
    code, project = code_hashes()
    places: list[tuple[Any, str, Any]] = [
        (database, "tree_hash", lambda folders: code),
        (version, "project_hash", lambda: project),
        (files, "_child", parsed_here),
    ]
    before = [getattr(owner, name) for owner, name, _ in places]
    for owner, name, new in places:
        setattr(owner, name, new)
    try:
        yield
    finally:
        for (owner, name, _), old in zip(places, before, strict=True):
            setattr(owner, name, old)


def run_at(folder: Path, now: datetime) -> Run:
    """Return the arguments of a run in a folder at a moment."""
    run = run_of(folder / "home", folder / "source")
    return Run(run.as_of, now, run.actor, run.home, run.source)


def change_source(folder: Path) -> None:
    """Rename one person, let another go, and break a third."""
    path = folder / "source" / "employee.csv"
    lines = path.read_text().replace("First7,", "Renamed,").splitlines()
    lines[12] = lines[12].replace("2024-01-01", "2024-13-01")
    del lines[20]
    path.write_text("\n".join(lines) + "\n")


def prepare_landing(folder: Path) -> None:
    """Land the small source once, then change it."""
    write_source(folder / "source")
    land(folder, documents.NOW)
    change_source(folder)


def land(folder: Path, now: datetime) -> None:
    """Land the source as a run does, under the lock of the home."""
    run = run_at(folder, now)
    with run.home.locked():
        ingest(run, contracts(), no_judge)


def landed(folder: Path) -> Facts:
    """Return every current and ended row of the landing database and what was said about them."""
    with duckdb.connect(str(Home(folder / "home").landing_file), read_only=True) as connection:
        relations = connection.execute(
            "select schema_name || '.' || table_name from duckdb_tables() "
            "where table_name <> 'load' order by 1"
        ).fetchall()
        return {
            name: connection.execute(f"select md5(string_agg(t::varchar, '|' order by t::varchar)) "
                                     f"from {name} t").fetchall()
            for (name,) in relations
        }  # fmt: skip


def current(folder: Path) -> Facts:
    """Return what stands in landing now, whatever the loads before it believed."""
    with duckdb.connect(str(Home(folder / "home").landing_file), read_only=True) as connection:
        rows = connection.execute(
            "select table_name, state, row_count, rejected_count, content_hash "
            "from landing.table_state order by 1"
        ).fetchall()
    return {name: state for name, *state in rows}


def wrong_inbox(folder: Path) -> list[str]:
    """Return the raw files whose name is not the hash of what they hold."""
    inbox = Home(folder / "home").inbox
    seen = [path for path in inbox.iterdir() if not path.name.startswith(".")]
    return [f"inbox/{p.name[:8]}" for p in seen if pointer.file_sha256(p) != p.name]


def wrong_landing(folder: Path) -> list[str]:
    """Return what may never be seen of landing: a file that is not whole under its final name."""
    found = wrong_inbox(folder)
    with duckdb.connect(str(Home(folder / "home").landing_file), read_only=True) as connection:
        counts = connection.execute(
            "select table_name from history.load_table "
            "where received <> landed + rejected + duplicates + superseded"
        ).fetchall()
    return found + [f"the counts of {table} do not add up" for (table,) in counts]


def prepare_publish(folder: Path) -> None:
    """Publish the small source, then land a change of it."""
    write_source(folder / "source")
    land(folder, documents.NOW)
    publish(folder, documents.NOW)
    change_source(folder)
    land(folder, documents.NOW)


def publish(folder: Path, now: datetime) -> None:
    """Build and publish what has landed as a run does, with models of two tables."""
    from dagster_project.session import Session

    session = Session(run_at(folder, now), Project(), contracts=contracts())
    home = session.run.home
    with home.locked():
        session.settle_published()
        plan = prepare.begin_build(home, session.run.as_of, contracts())
        if plan.is_repeat:
            session.settle_published()
        else:
            write_build(plan)
            digest = prepare.finish_publish(plan, home, contracts())
            session.ledger.records.record_version(plan.version, digest, now)
        retire(home, session.ledger.records.pinned_versions(), KEEP)
        session.anchor()


def published(folder: Path) -> Facts:
    """Return the versions, what stands in each, and what the ledger knows of them."""
    home = Home(folder / "home")
    found = dict(pointer.versions(home))
    ledger = open_ledger(home.root)
    return {
        "current": pointer.named_versions(home),
        "tables": {version: manifest["tables"] for version, manifest in found.items()},
        "ledger": sorted(row.data_version for row in ledger.records.versions()),
        "audit": ledger.audit.verify(),
        "left": sorted(p.name for p in home.published.iterdir() if p.name.startswith(".")),
    }


def wrong_published(folder: Path) -> list[str]:
    """Return what may never be seen: half a version, a mixed one, a changed file."""
    from reports.snapshot import open_snapshot
    from tests.faults.readers import answer

    home = Home(folder / "home")
    found = [v for v, m in pointer.versions(home) if not pointer.is_whole(home.published / v, m)]
    with open_snapshot(home.root, only_current=True) as snapshot:
        carried = {snapshot.data_version, *answer(snapshot)}
    return [f"version {v} is not whole" for v in found] + ["mixed"] * (len(carried) != 1)


def version_files(folder: Path) -> list[Path]:
    """Return the files of the current version, and the pointer."""
    home = Home(folder / "home")
    place = home.published / pointer.named_versions(home)[0]
    return [place / pointer.SNAPSHOT, place / pointer.MANIFEST, home.published / pointer.POINTER]


def hashes(folder: Path) -> dict[str, str]:
    """Return the SHA-256 of every finished file below a folder, by its name."""
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and not path.name.startswith(".")
    }


def written(folder: Path) -> Facts:
    """Return the documents handed out, and what the ledger says of them."""
    ledger = open_ledger(folder / "home")
    rows = {(row.sha256, row.name, row.status) for row in ledger.documents.rows()}
    return {"out": hashes(folder / "out"), "rows": sorted(rows), "audit": ledger.audit.verify()}


def wrong_documents(folder: Path) -> list[str]:
    """Return what may never be seen: a document without a row, a row without its document."""
    ledger = open_ledger(folder / "home")
    stored, out = hashes(folder / "home" / "artifacts"), hashes(folder / "out")
    rows = ledger.documents.rows()
    known = {row.sha256 for row in rows}
    audited = {row.subject for row in ledger.audit.rows() if row.action == "artifact.stored"}
    found = [f"{name} was handed out unrecorded" for name, sha in out.items() if sha not in known]
    found += [f"{n} is not what its name says" for n, sha in stored.items() if sha not in n]
    found += [f"no file of {r.name}" for r in rows if r.sha256 not in set(stored.values())]
    return found + [f"no audit line of {sha[:8]}" for sha in known - audited]


def artifact_files(folder: Path) -> list[Path]:
    """Return the stored documents."""
    return sorted(p for p in (folder / "home" / "artifacts").rglob("*") if p.is_file())


def read_all(folder: Path) -> Facts:
    """Return the hashes of the stored documents as the ledger proves them while reading."""
    documents_ = open_ledger(folder / "home").documents
    return {row.name: hashlib.sha256(documents_.read(row)).hexdigest() for row in documents_.rows()}


STAGES = {
    "landing": Stage(
        prepare_landing, land, landed, wrong_landing, lambda f: [Home(f / "home").landing_file]
    ),
    "publish": Stage(prepare_publish, publish, published, wrong_published, version_files),
    "render": Stage(documents.prepare, documents.write, written, wrong_documents, artifact_files),
    "careless": Stage(
        documents.prepare,
        documents.write_carelessly,
        written,
        wrong_documents,
        artifact_files,
    ),
    "outbox": Stage(outbox.prepare, outbox.send, outbox.sent, outbox.wrong, artifact_files),
}


def dumped(facts: Facts) -> str:
    """Return facts in one spelling."""
    return json.dumps(facts, sort_keys=True, default=str)
