"""Every case of the corpus on reading, checks, rendering, or the machine has a test of its name."""

from __future__ import annotations

import re
from pathlib import Path

from tests.unit.warehouse.bad_inputs import file_cases, value_cases

TESTS = Path(__file__).resolve().parents[3]
READ_CHECKED_RENDERED = {*range(1, 141), 149, 153, *range(161, 177), *range(177, 191)}
NOT_BUILT = {
    115: "what changed since a filing needs the filings' sealed rows",
}
NAMED = re.compile(r"(?:BI-|bi_)(\d{3})((?:_\d{3})*)(?: to BI-(\d{3}))?")


def named_in_tests() -> set[int]:
    """Return the cases that any test names, by its own name, its parameters or its first words."""
    found: set[int] = set()
    for path in TESTS.rglob("test_*.py"):
        if path == Path(__file__):
            continue
        for first, more, last in NAMED.findall(path.read_text("utf-8")):
            found |= {int(first), *(int(n) for n in more.split("_") if n)}
            found |= set(range(int(first), int(last or first) + 1))
    return found


def test_every_case_is_tested_or_said_to_be_missing() -> None:
    cases = {case.number for case in value_cases.CASES}
    cases |= {case.number for case in file_cases.CASES.values()}
    tested = cases | named_in_tests()
    assert READ_CHECKED_RENDERED - tested - set(NOT_BUILT) == set()
    assert set(NOT_BUILT) & tested == set()
