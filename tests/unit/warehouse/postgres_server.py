"""A real PostgreSQL for tests: started in a private folder, stopped with it, filled from files.

Belongs here: finding the programs, starting as a user who is not root, loading a directory of
CSV files into tables made from the contracts. Does not: reading it (that is what is tested).
"""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from expectations.contract import Column, Contract
from expectations.frames import identifier

USER, PASSWORD, DATABASE = "benefits", "only-for-tests", "benefits"
INSTALLED = Path("/usr/lib/postgresql")
UNPRIVILEGED = ("postgres", "nobody")
TYPES = {
    "uuid": "uuid",
    "text": "text",
    "enum": "text",
    "int": "integer",
    "bigint": "bigint",
    "bool": "boolean",
    "date": "date",
    "timestamp": "timestamp",
    "json": "jsonb",
}


class PostgresError(Exception):
    """A server that did not do as told; the message is what the program said."""


@dataclass(frozen=True)
class PostgresServer:
    """A running server: scram password, a loopback port and a private socket folder."""

    programs: Path
    port: int
    sockets: Path

    @property
    def address(self) -> str:
        """The address of the database without its password."""
        return f"postgresql://{USER}@127.0.0.1:{self.port}/{DATABASE}"

    @property
    def environment(self) -> dict[str, str]:
        """What a client needs in its environment."""
        return {"PGPASSWORD": PASSWORD}

    def sql(self, script: str) -> str:
        """What psql prints for a script, tuples only; the first error ends it."""
        options = ["--no-psqlrc", "--quiet", "--tuples-only", "--no-align"]
        stop = ["--set", "ON_ERROR_STOP=1"]
        where = ["--host", "127.0.0.1", "--port", str(self.port), "--username", USER]
        command = [str(self.programs / "psql"), *options, *stop, *where, DATABASE]
        return run(command, script=script, environment=self.environment).strip()

    def load(
        self, directory: Path, contracts: Mapping[str, Contract], schema: str = "public"
    ) -> tuple[str, ...]:
        """The tables made from the contracts and filled from the directory's CSV files."""
        found = [table for table in contracts if (directory / f"{table}.csv").exists()]
        lines = [f"create schema if not exists {identifier(schema)};"]
        for table in found:
            lines += _table(contracts[table], schema, directory / f"{table}.csv")
        self.sql("\n".join(lines))
        return tuple(found)


def column_type(column: Column) -> str:
    """The native PostgreSQL type of a contract's column."""
    if column.type == "decimal":
        return f"numeric({column.precision},{column.scale})"
    return TYPES[column.type]


def find_programs() -> Path | None:
    """The folder that holds initdb, pg_ctl and psql; None where PostgreSQL is not installed."""
    versions = sorted(INSTALLED.glob("*/bin"), key=lambda one: float(one.parent.name), reverse=True)
    on_path = shutil.which("initdb")
    for folder in [*versions, *([Path(on_path).resolve().parent] if on_path else [])]:
        if all((folder / program).exists() for program in ("initdb", "pg_ctl", "psql")):
            return folder
    return None


@contextmanager
def running(programs: Path) -> Iterator[PostgresServer]:
    """A server that lives as long as the block; nothing of it is left behind."""
    home = Path(tempfile.mkdtemp(prefix="pg-", dir="/tmp"))
    data, secret = home / "data", home / "password"
    secret.write_text(PASSWORD, encoding="utf-8")
    owner = _owner()
    if owner is not None:
        for path in (home, secret):
            shutil.chown(path, owner)
    try:
        _create(programs, data, secret, owner)
        server = PostgresServer(programs, _free_port(), home)
        _control(programs, data, owner, "start", _settings(server), home / "log")
        try:
            run(
                [str(programs / "createdb"), *_here(server), DATABASE],
                environment=server.environment,
            )
            yield server
        finally:
            _control(programs, data, owner, "stop")
    finally:
        shutil.rmtree(home, ignore_errors=True)


def run(
    command: Sequence[str],
    script: str | None = None,
    environment: Mapping[str, str] | None = None,
    user: str | None = None,
) -> str:
    """What a program printed; raise PostgresError with its words where it failed."""
    done = subprocess.run(
        command,
        input=script,
        env={**os.environ, **(environment or {})},
        user=user,
        cwd="/tmp",
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise PostgresError(f"{Path(command[0]).name}: {done.stderr.strip()}")
    return done.stdout


@pytest.fixture(scope="session")
def postgres() -> Iterator[PostgresServer]:
    """One server for the session; import this name into a conftest or a test module."""
    programs = find_programs()
    if programs is None:
        pytest.skip("PostgreSQL is not installed: apt-get install postgresql")
    with running(programs) as server:
        yield server


def _create(programs: Path, data: Path, secret: Path, owner: str | None) -> None:
    command = [str(programs / "initdb"), "--pgdata", str(data), "--username", USER]
    command += ["--auth", "scram-sha-256", "--pwfile", str(secret), "--encoding", "UTF8"]
    run([*command, "--locale", "C", "--no-sync"], user=owner)


def _control(
    programs: Path,
    data: Path,
    owner: str | None,
    verb: str,
    settings: str = "",
    log: Path | None = None,
) -> None:
    command = [str(programs / "pg_ctl"), "--pgdata", str(data), "--wait", "--timeout", "180"]
    command += ["--log", str(log)] if log else ["--mode", "immediate"]
    command += ["--options", settings] if settings else []
    run([*command, verb], user=owner)


def _settings(server: PostgresServer) -> str:
    chosen = {
        "listen_addresses": "127.0.0.1",
        "port": server.port,
        "unix_socket_directories": server.sockets,
        "fsync": "off",
        "shared_buffers": "32MB",
    }
    return " ".join(f"-c {name}={value}" for name, value in chosen.items())


def _here(server: PostgresServer) -> list[str]:
    return ["--host", "127.0.0.1", "--port", str(server.port), "--username", USER]


def _owner() -> str | None:
    if os.geteuid() != 0:
        return None
    import pwd

    known = {entry.pw_name for entry in pwd.getpwall()}
    for name in UNPRIVILEGED:
        if name in known:
            return name
    raise PostgresError("PostgreSQL does not run as root and no other user is there")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _table(contract: Contract, schema: str, path: Path) -> list[str]:
    name = f"{identifier(schema)}.{identifier(contract.table)}"
    with path.open(encoding="utf-8-sig") as file:
        header = [one.strip().strip('"') for one in file.readline().strip().split(",")]
    columns = [f"{identifier(one)} {column_type(contract.column(one))}" for one in header]
    key = ", ".join(identifier(one) for one in contract.primary_key)
    listed = ", ".join(identifier(one) for one in header)
    return [
        f"create table {name} ({', '.join(columns)}, primary key ({key}));",
        f"\\copy {name} ({listed}) from '{path}' with (format csv, header true)",
    ]
