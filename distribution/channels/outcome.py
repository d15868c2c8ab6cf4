"""How an attempt on a channel ended, in the few words the sending loop understands."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

Kind = Literal["accepted", "refused", "later", "unknown", "stopped", "held"]
Commit = Callable[[], None]


@dataclass(frozen=True)
class Outcome:
    """One attempt: accepted, refused for good, to be tried later, not to be known, or stopped.

    `stopped` means that the other side is not who it should be, or that our settings are wrong:
    nothing left, and trying again makes sense only after somebody changed something. `held` means
    that what should be sent is not what was stored.
    """

    kind: Kind
    reason: str
    code: str = ""
    remote_name: str = ""
    message_id: str = ""
