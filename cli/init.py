"""`benefits init`: empty templates and a commented `source.toml`, or one guessed for a database.

Not here: what a template shows (`expectations.templates`), and the guesses (`warehouse.sources`).
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from cli.options import OUT

TEMPLATES, SETTINGS = "templates", "source.toml"


def command(
    out: Annotated[Path, OUT],
    suggest: Annotated[
        str, typer.Option(help="postgresql://user@host/db: guess how its columns map to ours.")
    ] = "",
    schema: Annotated[str, typer.Option(help="The schema to look at.")] = "public",
    password_env: Annotated[
        str, typer.Option(help="The variable that holds the database password.")
    ] = "",
) -> int:
    """Write what a first run needs: templates for files, or a suggestion for a database."""
    if suggest:
        return _suggest(out, suggest, schema, password_env)
    from expectations.contract import load_contracts
    from expectations.templates import csv_templates
    from warehouse.sources.source_file import EXAMPLE

    files = {f"{TEMPLATES}/{k}": v for k, v in csv_templates(load_contracts()).items()}
    _write(out, {SETTINGS: EXAMPLE.read_text("utf-8"), **files})
    sys.stdout.write(
        f"{out / TEMPLATES}: {len(files)} empty tables, required columns first\n"
        f"{out / SETTINGS}: what may differ, every line a comment\n\n"
        f"Copy the tables you have beside {SETTINGS} and fill them. A table that is not there is\n"
        "unknown; one with only a header says that there is nothing, so do not copy what you\n"
        f"do not fill. Then: benefits check --source {out}\n"
    )
    return 0


def _suggest(out: Path, address: str, schema: str, password_env: str) -> int:
    """Write a suggested `source.toml` for a database."""
    from datetime import UTC, datetime

    from expectations.contract import load_contracts
    from warehouse.sources.postgres import PostgresSource
    from warehouse.sources.source_file import SourceSettings
    from warehouse.sources.suggest import SURE, suggest
    from warehouse.sources.suggestion_file import write_suggestion

    settings = SourceSettings(schema=schema, password_env=password_env)
    found = PostgresSource(address, settings, datetime.now(UTC)).columns()
    if not found:
        raise typer.BadParameter(f"schema {schema} has no table this user may read")
    guesses = suggest(load_contracts(), found)
    said = {"schema": schema} | ({"password_env": password_env} if password_env else {})
    _write(out, {SETTINGS: write_suggestion(guesses, found, said)})
    sure = sum(g.confidence >= SURE for g in guesses)
    pairs = [p for g in guesses for p in g.columns]
    sure_pairs = sum(p.confidence >= SURE for p in pairs)
    sys.stdout.write(
        f"{out / SETTINGS}: {sure} of {len(guesses)} tables and {sure_pairs} of {len(pairs)} "
        f"columns are sure, of {len(found)} tables in schema {schema}\n"
        f"Check it, then: benefits check --source {address} --home {out}\n"
    )
    return 0 if sure == len(guesses) and guesses else 1


def _write(out: Path, files: dict[str, str]) -> None:
    """Write new files; one that a person may have edited is never written over."""
    for name, text in files.items():
        path = out / name
        if path.exists() and path.read_text("utf-8") != text:
            raise typer.BadParameter(f"{path} is there already; move it or name another --out")
    for name, text in files.items():
        path = out / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
