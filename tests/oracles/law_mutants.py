"""Values of law moved by one step: does any answer notice?

Belongs here: the steps, and the reports replayed under one moved value. Does not belong here:
facts, or what an answer ought to be: the unmoved answers equal the oracle's, so a move that changes
one of them is a move that the oracle notices.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from warehouse.replay.replay import Replay

# what the oracle decides again, then what follows from it and has unit tests of its own
DECIDED = ("rpt_aca_1095c__code", "rpt_aca_1094c_monthly__month", "rpt_aca_exposure__month")
BESIDE = ("rpt_aca_validation__finding", "rpt_aca_audit__month")
# guidelines are published in tens of dollars, the percentage in hundredths of a percent
STEPS = {
    "USD per year": Decimal(10),
    "usd": Decimal(10),
    "required_contribution_pct": Decimal("0.01"),
}
_OTHER = Decimal(1)


@dataclass(frozen=True)
class Move:
    """One value of one year, moved by one step up or down."""

    parameter: str
    tax_year: int
    value: Decimal
    step: Decimal

    @property
    def name(self) -> str:
        """How it is told apart: `break_weeks 2025 +1`."""
        return f"{self.parameter} {self.tax_year} {self.step:+}"


def moves(replay: Replay, tax_year: int) -> Iterator[Move]:
    """Every value the reports follow from, and the poverty lines a plan year may fall back on."""
    sql = [model.sql for model in replay.above((*DECIDED, *BESIDE))]
    read = "\n".join(text for text in sql if '"law_aca"' not in text)
    rows = replay.connection.execute(
        "select parameter, tax_year, value, unit "
        f"from {replay.standing('law_aca')} where value is not null and "
        "(tax_year = ? or (tax_year = ? - 1 and starts_with(parameter, 'fpl_single'))) "
        "order by all",
        [tax_year, tax_year],
    ).fetchall()
    for parameter, year, value, unit in rows:
        if parameter not in read:
            continue
        step = STEPS.get(parameter) or STEPS.get(unit) or _OTHER
        yield Move(parameter, year, value, step)
        yield Move(parameter, year, value, -step)


def noticed_by(replay: Replay, move: Move) -> tuple[str, ...]:
    """The reports of which a row is another one under a moved value."""
    change = (
        "select * replace (case when "
        f"parameter = '{move.parameter}' and tax_year = {move.tax_year} then "
        f"cast({move.value + move.step} as decimal(14,4)) else value end as value) from {{this}}"
    )
    replay.run({"law_aca": change}, (*DECIDED, *BESIDE))
    return tuple(name for name in (*DECIDED, *BESIDE) if differs(replay, name))


def differs(replay: Replay, name: str) -> bool:
    """Whether a row of the last run is another one than the build has."""
    again, was = f"from {replay.made(name)}", f"from {replay.standing(name)}"
    row = replay.connection.execute(
        f"select 1 from (({again} except all {was}) union all ({was} except all {again})) limit 1"
    ).fetchone()
    return row is not None


def missed(found: Mapping[Move, tuple[str, ...]]) -> list[str]:
    """The moves that nothing noticed, by name."""
    return sorted(move.name for move, reports in found.items() if not reports)
