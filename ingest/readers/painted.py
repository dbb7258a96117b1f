"""PDF: which text of a page nobody sees (no paint, no size, the colour of what it stands on), and the page without it.

What it cannot tell, it takes for shown: text on a picture, a shading or a form, and what a later shape covers.
"""

import ctypes
import math
from collections.abc import Iterator
from dataclasses import dataclass

import pypdfium2 as pdfium
from pypdfium2 import raw

#: Red, green and blue, 0 to 255.
Colour = tuple[int, int, int]

#: Colours whose channels differ by no more than this look the same.
SAME = 24
#: Text in a smaller font, in points, is not meant to be read.
SMALLEST_FONT = 1.5
#: A picture over this share of a page is a scan, whose text layer is invisible and yet is what one reads.
SCAN = 0.5
WHITE: Colour = (255, 255, 255)
_NO_PAINT = frozenset({raw.FPDF_TEXTRENDERMODE_INVISIBLE, raw.FPDF_TEXTRENDERMODE_CLIP})
_STROKED = frozenset({raw.FPDF_TEXTRENDERMODE_STROKE, raw.FPDF_TEXTRENDERMODE_STROKE_CLIP})
_FORMS_DEEP = 4
#: Objects of a page that are looked at; a drawing has more, a page of text hardly ever.
_MOST_OBJECTS = 20_000

Box = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class _Ground:
    """Something that was painted: where, and in what colour (None: several or unknown)."""

    box: Box
    colour: Colour | None

    def under(self, box: Box) -> bool:
        """Whether the middle of `box` lies on it."""
        x, y = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
        return self.box[0] <= x <= self.box[2] and self.box[1] <= y <= self.box[3]


def unseen_objects(page: pdfium.PdfPage) -> set[int]:
    """Addresses of the text objects that nobody sees."""
    grounds: list[_Ground] = []
    unseen: set[int] = set()
    no_paint: set[int] = set()
    for at, one in enumerate(_objects(page)):
        if at >= _MOST_OBJECTS:
            break
        if one.type != raw.FPDF_PAGEOBJ_TEXT:
            grounds += _ground(one)
        elif raw.FPDFTextObj_GetTextRenderMode(one) in _NO_PAINT:
            no_paint.add(_address(one))
        elif _too_small(one) or _blends_in(one, grounds):
            unseen.add(_address(one))
    return unseen if _is_scan(page, grounds) else unseen | no_paint


def _objects(page: pdfium.PdfPage) -> Iterator[pdfium.PdfObject]:
    """The objects of a page in the order of painting, those inside of forms too."""
    return iter(page.get_objects(max_depth=_FORMS_DEEP))


def _address(one: pdfium.PdfObject) -> int:
    return ctypes.addressof(one.raw.contents)


def _box(one: pdfium.PdfObject) -> Box | None:
    try:
        left, bottom, right, top = one.get_bounds()
    except pdfium.PdfiumError:
        return None
    return left, bottom, right, top


def _fill(one: pdfium.PdfObject) -> tuple[Colour, int] | None:
    """The fill colour and its opacity, 0 to 255."""
    parts = [ctypes.c_uint() for _ in range(4)]
    if not raw.FPDFPageObj_GetFillColor(one, *map(ctypes.byref, parts)):
        return None
    red, green, blue, opacity = (part.value for part in parts)
    return (red, green, blue), opacity


def _ground(one: pdfium.PdfObject) -> list[_Ground]:
    box = _box(one)
    if box is None:
        return []
    if one.type != raw.FPDF_PAGEOBJ_PATH:
        return [_Ground(box, None)] if one.type != raw.FPDF_PAGEOBJ_FORM else []
    mode, stroke = ctypes.c_int(), ctypes.c_int()
    raw.FPDFPath_GetDrawMode(one, ctypes.byref(mode), ctypes.byref(stroke))
    fill = _fill(one)
    if not mode.value or fill is None or not fill[1]:
        return []
    return [_Ground(box, fill[0] if fill[1] == 255 else None)]


def _too_small(one: pdfium.PdfObject) -> bool:
    size, matrix = ctypes.c_float(), raw.FS_MATRIX()
    if not raw.FPDFTextObj_GetFontSize(one, ctypes.byref(size)):
        return False
    if not raw.FPDFPageObj_GetMatrix(one, ctypes.byref(matrix)):
        return False
    scale = math.sqrt(abs(matrix.a * matrix.d - matrix.b * matrix.c))
    return float(size.value) * scale < SMALLEST_FONT


def _blends_in(one: pdfium.PdfObject, grounds: list[_Ground]) -> bool:
    """Whether text has the colour of what it was painted on, or none."""
    fill, box = _fill(one), _box(one)
    if fill is None or box is None or raw.FPDFTextObj_GetTextRenderMode(one) in _STROKED:
        return False
    colour, opacity = fill
    if opacity < 13:
        return True
    behind: Colour | None = WHITE
    if max(colour) - min(colour) <= SAME and min(colour) < 128 and not grounds:
        return False  # dark text on paper: nearly all text there is
    for ground in reversed(grounds):
        if ground.under(box):
            behind = ground.colour
            break
    return behind is not None and max(abs(a - b) for a, b in zip(colour, behind, strict=True)) <= SAME


def _is_scan(page: pdfium.PdfPage, grounds: list[_Ground]) -> bool:
    width, height = page.get_size()
    areas = ((g.box[2] - g.box[0]) * (g.box[3] - g.box[1]) for g in grounds if g.colour is None)
    return max(areas, default=0.0) > SCAN * float(width) * float(height)


def without(text_page: pdfium.PdfTextPage, unseen: set[int]) -> tuple[str, int]:
    """The text of a page without that of some objects, and how many characters those had."""
    left, bottom, right, top = text_page.page.get_bbox()
    shown: list[int] = []
    hidden = 0
    box = [ctypes.c_double() for _ in range(4)]
    for at in range(text_page.count_chars()):
        owner = raw.FPDFText_GetTextObject(text_page, at)
        unit = raw.FPDFText_GetUnicode(text_page, at)
        raw.FPDFText_GetCharBox(text_page, at, *map(ctypes.byref, box))
        x0, x1, y0, y1 = (part.value for part in box)
        outside = x1 < left or x0 > right or y1 < bottom or y0 > top
        if owner and (ctypes.addressof(owner.contents) in unseen or outside):
            hidden += 1
        elif unit:
            shown.append(unit)
    units = "".join(map(chr, shown)).encode("utf-16-le", "surrogatepass")
    return units.decode("utf-16-le", "replace"), hidden
