"""Every figure this product is built for, as ratios of one run: `make bench`.

`python -m benchmarks [--people 1000 10000] [--work DIR] [--out FILE]` builds the sample employer in
each size, runs it whole and as bare SQL, draws forms, and writes one page of tables. Nothing is
asserted here (tests look at no clock): the page is read by people. Not here: any single measure.
"""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb

from benchmarks import form_1095c
from benchmarks.measure import GIB, Stage, columns, machine, run_child
from data.sample.generator import SampleRequest, generate

AS_OF = "2025-06-30"
TAX_YEAR = 2024
START = "start-up"


@dataclass(frozen=True)
class Size:
    """One size of employer: what the whole run and the bare SQL took for it."""

    people: int
    whole: Mapping[str, Any]
    again: Mapping[str, Any]
    changed: Mapping[str, Any]
    bare: Mapping[str, Any]
    determination: Mapping[str, Any]


def main() -> None:
    """Measure, print and write the page."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, nargs="+", default=[1_000, 10_000])
    parser.add_argument("--work", type=Path, help="A folder for homes; kept, for looking at them.")
    parser.add_argument("--out", type=Path, default=Path("docs/evidence/figures.md"))
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="benefits-bench-") as temporary:
        work = asked.work or Path(temporary)
        sizes = [measure(people, work / str(people)) for people in sorted(asked.people)]
    page = "\n".join(lines_of(sizes)) + "\n"
    sys.stdout.write(page)
    asked.out.write_text(page, encoding="utf-8")


def measure(people: int, work: Path) -> Size:
    """Run one size whole, again with nothing changed, and bare."""
    shutil.rmtree(work, ignore_errors=True)
    source, home = work / "source", work / "home"
    generate(SampleRequest(people=people, tax_year=TAX_YEAR), source)
    run = ["--source", source, "--home", home, "--as-of", AS_OF, "--report", work / "report.json"]
    whole = run_child("benchmarks.whole_run", [*run, "--documents"], work / "report.json")
    again = run_child("benchmarks.whole_run", run, work / "report.json")
    bare = ["--source", source, "--home", home, "--out", work / "bare", "--report", work / "b.json"]
    floor = run_child("benchmarks.bare", bare, work / "b.json")
    alone = ["--home", home, "--report", work / "d.json"]
    determination = run_child("benchmarks.determination", alone, work / "d.json")
    change_one_in_a_hundred(source / "benefits_enrollment.csv")
    changed = run_child("benchmarks.whole_run", run, work / "report.json")
    return Size(people, whole, again, changed, floor, determination)


def change_one_in_a_hundred(path: Path) -> None:
    """Let one enrollment in a hundred cost a cent more, chosen by its id."""
    target = path.with_suffix(".next")
    a_cent_more = "cast(cast({0} as decimal(18,2)) + 0.01 as varchar)"
    raised = ", ".join(
        f"case when md5_number_lower(id) % 100 = 0 then {a_cent_more.format(amount)} "
        f"else {amount} end as {amount}"
        for amount in ("employee_contribution_amount", "total_contribution_amount")
    )
    duckdb.execute(
        f"copy (select * replace ({raised}) from read_csv('{path}', all_varchar = true)) "
        f"to '{target}' (header)"
    )
    target.replace(path)


def lines_of(sizes: Sequence[Size]) -> Iterator[str]:
    """The page."""
    yield "# Figures, measured in one run"
    yield ""
    yield f"Made by `make bench`. {machine()}. Compare ratios; times hold for this machine only."
    yield "CPU seconds count the process and its children; memory is the most they held together."
    for size in sizes:
        yield from ["", f"## {size.people:,} people, {size.whole['rows']:,} rows", ""]
        yield from columns(_stage_rows(size))
        yield from ["", "Slowest models of the bare SQL: " + _slowest(size) + "."]
    yield from ["", "## Ratios", ""]
    yield from columns(ratio_rows(sizes))
    yield from ["", "## Form 1095-C", "", "```"]
    yield from form_1095c.table(2_000, 3)
    yield "```"


def _stage_rows(size: Size) -> Iterator[dict[str, str]]:
    runs = {"whole run": size.whole, "nothing changed": size.again, "1 % changed": size.changed}
    runs |= {"bare SQL": size.bare, "determination": size.determination}
    for title, found in runs.items():
        for stage in found["stages"]:
            yield {
                "what": title,
                "stage": stage.name,
                "seconds": f"{stage.seconds:.1f}",
                "CPU seconds": f"{stage.cpu:.1f}",
                "peak GiB": f"{stage.peak / GIB:.2f}",
            }


def ratio_rows(sizes: Sequence[Size]) -> Iterator[dict[str, str]]:
    """One row a figure, one column a size."""
    figures = [
        ("whole run against bare SQL, CPU, start-up apart", _against_bare),
        ("landing and gate against reading the files as text, CPU", _landing_ratio),
        ("rows landed and judged a second", lambda s: s.whole["rows"] / _landing(s).seconds),
        ("ACA determination, employee-years a second", _determined),
        ("nothing changed against the whole run, CPU", lambda s: _cpu(s.again) / _cpu(s.whole)),
        ("1 % changed against the whole run, CPU", lambda s: _cpu(s.changed) / _cpu(s.whole)),
        ("peak memory, GiB", lambda s: max(t.peak for t in s.whole["stages"]) / GIB),
        ("CPU of the whole run a person, ms", lambda s: 1_000 * _work(s.whole) / s.people),
        ("CPU of the bare SQL a person, ms", lambda s: 1_000 * _work(s.bare) / s.people),
    ]
    for name, figure in figures:
        yield {"figure": name} | {f"{s.people:,} people": f"{figure(s):,.2f}" for s in sizes}


def _work(found: Mapping[str, Any]) -> float:
    """CPU seconds from landing to the published version, without starting and documents."""
    stages: list[Stage] = found["stages"]
    return sum(s.cpu for s in stages if s.name != START and not s.name.startswith("documents"))


def _against_bare(size: Size) -> float:
    return _work(size.whole) / _work(size.bare)


def _stage(found: Mapping[str, Any], name: str) -> Stage:
    stages: list[Stage] = found["stages"]
    return next(s for s in stages if s.name.startswith(name))


def _landing(size: Size) -> Stage:
    return _stage(size.whole, "land")


def _landing_ratio(size: Size) -> float:
    return _landing(size).cpu / _stage(size.bare, "read").cpu


def _determined(size: Size) -> float:
    return (
        float(size.determination["employee_years"]) / _stage(size.determination, "determ").seconds
    )


def _cpu(found: Mapping[str, Any]) -> float:
    """CPU seconds of all that a run did but the documents."""
    stages: list[Stage] = found["stages"]
    return sum(s.cpu for s in stages if not s.name.startswith("documents"))


def _slowest(size: Size) -> str:
    return ", ".join(f"{name} {seconds:.1f} s" for seconds, name in size.bare["slowest"][:6])


if __name__ == "__main__":
    main()
