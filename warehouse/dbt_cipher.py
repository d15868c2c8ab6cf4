"""dbt's connection to an encrypted build: loads the cipher and keeps spill files beside the build.

dbt-duckdb looks for a class named Plugin. Not here: the keys, which dbt takes from its profile.
"""

from __future__ import annotations

import os
from typing import Any

from dbt.adapters.duckdb.plugins import BasePlugin

from expectations.frames import literal
from warehouse.database_file import load_cipher


class Plugin(BasePlugin):  # type: ignore[misc]
    """Prepares the one connection of a build before anything is attached to it."""

    def configure_connection(self, conn: Any) -> None:
        """Load the cipher and encrypt what does not fit into memory."""
        load_cipher(conn)
        spill = f"{os.environ['BENEFITS_BUILD_FILE']}.tmp"
        conn.execute(f"set temp_directory = {literal(spill)}")
        conn.execute("set temp_file_encryption = true")
