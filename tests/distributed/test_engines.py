"""The same models on DuckDB and on Sail: every row of what is published must be equal.

Belongs here: one build on the second engine from the rows the session's home landed, and the
comparison. Does not: any rule; a difference is repaired in a macro or in the model.
"""

from __future__ import annotations

import pytest

from tests.conftest import Published
from tests.distributed.compare import compare
from tests.distributed.engines import SAIL, Built, build_on, export_landing

pytestmark = pytest.mark.skipif(
    not SAIL.exists(), reason="the second engine is set up by `make distributed`"
)


@pytest.fixture(scope="module")
def sail(published: Published, tmp_path_factory: pytest.TempPathFactory) -> Built:
    """The models built on Sail from the landing database of the published home."""
    folder = tmp_path_factory.mktemp("sail")
    export_landing(published.place.landing, folder / "landing")
    return build_on(SAIL, folder / "landing", folder / "out")


def test_every_model_builds_on_the_second_engine(sail: Built) -> None:
    assert sail.failed == {}
    assert sail.skipped == ()


def test_every_published_row_is_equal_on_both_engines(sail: Built, published: Published) -> None:
    ours = published.place.snapshot(published.version)
    result = compare(ours, sail.folder, ("marts", "reports"))
    assert [f"{found.table}: {found.what}" for found in result.differences] == []
    assert result.tables > 20
    assert result.rows > 10_000
