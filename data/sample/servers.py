"""A mail server and an SFTP server on loopback, for the demo and the tests: real protocols.

Belongs here: starting them, their keys and passwords, the folders they fill, and the file of
destinations that points at them. Does not belong here: sending anything to them. They accept
connections from this machine only and end with the block that started them.
"""

from __future__ import annotations

import asyncio
import logging
import secrets
import socket
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import asyncssh
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult, Envelope, LoginPassword, Session

from data.sample.certificates import write_certificates

LOOPBACK = "127.0.0.1"
USER = "benefits"
SENDER = "Benefits reports <reports@northmere.example>"
DESTINATIONS = """\
# Written by the demo: servers on this machine that end with it.
[smtp]
kind = "smtp"
host = "{host}"
port = {smtp_port}
sender = "{sender}"
username = "{user}"
password = "{password}"
ca_file = "{keys}/ca.pem"
"""
DROP = """\

[{name}]
kind = "sftp"
host = "{host}"
port = {sftp_port}
username = "{user}"
key_file = "{keys}/client_key"
host_key = "{host_key}"
folder = "{folder}"
sender = "BENEFITS"
receiver = "{receiver}"
companies = ["all"]
"""
DROPS = (("carrier_drop", "inbound", "CARRIER"), ("print_vendor", "print", "PRINT"))


@dataclass(frozen=True)
class DemoServers:
    """Where the servers listen, and the folders in which what they received lies."""

    smtp_port: int
    sftp_port: int
    mails: Path
    files: Path


@contextmanager
def demo_servers(home: Path, folder: Path) -> Iterator[DemoServers]:
    """Give running servers that store under `folder`, and a `destinations.toml` in the home."""
    mails, files, keys = folder / "mail", folder / "sftp", home / "keys"
    for path in (mails, *(files / name for _, name, _ in DROPS), keys):
        path.mkdir(parents=True, exist_ok=True, mode=0o700)
    write_certificates(keys, LOOPBACK, datetime.now(UTC))
    password = secrets.token_urlsafe(24)
    with (
        _smtp(mails, keys, password) as smtp_port,
        _sftp(files, keys) as (sftp_port, host_key),
    ):
        facts = {
            "host": LOOPBACK,
            "smtp_port": smtp_port,
            "sftp_port": sftp_port,
            "sender": SENDER,
            "user": USER,
            "password": password,
            "keys": "keys",
            "host_key": host_key,
        }
        text = DESTINATIONS.format(**facts) + "".join(
            DROP.format(**facts, name=name, folder=drop, receiver=receiver)
            for name, drop, receiver in DROPS
        )
        write_private(home / "destinations.toml", text)
        yield DemoServers(smtp_port, sftp_port, mails, files)


def write_private(path: Path, text: str) -> None:
    """Write a file that only its owner may read."""
    path.unlink(missing_ok=True)
    path.touch(mode=0o600)
    path.write_text(text, encoding="utf-8")


class MailFolder:
    """Keeps every accepted mail as a file."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    async def handle_DATA(self, server: Any, session: Session, envelope: Envelope) -> str:
        """Return the answer to a mail, once it is stored under a running number."""
        number = sum(1 for _ in self._folder.glob("*.eml")) + 1
        content = envelope.original_content or b""
        (self._folder / f"{number:04d}.eml").write_bytes(content)
        return "250 stored"


def free_port() -> int:
    """Return a port of this machine that nobody listens on now."""
    with socket.socket() as probe:
        probe.bind((LOOPBACK, 0))
        return int(probe.getsockname()[1])


def mail_server(handler: object, keys: Path, password: str, port: int) -> Controller:
    """Return a mail server that insists on TLS and a password; start it to use it."""
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(keys / "server.pem", keys / "server.key")

    def check(
        server: Any, session: Session, envelope: Envelope, mechanism: str, data: Any
    ) -> AuthResult:
        right = LoginPassword(USER.encode(), password.encode())
        is_right = isinstance(data, LoginPassword) and data == right
        return AuthResult(success=is_right, handled=is_right)

    return Controller(
        handler,
        hostname=LOOPBACK,
        port=port,
        tls_context=context,
        require_starttls=True,
        authenticator=check,
        auth_required=True,
        auth_require_tls=True,
    )


@contextmanager
def _smtp(folder: Path, keys: Path, password: str) -> Iterator[int]:
    logging.getLogger("mail.log").setLevel(logging.ERROR)
    port = free_port()
    controller = mail_server(MailFolder(folder), keys, password, port)
    controller.start()
    try:
        yield port
    finally:
        controller.stop()


@contextmanager
def _sftp(root: Path, keys: Path) -> Iterator[tuple[int, str]]:
    host_key = asyncssh.generate_private_key("ssh-ed25519")
    client_key = asyncssh.generate_private_key("ssh-ed25519")
    write_private(keys / "client_key", client_key.export_private_key().decode())
    authorized = asyncssh.import_authorized_keys(client_key.export_public_key().decode())

    async def listen() -> asyncssh.SSHAcceptor:
        return await asyncssh.listen(
            LOOPBACK,
            0,
            server_host_keys=[host_key],
            authorized_client_keys=authorized,
            sftp_factory=lambda channel: asyncssh.SFTPServer(channel, chroot=str(root).encode()),
        )

    with _loop_in_a_thread() as loop:
        acceptor = asyncio.run_coroutine_threadsafe(listen(), loop).result(30)
        try:
            yield acceptor.get_port(), host_key.get_fingerprint()
        finally:
            loop.call_soon_threadsafe(acceptor.close)


@contextmanager
def _loop_in_a_thread() -> Iterator[asyncio.AbstractEventLoop]:
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever, name="demo servers", daemon=True)
    thread.start()
    try:
        yield loop
    finally:
        loop.call_soon_threadsafe(loop.stop)
        thread.join(10)
        loop.close()
