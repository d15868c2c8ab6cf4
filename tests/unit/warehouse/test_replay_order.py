"""The order of a replay's models: parents first, and as few rows at once as that allows."""

from __future__ import annotations

from warehouse.replay.order import Standing

PARENTS = {
    "wide": (),
    "long": (),
    "seen": ("long",),
    "view": ("wide",),
    "first": ("view",),
    "last": ("wide",),
    "report": ("first", "last", "seen"),
}
SIZES = {"wide": 100, "long": 80, "seen": 2, "first": 10, "last": 10, "report": 1}


def standing(*targets: str) -> Standing:
    return Standing(list(PARENTS), PARENTS, SIZES, targets)


def test_what_lets_a_table_go_is_made_before_another_table_is_begun() -> None:
    order = standing("report").sparing(SIZES)
    assert order.index("seen") < order.index("wide")


def test_no_model_comes_before_what_it_reads() -> None:
    order = standing("report").sparing({})
    assert sorted(order) == sorted(PARENTS)
    for name, parents in PARENTS.items():
        assert all(order.index(parent) < order.index(name) for parent in parents)


def test_a_table_goes_after_its_last_reader_through_views_too() -> None:
    found = standing("report").last_readers(list(PARENTS))
    assert found == {"seen": ["long"], "last": ["wide"], "report": ["first", "last", "seen"]}


def test_what_a_target_holds_or_shows_stays() -> None:
    found = standing("wide", "view", "report").last_readers(list(PARENTS))
    assert "wide" not in {table for tables in found.values() for table in tables}


def test_a_table_that_nothing_reads_goes_at_once() -> None:
    lonely = Standing(["lonely"], {"lonely": ()}, {"lonely"}, ())
    assert lonely.last_readers(["lonely"]) == {"lonely": ["lonely"]}
