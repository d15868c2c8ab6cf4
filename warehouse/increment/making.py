"""One increment at work on the last build file: what is made again, and what came out as it was.

A node is run where something it reads came out otherwise, and only then. Not here: where the file
comes from, and what becomes of it.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

import duckdb

from expectations.contract import Contract
from warehouse.build import NodeResult
from warehouse.increment import delta, touched
from warehouse.increment.graph import Graph, Relation, Steps
from warehouse.increment.statements import Statements
from warehouse.increment.touched import NotByPeopleError
from warehouse.landing.tables import content_hash
from warehouse.settings import Tick

AT_MOST = 0.5
GOOD = frozenset({"success", "pass"})


class Making:
    """An increment under way; `done` is how each node that was run ended.

    `changed` are the tables and landed tables, by key, that are others than in the last build.
    """

    def __init__(
        self,
        connection: duckdb.DuckDBPyConnection,
        graph: Graph,
        sql: Statements,
        contracts: Mapping[str, Contract],
        tick: Tick,
    ) -> None:
        self._connection, self._graph, self._sql = connection, graph, sql
        self._contracts, self._tick = contracts, tick
        self.changed: set[str] = set()
        self.done: list[NodeResult] = []

    def run(self) -> None:
        """Make everything that follows from what has landed (attached as `operational`).

        Raises NotByPeopleError where that cannot be done person by person, or a test fails.
        """
        landed = self._compare()
        steps = self._graph.steps(landed)
        self.changed = {k for k, table in self._graph.sources.items() if table in landed}
        self._rows_of_people(steps)
        made = {r.key for r in steps.for_gates}
        self._make_whole([r for r in steps.whole if r.key not in made])
        self._judge_whole(steps.whole_tests)
        touched.adopt(self._connection)

    def _compare(self) -> frozenset[str]:
        """Find what changed and whose rows it is; return the landed tables that changed."""
        connection = self._connection
        touched.begin(connection, "next")
        changed = touched.changed_tables(connection) | {touched.REJECTED}
        touched.write(connection, self._contracts, "next", changed)
        if not touched.differs(connection, touched.REJECTED):
            changed -= {touched.REJECTED}
        read = {table for table in changed if self._graph.people_read(table)}
        if read - touched.personal(self._contracts).keys():
            raise NotByPeopleError("rows changed that are nobody's")
        touched.find_people(connection, read, AT_MOST)
        return changed

    def _rows_of_people(self, steps: Steps) -> None:
        """Make the rows of touched people, and of all people of a company whose own facts changed.

        The facts do not follow from what reads them: once made again, they are as in a whole build.
        """
        changed = self.changed
        for _ in range(2):
            changed = self._people(steps, changed)
            self.changed |= changed
            delta.note(self._connection, steps.gates)
            self._make_whole(steps.for_gates)
            companies = delta.companies_changed(self._connection, steps.gates)
            if not companies:
                return
            touched.add_companies(self._connection, companies, self._contracts, AT_MOST)
            changed = {gate.key for gate in steps.gates}
        raise NotByPeopleError("facts about everybody follow from each other")

    def _people(self, steps: Steps, changed: Collection[str]) -> set[str]:
        """Make touched people's rows below what changed; return that and what came out otherwise.

        What comes out otherwise takes the place of the old rows, once its tests have passed.
        """
        different = set(changed)
        new: list[Relation] = []
        with delta.Small(self._connection, self._graph, self._sql, self._contracts) as small:
            for index, relation in enumerate(steps.people):
                self._tick(index, len(steps.people))
                if self._graph.inputs(relation.key) & different:
                    self.done.append(small.make(relation))
                    if small.differs(relation):
                        different.add(relation.key)
                        new.append(relation)
            made = {relation.key for relation in new}
            tests = [t for t in steps.people_tests if self._graph.inputs(t) & made]
            self._settle([small.judge(test) for test in tests])
            for relation in new:
                small.merge(relation)
        return different

    def _make_whole(self, relations: Sequence[Relation]) -> None:
        """Make tables whole, in order, where something they read came out otherwise."""
        always = set(self._graph.after_findings())
        for index, relation in enumerate(relations):
            self._tick(index, len(relations))
            if relation.key in always or self._graph.inputs(relation.key) & self.changed:
                before = self._content(relation)
                self.done.append(self._sql.make(self._connection, relation))
                if self._content(relation) != before:
                    self.changed.add(relation.key)

    def _judge_whole(self, tests: Sequence[str]) -> None:
        for index, test in enumerate(tests):
            self._tick(index, len(tests))
            if self._graph.inputs(test) & self.changed:
                self._settle([self._sql.judge(self._connection, test)])

    def _settle(self, results: Sequence[NodeResult]) -> None:
        self.done += results
        if any(result.status not in GOOD for result in results):
            raise NotByPeopleError("a test failed")

    def _content(self, relation: Relation) -> str:
        name = self._sql.name(relation)
        columns = [r[0] for r in self._connection.execute(f"describe {name}").fetchall()]
        return content_hash(self._connection, name, columns)
