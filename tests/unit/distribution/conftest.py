"""Servers and a stage for the tests of distribution: real protocols, on loopback only."""

from __future__ import annotations

import shutil
import socket
import subprocess
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from getpass import getuser
from pathlib import Path
from typing import Any

import asyncssh
import pytest
from aiosmtpd.controller import Controller

from data.sample.certificates import write_certificates
from data.sample.servers import USER, demo_servers, free_port, mail_server, write_private
from reports import registry
from tests.unit.distribution.stage import STAGE_REPORTS, Stage

SSHD = shutil.which("sshd") or "/usr/sbin/sshd"
SSHD_CONFIG = """\
Port {port}
ListenAddress 127.0.0.1
HostKey {folder}/host_key
AuthorizedKeysFile {folder}/authorized_keys
PidFile none
StrictModes no
PasswordAuthentication no
KbdInteractiveAuthentication no
PermitRootLogin prohibit-password
Subsystem sftp internal-sftp
LogLevel ERROR
"""
SFTP_ENTRY = """\
[archive]
kind = "sftp"
host = "127.0.0.1"
port = {port}
username = "{user}"
key_file = "keys/client_key"
host_key = "{host_key}"
folder = "{folder}"
sender = "BENEFITS"
receiver = "ARCHIVE"
companies = ["c1"]
timeout_seconds = 10
"""
SMTP_ENTRY = """\
[smtp]
host = "127.0.0.1"
port = {port}
sender = "Benefits reports <reports@northmere.example>"
username = "{user}"
password = "canary-7Q"
ca_file = "keys/ca.pem"
timeout_seconds = 5
"""


@dataclass
class MailBox:
    """A mail server's inside: what it accepted, and what it does to whom."""

    mails: list[tuple[str, bytes]] = field(default_factory=list)
    refuse: dict[str, str] = field(default_factory=dict)
    on_data: Callable[[], str] = lambda: "250 accepted"

    async def handle_RCPT(
        self, server: Any, session: Any, envelope: Any, address: str, options: list[str]
    ) -> str:
        if address in self.refuse:
            return self.refuse[address]
        envelope.rcpt_tos.append(address)
        return "250 ok"

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        self.mails.append((envelope.rcpt_tos[0], envelope.original_content))
        return self.on_data()


@dataclass
class SftpServer:
    """A partner's server: where it listens and the folder it writes to."""

    port: int
    host_key: str
    folder: Path
    process: subprocess.Popen[bytes] | None = None

    def names(self) -> list[str]:
        """Return what stands in the partner's folder."""
        return sorted(path.name for path in self.folder.iterdir())


def add_destination(home: Path, text: str) -> None:
    """Add a destination to the home's file."""
    path = home / "destinations.toml"
    old = path.read_text() if path.exists() else ""
    write_private(path, old + text)


@pytest.fixture
def stage(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Stage:
    monkeypatch.setattr(registry, "REPORTS", STAGE_REPORTS)
    home = tmp_path / "home"
    (home / "keys").mkdir(parents=True)
    return Stage(home)


@pytest.fixture(scope="session")
def certificates(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("certificates")
    write_certificates(folder, "127.0.0.1", datetime.now(UTC))
    return folder


@pytest.fixture
def mailbox(stage: Stage, certificates: Path) -> Iterator[MailBox]:
    box, port = MailBox(), free_port()
    shutil.copy(certificates / "ca.pem", stage.home / "keys" / "ca.pem")
    controller: Controller = mail_server(box, certificates, "canary-7Q", port)
    controller.start()
    add_destination(stage.home, SMTP_ENTRY.format(port=port, user=USER))
    yield box
    controller.stop()


@pytest.fixture
def sshd(stage: Stage, tmp_path: Path) -> Iterator[SftpServer]:
    if not Path(SSHD).exists():
        pytest.skip("OpenSSH's sshd is not installed; the same is tested against our own server")
    folder, inbound, port = tmp_path / "sshd", tmp_path / "partner", free_port()
    folder.mkdir(mode=0o700)
    inbound.mkdir()
    host_key, client_key = (asyncssh.generate_private_key("ssh-ed25519") for _ in range(2))
    write_private(folder / "host_key", host_key.export_private_key().decode())
    write_private(folder / "authorized_keys", client_key.export_public_key().decode())
    write_private(stage.home / "keys" / "client_key", client_key.export_private_key().decode())
    (folder / "config").write_text(SSHD_CONFIG.format(port=port, folder=folder))
    Path("/run/sshd").mkdir(exist_ok=True)
    process = subprocess.Popen([SSHD, "-D", "-e", "-f", str(folder / "config")])
    _wait_for(port)
    server = SftpServer(port, host_key.get_fingerprint(), inbound, process)
    add_destination(stage.home, sftp_entry(server))
    yield server
    process.terminate()
    process.wait()


@pytest.fixture
def demo(stage: Stage, tmp_path: Path) -> Iterator[SftpServer]:
    """The demo's own servers, in the shape the tests use."""
    with demo_servers(stage.home, tmp_path / "out") as servers:
        yield SftpServer(servers.sftp_port, "", servers.files / "inbound")


def sftp_entry(server: SftpServer, host_key: str = "") -> str:
    """Return the destination that points to a server."""
    return SFTP_ENTRY.format(
        port=server.port,
        user=getuser(),
        host_key=host_key or server.host_key,
        folder=server.folder,
    )


def _wait_for(port: int) -> None:
    for _ in range(500):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.01)
    raise TimeoutError("sshd did not start")
