"""Spark itself in local mode, and Sail as a server with two clients: equal to DuckDB, row by row.

Belongs here: the long proofs (`make prove`) of the seam to a cluster, as far as one machine goes.
Does not: the check of every test run (`test_engines.py`).
"""

from __future__ import annotations

import socket
import subprocess
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from data.sample.servers import free_port
from tests.conftest import Published
from tests.distributed.compare import compare
from tests.distributed.engines import SAIL, SPARK, Built, build_on, export_landing

pytestmark = pytest.mark.prove
SERVER = (
    "import sys; from pysail.spark import SparkConnectServer;"
    " SparkConnectServer('127.0.0.1', int(sys.argv[1])).start(background=False)"
)


@pytest.fixture(scope="module")
def landing(published: Published, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("engines") / "landing"
    export_landing(published.place.landing, folder)
    return folder


def require_equal(built: Built, published: Published) -> None:
    assert built.failed == {}
    assert built.skipped == ()
    result = compare(
        published.place.snapshot(published.version), built.folder, ("marts", "reports")
    )
    assert [f"{found.table}: {found.what}" for found in result.differences] == []
    assert result.rows > 10_000


def test_spark_builds_every_published_row(
    published: Published, landing: Path, tmp_path: Path
) -> None:
    if not SPARK.exists():
        pytest.fail("Spark is set up by `tests/distributed/run.sh --spark`")
    built = build_on(SPARK, landing, tmp_path / "out", "--engine", "spark", timeout=3000)
    require_equal(built, published)


@pytest.fixture
def sail_server(tmp_path: Path) -> Iterator[str]:
    """The address of a Sail server in a process of its own."""
    port = free_port()
    process = subprocess.Popen([str(SAIL), "-c", SERVER, str(port)], cwd=tmp_path)
    _wait_for(port)
    yield f"sc://127.0.0.1:{port}"
    process.kill()
    process.wait()


def _wait_for(port: int) -> None:
    for _ in range(300):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    raise AssertionError("the engine did not start")


def test_two_clients_of_one_server_build_side_by_side(
    published: Published, landing: Path, sail_server: str, tmp_path: Path
) -> None:
    with ThreadPoolExecutor(2) as pool:
        runs = [
            pool.submit(build_on, SAIL, landing, tmp_path / name, "--remote", sail_server)
            for name in ("first", "second")
        ]
        for run in runs:
            require_equal(run.result(), published)
