"""The one style sheet of a dashboard page: `page.css` with the colors and font of the house.

Here: reading and shrinking it. Not here: any markup.
"""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path
from string import Template

from reports.render import palette
from reports.render.charts import SCREEN_FONT

SHEET = Path(__file__).with_name("page.css")


@lru_cache(maxsize=1)
def style() -> str:
    """The whole sheet without the spaces that only waste bytes."""
    values = {name.lower(): value for name, value in vars(palette).items() if name.isupper()}
    sheet = Template(SHEET.read_text(encoding="utf-8")).substitute(values, font=SCREEN_FONT)
    return re.sub(r";}", "}", re.sub(r"\s*([{};])\s*", r"\1", sheet)).strip()
