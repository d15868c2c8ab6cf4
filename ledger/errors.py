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


class KeyRefused(LedgerError):
    """A key file may not be used, or is not the home's: a wrong call, exit code 2."""


class SealBroken(LedgerError):
    """A sealed file was changed, or another key sealed it."""


_WORDS = {
    "locked": "the ledger is busy: another program writes to it [env.locked]; try again",
    "full": "the ledger cannot grow: the disk is full [env.disk]; free some space",
    "readonly": "the ledger cannot be written [env.readonly]",
    "malformed": "the ledger is damaged [ledger.corrupt]; put its last backup back",
    "not a database": "the ledger is damaged [ledger.corrupt]; put its last backup back",
}


def database_words(kind: str, text: str) -> str:
    """Return one line for an error of the ledger's database, "" where it is of another kind."""
    if kind not in ("OperationalError", "DatabaseError", "IntegrityError"):
        return ""
    found = [line for word, line in _WORDS.items() if word in text.lower()]
    return found[0] if found else "the ledger cannot be read or written [env.ledger]"
