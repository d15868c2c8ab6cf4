"""Who may receive: roles and addresses resolved to active users of the same company.

Belongs here: matching, and the reason where somebody receives nothing. Does not belong here: the
right itself, which is decided in SQL (`dim_report_recipient`). Nobody is added silently, and
nobody is dropped silently.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from distribution.addresses import domain_of, parse_address
from distribution.destinations import Destinations, SmtpServer
from distribution.errors import Refused
from distribution.requirement import Requirement

NO_RECIPIENT = "no role and no address is named"


@dataclass(frozen=True)
class Person:
    """One user under one role, as the snapshot knows them."""

    company_id: str
    user_id: str
    email: str
    role_name: str | None
    role_type: str | None
    hold_reason: str | None


@dataclass(frozen=True)
class Recipient:
    """One who is to receive, with the reason where they do not."""

    recipient: str
    address: str
    reason: str | None


@dataclass(frozen=True)
class MailPolicy:
    """What decides about an address beside the users: the server's list and the partners."""

    server: SmtpServer
    destinations: Destinations
    ein: str | None
    report: str


def persons_from(rows: Iterable[Mapping[str, object]]) -> tuple[Person, ...]:
    """Return the users of `rpt_distribution__recipient`."""

    def text(value: object) -> str | None:
        return None if value is None else str(value)

    return tuple(
        Person(
            company_id=str(row["company_id"]),
            user_id=str(row["user_id"]),
            email=text(row["email"]) or "",
            role_name=text(row["role_name"]),
            role_type=text(row["role_type"]),
            hold_reason=text(row["hold_reason"]),
        )
        for row in rows
    )


def resolve(
    requirement: Requirement, people: Sequence[Person], policy: MailPolicy
) -> tuple[Recipient, ...]:
    """Return everybody the requirement names, each once, in a steady order."""
    company = [person for person in people if person.company_id == requirement.company_id]
    found: dict[str, Recipient] = {}
    for role in requirement.list_of("recipient_roles"):
        for recipient in _of_role(role, company, policy):
            found.setdefault(recipient.recipient, recipient)
    for text in requirement.list_of("distribution_list"):
        recipient = _of_address(text, company, policy, requirement.company_id)
        found.setdefault(recipient.recipient, recipient)
    if not found:
        return (Recipient("nobody", "", NO_RECIPIENT),)
    return tuple(found[key] for key in sorted(found))


def _of_role(role: str, people: Sequence[Person], policy: MailPolicy) -> list[Recipient]:
    wanted = role.strip().casefold()
    users = {
        person.user_id: person.email
        for person in people
        if wanted in {(person.role_name or "").casefold(), (person.role_type or "").casefold()}
    }
    if not wanted or not users:
        return [
            Recipient(f"role:{role[:100]}", "", f"the role {role[:100]} is unknown or nobody's")
        ]
    return [_of_user(user_id, email, people, policy) for user_id, email in users.items()]


def _of_address(
    text: str, people: Sequence[Person], policy: MailPolicy, company_id: str
) -> Recipient:
    try:
        address = parse_address(text)
    except Refused as error:
        return Recipient(_unnamed(text), "", str(error))
    users = [person for person in people if person.email == address]
    if users:
        return _of_user(users[0].user_id, address, people, policy)
    scope = policy.destinations.partner(address)
    if scope is None:
        reason = "the address is of no active user of the company and of no registered partner"
        return Recipient(_unnamed(address), address, reason)
    if not scope.allows(company_id, policy.ein, policy.report):
        return Recipient(_unnamed(address), address, "the partner's scope does not cover this")
    return Recipient(_unnamed(address), address, _domain_reason(address, policy))


def _of_user(user_id: str, email: str, people: Sequence[Person], policy: MailPolicy) -> Recipient:
    try:
        address = parse_address(email)
    except Refused as error:
        return Recipient(user_id, "", f"the user's address: {error}")
    reasons = [person.hold_reason for person in people if person.user_id == user_id]
    if None in reasons:
        return Recipient(user_id, address, _domain_reason(address, policy))
    return Recipient(user_id, address, sorted(str(reason) for reason in reasons)[0])


def _domain_reason(address: str, policy: MailPolicy) -> str | None:
    if policy.server.allows(domain_of(address)):
        return None
    return f"the domain {domain_of(address)} is not on the list of destination {policy.server.name}"


def _unnamed(text: str) -> str:
    return f"address:{hashlib.sha256(text.encode()).hexdigest()[:16]}"
