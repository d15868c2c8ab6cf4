"""The bare SQL of a run in one DuckDB process: the same files, casts and compiled models (D42).

`python -m benchmarks.bare --source DIR --home DIR --out DIR --report FILE`, after a whole run whose
home holds the compiled models. No gate, no quarantine, no history, no tests, no hashes, no second
copy: the floor that a whole run is compared with. Not here: the comparison.
"""

from __future__ import annotations

import argparse
import csv
import json
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb

from benchmarks.measure import Stages
from expectations.contract import Contract, load_contracts
from expectations.frames import cast_sql, identifier, landed_columns, landed_name, literal
from warehouse.landing.tables import create_bookkeeping, create_table
from warehouse.publish.prepare import create_parent
from warehouse.settings import memory_limit


@dataclass(frozen=True)
class Node:
    """One seed or model: its relation, what it needs first, and the file it is made from."""

    name: str
    schema: str
    kind: str
    parents: tuple[str, ...]
    path: Path
    types: Mapping[str, str]


def main() -> None:
    """Build everything and report the stages, the rows read and the time of each model."""
    parser = argparse.ArgumentParser(description=__doc__)
    for name in ("source", "home", "out", "report"):
        parser.add_argument(f"--{name}", required=True, type=Path)
    asked = parser.parse_args()
    asked.out.mkdir(parents=True)
    contracts = load_contracts()
    nodes = list(ordered(read_nodes(asked.home)))
    stages = Stages()
    connection = duckdb.connect(str(asked.out / "warehouse.duckdb"))
    connection.execute("set preserve_insertion_order = false")
    connection.execute(f"set memory_limit = {literal(memory_limit())}")
    connection.execute(f"attach {literal(str(asked.out / 'operational.duckdb'))} as operational")
    create_parent(connection)
    stages.end("start-up")
    rows = read_text(connection, contracts, asked.source)
    stages.end("read files as text")
    cast_all(connection, contracts)
    stages.end("cast")
    seconds = {node.name: build(connection, node) for node in nodes}
    connection.execute("checkpoint")
    stages.end("models")
    stages.report(
        asked.report,
        rows=rows,
        slowest=sorted(((s, name) for name, s in seconds.items()), reverse=True)[:12],
    )


def read_text(
    connection: duckdb.DuckDBPyConnection, contracts: Mapping[str, Contract], source: Path
) -> int:
    """Read every file as text into `raw`; return the rows."""
    connection.execute("create schema raw")
    total = 0
    for table in contracts:
        path = source / f"{table}.csv"
        if path.exists():
            connection.execute(
                f"create table raw.{identifier(table)} as select * from read_csv("
                f"{literal(str(path))}, header = true, all_varchar = true)"
            )
            row = connection.execute(f"select count(*) from raw.{identifier(table)}").fetchone()
            total += int(row[0]) if row else 0
    return total


def cast_all(connection: duckdb.DuckDBPyConnection, contracts: Mapping[str, Contract]) -> None:
    """Cast every text table into the landing database."""
    connection.execute("use operational")
    create_bookkeeping(connection)
    for table, contract in contracts.items():
        create_table(connection, contract)
        state = "absent"
        if (found := _text_columns(connection, table)) is not None:
            state = "present"
            names = ", ".join(identifier(c.name) for c in landed_columns(contract))
            casts = ", ".join(_casts(contract, found))
            connection.execute(
                f"insert into landing.{identifier(table)} ({names}) "
                f"select {casts} from warehouse.raw.{identifier(table)}"
            )
        connection.execute(
            "insert into landing.table_state (table_name, state) values (?, ?)", [table, state]
        )
    connection.execute("use warehouse")


def build(connection: duckdb.DuckDBPyConnection, node: Node) -> float:
    """Make one relation; return its seconds."""
    start = time.monotonic()
    relation = f"{node.schema}.{identifier(node.name)}"
    connection.execute(f"create schema if not exists {node.schema}")
    if node.kind == "seed":
        connection.execute(f"create table {relation} as {_seed(node)}")
    else:
        sql = node.path.read_text(encoding="utf-8")
        connection.execute(f"create {node.kind} {relation} as {sql}")
    return time.monotonic() - start


def read_nodes(home: Path) -> dict[str, Node]:
    """Return the seeds and models of the project as the run of this home compiled them."""
    folder = home / "build" / "dbt"
    listed = json.loads(next(folder.glob("manifest-*.json")).read_text())["nodes"]
    found = {}
    for key, node in listed.items():
        if node["resource_type"] not in ("seed", "model"):
            continue
        kind = node["config"]["materialized"]
        parents = tuple(
            p for p in node["depends_on"].get("nodes", ()) if not p.startswith("source.")
        )
        compiled = folder / "compiled" / node["package_name"] / node["original_file_path"]
        is_seed = kind == "seed"
        path = Path("dbt") / node["original_file_path"] if is_seed else compiled
        types = node["config"].get("column_types") or {}
        found[key] = Node(node["name"], node["schema"], kind, parents, path, types)
    return found


def ordered(nodes: Mapping[str, Node]) -> Iterator[Node]:
    """Yield every node that is a relation after those it reads."""
    seen: set[str] = set()

    def visit(key: str) -> Iterator[Node]:
        if key in seen or key not in nodes:
            return
        seen.add(key)
        for parent in nodes[key].parents:
            yield from visit(parent)
        if nodes[key].kind != "ephemeral":
            yield nodes[key]

    for key in nodes:
        yield from visit(key)


def _text_columns(connection: duckdb.DuckDBPyConnection, table: str) -> set[str] | None:
    rows = connection.execute(
        "select column_name from duckdb_columns() where database_name = 'warehouse' "
        "and schema_name = 'raw' and table_name = ?",
        [table],
    ).fetchall()
    return {str(r[0]) for r in rows} or None


def _casts(contract: Contract, found: set[str]) -> Iterator[str]:
    for column in contract.columns:
        if landed_name(column) is None:
            continue
        if column.name not in found:
            yield "null"
        elif column.sensitivity == "secret":
            yield f"sha256({identifier(column.name)})"
        else:
            yield cast_sql(column, identifier(column.name))


def _seed(node: Node) -> str:
    with node.path.open(encoding="utf-8", newline="") as lines:
        heads = next(csv.reader(lines))
    spelled: dict[str, Any] = {"string": "varchar"}
    types = {h: spelled.get(t := node.types.get(h, "varchar"), t) for h in heads}
    return (
        f"select * from read_csv({literal(str(node.path))}, auto_detect = false, header = true, "
        f"delim = ',', quote = '\"', escape = '\"', nullstr = '', columns = {types})"
    )


if __name__ == "__main__":
    main()
