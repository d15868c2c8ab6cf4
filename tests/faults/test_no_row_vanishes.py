"""No row vanishes (P1): received = landed + rejected + duplicates, whatever a file holds.

The records are counted by a counter of our own, one byte at a time, that shares nothing with the
readers. Files are made by Hypothesis: which damages, where, and in which order.
"""

from __future__ import annotations

import random
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import duckdb
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.faults.stages import contracts, settled
from tests.unit.warehouse.conftest import COMPANY, no_judge, run_of, uid
from warehouse.home import Home
from warehouse.landing.ingest import ingest

HEADER = "id,company_id,employee_number,first_name,last_name,ssn,updated_at"
ROWS = 5_000
DAMAGES = (
    lambda line: line.rpartition(",")[0],
    lambda line: f"{line},more",
    lambda line: line.replace("2024-01-01", "2024-02-30"),
    lambda line: line.replace("First", '"First\nborn '  , 1).replace(",Last", '",Last', 1),
    lambda line: line.replace("First", "Fi\x00rst"),
    lambda line: line.replace("Last", "L\u200bast "),
    lambda line: f"{line}\n{line}",
    lambda line: line.replace(COMPANY, uid(999_999_999)),
    lambda line: line.replace(uid(0)[:8], "not-a-uuid"),
    lambda line: f"\n{line}",
    lambda line: line.replace("E", 'E"', 1),
    lambda line: line.replace("First", '"O""Brien ').replace(",Last", '",Last', 1),
)  # fmt: skip


def counted(body: bytes) -> int:
    """Return the records behind the header of a CSV body; empty lines are none."""
    records, quoted, at_start, empty = 0, False, True, True
    for byte in body:
        if quoted:
            quoted = byte != 0x22
        elif byte in b"\r\n":
            records += not empty
            at_start = empty = True
            continue
        elif byte == 0x22 and at_start:
            quoted = True
        at_start, empty = byte == 0x2C and not quoted, False
    return records + (not empty) - 1


@dataclass(frozen=True)
class Recipe:
    """How a file is made: its damages, the share of lines they take, its line ends, its end."""

    damages: tuple[int, ...]
    share: float
    seed: int
    line_end: str
    is_whole: bool

    def body(self) -> bytes:
        """Return the bytes of the file."""
        chance, lines = random.Random(self.seed), [HEADER]
        for n in range(ROWS):
            line = f"{uid(n)},{COMPANY},E{n:05d},First{n},Last{n},,2024-01-01T00:00:00Z"
            is_hit = chance.random() < self.share
            lines.append(DAMAGES[chance.choice(self.damages)](line) if is_hit else line)
        return (self.line_end.join(lines) + self.line_end * self.is_whole).encode()


RECIPES = st.builds(
    Recipe,
    st.lists(st.sampled_from(range(len(DAMAGES))), min_size=1, max_size=5, unique=True).map(tuple),
    st.sampled_from((0.001, 0.01, 0.1)),
    st.integers(0, 2**32),
    st.sampled_from(("\n", "\r\n", "\r")),
    st.booleans(),
)


@settings(max_examples=10, deadline=None, derandomize=True, database=None,
          suppress_health_check=list(HealthCheck))  # fmt: skip
@given(recipe=RECIPES)
def test_every_record_landed_was_rejected_or_was_there_already(recipe: Recipe) -> None:
    body = recipe.body()
    with settled(), TemporaryDirectory() as place:
        source = Path(place) / "source"
        source.mkdir()
        (source / "company.csv").write_text(f"id,legal_name\n{COMPANY},Harbor Test\n")
        (source / "employee.csv").write_bytes(body)
        run = run_of(Path(place) / "home", source, ("employee",))
        ingest(run, contracts(), no_judge)
        with duckdb.connect(str(Home(Path(place) / "home").landing_file)) as connection:
            [(received, landed, rejected, twice, older)] = connection.execute(
                "select received, landed, rejected, duplicates, superseded "
                "from history.load_table where table_name = 'employee'"
            ).fetchall()
            [(there,)] = connection.execute("select count(*) from landing.employee").fetchall()
            [(aside, unexplained)] = connection.execute(
                "select count(*), count(*) filter (reasons is null or reasons = '[]') "
                "from landing.rejected where table_name = 'employee' and kind <> 'value'"
            ).fetchall()
    assert received == landed + rejected + twice + older
    assert received == counted(body)
    assert (there, aside, unexplained) == (landed, rejected, 0)


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_a_quote_within_a_bare_field_is_a_character_and_costs_no_neighbour(
    tmp_path: Path, end: str
) -> None:
    source = tmp_path / "source"
    source.mkdir()
    (source / "company.csv").write_text(f"id,legal_name\n{COMPANY},Harbor Test\n")
    names = ["plain", '5" pipe', "also plain", 'the "second', '"quoted, and ""twice"""', "last"]
    rows = [f"{uid(n)},{COMPANY},E{n},{name},Last,," for n, name in enumerate(names)]
    (source / "employee.csv").write_bytes(end.join([HEADER, *rows, ""]).encode())
    run = run_of(tmp_path / "home", source)
    with settled():
        report = ingest(run, contracts(), no_judge)
    assert (report.tables["employee"].rows, report.rejected) == (len(names), 0)
    with duckdb.connect(str(run.home.landing_file), read_only=True) as connection:
        landed = connection.execute("select first_name from landing.employee order by id")
        assert [name for (name,) in landed.fetchall()] == [
            "plain", '5" pipe', "also plain", 'the "second', 'quoted, and "twice"', "last",
        ]  # fmt: skip
