"""One Altair specification in, SVG text or PNG bytes out; the fonts of the house registered first.

Here: a finished specification into bytes that are the same every time. Not here: what it shows.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from functools import lru_cache
from html import escape
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import vl_convert

FONT = "Source Sans Pro"
SCREEN_FONT = "system-ui,-apple-system,Segoe UI,Roboto,Liberation Sans,Arial,sans-serif"
VEGA_LITE = "6.4"
_READER_MARKUP = re.compile(r' (?:aria-[a-z]+|role|xmlns:xlink|version)="[^"]*"')
_LONG_NUMBER = re.compile(r"\d+\.\d{3,}(?:e-?\d+)?")
_EMPTY_PATH = re.compile(r'<path class="(?:background|foreground)"[^>]*/>')


def font_directory() -> Path:
    """The folder of the OFL fonts that every document drawn outside a browser uses."""
    spec = find_spec("font_source_sans_pro")
    if spec is None or spec.origin is None:
        raise RuntimeError("font-source-sans-pro is not installed: charts would change their font")
    return Path(spec.origin).parent / "files"


@lru_cache(maxsize=1)
def _register_fonts() -> None:
    vl_convert.register_font_directory(str(font_directory()))


def chart_svg(
    spec: Mapping[str, Any], alt: str | None = None, name: str = "chart", screen: bool = False
) -> str:
    """The chart as SVG, text as text; with `alt` an image for readers, else hidden from them."""
    _register_fonts()
    raw = str(vl_convert.vegalite_to_svg(json.dumps(spec), vl_version=VEGA_LITE))
    body = _EMPTY_PATH.sub("", _READER_MARKUP.sub("", raw))
    body = _LONG_NUMBER.sub(lambda found: f"{float(found.group()):.2f}", body)
    body = body.replace(f'font-family="{FONT}"', f'font-family="{SCREEN_FONT}"') if screen else body
    return _described(body, alt, name)


def chart_png(spec: Mapping[str, Any], scale: float = 2.0) -> bytes:
    """The chart as PNG at so many pixels per unit."""
    _register_fonts()
    return bytes(vl_convert.vegalite_to_png(json.dumps(spec), scale=scale, vl_version=VEGA_LITE))


def _described(svg: str, alt: str | None, name: str) -> str:
    if alt is None:
        return svg.replace("<svg ", '<svg aria-hidden="true" focusable="false" ', 1)
    marked = svg.replace("<svg ", f'<svg role="img" aria-labelledby="{name}-title" ', 1)
    return re.sub(
        r"(<svg [^>]*>)",
        lambda found: f'{found.group()}<title id="{name}-title">{escape(alt)}</title>',
        marked,
        count=1,
    )
