"""How fast Form 1095-C is drawn: one print file, one file each, and pypdf filling an AcroForm.

Run it from the repository: `python benchmarks/form_1095c.py [--people N] [--runs N]`. It prints a
table. All three work on the same pages in the same run; times are CPU seconds of this process, so
that other work on the machine counts less. Nothing is asserted here (tests look at no clock).

The AcroForm is ours: one text field or check box for each box of the geometry, drawn over the same
static page. The agency's own form is not part of the repository; it has about as many fields.
"""

from __future__ import annotations

import argparse
import io
import os
import platform
import random
import statistics
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from typing import Any, Final

from pypdf import PdfReader, PdfWriter
from pypdf.generic import NameObject
from reportlab.pdfgen.canvas import Canvas

from reports.filings.aca_1095c.lines import MONTHS, PART_3_PAGE, ROWS_PER_PAGE, layout_of
from reports.render.form import render_each, render_forms
from reports.render.form_layout import FormPage, Layout

YEAR: Final = 2024
TITLE: Final = "Form 1095-C, 2024"
PARTS: Final = (
    "an", "ber", "cor", "dal", "el", "fin", "gar", "hol", "is", "jo", "kel", "lor", "mar", "nie",
    "ost", "per", "quin", "ros", "sen", "tor", "ul", "ver", "wil", "zé",
)  # fmt: skip


def people(count: int, seed: int = 7) -> list[list[FormPage]]:
    """The pages of so many invented people; three in ten have a page of Part III."""
    draw = random.Random(seed)
    return [_person(number, draw) for number in range(count)]


def _name(draw: random.Random) -> str:
    return "".join(draw.choices(PARTS, k=draw.randint(2, 3))).capitalize()


def _ssn(draw: random.Random) -> str:
    return f"9{draw.randint(0, 99):02d}-{draw.randint(1, 49):02d}-{draw.randint(1, 9999):04d}"


def _person(number: int, draw: random.Random) -> list[FormPage]:
    first, last = _name(draw), _name(draw)
    covered = draw.randint(1, 5) if draw.random() < 0.3 else 0
    count = 2 if covered else 1
    values = _first_page(first, last, draw)
    pages = [_page(1, values, number, 1, count)]
    if covered:
        pages.append(_page(PART_3_PAGE, _part_3(covered, last, draw), number, 2, count))
    return pages


def _page(page: int, values: dict[str, str], number: int, sheet: int, count: int) -> FormPage:
    return FormPage(
        page=page,
        values=values,
        footer=f"Employee E-{number:06d} · Data version 7c1e04b9 · Page {sheet} of {count}",
        is_specimen=True,
        bookmark=f"Employee E-{number:06d}" if sheet == 1 else "",
    )


def _first_page(first: str, last: str, draw: random.Random) -> dict[str, str]:
    values = {
        "line_1_first": first, "line_1_middle": draw.choice("ABCDEFGHJKLM"), "line_1_last": last,
        "line_2": _ssn(draw), "line_3": f"{draw.randint(1, 9999)} {_name(draw)} Street",
        "line_4": _name(draw), "line_5": draw.choice(("OR", "WA", "CA", "NV")),
        "line_6": f"{draw.randint(90000, 98999)}", "line_7": "Tern Hollow Lumber",
        "line_8": "00-0000101", "line_9": "400 Millrace Way", "line_10": "503-555-0100",
        "line_11": "Tern Hollow", "line_12": "OR", "line_13": "97301", "plan_start_month": "01",
    }  # fmt: skip
    cost = f"{draw.randint(60, 260)}.{draw.randint(0, 99):02d}"
    if draw.random() < 0.4:
        return {**values, "line_14_all": "1E", "line_15_all": cost, "line_16_all": "2C"}
    hired = draw.randint(1, 11)
    for place, month in enumerate(MONTHS):
        is_on = place >= hired
        values[f"line_14_{month}"] = "1E" if is_on else "1H"
        values[f"line_16_{month}"] = "2C" if is_on else "2A"
        if is_on:
            values[f"line_15_{month}"] = cost
    return values


