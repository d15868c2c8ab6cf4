"""The nodes of the dbt project as far as an increment needs them, kept with the build they made.

Reading them there takes no time; dbt's own parsed project takes seconds, and its imports. Not here:
what follows from what (`graph`), and the SQL of a node (`statements`).
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

import duckdb

TABLE = "kept.node"
ROWS_OF, PARENT = "rows_of", "var('parent'"
RELATIONS = ("model", "seed")
KINDS = (*RELATIONS, "test", "source")
BY_KEY = {"unique_combination": "columns", "spans_apart": "keys"}


@dataclass(frozen=True)
class Node:
    """One model, seed, test or landed table.

    `owner` names the column of its rows' person; `reads_parent` is set where its text reads the
    findings of the version a build follows. Of a test, `test` is the kind, "" for one of its own
    text, `keys` are the columns it tells rows apart by, and the rest is when it fails.
    """

    unique_id: str
    resource_type: str
    name: str
    schema: str
    depends_on: Sequence[str] = ()
    materialized: str = ""
    owner: str = ""
    reads_parent: bool = False
    test: str = ""
    keys: Sequence[str] = ()
    severity: str = ""
    limit: int | None = None
    fail_calc: str = ""
    warn_if: str = ""
    error_if: str = ""


def nodes_of(manifest: Any) -> dict[str, Node]:
    """Return the nodes of a parsed project by what dbt calls them."""
    listed = [*manifest.nodes.values(), *manifest.sources.values()]
    return {n.unique_id: _node(n) for n in listed if str(n.resource_type) in KINDS}


def keep(connection: duckdb.DuckDBPyConnection, nodes: Mapping[str, Node]) -> None:
    """Store the nodes with the build they made."""
    connection.execute(f"create table {TABLE} (facts varchar)")
    facts = [json.dumps(asdict(node)) for node in nodes.values()]
    connection.execute(f"insert into {TABLE} select unnest(?::varchar[])", [facts])


def kept(connection: duckdb.DuckDBPyConnection) -> dict[str, Node]:
    """Return the nodes that were stored with a build."""
    rows = connection.execute(f"select facts from {TABLE}").fetchall()
    found = (Node(**json.loads(facts)) for (facts,) in rows)
    return {node.unique_id: node for node in found}


def _node(node: Any) -> Node:
    kind, config = str(node.resource_type), node.config
    said: dict[str, Any] = {}
    if kind in RELATIONS:
        said = {"materialized": str(config.materialized)}
        said |= {
            "owner": str(config.meta.get(ROWS_OF, "")),
            "reads_parent": PARENT in node.raw_code,
        }
    elif kind == "test":
        said = {"severity": str(config.severity or "").lower(), "limit": config.limit}
        said |= {name: getattr(config, name) for name in ("fail_calc", "warn_if", "error_if")}
        if known := getattr(node, "test_metadata", None):
            said |= {"test": known.name, "keys": known.kwargs.get(BY_KEY.get(known.name, ""), ())}
    needs = tuple(getattr(node, "depends_on_nodes", ()))
    return Node(node.unique_id, kind, node.name, node.schema, needs, **said)
