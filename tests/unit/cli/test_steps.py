"""The lines of a long command: a bar only where somebody watches, one line a finished step."""

from __future__ import annotations

import io

from rich.console import Console

from cli.steps import WIDTH, Steps
from warehouse.landing.report import LandingReport, Quarantined, TableReport


def shown(is_terminal: bool) -> str:
    """Return what two ticks and one finished step print."""
    out = io.StringIO()
    console = Console(
        file=out, width=WIDTH, force_terminal=is_terminal, highlight=False, no_color=True
    )
    steps = Steps(console=console)
    steps.bar("Build", 12, 24)
    steps.bar("Build", 13, 24)
    steps.done("Build", "24 models")
    return out.getvalue()


def test_a_terminal_sees_a_bar_of_24_cells_drawn_once_in_a_moment() -> None:
    text = shown(True)
    assert text.count("█" * 12 + "░" * 12 + " 12 of 24") == 1
    assert "13 of 24" not in text
    assert text.rstrip().splitlines()[-1].count("24 models") == 1


def test_the_time_left_is_told_once_a_twentieth_is_done() -> None:
    def bar(done: int) -> str:
        out = io.StringIO()
        steps = Steps(console=Console(file=out, width=WIDTH, force_terminal=True))
        steps.bar("Build", done, 100)
        return out.getvalue()

    assert ("s left" in bar(4), "s left" in bar(5)) == (False, True)


def test_a_pipe_sees_the_finished_line_only() -> None:
    text = shown(False)
    assert "█" not in text
    assert text.startswith("✓ Build     24 models")
    assert len(text.splitlines()) == 1


def test_quarantined_rows_are_named_and_counted_with_the_command_that_shows_them_all() -> None:
    out = io.StringIO()
    steps = Steps(console=Console(file=out, width=WIDTH, highlight=False))
    tables = {"employee": TableReport("employee", "present", 2990, 1200, "", "")}
    first = Quarantined("employee", "employee.csv", 6, "value.ssn_format ssn 9 digits")
    landing = LandingReport(tables, (), "", quarantined=(first,))
    steps.quarantine(landing, "benefits certificate --home x")
    assert out.getvalue().splitlines() == [
        "! employee.csv row 6, employee.ssn: value.ssn_format",
        "! 1,200 rows quarantined in 1 table. None is lost: benefits certificate --home x",
    ]


def test_a_long_result_never_wraps() -> None:
    out = io.StringIO()
    steps = Steps(console=Console(file=out, width=WIDTH, highlight=False))
    steps.done("Deliver", "x" * 300)
    assert [len(line) for line in out.getvalue().splitlines()] == [WIDTH]
