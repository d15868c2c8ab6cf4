"""Which models an increment may have to make again: for some people only, or whole.

A model that declares `rows_of` holds rows of people: each follows from the rows of its own person
and from tables nothing changed in. Every other model below a changed table is made whole, as in a
full build. Not here: finding the people, running anything, what came out as it was.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from warehouse.increment.nodes import RELATIONS, Node

TABLES = ("table", "seed")
ROW_BY_ROW = frozenset({"not_null", "accepted_values", "holds", "statuses_agree"})


@dataclass(frozen=True)
class Relation:
    """One model or seed as a relation of the build file; `owner` names the column of its person.

    `key` is what dbt calls the node.
    """

    key: str
    name: str
    schema: str
    is_table: bool
    owner: str = ""


@dataclass(frozen=True)
class Steps:
    """What an increment makes, and what it reads for that.

    `people` are made for the touched people and put in the place of their rows, with their tests;
    `whole` are made whole after them, with theirs. `gates` are whole tables that a model of people
    reads, facts about everybody; `for_gates` are those of `whole` that make them. Tests are named
    by their keys; relations stand parents first.
    """

    people: tuple[Relation, ...]
    people_tests: tuple[str, ...]
    whole: tuple[Relation, ...]
    whole_tests: tuple[str, ...]
    gates: tuple[Relation, ...]
    for_gates: tuple[Relation, ...]


class Graph:
    """The nodes of a project as parents and children."""

    def __init__(self, nodes: Mapping[str, Node]) -> None:
        self.nodes = {k: n for k, n in nodes.items() if n.resource_type in RELATIONS}
        self.tests = {k: n for k, n in nodes.items() if n.resource_type == "test"}
        self.sources = {k: n.name for k, n in nodes.items() if n.resource_type == "source"}
        self._inputs: dict[str, frozenset[str]] = {}

    def steps(self, changed: Collection[str]) -> Steps:
        """Return what follows from changed landed tables, named as in `landing`."""
        touched = self._below(changed)
        tables = [k for k in self.ordered() if k in touched and self._is_table(k)]
        people = {k for k in tables if self._owner(k)}
        whole = [k for k in tables if k not in people]
        read = [k for k in self._above(people) if k in self.nodes and k not in people]
        gates = [k for k in read if k in whole]
        leading = self._leading_to(gates)
        first, second = self._tests(touched, people)
        return Steps(
            tuple(self.relation(k) for k in tables if k in people),
            tuple(first),
            tuple(self.relation(k) for k in whole),
            tuple(second),
            tuple(self.relation(k) for k in gates),
            tuple(self.relation(k) for k in whole if k in leading),
        )

    def inputs(self, key: str) -> frozenset[str]:
        """Return the tables and landed tables that a node or test reads, through views."""
        if key not in self._inputs:
            found: set[str] = set()
            for parent in self.parents(key):
                is_end = parent in self.sources or self._is_table(parent)
                found |= {parent} if is_end else self.inputs(parent)
            self._inputs[key] = frozenset(found)
        return self._inputs[key]

    def people_read(self, table: str) -> bool:
        """Return whether a model of people stands below a landed table."""
        return any(self._owner(k) and self._is_table(k) for k in self._below([table], False))

    def after_findings(self) -> list[str]:
        """Return the nodes that read the findings of the version a build follows."""
        found: list[str] = []
        for key in self.ordered():
            inlined = (p for p in self.parents(key) if p in found and self.is_inlined(p))
            if self.nodes[key].reads_parent or any(inlined):
                found.append(key)
        return found

    def _below(self, changed: Collection[str], and_findings: bool = True) -> set[str]:
        """Return the nodes that follow from landed tables, and from the findings of the parent."""
        found: set[str] = set()
        for key in self.ordered():
            parents = self.parents(key)
            reads = and_findings and self.nodes[key].reads_parent
            if reads or any(self.sources.get(p) in changed or p in found for p in parents):
                found.add(key)
        return found

    def _leading_to(self, keys: Collection[str]) -> set[str]:
        """Return nodes and everything they follow from."""
        found = set(keys)
        waiting = list(keys)
        while waiting:
            new = {p for p in self.parents(waiting.pop()) if p in self.nodes} - found
            found |= new
            waiting += new
        return found

    def _above(self, people: Collection[str]) -> list[str]:
        """Return what models of people read, through views, parents first; tables end a path."""
        found: list[str] = []

        def visit(key: str) -> None:
            if key in found or key in people:
                return
            if key in self.nodes and not self._is_table(key):
                for parent in self.parents(key):
                    visit(parent)
            found.append(key)

        for key in people:
            for parent in self.parents(key):
                visit(parent)
        return found

    def _tests(
        self, touched: Collection[str], people: Collection[str]
    ) -> tuple[list[str], list[str]]:
        """Split the tests below into those of touched people's rows alone, and all others."""
        first: list[str] = []
        second: list[str] = []
        for test in self.tests.values():
            parents = set(test.depends_on) & self.nodes.keys()
            if not parents & set(touched):
                continue
            alone = (
                len(parents) == 1 and parents <= set(people) and self._judges_rows(test, parents)
            )
            (first if alone else second).append(test.unique_id)
        return sorted(first), sorted(second)

    def _judges_rows(self, test: Node, parents: set[str]) -> bool:
        """Return whether a test of one model can be answered person by person."""
        return test.test in ROW_BY_ROW or self._owner(next(iter(parents))) in test.keys

    def ordered(self) -> Iterator[str]:
        """Yield every model and seed, parents first."""
        done: set[str] = set()

        def visit(key: str) -> Iterator[str]:
            if key in done or key not in self.nodes:
                return
            done.add(key)
            for parent in self.parents(key):
                yield from visit(parent)
            yield key

        for key in sorted(self.nodes):
            yield from visit(key)

    def parents(self, key: str) -> list[str]:
        """Return what a node or test names itself: tables, views and landed tables."""
        node = self.nodes.get(key) or self.tests[key]
        return sorted(node.depends_on)

    def _kind(self, key: str) -> str:
        return self.nodes[key].materialized

    def _is_table(self, key: str) -> bool:
        return self._kind(key) in TABLES

    def _owner(self, key: str) -> str:
        return self.nodes[key].owner

    def is_inlined(self, key: str) -> bool:
        """Return whether a model is no relation: its text stands in those that read it."""
        return self._kind(key) == "ephemeral"

    def relation(self, key: str) -> Relation:
        """Return a model or seed as a relation."""
        node = self.nodes[key]
        return Relation(key, node.name, node.schema, self._is_table(key), self._owner(key))
