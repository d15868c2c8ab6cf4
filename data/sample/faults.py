"""Planted corruption: what is broken in a generated sample, and the answer key beside it.

Belongs here: applying the rows of `books/fault.csv` to the files of a sample, each to a line of its
own chosen by the seed, and writing the answer key. Does not belong here: how the warehouse finds
them. Reading the key beside the data is what a check of the checks is for: all of it, nothing else.
A sample too small for a fault does without it; which ones stands beside the key.
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass, fields
from pathlib import Path

import duckdb

from data.sample.generator import BOOKS
from expectations.contract import Contract, load_contracts
from expectations.frames import identifier, literal

ANSWER_KEY = Path("answer_key") / "answer_key.csv"
NOT_PLANTED = ANSWER_KEY.with_name("not_planted.csv")
MARK = "__planted"


@dataclass(frozen=True)
class Fault:
    """One kind of corruption: which line of which table, what is done to it, what must be said."""

    fault: str
    table: str
    among: str
    action: str
    column: str
    value: str
    outcome: str
    reason: str


@dataclass(frozen=True)
class Planted:
    """One corruption that was planted; the key is empty where a whole file is touched."""

    fault: str
    table: str
    key: str
    column: str
    outcome: str
    reason: str


def plant(directory: Path, seed: int) -> tuple[tuple[Planted, ...], tuple[Fault, ...]]:
    """The faults planted into a sample's files, and those for which it has no line.

    Both are also written below `answer_key` beside the files.
    """
    faults, contracts = load_faults(), load_contracts()
    planted: list[Planted] = []
    with duckdb.connect() as connection:
        _load_references(connection, directory)
        for table in sorted({fault.table for fault in faults if fault.action in CELLS}):
            own = [fault for fault in faults if fault.table == table and fault.action in CELLS]
            planted += _plant_cells(connection, directory, contracts[table], own, seed)
    for fault in faults:
        if fault.action in LINES:
            planted += _plant_line(directory, fault, {one.key for one in planted})
        elif fault.action in FILES:
            FILES[fault.action](directory, fault)
            planted.append(_planted(fault, ""))
    done = {one.fault for one in planted}
    left = tuple(fault for fault in faults if fault.fault not in done)
    _write(directory / ANSWER_KEY, Planted, planted)
    _write(directory / NOT_PLANTED, Fault, left)
    return tuple(planted), left


def load_faults() -> tuple[Fault, ...]:
    """Every kind of corruption, in the order in which it is planted."""
    with (BOOKS / "fault.csv").open(encoding="utf-8", newline="") as handle:
        return tuple(Fault(**row) for row in csv.DictReader(handle))


def _planted(fault: Fault, key: str) -> Planted:
    return Planted(fault.fault, fault.table, key, fault.column, fault.outcome, fault.reason)


def _load_references(connection: duckdb.DuckDBPyConnection, directory: Path) -> None:
    """Give the expressions of the catalogue the companies and people they choose among."""
    company, employee = (_read(directory / f"{name}.csv") for name in ("company", "employee"))
    connection.execute(f"create table other as select id from {company}")
    connection.execute(f"create table other_employee as select * from {employee}")


def _read(path: Path) -> str:
    return (
        f"read_csv({literal(str(path))}, all_varchar = true, header = true, delim = ',',"
        " quote = '\"', escape = '\"', auto_detect = false, columns = " + _columns(path) + ")"
    )


def _columns(path: Path) -> str:
    with path.open(encoding="utf-8", newline="") as handle:
        names = next(csv.reader(handle))
    return "{" + ", ".join(f"{literal(name)}: 'VARCHAR'" for name in names) + "}"


def _plant_cells(
    connection: duckdb.DuckDBPyConnection,
    directory: Path,
    contract: Contract,
    faults: Iterable[Fault],
    seed: int,
) -> list[Planted]:
    table, path = identifier(contract.table), directory / f"{contract.table}.csv"
    connection.execute(
        f"create or replace table {table} as select row_number() over () * 2 as {MARK}_line,"
        f" cast(null as varchar) as {MARK}, * from {_read(path)}"
    )
    planted = []
    for fault in faults:
        chosen = _choose(connection, contract, fault, seed)
        if chosen is not None:
            CELLS[fault.action](connection, table, fault, chosen[0])
            planted.append(_planted(fault, chosen[1]))
    connection.execute(
        f"copy (select * exclude ({MARK}_line, {MARK}) from {table} order by {MARK}_line)"
        f" to {literal(str(path))} (format csv, header true)"
    )
    return planted


def _choose(
    connection: duckdb.DuckDBPyConnection, contract: Contract, fault: Fault, seed: int
) -> tuple[int, str] | None:
    """The line that the seed picks among those no other fault has touched, and its key.

    A line for which the new value would be empty (nobody else to name) is none.
    """
    key = identifier(contract.primary_key[0])
    found = connection.execute(
        f"select {MARK}_line, {key} from {identifier(contract.table)}"
        f" where {MARK} is null and ({fault.among or 'true'})"
        f" and ({_value(fault)} is not null or {fault.value == ''})"
        f" order by md5(concat_ws('|', ?, ?, {key})) limit 1",
        [seed, fault.fault],
    ).fetchone()
    return (int(found[0]), str(found[1])) if found else None


def _value(fault: Fault) -> str:
    """The SQL of the new value: an expression after `=`, else the text itself, empty is NULL."""
    if fault.value == "=new_id":
        return "substr(md5(id), 1, 8) || '-0000-5000-a000-' || substr(md5(id), 9, 12)"
    if fault.value.startswith("="):
        return fault.value[1:]
    return literal(fault.value) if fault.value else "null"


def _set(connection: duckdb.DuckDBPyConnection, table: str, fault: Fault, line: int) -> None:
    connection.execute(
        f"update {table} set {identifier(fault.column)} = {_value(fault)},"
        f" {MARK} = {literal(fault.fault)} where {MARK}_line = {line}"
    )


def _repeat(connection: duckdb.DuckDBPyConnection, table: str, fault: Fault, line: int) -> None:
    connection.execute(
        f"update {table} set {MARK} = {literal(fault.fault)} where {MARK}_line = {line}"
    )
    connection.execute(
        f"insert into {table} select * replace ({line} + 1 as {MARK}_line)"
        f" from {table} where {MARK}_line = {line}"
    )


def _contradict(connection: duckdb.DuckDBPyConnection, table: str, fault: Fault, line: int) -> None:
    """A second line under the same key, or of the same number, that says something else."""
    _repeat(connection, table, fault, line)
    _set(connection, table, fault, line + 1)


CELLS: dict[str, Callable[[duckdb.DuckDBPyConnection, str, Fault, int], None]] = {
    "set": _set,
    "repeat": _repeat,
    "contradict": _contradict,
}


def _plant_line(directory: Path, fault: Fault, taken: set[str]) -> list[Planted]:
    """Break the bytes of the first line whose key no other fault has used, where there is one."""
    path = directory / f"{fault.table}.csv"
    lines = path.read_bytes().split(b"\n")
    for number, line in enumerate(lines[1:], 1):
        key = line.split(b",")[0].decode("ascii", "ignore")
        broken = LINES[fault.action](line)
        if key and key not in taken and b'"' not in line and broken != line:
            lines[number] = broken
            path.write_bytes(b"\n".join(lines))
            return [_planted(fault, key)]
    return []


LINES: dict[str, Callable[[bytes], bytes]] = {
    "shorten": lambda line: line.rpartition(b",")[0],
    "lengthen": lambda line: line + b",more",
    "recode": lambda line: line.replace(b" ", b" Jos\xe9 ", 1),
}


def _add_column(directory: Path, fault: Fault) -> None:
    _rewrite(
        directory / f"{fault.table}.csv", lambda row: [*row, fault.column], lambda row: [*row, "1"]
    )


def _drop_column(directory: Path, fault: Fault) -> None:
    path = directory / f"{fault.table}.csv"
    with path.open(encoding="utf-8", newline="") as handle:
        at = next(csv.reader(handle)).index(fault.column)
    _rewrite(path, lambda row: row[:at] + row[at + 1 :], lambda row: row[:at] + row[at + 1 :])


def _respell(directory: Path, fault: Fault) -> None:
    def spelled(row: list[str]) -> list[str]:
        return [fault.value if name == fault.column else name for name in row]

    _rewrite(directory / f"{fault.table}.csv", spelled, lambda row: row)


def _add_file(directory: Path, fault: Fault) -> None:
    (directory / f"{fault.table}.csv").write_text("employee,amount\n", encoding="utf-8")


def _rewrite(
    path: Path, head: Callable[[list[str]], list[str]], rest: Callable[[list[str]], list[str]]
) -> None:
    with path.open(encoding="utf-8", newline="") as handle:
        first, *rows = csv.reader(handle)
    with path.open("w", encoding="utf-8", newline="") as handle:
        writer = csv.writer(handle, lineterminator="\n")
        writer.writerow(head(first))
        writer.writerows(rest(row) for row in rows)


FILES: dict[str, Callable[[Path, Fault], None]] = {
    "add column": _add_column,
    "drop column": _drop_column,
    "respell header": _respell,
    "add file": _add_file,
}


def _write(path: Path, kind: type[Planted] | type[Fault], rows: Iterable[Planted | Fault]) -> None:
    path.parent.mkdir(exist_ok=True)
    with path.open("w", encoding="utf-8", newline="") as handle:
        names = [field.name for field in fields(kind)]
        writer = csv.DictWriter(handle, names, lineterminator="\n")
        writer.writeheader()
        writer.writerows(asdict(one) for one in rows)
