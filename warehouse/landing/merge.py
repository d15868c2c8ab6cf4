"""One table's new rows against its current ones: inserted, changed, ended, or too late.

A row changes where its content differs; an older `updated_at` never replaces a newer one, it goes
to the history. Rows are ended only by a whole extract in which their key is nowhere: not among the
rejected rows, and not in a file with records that could not be read. Not here: the history's own
rules (`versions`).
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

import duckdb

from expectations.contract import Contract
from expectations.frames import identifier, landed_columns, literal
from warehouse.landing.tables import count_rows, key_text, names_of
from warehouse.landing.versions import end_rows
from warehouse.sources.extract import Extract


@dataclass(frozen=True)
class Change:
    """How many rows of a table a load inserted, changed, ended, or kept aside as late.

    Of the changed ones `relinked` are those to which other tables' rows now refer otherwise.
    """

    inserted: int = 0
    changed: int = 0
    ended: int = 0
    late: int = 0
    relinked: int = 0

    @property
    def is_any(self) -> bool:
        """Return whether the current rows are others than before."""
        return bool(self.inserted or self.changed or self.ended)

    @property
    def is_felt(self) -> bool:
        """Return whether a promise of another table's rows may hold otherwise than before."""
        return bool(self.inserted or self.ended or self.relinked)


def links(contracts: Mapping[str, Contract]) -> dict[str, frozenset[str]]:
    """Return by table the columns that promises of other tables read: keys, and what says whose."""
    found = {table: {path[0] for path in c.company_paths} for table, c in contracts.items()}
    for parent in (column.parent for c in contracts.values() for column in c.columns):
        if parent is not None and parent[0] in found:
            found[parent[0]].add(parent[1])
    return {table: frozenset(columns) for table, columns in found.items()}


def plan(
    connection: duckdb.DuckDBPyConnection,
    contract: Contract,
    extract: Extract,
    linking: Collection[str] = (),
) -> Change:
    """Compare `typed` with the current rows into the temp tables `renewed` and `ended`.

    `linking` names the columns whose change other tables feel.
    """
    table, names = identifier(contract.table), [c.name for c in landed_columns(contract)]
    if not count_rows(connection, f"landing.{table}"):
        connection.execute(
            "create or replace temp table renewed as select _row, cast(null as bigint) as old_row, "
            "false as is_late, false as is_relinked from typed"
        )
        connection.execute("create or replace temp table ended (old_row bigint)")
        return Change(inserted=count_rows(connection, "renewed"))
    same_key = " and ".join(f"c.{identifier(k)} = t.{identifier(k)}" for k in contract.primary_key)
    differs = " or ".join(
        f"c.{identifier(n)} is distinct from t.{identifier(n)}"
        for n in names
        if n not in contract.primary_key
    )
    older = "false"
    if "updated_at" in names:
        older = "coalesce(t.updated_at < c.updated_at, false)"
    is_relinked = " or ".join(
        f"c.{identifier(n)} is distinct from t.{identifier(n)}" for n in names if n in linking
    )
    connection.execute(
        "create or replace temp table renewed as "
        f"select t._row, c.rowid as old_row, {older} as is_late, "
        f"c.rowid is not null and ({is_relinked or 'false'}) as is_relinked from typed t "
        f"left join landing.{table} c on {same_key} where c.rowid is null or {differs or 'false'}"
    )
    connection.execute(
        "create or replace temp table ended as select c.rowid as old_row "
        f"from landing.{table} c anti join typed t on {same_key} "
        f"where {_is_gone(contract, extract)}"
    )
    late = count_rows(connection, "renewed", "is_late")
    is_kept = not extract.is_live
    return Change(
        inserted=count_rows(connection, "renewed", "old_row is null"),
        changed=count_rows(connection, "renewed", "old_row is not null") - (late if is_kept else 0),
        ended=count_rows(connection, "ended"),
        late=late,
        relinked=count_rows(connection, "renewed", "is_relinked"),
    )


def apply(
    connection: duckdb.DuckDBPyConnection, contract: Contract, extract: Extract, load: int
) -> None:
    """Do what `plan` found, under the number of this load.

    A live source is the truth as it stands, so a row dated back replaces the current one there;
    files may arrive in any order, so there an older version goes to the history.
    """
    table, names = identifier(contract.table), names_of(contract)
    if count_rows(connection, "superseded") or count_rows(connection, "renewed", "is_late"):
        _keep_older(connection, contract, load, extract.is_live)
    if not extract.is_live:
        connection.execute("delete from renewed where is_late")
    end_rows(
        connection,
        contract,
        load,
        "select old_row from ended union all select old_row from renewed where old_row is not null",
    )
    is_all = count_rows(connection, "renewed") == count_rows(connection, "typed")
    these = "" if is_all else "where _row in (select _row from renewed) "
    connection.execute(
        f"insert into landing.{table} ({names}, _valid_from) select {names}, {load} "
        f"from typed {these}order by _row"
    )


def _is_gone(contract: Contract, extract: Extract) -> str:
    """Return the SQL that is true of a current row the extract proves to be gone."""
    if extract.is_partial or extract.unreadable:
        return "false"
    refused = "select lower(trim(primary_key)) from landing.rejected where table_name = "
    return (
        f"{key_text(contract, 'c')} not in ({refused}{literal(contract.table)} "
        "and kind in ('row', 'waiting') and primary_key is not null)"
    )


def _keep_older(
    connection: duckdb.DuckDBPyConnection, contract: Contract, load: int, is_live: bool
) -> None:
    """Write versions older than the current ones into the history, unless they stand there."""
    table, names = identifier(contract.table), names_of(contract)
    old = "select * from superseded"
    if not is_live:
        late = "select _row from renewed where is_late"
        old += f" union select {names} from typed where _row in ({late})"
    connection.execute(
        f"insert into history.{table} ({names}, _valid_from, _valid_to) "
        f"select *, {load}, {load} from ({old} except select {names} from history.{table})"
    )
