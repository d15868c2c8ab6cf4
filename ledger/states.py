"""The life of a delivery as data: its states, and which may follow which.

Belongs here: the table of legal moves. Does not belong here: when a move is made
(`distribution`), or how it is written down (`ledger.outbox`).
"""

from __future__ import annotations

from typing import Final, Literal, get_args

from ledger.errors import IllegalTransition

State = Literal["held", "ready", "sending", "delivered", "retry", "unknown", "dead"]
STATES: Final[tuple[State, ...]] = get_args(State)

TRANSITIONS: Final[dict[State, frozenset[State]]] = {
    "held": frozenset({"ready", "dead"}),
    "ready": frozenset({"sending", "held", "dead"}),
    "sending": frozenset({"delivered", "retry", "unknown", "dead", "held"}),
    "retry": frozenset({"sending", "held", "dead"}),
    "unknown": frozenset({"delivered", "ready", "dead"}),
    "delivered": frozenset(),
    "dead": frozenset(),
}
FINAL: Final[frozenset[State]] = frozenset(
    state for state, after in TRANSITIONS.items() if not after
)
CLAIMABLE: Final[frozenset[State]] = frozenset(
    before for before, after in TRANSITIONS.items() if "sending" in after
)
BY_A_PERSON_ONLY: Final[frozenset[tuple[State, State]]] = frozenset(
    {("unknown", "delivered"), ("unknown", "ready"), ("unknown", "dead")}
)


def check(before: State, after: State, *, by_person: bool = False) -> None:
    """Raise unless a delivery may move from one state to the other."""
    if after not in TRANSITIONS[before]:
        raise IllegalTransition(f"a delivery that is {before} cannot become {after}")
    if (before, after) in BY_A_PERSON_ONLY and not by_person:
        raise IllegalTransition(f"only a person may turn {before} into {after}")
