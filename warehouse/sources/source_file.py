"""`source.toml`: how a customer's files or database differ from the contracts (D54).

Not here: secrets; the password of a database stands in an environment variable named here.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from warehouse.errors import CallError

EXAMPLE = Path(__file__).with_name("example.toml")
FORMATS = ("csv", "jsonl", "parquet", "xlsx")
RECONCILE_HOURS, TIMEOUT_SECONDS = 24, 600


@dataclass(frozen=True)
class TableSettings:
    """What one table does differently: its file, sheet, columns, dates, values.

    `relation` is the table's name in a database. `columns` maps the source's names to the
    contract's, `values` a column's spellings to the contract's ("" stands for empty), and `dates`
    a column to its pattern.
    """

    file: str = ""
    format: str = ""
    sheet: str = ""
    relation: str = ""
    encoding: str = ""
    delimiter: str = ""
    columns: Mapping[str, str] = field(default_factory=dict)
    dates: Mapping[str, str] = field(default_factory=dict)
    values: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    def facts(self) -> dict[str, Any]:
        """Return everything that decides how the table is read."""
        return asdict(self)


@dataclass(frozen=True)
class SourceSettings:
    """Everything `source.toml` says; an absent file is these defaults."""

    encoding: str = "utf-8"
    delimiter: str = ","
    timezone: str = "UTC"
    schema: str = "public"
    password_env: str = ""
    reconcile_hours: int = RECONCILE_HOURS
    timeout_seconds: int = TIMEOUT_SECONDS
    tables: Mapping[str, TableSettings] = field(default_factory=dict)

    def table(self, name: str) -> TableSettings:
        """Return the settings of one table, the general ones filled in."""
        own = self.tables.get(name, TableSettings())
        return TableSettings(
            own.file,
            own.format,
            own.sheet,
            own.relation or name,
            own.encoding or self.encoding,
            own.delimiter or self.delimiter,
            own.columns,
            own.dates,
            own.values,
        )


def read_settings(folder: Path) -> SourceSettings:
    """Return the settings of a source folder; raise CallError naming the key that is not known."""
    path = folder / "source.toml"
    if not path.is_file():
        return SourceSettings()
    try:
        raw = tomllib.loads(path.read_text("utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise CallError(f"source.toml: not readable as TOML ({error})") from None
    entries = raw.pop("tables", {})
    _check(raw, SourceSettings, "source.toml")
    if not isinstance(entries, dict):
        raise CallError("source.toml: tables is a section for each table, [tables.employee]")
    tables = {name: _table(name, entry) for name, entry in entries.items()}
    return _checked(SourceSettings(**raw, tables=tables))


def _table(name: str, entry: Mapping[str, Any]) -> TableSettings:
    where = f"source.toml [tables.{name}]"
    if not isinstance(entry, dict):
        raise CallError(f"{where}: must be a section")
    _check(entry, TableSettings, where)
    own = TableSettings(**entry)
    if own.format and own.format not in FORMATS:
        raise CallError(f"{where}: format {own.format} is none of {', '.join(FORMATS)}")
    targets = list(own.columns.values())
    twice = sorted({t for t in targets if targets.count(t) > 1})
    if twice:
        raise CallError(f"{where}: two columns are mapped to {twice[0]} [mapping.duplicate_target]")
    return own


def _checked(settings: SourceSettings) -> SourceSettings:
    try:
        ZoneInfo(settings.timezone)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise CallError(f"source.toml: time zone {settings.timezone} is not known") from None
    return settings


def _check(entry: Mapping[str, Any], owner: type, where: str) -> None:
    """Refuse a key that is not known and a value that is not of its kind."""
    kinds = {f.name: f.type for f in fields(owner) if f.name != "tables"}
    unknown = sorted(set(entry) - set(kinds))
    if unknown:
        known = ", ".join(sorted(f.name for f in fields(owner)))
        raise CallError(f"{where}: unknown key {unknown[0]}; known are {known}")
    for key, value in entry.items():
        wanted = {"str": str, "int": int}.get(str(kinds[key]), dict)
        if not isinstance(value, wanted) or isinstance(value, bool):
            word = {str: "a text", int: "a whole number", dict: "a table of texts"}[wanted]
            raise CallError(f"{where}: {key} must be {word}")
