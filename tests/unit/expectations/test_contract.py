"""Loading contracts: what is refused, and that a refusal names everything at once."""

from __future__ import annotations

from pathlib import Path

import pytest

from expectations.contract import ContractError, load_contracts

COMPANY = """
table: company
family: hr
domain: company
grain: one row per company
description: An employer.
primary_key: [id]
company_via: id
columns:
  id: {type: uuid, required: true, severity: 1, on_fail: quarantine, description: Key.}
"""
CHILD = """
table: child
family: hr
domain: people
grain: one row per child
description: A child of a company.
primary_key: [id]
company_via: company_id
columns:
  id: {type: uuid, required: true, severity: 1, on_fail: quarantine, description: Key.}
  company_id: {type: uuid, references: PARENT.id, severity: 1, on_fail: quarantine,
    description: Company.}
  kind: {type: enum, values: VALUES, severity: 3, on_fail: quarantine, description: Kind.}
"""


def _write(directory: Path, child: str) -> Path:
    (directory / "company.yml").write_text(COMPANY, encoding="utf-8")
    (directory / "child.yml").write_text(child, encoding="utf-8")
    return directory


def _child(parent: str = "company", values: str = "[a, b]") -> str:
    return CHILD.replace("PARENT", parent).replace("VALUES", values)


def test_a_set_whose_keys_resolve_is_loaded(tmp_path: Path) -> None:
    contracts = load_contracts(_write(tmp_path, _child()))
    assert contracts["child"].column("kind").values == ("a", "b")
    assert contracts["child"].company_paths == (("company_id",),)


def test_a_reference_to_an_undeclared_table_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(ContractError, match=r"child\.company_id: refers to nowhere\.id"):
        load_contracts(_write(tmp_path, _child(parent="nowhere")))


def test_an_enum_without_values_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(ContractError, match=r"child\.kind: an enum needs values"):
        load_contracts(_write(tmp_path, _child(values="[]")))


def test_a_misspelt_key_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(ContractError, match="unknown keys"):
        load_contracts(_write(tmp_path, _child().replace("grain:", "grian:") + "grain: x\n"))


def test_a_path_that_misses_the_company_is_an_error(tmp_path: Path) -> None:
    child = _child().replace("company_via: company_id", "company_via: kind")
    with pytest.raises(ContractError, match="company_via kind does not lead to a company"):
        load_contracts(_write(tmp_path, child))


def test_every_problem_is_named_at_once(tmp_path: Path) -> None:
    with pytest.raises(ContractError) as caught:
        load_contracts(_write(tmp_path, _child(parent="nowhere", values="[]")))
    assert len(str(caught.value).splitlines()) >= 2


def test_keys_that_only_say_who_acted_never_put_a_row_aside() -> None:
    for contract in load_contracts().values():
        for column in contract.columns:
            if column.references == "user.id" and column.name.endswith("_user_id"):
                assert column.on_fail == "flag", f"{contract.table}.{column.name}"


def test_credentials_are_secret() -> None:
    contracts = load_contracts()
    secret = {
        f"{contract.table}.{column.name}"
        for contract in contracts.values()
        for column in contract.columns
        if column.sensitivity == "secret"
    }
    assert secret == {
        "benefits_provider_config.authentication_config",
        "benefits_api_access.api_key",
    }
