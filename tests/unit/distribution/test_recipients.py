"""Who may receive: roles, addresses, partners, and the reason for everybody who may not."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

import pytest

from distribution.addresses import masked, parse_address
from distribution.destinations import Destinations, load_destinations
from distribution.errors import Refused
from distribution.recipients import MailPolicy, Person, Recipient, resolve
from distribution.requirement import Requirement

SERVER: dict[str, dict[str, object]] = {
    "smtp": {"host": "127.0.0.1", "sender": "reports@northmere.example"}
}
PARTNER = {"partners": {"desk@carrier.example": {"companies": ["c1"], "reports": ["headcount"]}}}


def person(user: str, role: str = "Lead", reason: str | None = None, company: str = "c1") -> Person:
    return Person(company, user, f"{user}@northmere.example", role, "BENEFITS_MANAGER", reason)


def wanted(roles: list[str] | None = None, addresses: list[str] | None = None) -> Requirement:
    texts = {
        "recipient_roles": json.dumps(roles) if roles else None,
        "distribution_list": json.dumps(addresses) if addresses else None,
    }
    return Requirement(
        "r1",
        "c1",
        "Custom Report",
        "Heads",
        "Monthly",
        "CSV",
        "Email",
        None,
        True,
        True,
        None,
        texts,
    )


def found(
    requirement: Requirement,
    people: list[Person],
    entries: Mapping[str, Mapping[str, object]] | None = None,
) -> dict[str, str | None]:
    destinations = Destinations(Path("/nowhere"), {**SERVER, **(entries or {})})
    policy = MailPolicy(destinations.smtp(None), destinations, "123456789", "headcount")
    rows: tuple[Recipient, ...] = resolve(requirement, people, policy)
    return {row.address or row.recipient: row.reason for row in rows}


def test_a_role_reaches_its_entitled_users() -> None:
    people = [person("ada"), person("bob", reason="the role may not view reports")]
    assert found(wanted(["Lead"]), people) == {
        "ada@northmere.example": None,
        "bob@northmere.example": "the role may not view reports",
    }


def test_a_role_may_be_named_by_its_type() -> None:
    assert found(wanted(["benefits_manager"]), [person("ada")]) == {"ada@northmere.example": None}


def test_one_entitling_role_is_enough() -> None:
    people = [person("ada", "Part", "the role sees only a part of the company"), person("ada")]
    assert found(wanted(["Part"]), people) == {"ada@northmere.example": None}


def test_an_unknown_role_is_nobody_and_never_everybody() -> None:
    reasons = found(wanted(["COMPLIANCE_OFFICR"]), [person("ada")])
    assert list(reasons) == ["role:COMPLIANCE_OFFICR"]
    assert "unknown" in str(reasons["role:COMPLIANCE_OFFICR"])


def test_another_company_is_never_served() -> None:
    reasons = found(wanted(["Lead"], ["eve@northmere.example"]), [person("eve", company="c2")])
    assert None not in reasons.values()


def test_role_and_address_of_one_person_are_one_delivery() -> None:
    requirement = wanted(["Lead"], ["ADA@northmere.example"])
    assert found(requirement, [person("ada")]) == {"ada@northmere.example": None}


def test_an_unknown_address_gets_nothing_and_the_others_are_served() -> None:
    reasons = found(wanted(None, ["x@evil.test", "ada@northmere.example"]), [person("ada")])
    assert reasons["ada@northmere.example"] is None
    assert "no active user" in str(reasons["x@evil.test"])


def test_a_registered_partner_is_served_within_its_scope() -> None:
    requirement = wanted(None, ["desk@carrier.example"])
    assert found(requirement, [], PARTNER) == {"desk@carrier.example": None}
    other = {"partners": {"desk@carrier.example": {"companies": ["c2"]}}}
    assert "scope" in str(found(requirement, [], other)["desk@carrier.example"])
    by_ein = {"partners": {"desk@carrier.example": {"companies": ["123456789"]}}}
    assert found(requirement, [], by_ein)["desk@carrier.example"] is None


def test_a_domain_off_the_list_is_held() -> None:
    listed = {"smtp": SERVER["smtp"] | {"allowed_domains": ["northmere.example"]}}
    requirement = wanted(["Lead"], ["desk@carrier.example"])
    reasons = found(requirement, [person("ada")], {**listed, **PARTNER})
    assert reasons["ada@northmere.example"] is None
    assert "carrier.example" in str(reasons["desk@carrier.example"])


def test_naming_nobody_is_said() -> None:
    assert found(wanted(), [person("ada")]) == {"nobody": "no role and no address is named"}


@pytest.mark.parametrize(
    "text",
    [
        "a@b.c\r\nBcc: evil@x.test",
        "a@b.example\n",
        "a@b.example, c@d.example",
        "a b@c.example",
        '"a b"@c.example',
        "a@localhost",
        "a@",
        "@b.example",
        "a@b@c.example",
        "a..b@c.example",
        "a@-b.example",
        "<a@b.example>",
        "a@b.example\x00",
        f"{'a' * 65}@b.example",
        f"a@{'b' * 63}.{'c' * 63}.{'d' * 63}.{'e' * 63}.example",
        "",
    ],
)
def test_what_is_not_exactly_one_address_is_refused(text: str) -> None:
    with pytest.raises(Refused) as caught:
        parse_address(text)
    assert text.strip() not in str(caught.value) or not text


def test_addresses_are_compared_in_one_spelling() -> None:
    assert parse_address(" Ada.O'Neil+x@Bücher.example ") == "ada.o'neil+x@xn--bcher-kva.example"
    assert masked("ada@northmere.example") == "a…@northmere.example"


def test_a_file_of_destinations_others_may_read_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "destinations.toml"
    path.write_text('[smtp]\npassword = "canary-7Q"\n')
    path.chmod(0o644)
    with pytest.raises(Refused, match="chmod 600"):
        load_destinations(tmp_path)
    path.chmod(0o600)
    assert load_destinations(tmp_path).entries["smtp"]["password"] == "canary-7Q"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("= broken canary-7Q", "is not TOML"),
        ('smtp = "canary-7Q"', "tables only"),
    ],
)
def test_a_broken_file_of_destinations_is_one_line_without_its_secrets(
    tmp_path: Path, text: str, message: str
) -> None:
    path = tmp_path / "destinations.toml"
    path.touch(mode=0o600)
    path.write_text(text)
    with pytest.raises(Refused, match=message) as caught:
        load_destinations(tmp_path)
    assert "canary" not in str(caught.value)


def test_destinations_are_refused_by_name_kind_key_and_scope() -> None:
    entries: dict[str, dict[str, object]] = {
        "smtp": {"host": "h", "sender": "a@b.example", "passwrd": "x"},
        "archive": {"kind": "sftp", "host": "h", "username": "u", "key_file": "k", "host_key": "k"},
    }
    destinations = Destinations(Path("/nowhere"), entries)
    with pytest.raises(Refused, match="unknown key: passwrd"):
        destinations.smtp(None)
    with pytest.raises(Refused, match="gone is not in"):
        destinations.smtp("gone")
    with pytest.raises(Refused, match="not of the kind smtp"):
        destinations.smtp("archive")
    with pytest.raises(Refused, match="no scope"):
        destinations.sftp("archive")
    with pytest.raises(Refused, match="partners"):
        destinations.smtp("partners")


def test_secrets_never_show_in_a_printed_destination() -> None:
    entries: dict[str, dict[str, object]] = {
        "smtp": {"host": "h", "sender": "a@b.example", "password": "canary-7Q"}
    }
    assert "canary" not in repr(Destinations(Path("/nowhere"), entries).smtp(None))
