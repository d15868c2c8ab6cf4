"""What several commands are given in the same words: a day, a folder, a file, checked once.

Belongs here: options whose text may be wrong, and the one line that says so. Does not belong here:
what a command does with them.
"""

from __future__ import annotations

import os
import re
import shlex
from datetime import date
from pathlib import Path

import typer

DEFAULT_HOME = Path("var")
NEXT = re.compile(
    r"\bbenefits (approve|attest|certificate|check|decisions|deliver|explain|findings|key|override|"
    r"report|rollback|run|serve|verify|waive|whatif|worklist)\b"
)


def day_of(text: str) -> date:
    """Return the day a text names; raise BadParameter where it names none."""
    try:
        if re.fullmatch(r"\d{4}-\d{2}-\d{2}", text):
            return date.fromisoformat(text)
    except ValueError:
        pass
    raise typer.BadParameter(f"{text!r} is no day: write it as YYYY-MM-DD")


def folder(value: Path | None) -> Path | None:
    """Return a folder to read from or write to; raise BadParameter where a file stands there."""
    if value is not None and value.exists() and not value.is_dir():
        raise typer.BadParameter(f"{value} is a file: name a folder")
    return value


def new_file(value: Path | None) -> Path | None:
    """Return a file to write; raise BadParameter where a folder stands there."""
    if value is not None and value.is_dir():
        raise typer.BadParameter(f"{value} is a folder: name a file")
    return value


def typed(text: str, home: Path) -> str:
    """Return a text whose commands name the home, where it is not the one taken without a word."""
    unsaid = Path(os.environ.get("BENEFITS_HOME") or DEFAULT_HOME)
    if home.resolve() == unsaid.resolve():
        return text
    return NEXT.sub(lambda found: f"{found[0]} --home {shlex.quote(str(home))}", text)


HOME = typer.Option(
    "--home", envvar="BENEFITS_HOME", callback=folder, help="Where everything is kept."
)
AS_OF = typer.Option(parser=day_of, metavar="YYYY-MM-DD", help="Business date.")
UNTIL = typer.Option(parser=day_of, metavar="YYYY-MM-DD", help="Last day it counts.")
OUT = typer.Option("--out", callback=folder, help="Folder to write to.")
