"""What can go wrong with an input, said in one line; broken programs raise something else.

Not here: findings about rows (they are data, in `landing.rejected` and `quality.check_result`).
"""

from __future__ import annotations

from dataclasses import dataclass

PLAIN_HOME = "this home is not encrypted: a copy of its files can be read [home.unencrypted]"


class WarehouseError(Exception):
    """Base of everything this package raises on purpose; its text is one line for a person."""


class CallError(WarehouseError):
    """The call was wrong, or nothing could be read: exit code 2."""


class HomeBusyError(CallError):
    """Another run holds the home: exit code 2, nothing was touched."""


FULL = ("No space left", "File too large", "max_temp_directory_size", "quota exceeded")
CLOSED = ("Read-only file system", "Permission denied", "Operation not permitted")


def disk_words(text: str) -> str:
    """Return what an error's text says about the disk in plain words, or ""."""
    if any(word in text for word in FULL):
        return "the disk is full [env.disk]; free some space"
    if any(word in text for word in CLOSED):
        return "cannot be written [env.readonly]"
    if "Input/output error" in text:
        return "the disk does not read or write as it should [env.io]"
    return ""


@dataclass(frozen=True)
class Refusal:
    """Why one file or table was not taken, in words a person can act on.

    `outcome` is "refused" (the file is not what it says) or "held" (a person must confirm).
    """

    table: str
    reason_code: str
    message: str
    remedy: str = ""
    outcome: str = "refused"

    def line(self) -> str:
        """Return the one line shown to a person."""
        tail = f": {self.remedy}" if self.remedy else ""
        return f"{self.table}: {self.message} [{self.reason_code}]{tail}"


@dataclass(frozen=True)
class Finding:
    """Something worth knowing about a table that lost no row, with its severity 1 to 5.

    An empty `company_id` means that it is not one company's.
    """

    table: str
    reason_code: str
    message: str
    severity: int
    column: str = ""
    count: int = 0
    company_id: str = ""
