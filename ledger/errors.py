"""What can go wrong in the ledger, as one family of errors; no messages with people's data."""

from __future__ import annotations


class LedgerError(Exception):
    """Base of every error the ledger raises on purpose."""


class IllegalTransition(LedgerError):
    """A delivery was asked to move to a state that its present state does not allow."""


class LeaseLost(LedgerError):
    """A worker came back to a delivery that another worker has taken over since."""


class UnknownArtifact(LedgerError):
    """No artifact has this hash, or the given beginning of a hash fits several."""


class UnknownDecision(LedgerError):
    """No decision of this id stands."""


class DamagedArtifact(LedgerError):
    """The file of an artifact is missing or no longer hashes to its ledger row."""
