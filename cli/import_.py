"""`benefits import`: read a filing in its public layout, write our document and the files again.

Belongs here: options, writing files, one line of result. Does not belong here: the layout of a
data set, which is the report's own.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cli.options import OUT, folder

if TYPE_CHECKING:
    from reports.model import Document


def command(
    report: Annotated[str, typer.Argument(help="Which filing: form_5500.")],
    dataset: Annotated[
        Path, typer.Option("--dataset", callback=folder, help="Folder of the public files.")
    ],
    out: Annotated[Path, OUT],
    formats: Annotated[
        str, typer.Option("--format", help="Formats of the document, by commas.")
    ] = "pdf,xlsx,csv,xml,json",
    as_json: Annotated[bool, typer.Option("--json", help="Print the files as JSON.")] = False,
) -> int:
    """Read a filing in its public layout and write it again, with what the document lacks."""
    from reports.errors import ReportError

    readers: dict[str, Callable[[Path], Document]] = {"form_5500": _form_5500}
    if report not in readers:
        known = ", ".join(readers)
        raise typer.BadParameter(f"no public layout of {report!r}; known: {known}")
    try:
        document = readers[report](dataset)
        files = _write(document, out, formats)
    except ReportError as error:
        raise typer.BadParameter(str(error)) from error
    if as_json:
        typer.echo(json.dumps({"out": str(out), "verdict": document.verdict, "files": files}))
    else:
        typer.echo(f"{document.verdict} {len(files)} files in {out}")
    return 0


def _form_5500(dataset: Path) -> Document:
    from reports.filings.form_5500.dataset import read_dataset
    from reports.filings.form_5500.imported import build_imported

    return build_imported(read_dataset(dataset))


def _write(document: Document, out: Path, formats: str) -> list[str]:
    from typing import cast

    from reports.model import DATA_FORMATS, Format
    from reports.render import render

    wanted = [name.strip() for name in formats.split(",") if name.strip()]
    unknown = [name for name in wanted if name not in DATA_FORMATS]
    if unknown:
        raise typer.BadParameter(f"no format {unknown[0]!r}; known: {', '.join(DATA_FORMATS)}")
    out.mkdir(parents=True, exist_ok=True)
    names: list[str] = []
    for name in dict.fromkeys(["csv", *wanted]):
        for file in render(document, cast(Format, name)):
            (out / file.name).write_bytes(file.content)
            names.append(file.name)
    return names
