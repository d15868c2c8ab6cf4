"""The quality certificate: what is open per company, by severity, and the grade it gives.

Grade A means nothing is open; B to F name the worst open severity, 5 to 1 (D36).
Not here: printing it.
"""

from __future__ import annotations

from collections.abc import Mapping

from expectations.contract import Contract
from warehouse.database_file import DatabaseFile

OWNERS = {
    "hr": "HR data owner",
    "benefits": "Benefits administrator",
    "ledger": "Compliance",
}

RESULTS = """
create table quality.check_result as
with columns as (select * from contract_column),
companies as (select id as company_id from operational.landing.company),
rejected as (
    select r.company_id, r.table_name,
        split_part(reason, ' ', 1) as check_name,
        coalesce(nullif(split_part(reason, ' ', 2), ''), '') as column_name,
        coalesce(r.primary_key, 'row ' || r.row_number) as row_key
    from operational.landing.rejected r, unnest(cast(r.reasons as varchar[])) as u(reason)
),
open as (
    select r.company_id, r.table_name, r.check_name || case when r.column_name = '' then ''
            else ' ' || r.column_name end as check_name,
        case when r.check_name = 'key.cross_company' then 1 else coalesce(c.severity, 2) end
            as severity, 'quarantine' as on_fail,
        count(*) as failing_rows, to_json(list(r.row_key order by r.row_key)[:10]) as failing_keys
    from rejected r
    left join columns c on c.table_name = r.table_name and c.column_name = r.column_name
    group by all
    union all
    select company_id, table_name, check_name, severity, on_fail, failing_rows, failing_keys
    from operational.landing.check_result where not success
    union all
    select null, table_name, 'table held: ' || reason, 1, 'quarantine', 0, '[]'
    from operational.landing.table_state where state = 'held'
    union all
    select company_id, table_name, reason_code || ' ' || column_name, severity, 'flag', row_count,
        '[]'
    from operational.landing.finding where severity <= 3 and origin <> 'promise'
)
select coalesce(case when k.company_id is not null then o.company_id end, a.company_id)
        as company_id,
    o.table_name, o.check_name, o.severity, o.on_fail,
    coalesce(f.owner, 'Data engineer') as owner, o.failing_rows, o.failing_keys
from open o
left join companies k on k.company_id = o.company_id
left join companies a on k.company_id is null
left join (select distinct table_name, owner from columns) f on f.table_name = o.table_name
"""

MISSING = """
create table quality.missing_input as
select n.feature, n.table_name
from contract_need n
join operational.landing.table_state s on s.table_name = n.table_name
where s.state = 'absent'
group by all order by all
"""

CERTIFICATE = """
create table quality.certificate as
select c.id as company_id, c.legal_name as company_name,
    case min(r.severity) when 1 then 'F' when 2 then 'E' when 3 then 'D'
        when 4 then 'C' when 5 then 'B' else 'A' end as grade,
    count(r.severity) as open_checks,
    (select count(*) from operational.landing.check_result) as checks_run
from operational.landing.company c
left join quality.check_result r on r.company_id = c.id
group by c.id, c.legal_name
"""


def write_certificate(
    snapshot: DatabaseFile, landing: DatabaseFile, contracts: Mapping[str, Contract]
) -> None:
    """Write `quality.check_result` and `quality.certificate` into a snapshot under construction."""
    connection = snapshot.open()
    try:
        landing.attach(connection, "operational")
        connection.execute("create schema quality")
        connection.execute(
            "create temp table contract_column "
            "(table_name varchar, column_name varchar, severity integer, owner varchar)"
        )
        connection.executemany(
            "insert into contract_column values (?, ?, ?, ?)",
            [
                [c.table, column.name, column.severity, OWNERS[c.family]]
                for c in contracts.values()
                for column in c.columns
            ],
        )
        connection.execute("create temp table contract_need (feature varchar, table_name varchar)")
        connection.executemany("insert into contract_need values (?, ?)", _needs(contracts))
        connection.execute(RESULTS)
        connection.execute(MISSING)
        connection.execute(CERTIFICATE)
        connection.execute("detach operational")
        connection.execute("checkpoint")
    finally:
        connection.close()


def _needs(contracts: Mapping[str, Contract]) -> list[list[str]]:
    """Return (feature, table) wherever a table's absence leaves something unknown (D47)."""
    return sorted(
        [feature, contract.table]
        for contract in contracts.values()
        if contract.when_absent == "unknown"
        for feature in {f for column in contract.columns for f in column.needed_for}
    )
