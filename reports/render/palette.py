"""The colors of every document drawn outside a browser, each with one meaning.

Never used without a word or a shape. Not here: sizes and places (each renderer's own).
"""

from __future__ import annotations

from typing import Final

INK: Final = "#15202B"
INK_2: Final = "#4A5864"
MUTED: Final = "#5F6C78"
PRIOR: Final = "#7F8C98"
LINE: Final = "#D6DCE1"
PANEL: Final = "#F5F7F8"
BLUE: Final = "#1D4F91"
ADVERSE: Final = "#B42318"
FAVORABLE: Final = "#0B6B5E"
