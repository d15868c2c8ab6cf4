"""Unique keys, references and CHECKs across tables: rows that break one go to the quarantine.

Parents are settled before their children, so an orphan's own children follow it. A reference to a
table the source does not have is suspended (D4). A row that came with this load and breaks a
promise gives way to its last version; a row that landed earlier is never taken back because
another row went: it stays and is flagged. Not here: the SQL of the promises
(`expectations.check_views`).
"""

from __future__ import annotations

from collections.abc import Mapping

from expectations.check_views import Promise, promises
from expectations.contract import Contract
from expectations.frames import identifier, literal
from warehouse.errors import Finding
from warehouse.gate.evaluation import evaluate, evaluated, view
from warehouse.landing import quarantine
from warehouse.landing.between_rows import cycle_findings, shared_findings
from warehouse.landing.load import Load, record_findings
from warehouse.landing.tables import count_rows, key_text
from warehouse.landing.versions import put_back, say_again
from warehouse.sources.extract import Extract, Extraction

BETWEEN_ROWS = ("key", "reference")
PREFIXES = {"key": "key.", "check": "check.", "value": "value.", "reference": "key."}


def settle(load: Load, extraction: Extraction) -> None:
    """Move every row that breaks a quarantining promise, and count what is only flagged."""
    order = parents_first(load.contracts)
    moved = True
    while moved:
        moved = False
        for table in order:
            if table in load.counts and table in extraction.extracts:
                moved |= _settle_table(load, load.contracts[table], extraction.extracts[table])
    affected = _affected(load, order)
    spoken = [load.contracts[table] for table in order if table in affected]
    relations = [evaluated(load.connection, contract, load.contracts) for contract in spoken]
    load.connection.execute("begin transaction")
    for contract, relation in zip(spoken, relations, strict=True):
        _speak_of_promises(load, contract, relation)
    load.connection.execute("commit")


def _affected(load: Load, order: list[str]) -> set[str]:
    """Return the tables whose promises may hold otherwise than before: changed, or feel a change.

    What a row refers to, and whose it is, may be said by a parent's parent: all tables below one
    whose keys or companies changed feel it. Other values of a row are its own table's affair.
    """
    felt = set(load.felt)
    for _ in order:
        below = {
            table
            for table in order
            if table not in felt
            and load.states.get(table) != "absent"
            and any(c.parent and c.parent[0] in felt for c in load.contracts[table].columns)
        }
        if not below:
            break
        felt |= below
    return felt | load.changed | load.counts.keys()


def _settle_table(load: Load, contract: Contract, extract: Extract) -> bool:
    """Return whether any row of the table was moved to the quarantine."""
    strict = [p for p in promises(contract, load.contracts) if p.on_fail == "quarantine"]
    connection, table = load.connection, identifier(contract.table)
    kept = " and ".join(identifier(p.name) for p in strict) or "true"
    if not count_rows(connection, evaluate(connection, contract, load.contracts), f"not ({kept})"):
        return False
    connection.execute(
        "create or replace temp table broken as select t.rowid as old_row, v.*, "
        f"t._valid_from < {load.number} as is_old from (select * "
        f"from landing.{identifier(view(contract.table))} where not ({kept})) v "
        f"join landing.{table} t on {key_text(contract, 't')} = v.row_key"
    )
    whens = ", ".join(_reason_sql(load, contract, p) for p in strict)
    connection.execute(
        "create or replace temp table guilty as select * from (select b.old_row, b.row_key, "
        f"list_filter([{whens}], lambda x: x is not null) as _reasons "
        f"from broken b join landing.{table} t on t.rowid = b.old_row) where len(_reasons) > 0"
    )
    return _reject(load, contract, extract)


