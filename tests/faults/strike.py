"""What happens in the child processes of a campaign: prepare, strike, go on, judge.

Not here: which faults, and what a stage is.
"""

from __future__ import annotations

import json
import os
import random
import sys
import time
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

from tests.faults import stages
from tests.faults.effects import Fault, Surroundings, suffering, watched
from tests.faults.stage_documents import NOW

CLEAR = 7
SYNCED, SAID = "synced.txt", "said.txt"
CANARIES = (b"900-01-", b"90001", b"First1", b"Renamed", b"Last7")
MAY_HOLD = ("landing", "inbox", "published", "artifacts")
JUMPS = {"clock back": timedelta(hours=-2), "clock forward": timedelta(days=400)}


def prepare(stage: str, folder: Path) -> None:
    """Prepare a stage's folder."""
    with _settled(folder):
        stages.STAGES[stage].prepare(folder)


def work(stage: str, folder: Path) -> None:
    """Do a stage's work undisturbed."""
    with _settled(folder):
        stages.STAGES[stage].work(folder, NOW)


def count(stage: str, folder: Path, answer: Path) -> None:
    """Do the work undisturbed and write down its effects, its time and what came of it."""
    begun, names = time.monotonic(), []
    with _settled(folder):
        watched(lambda: stages.STAGES[stage].work(folder, NOW), lambda _, name: names.append(name))
        seconds = time.monotonic() - begun
        said = {"effects": len(names), "names": names, "seconds": seconds}
        facts = stages.STAGES[stage].facts(folder)
        now = stages.current(folder) if stage == "landing" else {}
    found = {"facts": stages.dumped(facts), "current": stages.dumped(now)}
    answer.write_text(json.dumps(said | found))


def suffer(fault: Fault, folder: Path) -> None:
    """Do the work while the fault happens; end with CLEAR where one line was said about it."""
    from ledger import database

    database.BUSY_SECONDS = 0.1  # type: ignore[assignment]
    around = Surroundings(
        folder / "home" / "ledger" / "ledger.sqlite3",
        folder / "source" / "employee.csv",
        folder / SYNCED,
    )
    with _settled(folder):
        _or_one_line(
            lambda: suffering(lambda: stages.STAGES[fault.stage].work(folder, NOW), fault, around)
        )


def judge(fault: Fault, folder: Path, calm: Path, answer: Path) -> None:
    """Look at what the fault left, run again, and write down everything that is wrong."""
    with _settled(folder):
        ended, problems = _judged(fault, folder, calm)
    problems += leaks(folder)
    answer.write_text(json.dumps({"ended": ended, "problems": problems}))


def _judged(fault: Fault, folder: Path, calm: Path) -> tuple[str, list[str]]:
    """Return how a damage ended, if it was one, and what is wrong now and after another run."""
    stage = stages.STAGES[fault.stage]
    if fault.kind in ("byte flipped", "torn file"):
        return _after_damage(stage, fault, folder)
    if fault.kind == "power cut":
        tear_unsynced(folder, fault.seed)
    problems = [f"at once: {what}" for what in stage.wrong(folder)]
    if fault.kind == "source cut":
        _restore_source(folder)
    stage.work(folder, NOW + JUMPS.get(fault.kind, timedelta()))
    problems += stage.wrong(folder)
    known, is_cut = json.loads(calm.read_text()), fault.kind == "source cut"
    facts = stages.current(folder) if is_cut else stage.facts(folder)  # a short file is history
    if stages.dumped(facts) != known["current" if is_cut else "facts"]:
        problems.append("the next run differs from an undisturbed one")
    return "", problems


