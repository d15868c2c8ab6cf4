"""Faults by the dozen: which ones, what each led to, and the table of it.

`python -m tests.faults.campaign --each 250 --seed 7 [--stage NAME]` prints the table; the line of
a fault that went wrong names all that is needed to let it happen again. Not here: what a stage is.
"""

from __future__ import annotations

import argparse
import json
import random
import shutil
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tests.faults import strike
from tests.faults.child import in_child, start_child
from tests.faults.effects import AT_A_STEP, Fault

STAGES = ("landing", "publish", "render", "outbox")
DAMAGES = ("byte flipped", "torn file")
NOT_HERE: dict[str, set[str]] = {
    "landing": {"ledger busy"},
    "publish": {"source cut"},
    "render": {"source cut"},
    "outbox": {"source cut"},
}


@dataclass(frozen=True)
class Outcome:
    """What one fault led to: how the work ended, and everything that was wrong afterwards."""

    fault: Fault
    ended: str
    problems: tuple[str, ...]


def faults(stage: str, count: int, effects: int, seed: int) -> Iterator[Fault]:
    """Yield faults of a stage: every kind in turn, every numbered effect before any comes again."""
    chance = random.Random(f"{stage} {seed}")
    kinds = [
        k for k in (*AT_A_STEP, "killed at random", *DAMAGES) if k not in NOT_HERE.get(stage, ())
    ]
    places: list[int] = []
    for number in range(count):
        if not places:
            places = list(range(1, effects + 1))
            chance.shuffle(places)
        kind = kinds[number % len(kinds)]
        yield Fault(stage, kind, places.pop(), chance.randrange(10**6))


class Campaign:
    """One stage prepared once, and struck by one fault after another."""

    def __init__(self, stage: str, base: Path) -> None:
        """Prepare the stage's folder, count its effects, and see what an undisturbed run gives."""
        self.stage, self.base = stage, base
        assert in_child(strike.prepare, stage, base / "start") == 0
        shutil.copytree(base / "start", base / "calm", symlinks=True)
        assert in_child(strike.count, stage, base / "calm", base / "calm.json") == 0
        self.calm = json.loads((base / "calm.json").read_text())

    def suffer(self, fault: Fault) -> Outcome:
        """Return what the fault led to, in a fresh copy of the stage's folder."""
        folder = self.base / "hurt"
        shutil.rmtree(folder, ignore_errors=True)
        shutil.copytree(self.base / "start", folder, symlinks=True)
        ended = self._strike(fault, folder)
        answer = self.base / "after.json"
        answer.unlink(missing_ok=True)
        calm = self.base / "calm.json"
        code = in_child(strike.judge, fault, folder, calm, answer)
        if code or not answer.exists():
            return Outcome(fault, ended, (f"the run afterwards ended {code}",))
        said = json.loads(answer.read_text())
        problems = list(said["problems"])
        if ended == "foreign error":
            problems.append("an error nobody put into words")
        return Outcome(fault, said["ended"] or ended, tuple(problems))

    def _strike(self, fault: Fault, folder: Path) -> str:
        if fault.kind == "killed at random":
            child = start_child(strike.work, self.stage, folder)
            share = random.Random(fault.seed).random()
            child.join(self.calm["seconds"] * share)
            child.kill()
            child.join()
            return "killed" if child.exitcode else "done"
        if fault.kind in DAMAGES:
            return "done" if in_child(strike.work, self.stage, folder) == 0 else "foreign error"
        code = in_child(strike.suffer, fault, folder)
        return {0: "done", strike.CLEAR: "one clear line", -9: "killed"}.get(code, "foreign error")


def run(stage: str, count: int, seed: int) -> list[Outcome]:
    """Return the outcomes of so many faults of one stage."""
    with tempfile.TemporaryDirectory(prefix="faults-") as folder:
        campaign = Campaign(stage, Path(folder))
        return [campaign.suffer(f) for f in faults(stage, count, campaign.calm["effects"], seed)]


def table(outcomes: list[Outcome]) -> str:
    """Return the outcomes counted by stage, kind and ending, as a Markdown table."""
    counted = Counter((o.fault.stage, o.fault.kind, o.ended, bool(o.problems)) for o in outcomes)
    lines = ["| stage | fault | ended | faults | wrong |", "|---|---|---|--:|--:|"]
    keys = sorted({key[:3] for key in counted})
    for key in keys:
        good, bad = counted[*key, False], counted[*key, True]
        lines.append(f"| {' | '.join(key)} | {good + bad} | {bad} |")
    return "\n".join(lines)


def main() -> int:
    """Run a campaign and print what came of it."""
    options = argparse.ArgumentParser()
    options.add_argument("--each", type=int, default=250)
    options.add_argument("--seed", type=int, default=7)
    options.add_argument("--stage", choices=STAGES)
    asked = options.parse_args()
    outcomes: list[Outcome] = []
    for stage in [asked.stage] if asked.stage else STAGES:
        begun = time.monotonic()
        found = run(stage, asked.each, asked.seed)
        sys.stdout.write(f"{table(found)}\n\n")
        for bad in [o for o in found if o.problems]:
            sys.stdout.write(f"{bad.fault}: {bad.ended}: {'; '.join(bad.problems)}\n")
        sys.stdout.write(f"{stage}: {len(found)} in {time.monotonic() - begun:.0f} s\n")
        sys.stdout.flush()
        outcomes += found
    return 1 if any(o.problems for o in outcomes) else 0


if __name__ == "__main__":
    sys.exit(main())
