"""Which foreign table and column may be which of ours, by name and type only, with a confidence.

No row is read. Every pair is a guess for a person to check: names are compared word by word, with
known other words for the same thing. Not here: reading the schema, and how a guess is written.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from expectations.contract import Column, Contract
from expectations.templates import FAMILIES

WORDS = Path(__file__).with_name("synonyms.csv")
SPLIT = re.compile(r"[^A-Za-z0-9]+|(?<=[a-z0-9])(?=[A-Z])")
NOISE = frozenset({"tbl", "t", "hr", "hris", "v", "vw", "dim", "the", "of", "warehouse"})
FITTING = {
    "uuid": ("uuid",),
    "int": ("int2", "int4", "int8", "numeric"),
    "bigint": ("int2", "int4", "int8", "numeric"),
    "decimal": ("numeric", "int2", "int4", "int8", "float4", "float8", "money"),
    "bool": ("bool",),
    "date": ("date", "timestamp", "timestamptz"),
    "timestamp": ("timestamp", "timestamptz", "date"),
    "json": ("json", "jsonb", "_text", "_varchar"),
}
TEXTS = ("text", "varchar", "bpchar", "citext", "name")
SURE, LIKELY = 0.85, 0.6
SAME_TYPE, TEXT_TYPE, OTHER_KEY, NO_FIT = 1.0, 0.9, 0.7, 0.0


@dataclass(frozen=True)
class Pair:
    """One guess: our column is theirs, how sure that is (0 to 1), and what does not fit."""

    ours: str
    theirs: str
    confidence: float
    note: str = ""


@dataclass(frozen=True)
class TableGuess:
    """One of our tables, the relation it may be, the columns, and the required ones not found."""

    table: str
    relation: str
    confidence: float
    columns: tuple[Pair, ...]
    missing: tuple[str, ...]


Schema = Mapping[str, Mapping[str, str]]


def suggest(contracts: Mapping[str, Contract], schema: Schema) -> list[TableGuess]:
    """Return the best guess for each table that has one; no relation is used twice."""
    wanted = [c for c in contracts.values() if c.family in FAMILIES]
    guesses = [g for c in wanted for relation in schema if (g := _guess(c, relation, schema))]
    guesses.sort(key=lambda g: (-g.confidence, g.table, g.relation))
    taken: dict[str, TableGuess] = {}
    used: set[str] = set()
    for guess in guesses:
        if guess.table not in taken and guess.relation not in used:
            taken[guess.table] = guess
            used.add(guess.relation)
    return [taken[table] for table in sorted(taken)]


def _guess(contract: Contract, relation: str, schema: Schema) -> TableGuess | None:
    """Return how well a relation fits a table: half its name, half its columns."""
    named = max(similarity(n, relation) for n in (contract.table, _short(contract.table)))
    if named < LIKELY:
        return None
    pairs = match_columns(contract, schema[relation])
    found = {pair.ours: pair.confidence for pair in pairs}
    needed = [c.name for c in contract.columns if c.required] or list(contract.primary_key)
    covered = sum(found.get(name, 0.0) for name in needed) / len(needed)
    missing = tuple(name for name in needed if name not in found)
    confidence = round((named + covered) / 2, 2)
    return TableGuess(contract.table, relation, confidence, pairs, missing)


def _short(table: str) -> str:
    """Return a table's name without the family's own prefix."""
    return table.removeprefix("benefits_")


def match_columns(contract: Contract, columns: Mapping[str, str]) -> tuple[Pair, ...]:
    """Return one pair for each of our columns that has a likely partner, best pairs first taken."""
    pairs = [
        Pair(ours.name, theirs, round(named * fit, 2), note)
        for ours in contract.columns
        if ours.sensitivity != "secret" or ours.hashed
        for theirs, kind in columns.items()
        if (named := _column_similarity(contract, ours, theirs)) >= LIKELY
        for fit, note in [_fit(ours, kind)]
        if named * fit >= LIKELY
    ]
    pairs.sort(key=lambda p: (-p.confidence, p.ours, p.theirs))
    taken: dict[str, Pair] = {}
    used: set[str] = set()
    for pair in pairs:
        if pair.ours not in taken and pair.theirs not in used:
            taken[pair.ours] = pair
            used.add(pair.theirs)
    return tuple(taken[c.name] for c in contract.columns if c.name in taken)


def _column_similarity(contract: Contract, ours: Column, theirs: str) -> float:
    """Return how alike two names are; a key may carry its own table's name (`employee_id`)."""
    plain = similarity(ours.name, theirs)
    if ours.name in contract.primary_key:
        return max(plain, similarity(f"{contract.table}_{ours.name}", theirs))
    return plain


def similarity(ours: str, theirs: str) -> float:
    """Return 1 for the same words in any spelling, less for shared ones, 0 for none."""
    if ours.lower() == theirs.lower():
        return 1.0
    mine, other = words_of(ours), words_of(theirs)
    if not mine or not other:
        return 0.0
    shared = len(mine & other)
    return 0.95 * 2 * shared / (len(mine) + len(other))


@cache
def words_of(name: str) -> frozenset[str]:
    """Return the words of a name in one spelling: single, lower case, our word for each thing."""
    found = list(_plain_words(name))
    joined = " ".join(found)
    for theirs, ours in _synonyms():
        joined = re.sub(rf"\b{re.escape(theirs)}\b", ours, joined)
    return frozenset(joined.split()) - NOISE or frozenset(joined.split())


def _plain_words(name: str) -> Iterator[str]:
    for word in SPLIT.split(name):
        if not word:
            continue
        word = word.lower()
        if word.endswith("ies") and len(word) > 4:
            yield f"{word[:-3]}y"
        elif word.endswith("s") and len(word) > 3 and not word.endswith(("ss", "us", "is")):
            yield word[:-1]
        else:
            yield word


@cache
def _synonyms() -> tuple[tuple[str, str], ...]:
    """Return (their words, our words), longest first, so that whole phrases win."""
    with WORDS.open(encoding="utf-8", newline="") as stream:
        rows: Iterable[Mapping[str, str]] = csv.DictReader(stream)
        pairs = [(row["theirs"], row["ours"]) for row in rows]
    return tuple(sorted(pairs, key=lambda pair: (-len(pair[0]), pair)))


def _fit(ours: Column, kind: str) -> tuple[float, str]:
    """Return how well a server's type serves a column, and what a person must do about it."""
    if ours.type in ("text", "enum") or kind in FITTING.get(ours.type, ()):
        return SAME_TYPE, ""
    if kind in TEXTS:
        return TEXT_TYPE, ""
    if ours.type == "uuid" and kind in FITTING["int"]:
        return OTHER_KEY, f"theirs is {kind}: a view must make a uuid of it"
    return NO_FIT, ""
