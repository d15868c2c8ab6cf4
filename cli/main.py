"""The command `benefits`: finds a command's module only when it is called, so that help is fast.

A module `cli/<command>.py` holds one function `command`, which returns the exit code or None.
Errors end as one line on standard error: 0 clean, 1 something was held, refused or unknown,
2 wrong call or no input. Not here: any command.
"""

from __future__ import annotations

import importlib
import os
import signal
import sys
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path

import typer

COMMANDS = {
    "demo": ("cli.demo", "Build the sample employer and run everything once."),
    "init": ("cli.init", "Write templates, or suggest how a database maps to our tables."),
    "check": ("cli.check", "Land a source on trial: what is missing for which report."),
    "generate": ("cli.generate", "Write the sample employer's operational data."),
    "run": ("cli.run", "Ingest, gate, build, publish, and deliver what is due."),
    "report": ("cli.report", "Write one report in the formats asked for."),
    "deliver": ("cli.deliver", "Send what is due from the published version."),
    "attest": ("cli.attest", "Answer for the law values a document stands on."),
    "approve": ("cli.approve", "Approve a document, so that it may be sent."),
    "rollback": ("cli.rollback", "Make an earlier published version current again."),
    "verify": ("cli.verify", "Verify the audit chain, the snapshot, or one file."),
    "explain": (
        "cli.explain",
        "Explain a number: its definition, its value, the same counted again.",
    ),
    "key": ("cli.key", "Make a key file, show a home's keys, or put them under a new one."),
    "certificate": ("cli.certificate", "Print the quality certificate of the current version."),
    "worklist": ("cli.worklist", "List what a person must settle, with owner and reason."),
    "findings": ("cli.findings", "List what the compliance rules see broken."),
    "whatif": ("cli.whatif", "Ask what another plan, offer or law would do to codes and cost."),
    "override": ("cli.override", "Put a value in a box of Form 1095-C, with a reason and an end."),
    "waive": ("cli.waive", "Accept an open finding for now."),
    "decisions": ("cli.decisions", "List what people decided, or take it back."),
    "import": ("cli.import_", "Read a filing in its public layout and write it again."),
}
CALL_ERRORS = frozenset(
    {
        *("CallError", "UsageError", "BadParameter", "ClickException"),
        *("UnknownReport", "RequestError", "SnapshotError"),
        *("UnknownArtifact", "UnknownDecision", "KeyRefused"),
    }
)
OUR_ERRORS = frozenset({"WarehouseError", "ReportError", "LedgerError", "DistributionError"})


def main() -> None:
    """Run the command line; raise SystemExit with the exit code."""
    os.environ.setdefault("DO_NOT_TRACK", "1")
    os.umask(0o077)
    signal.signal(signal.SIGTERM, _stop)
    sys.exit(run(sys.argv[1:]))


def _stop(number: int, frame: object) -> None:
    """End as asked from outside, so that what stands open is put away."""
    sys.exit(128 + number)


def run(arguments: Sequence[str]) -> int:
    """Return the exit code of one call."""
    if not arguments or arguments[0] in ("--help", "-h", "help"):
        sys.stdout.write(usage())
        return 0 if arguments else 2
    name = arguments[0]
    if name not in COMMANDS:
        sys.stderr.write(f"benefits: no command {name}; known are {', '.join(COMMANDS)}\n")
        return 2
    return _call(name, list(arguments[1:]))


def usage() -> str:
    """Return the help of the whole program."""
    width = max(len(name) for name in COMMANDS)
    lines = [f"  {name:<{width}}  {text}" for name, (_, text) in COMMANDS.items()]
    head = "Usage: benefits COMMAND [OPTIONS]     benefits COMMAND --help\n\n"
    return head + "\n".join(lines) + "\n"


def _call(name: str, arguments: list[str]) -> int:
    module, text = COMMANDS[name]
    app = typer.Typer(add_completion=False, pretty_exceptions_enable=False)
    app.command(name=name, help=text)(importlib.import_module(module).command)
    try:
        code = typer.main.get_command(app).main(
            arguments, prog_name=f"benefits {name}", standalone_mode=False
        )
    except Exception as error:
        names = {base.__name__ for base in type(error).__mro__}
        if "Exit" in names:
            return int(getattr(error, "exit_code", 0))
        if not names & (CALL_ERRORS | OUR_ERRORS):
            line = _place_in_words(error)
            if not line:
                raise
            sys.stderr.write(f"benefits {name}: {line}\n")
            return 2
        message = error.format_message() if hasattr(error, "format_message") else str(error)
        words = _with_home(" ".join(message.split()), arguments)
        sys.stderr.write(f"benefits {name}: {words}\n")
        return 2 if names & CALL_ERRORS else 1
    return code if isinstance(code, int) else 0


def _with_home(message: str, arguments: list[str]) -> str:
    """Return a message whose commands can be typed as they stand: for the home of this call."""
    from cli.options import DEFAULT_HOME, typed

    given = [a.partition("=")[2] for a in arguments if a.startswith("--home=")]
    given += [after for a, after in pairwise(arguments) if a == "--home"]
    home = given[-1] if given else os.environ.get("BENEFITS_HOME") or DEFAULT_HOME
    return typed(message, Path(home))


def _place_in_words(error: Exception) -> str:
    """Return one line for a file or a ledger that cannot be used, "" for a broken program.

    Of the error itself only the file and the system's own words are said: the rest may hold data.
    """
    from ledger.errors import database_words
    from warehouse.errors import disk_words

    words = disk_words(str(error))
    if not words and isinstance(error, OSError):
        words = f"cannot be read or written: {error.strerror or type(error).__name__}"
    if words:
        return f"{getattr(error, 'filename', None) or 'a file of the home'}: {words}"
    return database_words(type(error).__name__, str(error))


if __name__ == "__main__":
    main()
