"""Models of a build made again in memory: all of them, or what follows from a change."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

from tests.conftest import Published
from warehouse.database_file import DatabaseFile
from warehouse.errors import CallError, WarehouseError
from warehouse.home import Home
from warehouse.replay.last_build import replay_of
from warehouse.replay.replay import Replay, opened

SEED = ("seeds", "law", True, "")
MODELS = (
    SEED,
    ("staging", "stg", False, 'select id, hours from "operational"."landing"."hours"'),
    (
        "intermediate",
        "judged",
        True,
        'select id, hours >= value as is_full from "warehouse"."staging"."stg", '
        '"warehouse"."seeds"."law"',
    ),
    ("intermediate", "beside", True, 'select count(*) as rows from "warehouse"."staging"."stg"'),
    (
        "reports",
        "counted",
        True,
        "select count(*) filter (is_full) as full_time, max(rows) as people "
        'from "warehouse"."intermediate"."judged", "warehouse"."intermediate"."beside"',
    ),
    (
        "reports",
        "listed",
        False,
        'select id from "warehouse"."intermediate"."judged" where is_full order by id',
    ),
)


@pytest.fixture
def replay(tmp_path: Path) -> Iterator[Replay]:
    """Return the replay of a build of three people, of whom two work 130 hours."""
    landing = DatabaseFile(tmp_path / "operational.duckdb")
    with landing.open() as connection:
        connection.execute("create schema landing")
        connection.execute(
            "create table landing.hours as from (values (1, 140), (2, 130), (3, 99)) t(id, hours)"
        )
    build = DatabaseFile(tmp_path / "warehouse.duckdb")
    with build.open() as connection:
        landing.attach(connection, "operational")
        for schema in ("kept", "seeds", "staging", "intermediate", "reports"):
            connection.execute(f"create schema {schema}")
        connection.execute("create table kept.compiled (node varchar, sql varchar)")
        nodes = [(f"{'model' if sql else 'seed'}.p.{name}", sql) for _, name, _, sql in MODELS]
        connection.executemany("insert into kept.compiled values (?, ?)", nodes)
        connection.execute("create table seeds.law as select 130 as value")
        for schema, name, is_table, sql in MODELS[1:]:
            kind = "table" if is_table else "view"
            connection.execute(f"create {kind} {schema}.{name} as {sql}")
    with opened(build, landing) as found:
        yield found


def rows(replay: Replay, name: str) -> list[tuple[object, ...]]:
    return replay.connection.execute(f"from {replay.made(name)}").fetchall()


def test_only_what_follows_from_a_change_is_made_again(replay: Replay) -> None:
    made = replay.run({"law": "select value + 10 as value from {this}"}, ["counted"])
    assert made == ("law", "judged", "counted")
    assert rows(replay, "counted") == [(1, 3)]
    standing = replay.connection.execute(f"from {replay.standing('counted')}").fetchall()
    assert standing == [(2, 3)]


def test_a_view_stands_over_the_rows_the_build_has(replay: Replay) -> None:
    replay.run({"law": "select value + 10 as value from {this}"}, ["listed"])
    assert rows(replay, "listed") == [(1,)]
    standing = replay.connection.execute(f"from {replay.standing('listed')}").fetchall()
    assert standing == [(1,), (2,)]


def test_a_run_forgets_the_one_before(replay: Replay) -> None:
    replay.run({"law": "select 0 as value"}, ["counted"])
    assert rows(replay, "counted") == [(3, 3)]
    assert replay.run({}, ["counted"]) == ()
    assert rows(replay, "counted") == [(2, 3)]


def test_a_view_is_changed_for_everything_that_reads_it(replay: Replay) -> None:
    made = replay.run({"stg": "from {this} where id > 1"}, ["counted"])
    assert made == ("stg", "beside", "judged", "counted")
    assert rows(replay, "counted") == [(1, 2)]


def test_a_change_may_read_what_is_given_what_stands_and_what_was_made(replay: Replay) -> None:
    given = duckdb.sql("select 2 as id").to_arrow_table()
    sql = (
        "select judged.* from {this} as judged join left_in using (id) join standing.staging.stg "
        'as stg using (id) where stg.hours >= (select max(value) from "warehouse"."seeds"."law")'
    )
    changes = {"law": "select 125 as value", "judged": sql}
    replay.run(changes, ["counted", "judged"], given={"left_in": given})
    assert rows(replay, "judged") == [(2, True)]


def test_every_model_can_be_made_again(replay: Replay) -> None:
    assert replay.run({}, ["counted"], whole=True) == ("stg", "beside", "judged", "counted")
    assert rows(replay, "counted") == [(2, 3)]


def test_a_table_that_nothing_reads_any_more_is_let_go(replay: Replay) -> None:
    replay.run({"law": "select 0 as value"}, ["counted"])
    with pytest.raises(duckdb.CatalogException):
        rows(replay, "judged")
    assert rows(replay, "counted") == [(3, 3)]


def test_a_change_that_reads_what_follows_from_it_is_refused(replay: Replay) -> None:
    sql = 'select full_time as value from "warehouse"."reports"."counted"'
    with pytest.raises(WarehouseError, match="reads what follows from it"):
        replay.run({"law": sql}, ["counted"])


def test_what_cannot_be_made_is_named_without_a_value(replay: Replay) -> None:
    with pytest.raises(WarehouseError, match="law cannot be replayed") as raised:
        replay.run({"law": "select cast('900-12-0142' as integer) as value"}, ["counted"])
    assert "900" not in str(raised.value)


def test_the_whole_published_build_replays_to_the_same_rows(published: Published) -> None:
    """The home is encrypted; every model of every report is made again by its own SQL."""
    with replay_of(published.place, published.version) as replay:
        reports = [m.name for m in replay.models.values() if m.schema == "reports" and m.is_table]
        made = replay.run({}, reports, whole=True)
        assert len(reports) > 20
        assert len(made) > len(reports)
        for name in reports:
            again, was = f"from {replay.made(name)}", f"from {replay.standing(name)}"
            differing = replay.connection.execute(
                f"select count(*) from (({again} except all {was}) "
                f"union all ({was} except all {again}))"
            ).fetchone()
            assert differing == (0,), name


def test_a_home_without_a_build_is_refused_in_one_line(tmp_path: Path) -> None:
    with (
        pytest.raises(CallError, match="benefits run makes it again"),
        replay_of(Home(tmp_path), "0" * 16),
    ):
        pass


def test_rows_that_landed_since_are_refused(tmp_path: Path) -> None:
    home = Home(tmp_path)
    folder = home.published / "v"
    for place in (folder, home.build / "last", home.landing_file.parent):
        place.mkdir(parents=True)
    (folder / "manifest.json").write_text('{"landing_load": 1}')
    (home.build / "last" / "version").write_text("v")
    with home.landing.open() as connection:
        connection.execute("create schema history")
        connection.execute("create table history.load as select 2 as load_id")
    with pytest.raises(CallError, match="rows have landed since"), replay_of(home, "v"):
        pass
