"""Build the dbt project on Sail or Spark from landed parquet files; run in that engine's venv.

Belongs here: starting the engine in this process or reaching one that runs, registering landing,
running dbt, and writing what was built as parquet. Does not: judging the result (`compare.py`
does, in the main venv).
Imports nothing of ours: the two venvs share no packages.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import time
from pathlib import Path
from typing import Any

SCHEMAS = ("seeds", "intermediate", "marts", "reports")


def main() -> int:
    """Build and export; the exit code is dbt's."""
    arguments = _arguments()
    out, landing = Path(arguments.out).resolve(), Path(arguments.landing).resolve()
    arguments.project = str(Path(arguments.project).resolve())
    out.mkdir(parents=True, exist_ok=True)
    os.chdir(out)  # the engine keeps its tables under the working directory
    os.environ["DO_NOT_TRACK"] = "1"
    # the server ends with its last reference: it must be held while the client works
    session, _server = ENGINES[arguments.engine](arguments, out)
    return _build(session, arguments, landing, out)


def _sail(arguments: argparse.Namespace, out: Path) -> tuple[Any, Any]:
    """A client of Sail: of a server that runs elsewhere, or of one in this process, held too."""
    from pyspark.sql import SparkSession  # type: ignore[import-not-found]

    remote, server = arguments.remote, None
    if not remote:
        from pysail.spark import SparkConnectServer  # type: ignore[import-not-found]

        server = SparkConnectServer()
        server.start()
        host, port = server.listening_address
        remote = f"sc://{host}:{port}"
    os.environ["BENEFITS_SAIL_REMOTE"] = remote
    return SparkSession.builder.remote(remote).getOrCreate(), server


def _spark(arguments: argparse.Namespace, out: Path) -> tuple[Any, Any]:
    """Spark itself on this machine: dbt's session method finds the session that runs."""
    os.environ["SPARK_LOCAL_IP"] = "127.0.0.1"
    from pyspark.sql import SparkSession

    builder = SparkSession.builder.master(arguments.master).appName("benefits_warehouse")
    settings = {
        "spark.sql.warehouse.dir": str(out / "warehouse"),
        "spark.ui.enabled": "false",
        "spark.sql.shuffle.partitions": "4",
        "spark.sql.session.timeZone": "UTC",
        "spark.driver.memory": "4g",
        "spark.driver.extraJavaOptions": f"-Dderby.system.home={out / 'derby'}",
    }
    for name, value in settings.items():
        builder = builder.config(name, value)
    return builder.getOrCreate(), None


ENGINES = {"sail": _sail, "spark": _spark}


def _build(session: Any, arguments: argparse.Namespace, landing: Path, out: Path) -> int:
    _register(session, landing)
    started = time.monotonic()
    result = _dbt(arguments, out)
    seconds = time.monotonic() - started
    failed = [
        {"model": node.node.name, "message": str(node.message)[:2000]}
        for node in result.result or ()
        if str(node.status) not in ("success", "skipped")
    ]
    skipped = [node.node.name for node in result.result or () if str(node.status) == "skipped"]
    built = _export(session, out, result.result or ())
    report = {"seconds": seconds, "failed": failed, "skipped": skipped, "built": built}
    (out / "report.json").write_text(json.dumps(report, indent=2), encoding="utf-8")
    if result.exception is not None:
        sys.stderr.write(f"{result.exception}\n")
    return 0 if result.success else 1


def _register(session: Any, landing: Path) -> None:
    for schema in ("landing", "staging", *SCHEMAS):
        session.sql(f"create schema if not exists {schema}")
    for path in sorted(landing.glob("*.parquet")):
        session.sql(f"create table landing.`{path.stem}` using parquet location '{path}'")


def _dbt(arguments: argparse.Namespace, out: Path) -> Any:
    from dbt.cli.main import dbtRunner

    project = arguments.project
    command = [
        "build",
        *("--project-dir", project, "--profiles-dir", project, "--target", arguments.engine),
        *("--target-path", str(out / "target"), "--log-path", str(out / "logs")),
        *("--vars", json.dumps({"as_of": arguments.as_of})),
        *("--exclude-resource-type", "test", "--exclude-resource-type", "unit_test"),
        *("--quiet", "--no-partial-parse"),
    ]
    if arguments.select:
        command += ["--select", *arguments.select]
    return dbtRunner().invoke(command)


def _export(session: Any, out: Path, nodes: Any) -> list[str]:
    from pyarrow import parquet

    built = []
    for node in nodes:
        schema, name = node.node.schema, node.node.name
        if schema not in SCHEMAS or str(node.status) != "success":
            continue
        folder = out / "built" / schema
        folder.mkdir(parents=True, exist_ok=True)
        table = session.table(f"{schema}.{name}").toArrow()
        parquet.write_table(table, folder / f"{name}.parquet")
        built.append(f"{schema}.{name}")
    return built


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--landing", required=True, help="folder of <table>.parquet files")
    parser.add_argument("--project", required=True, help="folder of dbt_project.yml")
    parser.add_argument("--out", required=True, help="folder for everything this writes")
    parser.add_argument("--as-of", required=True)
    parser.add_argument("--engine", choices=sorted(ENGINES), default="sail")
    parser.add_argument("--remote", default="", help="sc://host:port of a running Sail server")
    parser.add_argument("--master", default="local[2]", help="where Spark runs")
    parser.add_argument("--select", nargs="*", default=[])
    return parser.parse_args()


if __name__ == "__main__":
    code = main()
    sys.stderr.flush()
    os._exit(code)  # stopping the server from its own process never returns
