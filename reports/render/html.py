"""HTML, for dashboards only: finds the page that a document names and writes what it returns.

The page is a module `reports.dashboards.<page>` with `render_page(document) -> str`. Not here:
any markup.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from importlib import import_module
from typing import cast

from reports.errors import RenderError
from reports.model import Document
from reports.render.files import RenderedFile, rendered


def render(document: Document) -> tuple[RenderedFile, ...]:
    """The one self-contained HTML file of a dashboard."""
    if document.page is None or not re.fullmatch(r"[a-z][a-z0-9_]*", document.page):
        raise RenderError(f"{document.report}: only a dashboard with a page can be written as html")
    module = import_module(f"reports.dashboards.{document.page}")
    page = cast(Callable[[Document], str], module.render_page)
    return (rendered(document, "html", page(document).encode("utf-8")),)
