"""`benefits key`: the operator's key file, and the keys of a home under it.

Not here: which file has which key (the ledger's key ring).
"""

from __future__ import annotations

import json
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cli.options import HOME, new_file
from cli.run import named_actor

if TYPE_CHECKING:
    from warehouse.home import Home

ACTIONS = ("new", "status", "rotate")


def command(
    action: Annotated[str, typer.Argument(help="new FILE, status, or rotate FILE.")],
    file: Annotated[
        Path | None, typer.Argument(callback=new_file, help="The key file to make or use.")
    ] = None,
    home: Annotated[Path, HOME] = Path("var"),
    actor: Annotated[str, typer.Option(help="Who rotates, by name.")] = "",
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
) -> int:
    """Make a key file, show a home's keys, or put them under a new key."""
    from warehouse.opening import open_home

    if action not in ACTIONS or (file is None) != (action == "status"):
        raise typer.BadParameter("say key new FILE, key status, or key rotate FILE --actor NAME")
    if file is None:
        return _status(open_home(home.resolve()), as_json)
    if action == "new":
        return _make(file)
    return _rotate(home, file, named_actor(actor))


def _make(file: Path) -> int:
    from ledger.keys import KEY_FILE, make_key_file

    make_key_file(file)
    out = sys.stdout.write
    out(f"✓ {file} holds a new key that only you can read.\n")
    out(f"Now: export {KEY_FILE}={file.resolve()}\n")
    out("Without it the home cannot be read, by anybody, ever. Keep a copy apart from the home\n")
    out("and its backups: the one line of 64 digits can be printed and sealed.\n")
    return 0


def _status(home: Home, as_json: bool) -> int:
    from ledger.key_ring import KeyRing
    from warehouse.opening import STAYS_PLAIN, holds_files

    count = home.keys.count() if isinstance(home.keys, KeyRing) else 0
    if as_json:
        facts = {"encrypted": home.keys.is_on, "keys": count}
        sys.stdout.write(json.dumps(facts, sort_keys=True) + "\n")
    elif home.keys.is_on:
        sys.stdout.write(f"✓ {home.root} is encrypted; the key opens it ({count} file keys).\n")
    else:
        why = STAYS_PLAIN if holds_files(home) else "nothing has landed here, no key is in use"
        sys.stdout.write(f"! {home.root}: {why}.\n")
    return 0 if home.keys.is_on else 1


def _rotate(home: Path, file: Path, actor: str) -> int:
    from ledger.keys import KEY_FILE, read_key_file
    from ledger.store import open_ledger
    from warehouse.errors import CallError
    from warehouse.opening import STAYS_PLAIN, open_home

    place = open_home(home.resolve())
    from ledger.key_ring import KeyRing

    if not isinstance(place.keys, KeyRing):
        raise CallError(f"{place.root}: {STAYS_PLAIN}")
    with place.locked():
        ledger = open_ledger(place.root, place.keys)
        count = place.keys.rewrap(read_key_file(file))
        ledger.audit.append(datetime.now(UTC), actor, "key.rotated", "home", {"keys": count})
    sys.stdout.write(
        f"✓ {count} file keys are under the new key. Now: export {KEY_FILE}={file.resolve()}\n"
        "The old key opens nothing of this home from here on, but it still opens old backups.\n"
    )
    return 0
