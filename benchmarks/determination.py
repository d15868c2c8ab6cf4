"""The determination of Form 1095-C by itself: a finished home's own rules, replayed in memory.

`python -m benchmarks.determination --home DIR --report FILE [--copies N]`: from landed rows to
lines 14 to 17 and Part III of every month, every model above them made once in one DuckDB process
(D42), then all twelve months of everybody read. With copies, the landed rows stand N times under
other keys: an employer too large to be landed here. Not here: what a run does around it.
"""

from __future__ import annotations

import argparse
import tempfile
from pathlib import Path

from benchmarks.measure import Stages
from expectations.contract import Contract, load_contracts
from expectations.frames import identifier, literal
from warehouse.database_file import DatabaseFile
from warehouse.home import Home
from warehouse.increment.rebuild import LAST
from warehouse.replay.replay import opened

CODE, PART_III = "rpt_aca_1095c__code", "rpt_aca_1095c__covered_individual"
# what tells people and groups apart beside the keys
TELLING = {"person_key", "ssn", "ein", "group_name"}


def main() -> None:
    """Determine once and report the stages and the employee-years."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--home", required=True, type=Path)
    parser.add_argument("--report", required=True, type=Path)
    parser.add_argument("--copies", type=int, default=1)
    asked = parser.parse_args()
    home = Home(asked.home.resolve())
    stages = Stages()
    with tempfile.TemporaryDirectory(prefix="benefits-bench-") as folder:
        landing = home.landing
        if asked.copies > 1:
            landing = copied(home.landing, asked.copies, Path(folder))
            stages.end("copies")
        with opened(home.build_file(LAST), landing) as replay:
            replay.run({}, (CODE, PART_III), whole=True)
            found = replay.connection.execute(
                "select count(*) / 12, count(line_14), count(line_15), count(line_16), "
                f"count(rule_14) from {replay.made(CODE)}"
            ).fetchone()
            stages.end("determination")
    stages.report(asked.report, employee_years=found[0] if found else 0)


def copied(landing: DatabaseFile, copies: int, folder: Path) -> DatabaseFile:
    """Return a landing database that holds every row so many times, each time under other keys."""
    contracts = load_contracts()
    made = DatabaseFile(folder / "operational.duckdb")
    with made.open() as connection:
        landing.attach(connection, "once")
        connection.execute("create schema landing")
        tables = connection.execute(
            "select table_name from duckdb_tables() where database_name = 'once' "
            "and schema_name = 'landing'"
        ).fetchall()
        for (table,) in tables:
            source = f"once.landing.{identifier(table)}"
            if table in contracts and (keys := _keys(contracts[table])):
                other = ", ".join(f"{key} || '-' || copy.number as {key}" for key in keys)
                source = (
                    f"(select landed.* replace ({other}) from {source} as landed "
                    f"cross join range({literal(str(copies))}::int) as copy(number))"
                )
            connection.execute(f"create table landing.{identifier(table)} as from {source}")
    return made


def _keys(contract: Contract) -> list[str]:
    return [
        identifier(column.name)
        for column in contract.columns
        if column.sensitivity != "secret" and (column.type == "uuid" or column.name in TELLING)
    ]


if __name__ == "__main__":
    main()
