"""The operator's file of destinations: mail servers, SFTP partners, registered addresses.

Belongs here: reading `<home>/destinations.toml`, which only its owner may read, and handing out
a destination by name. Does not belong here: connecting. No message holds a secret.
"""

from __future__ import annotations

import stat
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from distribution.errors import Refused

FILE_NAME = "destinations.toml"
DEFAULT_SMTP = "smtp"
PARTNERS = "partners"
EVERYTHING = "all"
SMTP_KEYS = frozenset(
    [
        "kind",
        "host",
        "port",
        "sender",
        "username",
        "password",
        "ca_file",
        "allowed_domains",
        "timeout_seconds",
    ]
)
SFTP_KEYS = frozenset(
    [
        "kind",
        "host",
        "port",
        "username",
        "key_file",
        "key_passphrase",
        "host_key",
        "folder",
        "companies",
        "reports",
        "sender",
        "receiver",
        "timeout_seconds",
    ]
)
PARTNER_KEYS = frozenset({"companies", "reports"})


@dataclass(frozen=True)
class Scope:
    """Whose reports may go to a partner, as the operator fixed it."""

    companies: tuple[str, ...]
    reports: tuple[str, ...]

    def allows(self, company_id: str, ein: str | None, report: str) -> bool:
        """Return whether this company's report may go there."""
        company = {EVERYTHING, company_id, ein or company_id} & set(self.companies)
        return bool(company and {EVERYTHING, report} & set(self.reports))


@dataclass(frozen=True)
class SmtpServer:
    """A mail server, always spoken to over verified TLS."""

    name: str
    host: str
    port: int
    sender: str
    username: str = ""
    password: str = field(default="", repr=False)
    ca_file: Path | None = None
    allowed_domains: tuple[str, ...] = ()
    timeout_seconds: int = 30

    def allows(self, domain: str) -> bool:
        """Return whether mail may go to a domain; an empty list allows every domain."""
        return not self.allowed_domains or domain in self.allowed_domains


@dataclass(frozen=True)
class SftpPartner:
    """An SFTP account of a partner, with the host key it must show and the scope it has."""

    name: str
    host: str
    port: int
    username: str
    key_file: Path
    host_key: str
    scope: Scope
    key_passphrase: str = field(default="", repr=False)
    folder: str = "."
    sender: str = "BENEFITS"
    receiver: str = ""
    timeout_seconds: int = 30


@dataclass(frozen=True)
class Destinations:
    """All destinations of a home."""

    home: Path
    entries: Mapping[str, Mapping[str, object]]

    def smtp(self, name: str | None) -> SmtpServer:
        """Return the mail server of that name, by default the one called smtp."""
        table = self._table(name or DEFAULT_SMTP, "smtp", SMTP_KEYS)
        return SmtpServer(
            name=name or DEFAULT_SMTP,
            host=_text(table, "host"),
            port=_integer(table, "port", 587),
            sender=_text(table, "sender"),
            username=_text(table, "username", ""),
            password=_text(table, "password", ""),
            ca_file=self._file(table, "ca_file"),
            allowed_domains=tuple(item.lower() for item in _texts(table, "allowed_domains", ())),
            timeout_seconds=_integer(table, "timeout_seconds", 30),
        )

    def sftp(self, name: str | None) -> SftpPartner:
        """Return the SFTP partner of that name."""
        if not name:
            raise Refused("template_config names no destination for SFTP")
        table = self._table(name, "sftp", SFTP_KEYS)
        key_file = self._file(table, "key_file")
        if key_file is None:
            raise Refused(f"destination {name} has no key_file")
        return SftpPartner(
            name=name,
            host=_text(table, "host"),
            port=_integer(table, "port", 22),
            username=_text(table, "username"),
            key_file=key_file,
            key_passphrase=_text(table, "key_passphrase", ""),
            host_key=_text(table, "host_key"),
            scope=_scope(name, table),
            folder=_text(table, "folder", "."),
            sender=_text(table, "sender", "BENEFITS"),
            receiver=_text(table, "receiver", name),
            timeout_seconds=_integer(table, "timeout_seconds", 30),
        )

    def partner(self, address: str) -> Scope | None:
        """Return the scope of a registered address, or None where it is not registered."""
        partners = self.entries.get(PARTNERS, {})
        table = partners.get(address)
        if not isinstance(table, dict):
            return None
        _check_keys("a partner", table, PARTNER_KEYS)
        return _scope("a partner", table)

    def _table(self, name: str, kind: str, keys: frozenset[str]) -> Mapping[str, object]:
        table = self.entries.get(name) if name != PARTNERS else None
        if table is None:
            raise Refused(f"destination {name} is not in {FILE_NAME}")
        if table.get("kind", "smtp" if name == DEFAULT_SMTP else "") != kind:
            raise Refused(f"destination {name} is not of the kind {kind}")
        _check_keys(f"destination {name}", table, keys)
        return table

    def _file(self, table: Mapping[str, object], key: str) -> Path | None:
        text = _text(table, key, "")
        return self.home / text if text else None


def load_destinations(home: Path) -> Destinations:
    """Return the destinations of a home; a file that others may read is refused."""
    path = home / FILE_NAME
    if not path.exists():
        return Destinations(home, {})
    if stat.S_IMODE(path.stat().st_mode) & 0o077:
        raise Refused(f"{FILE_NAME} may be read by others: chmod 600 {FILE_NAME}")
    try:
        entries = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise Refused(f"{FILE_NAME} is not TOML") from error
    if not all(isinstance(table, dict) for table in entries.values()):
        raise Refused(f"{FILE_NAME} may hold tables only")
    return Destinations(home, entries)


def _check_keys(where: str, table: Mapping[str, object], keys: frozenset[str]) -> None:
    if unknown := sorted(set(table) - keys):
        raise Refused(f"{where} has an unknown key: {unknown[0]}")


def _text(table: Mapping[str, object], key: str, default: str | None = None) -> str:
    value = table.get(key, default)
    if not isinstance(value, str):
        raise Refused(f"a destination lacks {key}")
    return value


def _integer(table: Mapping[str, object], key: str, default: int) -> int:
    value = table.get(key, default)
    if not isinstance(value, int) or isinstance(value, bool):
        raise Refused(f"{key} of a destination is not a whole number")
    return value


def _texts(
    table: Mapping[str, object], key: str, default: tuple[str, ...] | None = None
) -> tuple[str, ...]:
    value = table.get(key, default)
    if not isinstance(value, list | tuple) or not all(isinstance(item, str) for item in value):
        raise Refused(f"{key} of a destination is not a list of texts")
    return tuple(value)


def _scope(name: str, table: Mapping[str, object]) -> Scope:
    companies = _texts(table, "companies", ())
    if not companies:
        raise Refused(f"{name} has no scope: list its companies in {FILE_NAME}")
    return Scope(companies, _texts(table, "reports", (EVERYTHING,)))
