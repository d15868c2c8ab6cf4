"""Mail addresses, read by one strict parser.

Belongs here: what may stand as an address. Does not belong here: who it belongs to
(`distribution.recipients`). No message holds the address itself.
"""

from __future__ import annotations

import re

from distribution.errors import Refused

LONGEST = 254
LOCAL = re.compile(r"^[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*$")
LABEL = re.compile(r"^(?!-)[A-Za-z0-9-]{1,63}(?<!-)$")


def parse_address(text: str) -> str:
    """Return the address in lower case with an ASCII domain; raise where it is not exactly one."""
    candidate = text.strip(" ")
    local, at, domain = candidate.rpartition("@")
    if not at or len(local) > 64 or not LOCAL.fullmatch(local):
        raise Refused("not one plain mail address")
    try:
        ascii_domain = domain.encode("idna").decode("ascii").lower()
    except UnicodeError as error:
        raise Refused("the domain of the mail address cannot be written") from error
    labels = ascii_domain.split(".")
    if len(labels) < 2 or not all(LABEL.fullmatch(label) for label in labels):
        raise Refused("the domain of the mail address is not one")
    address = f"{local.lower()}@{ascii_domain}"
    if len(address) > LONGEST:
        raise Refused("the mail address is too long")
    return address


def domain_of(address: str) -> str:
    """Return the domain of a parsed address."""
    return address.rpartition("@")[2]


def masked(address: str) -> str:
    """Return the address as a terminal or log may show it."""
    local, _, domain = address.rpartition("@")
    return f"{local[:1]}…@{domain}" if local else address
