"""How a pass of distribution looks on a terminal: a table of reports, then what needs a person.

Belongs here: grouping and wording of lines that exist already. Does not belong here: decisions
(`distribution`) and options (`cli.deliver`).
"""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator
from itertools import groupby
from pathlib import Path

from rich.console import Console
from rich.text import Text

from cli.options import typed
from cli.steps import WIDTH
from distribution.result import NEEDS_A_PERSON, DeliveryReport, Line

COLUMNS = (("Report", 22), ("For", 9), ("Company", 22), ("Formats", 9))
ROWS = 7
GOOD = {"delivered": "sent to", "would send": "would be sent to"}
WORDS = {"unknown": "not known", "dead": "failed for good", "retry": "to be tried again"}
STYLES = {"delivered": "green", "would send": "green", "held": "blue"}
ORDER = ("refused", "dead", "unknown", "retry", "held")
COMMAND = "benefits "
MOST_NAMED = 3


def print_lines(report: DeliveryReport, console: Console, home: Path) -> None:
    """Print what happened, then what was refused or held with the command to type next."""
    if not report.lines:
        return
    console.print()
    console.print(Text("Dry run: nothing was sent" if report.is_dry_run else "Deliveries", "bold"))
    head = "".join(f"{word:<{width}}" for word, width in COLUMNS)
    console.print(Text(f"  {head}{'Rows':>{ROWS}}  State", style="dim"))
    for lines in _by_report(report.lines):
        console.print(_row(lines), no_wrap=True, overflow="ellipsis")
    for lines in _by_reason(report.lines):
        console.print()
        for text in _problem(lines, home):
            console.print(text, soft_wrap=True)  # a command is copied whole


def _by_report(lines: Iterable[Line]) -> Iterator[list[Line]]:
    def key(line: Line) -> tuple[str, ...]:
        return line.company, line.report, line.occurrence

    for _, group in groupby(sorted(lines, key=key), key):
        yield list(group)


def _by_reason(lines: Iterable[Line]) -> Iterator[list[Line]]:
    def key(line: Line) -> tuple[int, str]:
        return ORDER.index(line.state), _cause(line)

    wanted = [line for line in lines if line.state in NEEDS_A_PERSON]
    for _, group in groupby(sorted(wanted, key=key), key):
        yield list(group)


def _row(lines: list[Line]) -> Text:
    first = lines[0]
    row = Text("  ")
    formats = " ".join(sorted({line.format for line in lines} - {""}))
    cells = (first.report or first.requirement, first.occurrence or "–", first.company, formats)
    for cell, (_, width) in zip(cells, COLUMNS, strict=True):
        row.append(f"{_cut(cell, width - 1):<{width}}")
    counts = [line.row_count for line in lines if line.row_count is not None]
    row.append(f"{max(counts):>{ROWS},}  " if counts else f"{'–':>{ROWS}}  ")
    for number, state in enumerate(sorted({line.state for line in lines})):
        row.append(", " if number else "")
        row.append(_state(state, [line for line in lines if line.state == state]), _style(state))
    return row


def _state(state: str, lines: list[Line]) -> str:
    if state in GOOD:
        return f"{GOOD[state]} {len(lines)}"
    for reason, word in (("waits for approval", "approval"), ("waits for an att", "attestation")):
        if state == "held" and all(line.reason.startswith(reason) for line in lines):
            return f"held: {word}"
    word = WORDS.get(state, state)
    return word if len(lines) == 1 else f"{word}: {len(lines)}"


def _style(state: str) -> str:
    return STYLES.get(state, "red")


def _problem(lines: list[Line], home: Path) -> Iterator[Text]:
    first = lines[0]
    mark = "!" if first.state in {"held", "retry"} else "✗"
    what = _what(first) if len(lines) == 1 else f"{len(lines)} deliveries"
    verb = "is" if len(lines) == 1 else "are"
    lead = f"{mark} {what} {verb} {WORDS.get(first.state, first.state)}:"
    wrapped = textwrap.wrap(f"{lead} {_cause(first)}.", WIDTH, subsequent_indent="  ")
    for number, text in enumerate(wrapped):
        line = Text(text)
        if number == 0:
            line.stylize(_style(first.state), 0, min(len(lead), len(text)))
        yield line
    commands = {command: line for line in lines if (command := remedy_of(line))}
    if commands:
        for command, held in commands.items():
            what = f"{held.report} {held.occurrence}, {held.company}"
            what = f"   {what}" if len(commands) > 1 and first.state == "held" else ""
            yield Text.assemble("  ", (typed(command, home), "bold"), (what, "dim"))
    elif any(map(_whose, lines)):
        yield Text(textwrap.indent(textwrap.fill(_named(lines), WIDTH - 2), "  "), "dim")


def _what(line: Line) -> str:
    who = f" to {line.recipient}" if line.recipient else ""
    words = " ".join(word for word in (line.report, line.occurrence) if word)
    return (words or line.requirement) + who


def _cause(line: Line) -> str:
    return line.reason.split(f": {COMMAND}", 1)[0].rstrip(".")


def remedy_of(line: Line) -> str:
    """Return the command to type next, or nothing."""
    if line.state == "unknown":
        return f"benefits deliver --settle {line.key[:12]} --as delivered|ready|dead --actor NAME"
    if f": {COMMAND}" in line.reason:
        return COMMAND + line.reason.split(f": {COMMAND}", 1)[1]
    return ""


def _named(lines: list[Line]) -> str:
    names = list(dict.fromkeys(map(_whose, lines)))
    more = f" and {len(names) - MOST_NAMED} more" if len(names) > MOST_NAMED else ""
    return "; ".join(names[:MOST_NAMED]) + more


def _whose(line: Line) -> str:
    return f"{line.requirement} ({line.company})" if line.company else ""


def _cut(text: str, width: int) -> str:
    return text if len(text) <= width else text[: width - 1] + "…"
