"""A DuckDB file and the key it is under: the one way such a file of a home is opened or attached.

An encrypted file is attached to an instance of its own, whose spill files are encrypted as well; a
plain one is opened as it is. Not here: which key is whose (the ledger's keys), and what is inside.
"""

from __future__ import annotations

import base64
from dataclasses import dataclass, field
from pathlib import Path

import duckdb

from expectations.frames import identifier, literal
from warehouse.errors import WarehouseError

ROWS = "rows"


@dataclass(frozen=True)
class DatabaseFile:
    """One DuckDB file; without a key it is plain."""

    path: Path
    key: bytes | None = field(default=None, repr=False)

    def open(self, *, read_only: bool = False) -> duckdb.DuckDBPyConnection:
        """Return a connection whose own database is this file, as if it were the only one."""
        if self.key is None:
            return duckdb.connect(str(self.path), read_only=read_only)
        connection = duckdb.connect()
        try:
            load_cipher(connection)
            connection.execute(f"set temp_directory = {literal(f'{self.path}.tmp')}")
            connection.execute("set temp_file_encryption = true")
            name = self.path.name.split(".")[0]
            self.attach(connection, name, read_only=read_only)
            connection.execute(f"use {identifier(name)}")
        except BaseException:
            connection.close()
            raise
        return connection

    def attach(
        self, connection: duckdb.DuckDBPyConnection, name: str, *, read_only: bool = True
    ) -> None:
        """Attach this file to a connection under a name; no error ever repeats the key."""
        options = ["read_only"] if read_only else []
        if self.key is not None:
            connection.execute("set variable key_of_file = ?", [self.key.hex()])
            options.append("encryption_key getvariable('key_of_file')")
        given = f" ({', '.join(options)})" if options else ""
        try:
            connection.execute(f"attach {literal(str(self.path))} as {identifier(name)}{given}")
        except (duckdb.InvalidInputException, duckdb.CatalogException) as error:
            if "encrypt" in str(error):
                raise WarehouseError(f"{self.path.name}: it is not under this home's key") from None
            raise
        finally:
            if self.key is not None:
                connection.execute("reset variable key_of_file")


def add_rows_key(connection: duckdb.DuckDBPyConnection, key: bytes | None) -> None:
    """Let a connection read and write the sealed Parquet files of an extract."""
    if key is not None:
        connection.execute(f"pragma add_parquet_key({literal(ROWS)}, {literal(_text(key))})")


def scan(path: Path, *, is_sealed: bool) -> str:
    """Return the SQL that reads a Parquet file of an extract."""
    given = f", encryption_config = {{footer_key: {literal(ROWS)}}}" if is_sealed else ""
    return f"read_parquet({literal(str(path))}{given})"


def copy_to(path: Path, *, is_sealed: bool) -> str:
    """Return the end of a COPY that writes a Parquet file of an extract."""
    given = f", encryption_config {{footer_key: {literal(ROWS)}}}" if is_sealed else ""
    return f"to {literal(str(path))} (format parquet{given})"


def _text(key: bytes) -> str:
    return base64.b64encode(key).decode("ascii")


def load_cipher(connection: duckdb.DuckDBPyConnection) -> None:
    """Load what writes encrypted files, from its wheel: DuckDB alone can only read them."""
    connection.execute("set autoinstall_known_extensions = false")
    connection.execute("set autoload_known_extensions = false")
    connection.execute(f"load {literal(extension())}")


def extension() -> str:
    """Return the file of DuckDB's httpfs extension in its wheel; nothing is downloaded."""
    import duckdb_extension_httpfs as wheel

    folder = Path(wheel.__path__[0]) / "extensions" / f"v{duckdb.__version__}"
    return str(folder / "httpfs.duckdb_extension")
