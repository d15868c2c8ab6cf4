"""Runs the dbt project on landed rows into one build file, in this process.

Nothing is written into the repository, and no log of dbt's is kept: engine errors carry values.
Not here: the order of the steps (the asset graph's), and what the models say.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
from argparse import Namespace
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from warehouse.database_file import DatabaseFile
from warehouse.errors import WarehouseError
from warehouse.home import write_atomically
from warehouse.publish.version import tree_hash
from warehouse.settings import MEMORY, Tick, memory_limit, no_tick

PROJECT = Path(__file__).resolve().parents[1] / "dbt"
BUILD_KEY, LANDING_KEY = "DBT_ENV_SECRET_BUILD_KEY", "DBT_ENV_SECRET_LANDING_KEY"
_QUIET = ("--quiet", "--log-level", "none", "--log-level-file", "none", "--no-write-json")


@dataclass(frozen=True)
class Build:
    """Where one build reads and writes, for which business date.

    `parent` names the schema of the build file that holds the version this one follows, if any.
    """

    build_file: DatabaseFile
    landing_file: DatabaseFile
    target: Path
    as_of: date
    parent: str = ""


@dataclass(frozen=True)
class NodeResult:
    """How one dbt node ended: `status` is success, pass, warn, fail, error or skipped.

    `sql` is what dbt made of its text, "" where it made nothing of it.
    """

    unique_id: str
    resource_type: str
    schema: str
    name: str
    status: str
    failures: int
    seconds: float
    depends_on: tuple[str, ...]
    severity: str
    message: str
    sql: str = field(default="", repr=False)


@dataclass
class Project:
    """The dbt project, parsed once per process and reused by every build."""

    manifest: Any = None

    def parse(self, build: Build) -> Any:
        """Return the parsed manifest; raise WarehouseError where the project does not parse."""
        if self.manifest is None:
            self.manifest = _known_manifest()
        if self.manifest is None:
            self.manifest = _invoke(build, ["parse"], None).result
            _keep_manifest(self.manifest)
        return self.manifest

    def run(
        self,
        build: Build,
        select: Sequence[str],
        *,
        exclude_types: Sequence[str] = ("unit_test",),
        tick: Tick = no_tick,
        indirect: str = "cautious",
    ) -> tuple[NodeResult, ...]:
        """Build the selected nodes with their tests; return how each ended, in order.

        `indirect` says which tests come along: "cautious" those whose models are all built, "empty"
        only those named.
        """
        manifest = self.parse(build)
        arguments = ["build", *(("--select", " ".join(select)) if select else ())]
        arguments += ["--indirect-selection", indirect]
        for kind in exclude_types:
            arguments += ["--exclude-resource-type", kind]
        # dbt writes what it compiled into the manifest, and a later run would not compile it anew
        done = _invoke(build, arguments, manifest.deepcopy(), tick)
        results = tuple(_node(r) for r in done.result) if done.result else ()
        if not results and not done.success:
            raise WarehouseError(f"dbt did not start: {scrubbed(str(done.exception))}")
        return results


def cache_folder() -> Path:
    """Return where parsed projects are kept between homes: no row and no secret is in them."""
    named = os.environ.get("BENEFITS_CACHE", "")
    return Path(named) if named else Path.home() / ".cache" / "benefits-warehouse"


def _cache_file() -> Path:
    """Return the file of this project as it stands, here: a manifest names its files by path."""
    place = hashlib.sha256(str(PROJECT).encode()).hexdigest()[:8]
    return cache_folder() / f"manifest-{place}-{tree_hash(('dbt',))[:24]}.msgpack"


def _known_manifest() -> Any:
    """Return the manifest an earlier process parsed from the very same files, or None."""
    from dbt.contracts.graph.manifest import Manifest
    from dbt.flags import set_from_args
    from dbt.parser.manifest import extended_mashumuro_decoder

    path = _cache_file()
    try:
        manifest = Manifest.from_msgpack(path.read_bytes(), decoder=extended_mashumuro_decoder)
    except (OSError, ValueError, KeyError, TypeError):
        return None
    # a manifest is written out with dbt's flags, which only a parse would have set
    set_from_args(Namespace(send_anonymous_usage_stats=False), {})
    return manifest


def _keep_manifest(manifest: Any) -> None:
    """Store a parsed manifest for later processes, and drop older ones; a full disk is no error."""
    from dbt.parser.manifest import extended_mashumaro_encoder

    path = _cache_file()
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        body = manifest.to_msgpack(extended_mashumaro_encoder)
        for old in path.parent.glob("manifest-*.msgpack"):
            old.unlink(missing_ok=True)
        write_atomically(path, body)
    except OSError:
        return


def _invoke(build: Build, arguments: list[str], manifest: Any, tick: Tick = no_tick) -> Any:
    """Run dbt in process and close its connection, so that the next reader finds no handle."""
    from dbt.adapters.duckdb.connections import DuckDBConnectionManager
    from dbt.cli.main import dbtRunner

    def heard(event: Any) -> None:
        if event.info.name == "LogStartLine":
            tick(event.data.index, event.data.total)

    build.build_file.path.parent.mkdir(parents=True, exist_ok=True)
    with _environment(build):
        runner = dbtRunner(manifest=manifest, callbacks=[heard])
        done = runner.invoke([*arguments, *_options(build)])
        DuckDBConnectionManager.close_all_connections()
    if arguments[0] == "parse" and not done.success:
        raise WarehouseError(f"the dbt project does not parse: {scrubbed(str(done.exception))}")
    return done


def _options(build: Build) -> list[str]:
    given = {"as_of": build.as_of.isoformat(), "parent": build.parent}
    return [
        *("--project-dir", str(PROJECT), "--profiles-dir", str(PROJECT)),
        *("--target-path", str(build.target), "--log-path", str(build.target / "logs")),
        *("--vars", json.dumps(given)),
        *(("--target", "encrypted") if build.build_file.key else ()),
        *_QUIET,
    ]


@contextmanager
def _environment(build: Build) -> Iterator[None]:
    """Give dbt its files and keys while it runs; no child process starts meanwhile."""
    keys = {BUILD_KEY: build.build_file.key, LANDING_KEY: build.landing_file.key}
    wanted = {
        **{name: key.hex() for name, key in keys.items() if key is not None},
        "BENEFITS_BUILD_FILE": str(build.build_file.path),
        "BENEFITS_LANDING_FILE": str(build.landing_file.path),
        MEMORY: memory_limit(),
        "DO_NOT_TRACK": "1",
        "DBT_SEND_ANONYMOUS_USAGE_STATS": "false",
    }
    before = {name: os.environ.get(name) for name in wanted}
    os.environ.update(wanted)
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                os.environ.pop(name, None)
            else:
                os.environ[name] = value


def _node(result: Any) -> NodeResult:
    node = result.node
    return NodeResult(
        unique_id=node.unique_id,
        resource_type=str(node.resource_type),
        schema=node.schema,
        name=node.name,
        status=str(result.status),
        failures=int(result.failures or 0),
        seconds=float(result.execution_time or 0),
        depends_on=tuple(node.depends_on_nodes) if hasattr(node, "depends_on_nodes") else (),
        severity=str(getattr(node.config, "severity", "") or "").lower(),
        message=scrubbed(str(result.message or "")),
        sql=str(getattr(node, "compiled_code", "") or ""),
    )


def scrubbed(text: str) -> str:
    """Return the first lines of an engine's message without any value it may carry."""
    short = " ".join(text.split())[:400]
    without_quotes = re.sub(r"'[^']*'", "'…'", short)
    return re.sub(r"\d{3,}", "…", without_quotes)
