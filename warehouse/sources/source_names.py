"""`source.toml` speaks of tables, columns, dates and values that exist, or is refused by name.

Not here: reading the file (`source_file`), and what a source does not have (drift).
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from difflib import get_close_matches

from expectations.contract import Contract
from warehouse.errors import CallError, Refusal
from warehouse.sources.source_file import SourceSettings, TableSettings

DATE_WORDS = {"YYYY": "%Y", "MM": "%m", "DD": "%d", "YY": "%y"}
_WORD = re.compile("|".join(DATE_WORDS))


def check_names(settings: SourceSettings, contracts: Mapping[str, Contract]) -> None:
    """Raise CallError for the first name or pattern that no contract knows."""
    known = [t for t, contract in contracts.items() if contract.family != "ledger"]
    for table, own in settings.tables.items():
        if table not in known:
            raise CallError(f"source.toml [tables.{table}]: no such table{_near(table, known)}")
        for problem in _problems(own, contracts[table]):
            raise CallError(f"source.toml [tables.{table}]: {problem}")


def missing_mapping(
    table: str, columns: Mapping[str, str], header: Collection[str], where: str
) -> Refusal | None:
    """Return the refusal of a table that lacks a column which `source.toml` says stands for one.

    Args:
        table: the table's name in its contract.
        columns: the source's own names, each with the contract's.
        header: the contract's names of the columns that were found.
        where: what was read, in words.
    """
    for theirs, ours in columns.items():
        if ours not in header:
            message = f"{where}: no column {theirs}, which source.toml says stands for {ours}"
            fix = "write the name as it stands there, or take the line out of source.toml"
            return Refusal(table, "mapping.column_missing", message, fix)
    return None


def date_pattern(pattern: str) -> str:
    """Return a declared pattern in the engine's own codes."""
    return _WORD.sub(lambda found: DATE_WORDS[found[0]], pattern)


def _problems(own: TableSettings, contract: Contract) -> Iterator[str]:
    columns = {column.name: column for column in contract.columns}
    for theirs, ours in own.columns.items():
        if ours not in columns:
            yield f"columns: {theirs} stands for {ours}, which is no column{_near(ours, columns)}"
    for name, pattern in own.dates.items():
        if name not in columns:
            yield f"dates: {name} is no column{_near(name, columns)}"
        elif columns[name].type != "date":
            yield f"dates: {name} is no date but {columns[name].type}"
        elif not _is_pattern(pattern):
            yield f"dates: {name} = {pattern} is no pattern: write DD, MM and YYYY"
    for name, spellings in own.values.items():
        if name not in columns:
            yield f"values: {name} is no column{_near(name, columns)}"
            continue
        allowed = columns[name].values
        for meant in spellings.values():
            if allowed and meant and meant not in allowed:
                yield f"values: {name} is never {meant}{_near(meant, allowed)}"


def _is_pattern(pattern: str) -> bool:
    """Return whether a pattern names day, month and year once each, and no other letter."""
    words = sorted(word[0] for word in _WORD.findall(pattern))
    return words == ["D", "M", "Y"] and not re.search("[A-Za-z%]", _WORD.sub("", pattern))


def _near(name: str, known: Collection[str]) -> str:
    found = get_close_matches(name, list(known), n=1)
    return f"; did you mean {found[0]}?" if found else ""