def _part_3(covered: int, last: str, draw: random.Random) -> dict[str, str]:
    values = {"part_3_self_insured": "X"}
    for row in range(18, 18 + min(covered, ROWS_PER_PAGE)):
        values |= {f"line_{row}_first": _name(draw), f"line_{row}_last": last}
        values[f"line_{row}_ssn"] = _ssn(draw)
        months = MONTHS[draw.randint(0, 11) :] if draw.random() < 0.3 else ("all",)
        values |= {f"line_{row}_{month}": "X" for month in months}
    return values


def acro_form(layout: Layout, page: int) -> bytes:
    """The static page with a field in the place of each box."""
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=layout.size, invariant=1)
    for box in layout.pages[page].boxes.values():
        if box.kind == "check":
            canvas.acroForm.checkbox(name=box.box, x=box.x, y=box.y, size=box.w, borderWidth=0)
        else:
            canvas.acroForm.textfield(
                name=box.box, x=box.x, y=box.y, width=box.w, height=box.h,
                fontName="Helvetica", fontSize=9, borderWidth=0,
            )  # fmt: skip
    canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def fill_acro_form(layout: Layout, pages: Sequence[FormPage]) -> int:
    """Fill one copy of the AcroForm for each page with pypdf; returns the bytes written."""
    blank = {page: PdfReader(io.BytesIO(acro_form(layout, page))) for page in layout.pages}
    written = 0
    for page in pages:
        writer = PdfWriter(clone_from=blank[page.page])
        boxes = layout.pages[page.page].boxes
        values: dict[str, Any] = {
            name: "/Yes" if boxes[name].kind == "check" else value
            for name, value in page.values.items()
        }
        writer.update_page_form_field_values(writer.pages[0], values, auto_regenerate=False)
        writer.root_object[NameObject("/Lang")] = NameObject("/en-US")
        target = io.BytesIO()
        writer.write(target)
        written += len(target.getvalue())
    return written


def timed(runs: int, pages: int, work: Callable[[], object]) -> list[float]:
    """Pages for each CPU second, run by run, after one run that warms up."""
    work()
    rates = []
    for _ in range(runs):
        start = time.process_time()
        work()
        rates.append(pages / (time.process_time() - start))
    return rates


def table(count: int, runs: int) -> Iterator[str]:
    """The lines of the result."""
    layout = layout_of(YEAR)
    each = people(count)
    pages = [page for person in each for page in person]
    few = pages[:20]
    one_file = len(render_forms(layout, pages, TITLE, "All forms are complete."))
    rates = {
        "one print file": timed(
            runs, len(pages), lambda: render_forms(layout, pages, TITLE, "All complete.")
        ),
        "one file each": timed(
            runs,
            len(pages),
            lambda: sum(len(file) for file in render_each(layout, each, TITLE, "Complete.")),
        ),
        "AcroForm, pypdf": timed(runs, len(few), lambda: fill_acro_form(layout, few)),
    }
    base = statistics.median(rates["AcroForm, pypdf"])
    yield f"{len(each)} people, {len(pages)} pages, {one_file / len(pages):.0f} bytes a page"
    yield f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}, "
    yield f"load {os.getloadavg()[0]:.1f}; median of {runs}, pages for each CPU second"
    yield f"{'':<18}{'median':>10}{'least':>10}{'most':>10}{'against AcroForm':>19}"
    for name, found in rates.items():
        middle = statistics.median(found)
        figures = (middle, min(found), max(found))
        yield f"{name:<18}" + "".join(f"{f:>10,.1f}" for f in figures) + f"{middle / base:>18,.0f}×"


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=5000)
    parser.add_argument("--runs", type=int, default=5)
    asked = parser.parse_args()
    for line in table(asked.people, asked.runs):
        sys.stdout.write(line + "\n")


if __name__ == "__main__":
    main()
