"""The embedded typeface: how wide a text is, how it is written, and the font objects of a file.

Belongs here: measures, the codes of characters, subsets. Does not belong here: where a text stands
(`form`, `pdf_pen`), the other objects of a file (`pdf_file`).

Printable ASCII keeps its codes, so it is written as it stands; every other character gets the next
free code of its file when it first appears. A character without a glyph is an error, never a box.
"""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Iterator
from functools import lru_cache
from io import BytesIO
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import font_source_sans_pro as source_sans  # type: ignore[import-untyped]
from reportlab.pdfbase.ttfonts import FF_NONSYMBOLIC, FF_SYMBOLIC, TTFontFace, makeToUnicodeCMap

from reports.errors import RenderError

if TYPE_CHECKING:
    from reports.render.pdf_file import PdfFile

FONTS: Final = {"regular": "Regular", "semibold": "Semibold", "bold": "Bold"}
ASCII: Final = range(32, 127)
FIRST_CODE: Final = 128
SUBSET: Final = 256
FIRM_SPACE: Final = 0xA0
NO_GLYPH: Final = (
    "the typeface of the pages has no glyph for U+{code:04X}, "
    "so nothing can be written as pdf; take another format"
)


@lru_cache(maxsize=len(FONTS))
def _face(weight: str) -> Any:
    path = Path(source_sans.font_directory) / f"SourceSansPro-{FONTS[weight]}.ttf"
    return TTFontFace(BytesIO(path.read_bytes()))


def text_width(text: str, weight: str, size: float) -> float:
    """Width of a text in points."""
    return _em_width(text, weight) * size / 1000.0


@lru_cache(maxsize=65536)
def _em_width(text: str, weight: str) -> float:
    face = _face(weight)
    widths, default = face.charWidths, face.defaultWidth
    return float(sum(widths.get(ord(character), default) for character in text))


@lru_cache(maxsize=len(FONTS))
def widest(weight: str) -> float:
    """The widest printable ASCII character, in thousandths of the size."""
    return float(max(_face(weight).getCharWidth(code) for code in ASCII))


def escaped(text: str) -> str:
    """Text between the parentheses of a string operand."""
    return text.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)")


def pdf_text(text: str) -> str:
    """A text string operand: plain where it is ASCII, else UTF-16."""
    if text.isascii() and text.isprintable():
        return f"({escaped(text)})"
    return f"<FEFF{text.encode('utf-16-be').hex().upper()}>"


class _Codes(dict[int, int]):
    """The code of each character of one weight; a new one is given out when it is asked for."""

    def __init__(self, weight: str) -> None:
        super().__init__({code: code for code in ASCII} | {FIRM_SPACE: 32})
        self.weight = weight
        self.extra: list[int] = []

    def __missing__(self, character: int) -> int:
        if character not in _face(self.weight).charToGlyph or character < ASCII.start:
            raise RenderError(NO_GLYPH.format(code=character))
        subset, place = divmod(len(self.extra), SUBSET - FIRST_CODE)
        code = self[character] = subset * SUBSET + FIRST_CODE + place
        self.extra.append(character)
        return code

    def copy(self) -> _Codes:
        """Independent codes with the same start."""
        other = _Codes(self.weight)
        other.update(self)
        other.extra = self.extra.copy()
        return other

    def subsets(self) -> Iterator[tuple[int, ...]]:
        """For each font the characters by code."""
        room = SUBSET - FIRST_CODE
        first = (*([0] * ASCII.start), *ASCII, 0, *self.extra[:room])
        yield first
        for start in range(room, len(self.extra), room):
            yield (*([0] * FIRST_CODE), *self.extra[start : start + room])


class Typeface:
    """The fonts of one file: which weights it uses and which characters beyond ASCII."""

    def __init__(self) -> None:
        self._codes: dict[str, _Codes] = {}

    def copy(self) -> Typeface:
        """Another file's fonts that begin with the same codes."""
        other = Typeface()
        other._codes = {weight: codes.copy() for weight, codes in self._codes.items()}
        return other

    def use(self, weight: str) -> str:
        """The name of a weight's first font, which is embedded from now on."""
        if weight not in self._codes:
            self._codes[weight] = _Codes(weight)
        return f"/{FONTS[weight][0]}0"

    def parts(self, value: str, weight: str) -> list[tuple[str, str]]:
        """The text as fonts and escaped operands; nearly always exactly one."""
        font = self.use(weight)
        if value.isascii() and value.isprintable():
            return [(font, escaped(value))]
        coded = value.translate(self._codes[weight])
        if max(coded, default=" ") < chr(SUBSET):
            return [(font, escaped(coded))]
        return [
            (f"{font[:-1]}{subset}", escaped("".join(chr(ord(c) % SUBSET) for c in group)))
            for subset, group in groupby(coded, lambda c: ord(c) // SUBSET)
        ]

    def shown(self, value: str, weight: str, size: float) -> str:
        """The operators that show a text where the text matrix stands."""
        return " ".join(
            f"{font} {size:g} Tf ({text}) Tj" for font, text in self.parts(value, weight)
        )

    def embed(self, file: PdfFile) -> bytes:
        """Add the font objects to a file; returns the dictionary that names them."""
        entries = []
        for weight in sorted(self._codes):
            for number, characters in enumerate(self._codes[weight].subsets()):
                name = f"/{FONTS[weight][0]}{number}"
                entries.append(f"{name} {_embed(file, weight, characters)} 0 R")
        return f"<<{' '.join(entries)}>>".encode("ascii")


def _embed(file: PdfFile, weight: str, characters: tuple[int, ...]) -> int:
    program, length, cmap, descriptor, font = _objects(weight, characters)
    file_number = file.add_stream(f"/Length1 {length}", program)
    cmap_number = file.add_stream("", cmap)
    descriptor_number = file.add(descriptor + b"/FontFile2 %d 0 R>>" % file_number)
    return file.add(
        font + b"/ToUnicode %d 0 R/FontDescriptor %d 0 R>>" % (cmap_number, descriptor_number)
    )


@lru_cache(maxsize=64)
def _objects(weight: str, characters: tuple[int, ...]) -> tuple[bytes, int, bytes, bytes, bytes]:
    """Font program, its length, Unicode map, descriptor and font, the last two left open."""
    face = _face(weight)
    program = face.makeSubset(list(characters))
    digest = hashlib.sha256(program).digest()
    tag = "".join(chr(65 + byte % 26) for byte in digest[:6])
    name = f"{tag}+SourceSansPro-{FONTS[weight]}"
    flags = (face.flags & ~FF_NONSYMBOLIC) | FF_SYMBOLIC
    box = " ".join(f"{side:g}" for side in face.bbox)
    descriptor = (
        f"<</Type/FontDescriptor/FontName/{name}/Flags {flags}/FontBBox[{box}]"
        f"/ItalicAngle {face.italicAngle:g}/Ascent {face.ascent:g}/Descent {face.descent:g}"
        f"/CapHeight {face.capHeight:g}/StemV {face.stemV:g}/MissingWidth {face.defaultWidth:g}"
    )
    widths = " ".join(f"{face.getCharWidth(code):g}" for code in characters)
    font = (
        f"<</Type/Font/Subtype/TrueType/BaseFont/{name}/FirstChar 0"
        f"/LastChar {len(characters) - 1}/Widths[{widths}]"
    )
    cmap = zlib.compress(makeToUnicodeCMap(name, list(characters)).encode("ascii"))
    packed = zlib.compress(program)
    return packed, len(program), cmap, descriptor.encode("ascii"), font.encode("ascii")
