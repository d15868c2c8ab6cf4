"""What can be wrong with a requirement, a destination or an address: one clear line each.

Belongs here: the family of errors. Does not belong here: failures of a server, which are
settlements of an attempt (`ledger.rows.Settlement`) and no errors.
"""

from __future__ import annotations


class DistributionError(Exception):
    """Base of every error of distribution."""


class Refused(DistributionError):
    """A setting cannot be read or names something unknown; only what uses it stops."""


class Held(DistributionError):
    """All can be read, but something must happen before it may go on; the message says what."""
