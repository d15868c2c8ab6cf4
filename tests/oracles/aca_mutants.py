"""Decision tables of Form 1095-C with one rule changed: does any history notice?

Belongs here: every single-step change of a rule, and the lines it gives over facts already built.
Does not belong here: facts, or what a line ought to be: the unchanged lines equal the oracle's, so
a change that alters one of them is a change that the oracle notices.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import duckdb

Rule = dict[str, str]
FIXED = {"rule_id", "place", "condition", "citation", "result"}
OTHERS = {
    "y": ("n",),
    "n": ("y",),
    "residence": ("worksite",),
    "worksite": ("residence",),
    "none": ("offered",),
    "offered": ("conditional",),
    "conditional": ("none",),
    "2F": ("2G",),
    "2G": ("2H",),
    "2H": ("2F",),
}


@dataclass(frozen=True)
class Mutant:
    """One changed table, and what was changed."""

    name: str
    rules: tuple[Rule, ...]


def mutants(rules: list[Rule]) -> Iterator[Mutant]:
    """Each rule left out, with another result, or with one condition turned."""
    results = sorted({rule["result"] for rule in rules})
    for place, rule in enumerate(rules):
        rest = (*rules[:place], *rules[place + 1 :])
        yield Mutant(f"{rule['rule_id']} left out", rest)
        other = results[(results.index(rule["result"]) + 1) % len(results)]
        yield Mutant(f"{rule['rule_id']} gives {other!r}", (*rest, rule | {"result": other}))
        for fact, needs in rule.items():
            for turned in OTHERS.get(needs, ()) if fact not in FIXED else ():
                changed = rule | {fact: turned}
                yield Mutant(f"{rule['rule_id']} needs {fact} {turned}", (*rest, changed))


class Lines:
    """One line of a built warehouse, decided again with another table."""

    def __init__(self, warehouse: Path, line: str) -> None:
        found = (warehouse.parent.parent / "target").rglob(f"compiled/**/int_law__aca_{line}.sql")
        sql = next(found).read_text(encoding="utf-8")
        self.line = line
        self.sql = re.sub(rf'"\w+"\."\w+"\."code_aca_{line}"', "changed", sql)
        assert "changed" in self.sql
        self.connection = duckdb.connect(str(warehouse), read_only=True)

    def close(self) -> None:
        """Give the file back."""
        self.connection.close()

    def is_noticed(self, mutant: Mutant) -> bool:
        """Some month has another code, or is known where it was not, or the other way round."""
        self._fill(mutant)
        number = self.line.removeprefix("line_")
        columns = f"turn_id, {self.line}, rule_{number} is null"
        query = (
            f"select count(*) from (select {columns} from ({self.sql}) as again except all "
            f"select {columns} from intermediate.int_law__aca_{self.line})"
        )
        row = self.connection.execute(query).fetchone()
        assert row is not None
        return bool(row[0])

    def _fill(self, mutant: Mutant) -> None:
        names = list(mutant.rules[0])
        kinds = ", ".join(f'"{name}" varchar' for name in names)
        self.connection.execute(f"create or replace temp table changed ({kinds})")
        marks = ", ".join("?" for _ in names)
        rows = [[rule[name] or None for name in names] for rule in mutant.rules]
        self.connection.executemany(f"insert into changed values ({marks})", rows)