def _after_damage(stage: stages.Stage, fault: Fault, folder: Path) -> tuple[str, list[str]]:
    """Damage a finished file; whoever reads it next must notice, or read what was written."""
    before = stages.dumped(_read(stage, folder))
    chance = random.Random(fault.seed)
    path = chance.choice(stage.damaged(folder))
    path.chmod(0o600)
    body = bytearray(path.read_bytes())
    place = chance.randrange(len(body))
    if fault.kind == "byte flipped":
        body[place] ^= 1 << chance.randrange(8)
    else:
        del body[place:]
    path.write_bytes(body)
    try:
        after = stages.dumped(_read(stage, folder))
    except Exception as error:  # noqa: BLE001 - any refusal will do, a wrong answer will not
        return f"refused ({type(error).__name__})", []
    return "the same answer", [] if after == before else [f"{path.name} was read as if whole"]


def _read(stage: stages.Stage, folder: Path) -> stages.Facts:
    """Return what a reader of the stage's results is told, with its own proofs."""
    if stage is stages.STAGES["landing"]:
        return stages.landed(folder)
    if stage is stages.STAGES["publish"]:
        return {"wrong": stages.wrong_published(folder), "facts": stages.published(folder)}
    return stages.read_all(folder)


def tear_unsynced(folder: Path, seed: int) -> None:
    """Cut every file whose bytes were not flushed, as a power cut may; engines flush their own."""
    chance, notes = random.Random(seed), folder / SYNCED
    synced = set(notes.read_text().split()) if notes.exists() else set()
    begun = (folder / "begun").stat().st_mtime_ns
    for path in sorted((folder / "home").rglob("*")):
        found = path.lstat()
        is_fresh = path.is_file() and found.st_mtime_ns >= begun
        if is_fresh and str(found.st_ino) not in synced and "ledger" not in path.parts[-2]:
            path.chmod(0o600)
            os.truncate(path, chance.randrange(found.st_size + 1))


def leaks(folder: Path) -> list[str]:
    """Return the files outside the stores of people's data that hold any of it."""
    home = folder / "home"
    stores = tuple(home / name for name in MAY_HOLD)
    looked_at = [folder / SAID, *home.rglob("*")]
    held = [
        path
        for path in looked_at
        if path.is_file() and not any(path.is_relative_to(store) for store in stores)
        if any(canary in path.read_bytes() for canary in CANARIES)
    ]
    return [f"{path.relative_to(folder)} holds people's data" for path in held]


def damage_scratch(folder: Path, seed: int) -> None:
    """Leave a next landing database and its log, both cut at a random byte, as a kill may."""
    chance = random.Random(seed)
    landing = folder / "home" / "landing" / "operational.duckdb"
    whole = landing.read_bytes()
    fresh = landing.with_name("operational.next.duckdb")
    fresh.write_bytes(whole[: chance.randrange(len(whole))])
    fresh.with_name(fresh.name + ".wal").write_bytes(chance.randbytes(chance.randrange(5_000)))


def _restore_source(folder: Path) -> None:
    whole = folder / "whole.csv"
    (folder / "source" / "employee.csv").write_bytes(whole.read_bytes())


@contextmanager
def _settled(folder: Path) -> Iterator[None]:
    """Send what the child says to a file, keep the whole source aside, and note the moment."""
    folder.mkdir(parents=True, exist_ok=True)
    handle = os.open(folder / SAID, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    os.dup2(handle, 1)
    os.dup2(handle, 2)
    source, whole = folder / "source" / "employee.csv", folder / "whole.csv"
    if source.exists() and not whole.exists():
        whole.write_bytes(source.read_bytes())
    (folder / "begun").touch()
    with stages.settled():
        yield


def _or_one_line(work: Callable[[], None]) -> None:
    """Do the work; say an error of ours, or of the disk or the ledger, in one line and end."""
    from cli.main import CALL_ERRORS, OUR_ERRORS, _place_in_words

    try:
        work()
    except Exception as error:  # noqa: BLE001 - what the command line does with an error
        names = {base.__name__ for base in type(error).__mro__}
        line = str(error) if names & (CALL_ERRORS | OUR_ERRORS) else _place_in_words(error)
        if not line:
            traceback.print_exc()
            sys.exit(1)
        sys.stderr.write(f"{line}\n")
        sys.exit(1 if "\n" in line else CLEAR)
