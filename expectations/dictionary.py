"""The data dictionary, `docs/data-dictionary.md`, printed from the contracts.

Belongs here: the wording and order of the page (`python -m expectations.dictionary` writes it).
Does not: any fact about a table; those are in the contracts.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from expectations.contract import Column, Contract, load_contracts
from expectations.dbt_sources import staging_model
from expectations.json_values import published

PAGE = Path(__file__).parent.parent / "docs" / "data-dictionary.md"
_ABSENT = {
    "unknown": "A missing file means unknown.",
    "none_assumed": "A missing file means none, shown as assumed.",
}


def render_dictionary(contracts: Mapping[str, Contract]) -> str:
    """The text of the page: an overview, then one section for each table."""
    lines = [
        "# Data dictionary",
        "",
        "Printed from `expectations/tables` by `python -m expectations.dictionary`; never edited.",
        "Severity runs from 1 (worst) to 5. What breaks a *quarantine* column or check puts the",
        "row aside; what breaks a *flag* one lands, without the value where it cannot be read.",
        "",
        "| table | family | domain | what it holds |",
        "|---|---|---|---|",
    ]
    for name in sorted(contracts):
        table = contracts[name]
        lines.append(f"| [{name}](#{name}) | {table.family} | {table.domain} | {table.grain} |")
    for name in sorted(contracts):
        lines += _section(contracts[name])
    return "\n".join(lines) + "\n"


def _section(contract: Contract) -> Iterator[str]:
    company = contract.company_via or "none: the table is global"
    yield from ("", f"## {contract.table}", "", contract.description)
    yield f"{contract.grain[0].upper()}{contract.grain[1:]}. {_ABSENT[contract.when_absent]}"
    yield f"Company: `{company}`. Staged as `{staging_model(contract)}`."
    for name, key in zip(contract.unique_names, contract.unique, strict=True):
        yield f"Unique: `{', '.join(key)}` (`{name}`)."
    yield from (
        "",
        "| column | type | class | severity | on fail | meaning |",
        "|---|---|---|---|---|---|",
    )
    schemas = published()
    for column in contract.columns:
        link = " Has a schema." if (contract.table, column.name) in schemas else ""
        yield (
            f"| `{column.name}` | {_type(column)} | {column.sensitivity} | {column.severity}"
            f" | {column.on_fail} | {_meaning(column)}{link} |"
        )
    if contract.checks:
        yield from ("", "| check | severity | on fail | expression |", "|---|---|---|---|")
        for check in contract.checks:
            yield f"| `{check.name}` | {check.severity} | {check.on_fail} | `{check.expression}` |"


def _type(column: Column) -> str:
    text = column.type
    if column.type == "decimal":
        text = f"decimal({column.precision},{column.scale})"
    elif column.max_length:
        text = f"text({column.max_length})"
    return f"{text}, required" if column.required else text


def _meaning(column: Column) -> str:
    parts = [column.description]
    if column.values:
        parts.append(f"One of: {', '.join(column.values)}.")
    if column.references:
        parts.append(f"Refers to `{column.references}`.")
    if column.default is not None:
        parts.append(f"The source's default: `{column.default!s}`.")
    if column.needed_for:
        parts.append(f"Needed for {', '.join(column.needed_for)}.")
    return " ".join(parts).replace("|", "\\|")


def main() -> None:
    """Write the page."""
    PAGE.parent.mkdir(exist_ok=True)
    PAGE.write_text(render_dictionary(load_contracts()), encoding="utf-8")


if __name__ == "__main__":
    main()
