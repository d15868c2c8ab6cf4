"""Guesses written as a `source.toml` that a person reads, corrects and uses.

A guess that is not sure stands as a comment, so that nothing unsure is ever used by itself. Not
here: making the guesses (`suggest`).
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence

from warehouse.sources.suggest import SURE, Pair, Schema, TableGuess

BARE = re.compile(r"[A-Za-z0-9_-]+")
WIDTH = 48
HEAD = """\
# Suggested from the names and types of a database; no row was read. The number behind a line says
# how sure the guess is, 1.00 at best. Lines that are not sure are comments: take the mark away
# where they are right. Columns that have our name already need no line.
"""


def write_suggestion(
    guesses: Sequence[TableGuess], schema: Schema, settings: Mapping[str, str]
) -> str:
    """Return the text of a `source.toml` with every guess and its confidence."""
    lines = [HEAD + "".join(f"{k} = {json.dumps(v)}\n" for k, v in settings.items())]
    lines += ["\n".join(_section(guess)) + "\n" for guess in guesses]
    left = sorted(set(schema) - {guess.relation for guess in guesses})
    if left:
        lines.append(f"# No guess for: {', '.join(left)}\n")
    return "\n".join(lines)


def _section(guess: TableGuess) -> Iterator[str]:
    mark = "" if guess.confidence >= SURE else "# "
    yield _line(f"{mark}[tables.{guess.table}]", guess.confidence)
    if guess.relation != guess.table:
        yield f"{mark}relation = {json.dumps(guess.relation)}"
    if guess.missing:
        yield f"# required and not found: {', '.join(guess.missing)}"
    renamed = [p for p in guess.columns if p.theirs.lower() != p.ours]
    notes = [f"# {p.ours}: {p.note}" for p in guess.columns if p.note]
    if renamed:
        yield f"{mark}[tables.{guess.table}.columns]"
        yield from (_pair(pair, mark) for pair in renamed)
    yield from notes


def _pair(pair: Pair, mark: str) -> str:
    unsure = pair.confidence < SURE
    key = pair.theirs if BARE.fullmatch(pair.theirs) else json.dumps(pair.theirs)
    text = f"{key} = {json.dumps(pair.ours)}"
    return _line(f"{mark or ('# ' if unsure else '')}{text}", pair.confidence)


def _line(text: str, confidence: float) -> str:
    tail = "" if confidence >= SURE else ", check"
    return f"{text:<{WIDTH}} # {confidence:.2f}{tail}"
