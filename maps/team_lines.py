"""Lines and borders as short texts in a page: the encoded polyline format, which map.js reads back."""

from __future__ import annotations

from collections.abc import Sequence

SCALE = 100_000
"""Units in a degree: five decimals, about a metre."""


def encoded(points: Sequence[tuple[float, float]]) -> str:
    """(latitude, longitude) in degrees as an encoded polyline with five decimals.

    Source: Google's "Encoded Polyline Algorithm Format": steps from point to point, zigzag, five bits a letter.
    """
    letters: list[str] = []
    before = (0, 0)
    for latitude, longitude in points:
        here = (round(latitude * SCALE), round(longitude * SCALE))
        for now, last in zip(here, before, strict=True):
            step = now - last
            rest = ~(step << 1) if step < 0 else step << 1
            while rest >= 0x20:
                letters.append(chr((0x20 | (rest & 0x1F)) + 63))
                rest >>= 5
            letters.append(chr(rest + 63))
        before = here
    return "".join(letters)


def decoded(text: str) -> list[tuple[float, float]]:
    """The points of an encoded polyline. Raises ``IndexError`` on a text that ends halfway."""
    values: list[int] = []
    position = 0
    while position < len(text):
        value = shift = 0
        while True:
            part = ord(text[position]) - 63
            position += 1
            value |= (part & 0x1F) << shift
            shift += 5
            if part < 0x20:
                break
        values.append(~(value >> 1) if value & 1 else value >> 1)
    points: list[tuple[float, float]] = []
    latitude = longitude = 0
    for step_latitude, step_longitude in zip(values[::2], values[1::2], strict=True):
        latitude, longitude = latitude + step_latitude, longitude + step_longitude
        points.append((latitude / SCALE, longitude / SCALE))
    return points
