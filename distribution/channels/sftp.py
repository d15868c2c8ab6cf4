"""Files over SFTP: pinned host key, temporary name, proof, plain rename, then the `.ok` marker.

Belongs here: the conversation with the partner's server. Does not belong here: the names of the
files and who may receive them. A second try after any break finds what the first one left: a
final name with equal content is a delivery, never a reason to send again.
"""

from __future__ import annotations

import asyncio
import contextlib
import hashlib
import logging
from collections.abc import Sequence
from dataclasses import dataclass

import asyncssh

from distribution.channels.outcome import Commit, Outcome
from distribution.destinations import SftpPartner

CHUNK = 256 * 1024
MARKER = ".ok"
CHATTY = ("asyncio", "asyncssh")


@dataclass(frozen=True)
class OutgoingFile:
    """One file to be put at the partner's under its final name."""

    name: str
    content: bytes

    @property
    def sha256(self) -> str:
        """The SHA-256 of the content."""
        return hashlib.sha256(self.content).hexdigest()

    def marker(self) -> OutgoingFile:
        """Return the file that tells the partner this one is whole."""
        return OutgoingFile(self.name + MARKER, f"{self.sha256}  {self.name}\n".encode())


class Conflict(Exception):
    """The partner already has a file of this name with other content."""


def deliver(
    partner: SftpPartner, files: Sequence[OutgoingFile], epoch: int, commit: Commit
) -> Outcome:
    """Return how handing over some files ended.

    Args:
        partner: where to, with which key, and which host key it must show.
        files: what to hand over; each gets its marker once all of them are there.
        epoch: number of this attempt, part of the temporary names.
        commit: called right before each final name appears; it raises where another worker
            has taken over.
    """
    for name in CHATTY:
        logging.getLogger(name).setLevel(logging.CRITICAL)
    try:
        with asyncio.Runner() as runner:
            return _Visit(partner, epoch, commit, runner).hand_over(files)
    except Conflict as conflict:
        return Outcome("refused", str(conflict), "conflict")
    except asyncssh.HostKeyNotVerifiable:
        return _stopped(partner, "shows a host key that is not the pinned one")
    except asyncssh.PermissionDenied:
        return _stopped(partner, "does not accept our key")
    except (asyncssh.KeyImportError, FileNotFoundError, PermissionError):
        return _stopped(partner, "has a key that cannot be read")
    except (asyncssh.Error, asyncssh.SFTPError, OSError) as error:
        code = str(getattr(error, "code", ""))
        return Outcome("later", f"destination {partner.name}: {type(error).__name__}", code)


class _Visit:
    """One connection to one partner; between its steps ordinary code may run."""

    def __init__(
        self, partner: SftpPartner, epoch: int, commit: Commit, runner: asyncio.Runner
    ) -> None:
        self._partner = partner
        self._epoch = epoch
        self._commit = commit
        self._runner = runner

    def hand_over(self, files: Sequence[OutgoingFile]) -> Outcome:
        connection = self._runner.run(_connect(self._partner))
        try:
            sftp = self._runner.run(_open(connection))
            for file in (*files, *(file.marker() for file in files)):
                self._place(sftp, file)
        finally:
            self._runner.run(_close(connection))
        return Outcome("accepted", "", "hash verified", remote_name=files[0].name)

    def _place(self, sftp: asyncssh.SFTPClient, file: OutgoingFile) -> None:
        folder = self._partner.folder.rstrip("/") or "/"
        final = f"{folder}/{file.name}"
        if not self._runner.run(_is_there(sftp, final, file)):
            temporary = f"{folder}/.{file.name}.{self._epoch}.part"
            self._runner.run(_upload(sftp, temporary, file))
            self._commit()
            self._runner.run(_rename(sftp, temporary, final, file))
        self._runner.run(_remove_own_parts(sftp, folder, file.name, self._epoch))


class _Pinned(asyncssh.SSHClient):
    """Trusts exactly one host key."""

    def __init__(self, host_key: str) -> None:
        self._host_key = host_key.strip()

    def validate_host_public_key(
        self, host: str, addr: str, port: int, key: asyncssh.SSHKey
    ) -> bool:
        """Return whether the server shows the pinned key."""
        if self._host_key.startswith("SHA256:"):
            return key.get_fingerprint() == self._host_key
        pinned = asyncssh.import_public_key(self._host_key)
        return pinned.public_data == key.public_data


async def _connect(partner: SftpPartner) -> asyncssh.SSHClientConnection:
    key = asyncssh.read_private_key(str(partner.key_file), partner.key_passphrase or None)
    return await asyncssh.connect(
        partner.host,
        partner.port,
        username=partner.username,
        client_keys=[key],
        client_factory=lambda: _Pinned(partner.host_key),
        known_hosts=b"",
        agent_path=None,
        config=None,
        preferred_auth="publickey",
        connect_timeout=partner.timeout_seconds,
        login_timeout=partner.timeout_seconds,
        keepalive_interval=15,
    )


async def _open(connection: asyncssh.SSHClientConnection) -> asyncssh.SFTPClient:
    return await connection.start_sftp_client()


async def _close(connection: asyncssh.SSHClientConnection) -> None:
    connection.close()
    with contextlib.suppress(asyncssh.Error, OSError):
        await connection.wait_closed()


async def _is_there(sftp: asyncssh.SFTPClient, final: str, file: OutgoingFile) -> bool:
    if not await sftp.exists(final):
        return False
    if await _remote_sha256(sftp, final) != file.sha256:
        raise Conflict(f"a file named {file.name} with other content is already there")
    return True


async def _upload(sftp: asyncssh.SFTPClient, temporary: str, file: OutgoingFile) -> None:
    async with sftp.open(temporary, "wb") as remote:
        for start in range(0, len(file.content), CHUNK):
            await remote.write(file.content[start : start + CHUNK])
        with contextlib.suppress(asyncssh.SFTPError):
            await remote.fsync()
    if await _remote_sha256(sftp, temporary) != file.sha256:
        raise asyncssh.SFTPFailure("what was written does not read back")


async def _rename(
    sftp: asyncssh.SFTPClient, temporary: str, final: str, file: OutgoingFile
) -> None:
    try:
        await sftp.rename(temporary, final)
    except asyncssh.SFTPError:
        if not await _is_there(sftp, final, file):
            raise


async def _remote_sha256(sftp: asyncssh.SFTPClient, path: str) -> str:
    digest = hashlib.sha256()
    async with sftp.open(path, "rb") as remote:
        while chunk := await remote.read(CHUNK):
            digest.update(chunk if isinstance(chunk, bytes) else chunk.encode())
    return digest.hexdigest()


async def _remove_own_parts(sftp: asyncssh.SFTPClient, folder: str, name: str, epoch: int) -> None:
    for entry in await sftp.listdir(folder):
        found = str(entry)
        if found.startswith(f".{name}.") and found.endswith(".part"):
            number = found.removeprefix(f".{name}.").removesuffix(".part")
            if number.isdecimal() and int(number) <= epoch:
                with contextlib.suppress(asyncssh.SFTPError):
                    await sftp.remove(f"{folder}/{found}")


def _stopped(partner: SftpPartner, what: str) -> Outcome:
    return Outcome("stopped", f"destination {partner.name} {what}")
