"""`source.toml`: how a customer's files or database differ from the contracts (D54).

Not here: secrets; the password of a database stands in an environment variable named here.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from warehouse.errors import CallError

KNOWN = {"encoding", "delimiter", "timezone", "schema", "password_env", "tables"}
KNOWN_TABLE = {"file", "encoding", "delimiter", "columns", "dates"}


@dataclass(frozen=True)
class TableSettings:
    """What one table's file does differently: its name, columns, encoding, date patterns."""

    file: str = ""
    encoding: str = ""
    delimiter: str = ""
    columns: Mapping[str, str] = field(default_factory=dict)
    dates: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class SourceSettings:
    """Everything `source.toml` says; an absent file is these defaults."""

    encoding: str = "utf-8"
    delimiter: str = ","
    timezone: str = "UTC"
    schema: str = "public"
    password_env: str = ""
    tables: Mapping[str, TableSettings] = field(default_factory=dict)

    def table(self, name: str) -> TableSettings:
        """Return the settings of one table, the general ones filled in."""
        own = self.tables.get(name, TableSettings())
        return TableSettings(
            own.file or f"{name}.csv",
            own.encoding or self.encoding,
            own.delimiter or self.delimiter,
            own.columns,
            own.dates,
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
    _check_keys(raw, KNOWN, "source.toml")
    tables = {name: _table(name, entry) for name, entry in raw.pop("tables", {}).items()}
    return SourceSettings(**raw, tables=tables)


def _table(name: str, entry: Mapping[str, Any]) -> TableSettings:
    _check_keys(entry, KNOWN_TABLE, f"source.toml [tables.{name}]")
    return TableSettings(**entry)


def _check_keys(entry: Mapping[str, Any], known: set[str], where: str) -> None:
    unknown = sorted(set(entry) - known)
    if unknown:
        raise CallError(f"{where}: unknown key {unknown[0]}; known are {', '.join(sorted(known))}")
