"""Writes down every address outside this machine that a Python process looks up or connects to.

Put this folder on PYTHONPATH and name the record in BENEFITS_WATCH; it changes nothing else.
"""

from __future__ import annotations

import os
import sys

RECORD = os.environ.get("BENEFITS_WATCH", "")
LOOPBACK = ("127.", "::1", "localhost", "0.0.0.0", "")


def _audit(event: str, arguments: tuple[object, ...]) -> None:
    if event == "socket.getaddrinfo":
        host = str(arguments[0] or "")
    elif event == "socket.connect" and isinstance(arguments[1], tuple):
        host = str(arguments[1][0])
    else:
        return
    if not host.startswith(LOOPBACK[:3]) and host not in LOOPBACK:
        with open(RECORD, "a", encoding="utf-8") as record:  # noqa: PTH123
            record.write(f"{os.getpid()} {event} {host}\n")


if RECORD:
    sys.addaudithook(_audit)
