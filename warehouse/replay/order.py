"""In which order a replay makes its tables, and after which model each can go.

Memory is what a replay of many people is short of, and the order says how many tables stand at
once. Not here: making them.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence, Set


class Standing:
    """Which tables stand while models are made: `order` is parents first, `tables` are those made.

    `targets` are read at the end, so what they hold or read as views never goes.
    """

    def __init__(
        self,
        order: Sequence[str],
        parents: Mapping[str, Collection[str]],
        tables: Collection[str],
        targets: Collection[str],
    ) -> None:
        self._order, self._parents, self._tables = order, parents, set(tables)
        self._reads: dict[str, Set[str]] = {}
        for name in order:
            self._reads[name] = {t for parent in parents[name] for t in self._through(parent)}
        self._kept = {t for target in targets for t in self._through(target)}

    def sparing(self, sizes: Mapping[str, int]) -> list[str]:
        """Return the models parents first, each time the one after which the least stands.

        What lets go more than it adds comes first; among equals the given order decides.
        """
        left = self._readers()
        waiting, made, found = list(self._order), set[str](), list[str]()
        while waiting:
            ready = [name for name in waiting if made.issuperset(self._parents[name])]
            name = min(ready, key=lambda n: self._added(n, left, sizes))
            waiting.remove(name)
            made.add(name)
            found.append(name)
            for read in self._read_by_table(name):
                left[read] -= 1
        return found

    def last_readers(self, order: Sequence[str]) -> dict[str, list[str]]:
        """Return by model the tables that nothing reads once it is made in this order."""
        left = self._readers()
        found: dict[str, list[str]] = {}
        for name in order:
            for read in self._read_by_table(name):
                left[read] -= 1
                if not left[read]:
                    found.setdefault(name, []).append(read)
            if name in left and not left[name]:
                found.setdefault(name, []).append(name)
        return found

    def _added(self, name: str, left: Mapping[str, int], sizes: Mapping[str, int]) -> int:
        added = sizes.get(name, 0) if name in self._tables else 0
        return added - sum(sizes.get(r, 0) for r in self._read_by_table(name) if left[r] == 1)

    def _readers(self) -> dict[str, int]:
        """Return how many tables read each table that can go."""
        left = dict.fromkeys(self._tables - self._kept, 0)
        for name in self._order:
            for read in self._read_by_table(name):
                left[read] += 1
        return left

    def _read_by_table(self, name: str) -> Iterator[str]:
        if name in self._tables:
            yield from (read for read in sorted(self._reads[name]) if read not in self._kept)

    def _through(self, name: str) -> Set[str]:
        """Return a table itself, or the tables a view reads."""
        return {name} if name in self._tables else self._reads[name]