def _reject(load: Load, contract: Contract, extract: Extract) -> bool:
    """Move the guilty rows to the quarantine; their last versions stand again."""
    connection, table = load.connection, identifier(contract.table)
    guilty = count_rows(connection, "guilty")
    if not guilty:
        return False
    raw = f"lower(trim({quarantine.raw_key(contract, extract)}))"
    source = extract.rows_sql
    moved = 0
    between = " or ".join(f"r like '{kind}.%'" for kind in ("key",))
    waits = f"len(list_filter(b._reasons, lambda r: {between})) > 0"
    for kind, condition in (("waiting", waits), ("row", f"not ({waits})")):
        moved += quarantine.reject_rows(
            connection,
            contract,
            extract,
            f"select min(raw._row) as _row, any_value(b._reasons) as _reasons from guilty b "
            f"join {source} raw on {raw} = b.row_key where {condition} group by b.row_key",
            kind,
        )
    connection.execute(f"delete from landing.{table} where rowid in (select old_row from guilty)")
    back = f"{key_text(contract, 'h')} in (select row_key from guilty)"
    put_back(connection, contract, load.number, back)
    counts = load.counts[contract.table]
    counts.rejected += moved
    counts.landed -= moved
    load.changed.add(contract.table)
    load.felt.add(contract.table)
    return True


def _reason_sql(load: Load, contract: Contract, promise: Promise) -> str:
    """Return the SQL of a broken promise's reason, null where the row may stay nevertheless."""
    column = promise.columns[0] if promise.columns else ""
    broken = f"not b.{identifier(promise.name)}"
    if promise.kind in BETWEEN_ROWS:
        broken += " and not b.is_old"
    if promise.kind != "reference":
        code = f"{PREFIXES[promise.kind]}{promise.name}"
        return f"case when {broken} then {literal(f'{code} {column}')} end"
    parent = contract.column(column).parent
    table, target = parent if parent else ("", "")
    exists = (
        f"exists(select 1 from landing.{identifier(table)} p "
        f"where p.{identifier(target)} = t.{identifier(column)})"
    )
    reason = f"case when {exists} then 'key.cross_company' else 'key.orphan' end"
    return f"case when {broken} then {reason} || {literal(' ' + column)} end"


def _speak_of_promises(load: Load, contract: Contract, judged: str) -> None:
    """Record one finding per promise that rows which stay break, as evaluated in `judged`."""
    connection, table = load.connection, contract.table
    if table not in load.touched:
        state = connection.execute(
            "select state, row_count, rejected_count, content_hash, sha256, reason "
            "from landing.table_state where table_name = ?",
            [table],
        ).fetchone()
        load.speak_anew(table)
        say_again(connection, table, load.number, "rejected")
        say_again(connection, table, load.number, "finding", "k.origin = 'read'")
        connection.execute(
            "update landing.table_state set state = ?, row_count = ?, rejected_count = ?, "
            "content_hash = ?, sha256 = ?, reason = ? where table_name = ?",
            [*(state or ("absent", 0, 0, "", "", "")), table],
        )
    made = promises(contract, load.contracts)
    if not made or not count_rows(connection, judged):
        return
    counts = ", ".join(f"count(*) filter (where not {identifier(p.name)})" for p in made)
    row = connection.execute(f"select {counts} from {judged}").fetchone()
    found = [_finding(table, p, n) for p, n in zip(made, row or (), strict=True) if n]
    record_findings(connection, found, "promise")
    record_findings(connection, cycle_findings(connection, contract), "rows")
    record_findings(connection, shared_findings(connection, contract), "rows")


def _finding(table: str, promise: Promise, count: int) -> Finding:
    column = promise.columns[0] if promise.columns else ""
    if promise.kind == "reference" and promise.on_fail == "quarantine":
        words = f"{count} rows stay although what {column} refers to is gone"
        return Finding(table, "key.orphan", words, 1, column, count)
    words = f"{count} rows break {promise.name}"
    code = f"{PREFIXES[promise.kind]}{promise.name}"
    return Finding(table, code, words, promise.severity, column, count)


def parents_first(contracts: Mapping[str, Contract]) -> list[str]:
    """Return the tables so that a table comes after those it refers to, cycles cut."""
    ordered: dict[str, None] = {}
    visiting: set[str] = set()

    def visit(table: str) -> None:
        if table in ordered or table in visiting:
            return
        visiting.add(table)
        for column in contracts[table].columns:
            if column.parent:
                visit(column.parent[0])
        ordered[table] = None

    for table in contracts:
        visit(table)
    return list(ordered)
