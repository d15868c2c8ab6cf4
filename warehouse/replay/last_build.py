"""The build behind the published version of a home, opened for a replay where it still stands.

Not here: how a build comes to be kept (`warehouse.increment`), and how it is replayed.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from warehouse.errors import CallError
from warehouse.home import Home
from warehouse.increment.rebuild import LAST, VERSION
from warehouse.landing.database import landed_load
from warehouse.publish import pointer
from warehouse.replay.replay import Replay, opened


@contextmanager
def replay_of(home: Home, version: str) -> Iterator[Replay]:
    """Give a replay of a published version.

    Raises CallError in one line where the last build is another version's, or where other rows have
    landed since: the models would then read what the version was not made from.
    """
    folder = home.build / LAST
    name = folder / VERSION
    if not name.exists() or name.read_text() != version:
        raise CallError(
            f"{home.root}: the build of version {version} is not kept; benefits run makes it again "
            "[replay.build]"
        )
    manifest = dict(pointer.versions(home)).get(version, {})
    if manifest.get("landing_load") != landed_load(home):
        raise CallError(
            f"{home.root}: rows have landed since version {version} was built; benefits run builds "
            "them in [replay.landing]"
        )
    with opened(home.build_file(LAST), home.landing) as replay:
        yield replay
