"""The four marts carry the names, order of meaning and types of the operational specification.

Reads the specification where it lies beside the repository; else the contracts derived from it.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from expectations.contract import Column, load_contracts

_ROOT = Path(__file__).resolve().parents[2]
_SPEC = _ROOT.parent / "shared" / "spec" / "benefits-provider-integration.md"
_MARTS = {
    "benefits_analytics_dashboard": "dashboard",
    "benefits_cost_analysis": "cost_analysis",
    "benefits_integration_monitoring": "monitoring",
    "benefits_compliance_monitoring": "compliance_monitoring",
}
_TYPES = {
    "UUID": "string", "VARCHAR": "string", "TEXT": "string", "JSON": "string", "ENUM": "string",
    "INTEGER": "int", "BOOLEAN": "boolean", "DATE": "date", "TIMESTAMP": "timestamp",
}  # fmt: skip


@pytest.mark.parametrize("table", _MARTS)
def test_mart_has_every_column_of_the_specification_in_its_type(table: str) -> None:
    declared = _declared(table)
    for name, kind in _specified(table).items():
        assert declared.get(name) == kind, f"{table}.{name}"


@pytest.mark.parametrize("table", _MARTS)
def test_mart_adds_only_statuses_and_exact_values(table: str) -> None:
    specified = _specified(table)
    for name in _declared(table).keys() - specified.keys():
        base = re.sub(r"_(status|exact)$", "", name)
        assert base in specified, f"{table}.{name}"


@pytest.mark.parametrize("table", _MARTS)
def test_mart_enforces_its_contract_and_every_check_of_the_specification(table: str) -> None:
    model = _model(table)
    assert model["config"]["contract"]["enforced"] is True
    named = {t["holds"]["name"] for t in model["data_tests"] if "holds" in t}
    for check in load_contracts()[table].checks:
        if check.name.startswith("chk_"):
            assert f"{table}_{check.name}" in named, check.name


def _model(table: str) -> dict[str, Any]:
    path = _ROOT / "dbt" / "models" / "marts" / _MARTS[table] / f"_{_MARTS[table]}.yml"
    models = yaml.safe_load(path.read_text(encoding="utf-8"))["models"]
    model: dict[str, Any] = next(model for model in models if model["name"] == table)
    return model


def _declared(table: str) -> dict[str, str]:
    return {column["name"]: column["data_type"] for column in _model(table)["columns"]}


def _specified(table: str) -> dict[str, str]:
    if not _SPEC.exists():
        return {column.name: _contract_kind(column) for column in load_contracts()[table].columns}
    text = _SPEC.read_text(encoding="utf-8")
    block = text.split(f"Table: {table}\n")[1].split("Indexes:")[0]
    fields = re.findall(r"^- (\w+): (\w+(?:\([^)]*\))?)", block, flags=re.MULTILINE)
    return {name: _kind(kind) for name, kind in fields}


def _kind(declared: str) -> str:
    if declared.startswith("DECIMAL"):
        return declared.lower().replace(" ", "")
    return _TYPES[declared.split("(")[0]]


def _contract_kind(column: Column) -> str:
    if column.type == "decimal":
        return f"decimal({column.precision},{column.scale})"
    return {"int": "int", "bool": "boolean"}.get(
        column.type, _TYPES.get(column.type.upper(), column.type)
    )
