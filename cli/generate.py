"""`benefits generate`: write the sample employer's operational tables as CSV files.

Belongs here: the options of the command and what it prints. Does not: any choice of a value,
which is the sample's own SQL.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer

from cli.options import OUT


def command(
    out: Annotated[Path, OUT],
    employees: Annotated[int, typer.Option("--employees", min=1, help="How many people.")] = 300,
    companies: Annotated[int, typer.Option("--companies", min=1, help="How many companies.")] = 5,
    tax_year: Annotated[
        int, typer.Option("--tax-year", help="The year whose twelve months are complete.")
    ] = 2024,
    seed: Annotated[int, typer.Option("--seed", help="The same seed writes the same bytes.")] = 1,
    faults: Annotated[
        bool, typer.Option("--faults", help="Break rows of every kind; write the answer key.")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print the files as JSON.")] = False,
) -> int:
    """Write a made-up employer, the same for the same seed, as one CSV file per table."""
    from data.sample.faults import ANSWER_KEY, NOT_PLANTED, plant
    from data.sample.generator import SampleError, SampleRequest, generate

    request = SampleRequest(employees, companies, tax_year, seed)
    try:
        with _bar(as_json) as progress:
            tables = generate(request, out, progress)
        planted, left = plant(out, seed) if faults else ((), ())
    except SampleError as error:
        raise typer.BadParameter(str(error)) from error
    if as_json:
        files = [{"table": one.table, "rows": one.rows} for one in tables]
        facts = {"faults": len(planted), "not_planted": [fault.fault for fault in left]}
        typer.echo(json.dumps({"out": str(out), "files": files} | facts))
        return 0
    rows = sum(one.rows for one in tables)
    typer.echo(f"{rows:,} rows in {len(tables)} files in {out}")
    if planted:
        typer.echo(f"{len(planted)} faults planted, each named in {out / ANSWER_KEY}")
    if left:
        typer.echo(
            f"{len(left)} faults not planted: a sample this small has no line for them, "
            f"each named in {out / NOT_PLANTED}"
        )
    return 0


@contextmanager
def _bar(quiet: bool) -> Iterator[Callable[[int, int, str], None]]:
    """A progress bar on standard error where a person is looking at it."""
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

    console = Console(stderr=True)
    columns = (TextColumn("{task.description:<34}"), BarColumn(), TimeElapsedColumn())
    shown = not quiet and console.is_terminal
    with Progress(*columns, console=console, transient=True, disable=not shown) as progress:
        task = progress.add_task("generate", total=None)
        yield lambda done, total, step: progress.update(
            task, completed=done, total=total, description=step
        )
