"""The picture of a page made ready to be recognised: stamps out, lines level, as fine as the recogniser likes it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray
    from PIL.Image import Image

BEST = 200
"""Dots an inch at which Tesseract reads letters of 12 points best; at 300 it reads one label in ten less."""
_NEAR = 1.2
_COLOURED = 60
_CELL = 2.0
_LEAST_STAMP, _MOST_STAMP = 12.0, 70.0
_DARK = 128
_STEEPEST, _COARSE, _FINE = 4.0, 0.5, 0.1
_LEVEL = 0.2
_FEWEST_DOTS = 500
_PROFILE_DPI = 100
_INCH = 25.4


def made_ready(page: Image, dpi: int) -> tuple[Image, int]:
    """The page in grey, without stamps of colour, its lines level; and its dots an inch."""
    from PIL import Image

    grey = _without_stamps(page, dpi)
    if dpi * _NEAR < BEST or dpi > BEST * _NEAR:
        size = round(grey.width * BEST / dpi), round(grey.height * BEST / dpi)
        grey, dpi = grey.resize(size, Image.Resampling.LANCZOS), BEST
    angle = skew(grey, dpi)
    if abs(angle) >= _LEVEL:
        grey = grey.rotate(angle, Image.Resampling.BICUBIC, fillcolor=255)
    return grey, dpi


def skew(grey: Image, dpi: int) -> float:
    """How far the lines of a page fall to the right, in degrees; 0 where nothing tells.

    The angle at which the dots lie in the sharpest rows. Source: W. Postl, Detection of linear oblique structures and
    skew scan in digitized documents, ICPR 1986.
    """
    import numpy as np

    scale = min(1.0, _PROFILE_DPI / dpi)
    small = grey.resize((max(1, round(grey.width * scale)), max(1, round(grey.height * scale))))
    rows, columns = np.nonzero(np.asarray(small) < _DARK)
    if len(rows) < _FEWEST_DOTS:
        return 0.0
    best = 0.0
    for reach, step in ((_STEEPEST, _COARSE), (_COARSE, _FINE)):
        count = round(reach / step)
        angles = [best + step * index for index in range(-count, count + 1)]
        best = max(angles, key=lambda angle: (_sharpness(rows, columns, angle), -abs(angle)))
    return best


def _sharpness(rows: NDArray[np.intp], columns: NDArray[np.intp], angle: float) -> float:
    """How unevenly the dots lie in rows that fall by an angle."""
    import numpy as np

    levels = np.round(rows - columns * np.tan(np.radians(angle))).astype(np.intp)
    counts = np.bincount(levels - levels.min()).astype(np.float64)
    return float(np.square(np.diff(counts)).sum())


def _without_stamps(page: Image, dpi: int) -> Image:
    """The page in grey; where a stamp or a signature of colour lies, only what is dark in each colour stays."""
    import numpy as np
    from PIL import Image

    if page.mode in ("1", "L", "I;16", "LA"):
        return page.convert("L")
    red, green, blue = (np.asarray(band) for band in page.convert("RGB").split())
    grey = np.array(page.convert("L"))
    brightest = np.maximum(np.maximum(red, green), blue)
    is_coloured = brightest - np.minimum(np.minimum(red, green), blue) > _COLOURED
    for top, bottom, left, right in _stamps(is_coloured, dpi):
        grey[top:bottom, left:right] = brightest[top:bottom, left:right]
    return Image.fromarray(grey)


def _stamps(is_coloured: NDArray[np.bool_], dpi: int) -> Iterator[tuple[int, int, int, int]]:
    """Patches of colour as large as seals, by top, bottom, left and right; lines of coloured words are lower."""
    import numpy as np

    side = max(1, round(_CELL / _INCH * dpi))
    high, wide = (size // side for size in is_coloured.shape)
    cells = is_coloured[: high * side, : wide * side].reshape(high, side, wide, side).mean(axis=(1, 3)) > 0.01
    rest = set(zip(*(axis.tolist() for axis in np.nonzero(cells)), strict=True))
    while rest:
        patch = _patch(rest)
        rows, columns = [row for row, _ in patch], [column for _, column in patch]
        height, width = (_CELL * (max(axis) - min(axis) + 1) for axis in (rows, columns))
        if height >= _LEAST_STAMP and width <= _MOST_STAMP:
            yield min(rows) * side, (max(rows) + 1) * side, min(columns) * side, (max(columns) + 1) * side


def _patch(rest: set[tuple[int, int]]) -> list[tuple[int, int]]:
    """Cells that touch one another, taken out of the rest."""
    found = [rest.pop()]
    for row, column in found:
        around = {(row + down, column + right) for down in (-1, 0, 1) for right in (-1, 0, 1)} & rest
        rest -= around
        found += around
    return found
