"""Document in, files out: one function, one module per format.

Belongs here: choosing the format and naming the files. Does not belong here: what a report says.
The same document gives the same bytes, in every process and on every day.
"""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from typing import cast

from reports.errors import RenderError
from reports.model import FORMATS, Document, Format
from reports.render.files import RenderedFile, file_stem

__all__ = ["RenderedFile", "file_stem", "render"]

_MODULES: dict[Format, str] = {
    "pdf": "pdf",
    "xlsx": "excel",
    "csv": "csv",
    "xml": "xml",
    "json": "json",
    "html": "html",
}
_Renderer = Callable[[Document], tuple[RenderedFile, ...]]


def render(document: Document, format: Format) -> tuple[RenderedFile, ...]:
    """The files of a document in one format; most formats give exactly one."""
    if format not in FORMATS:
        raise RenderError(f"there is no format {format!r}; known: {', '.join(FORMATS)}")
    module = import_module(f"reports.render.{_MODULES[format]}")
    return cast(_Renderer, module.render)(document)
