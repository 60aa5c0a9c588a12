"""A map of OpenStreetMap made by hand: as few bytes of the pbf format as a road graph needs.

The format: https://wiki.openstreetmap.org/wiki/PBF_Format; messages are protocol buffers.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Mapping

Way = tuple[list[int], dict[str, str]]


def pbf(nodes: Mapping[int, tuple[float, float]], ways: Iterable[Way]) -> bytes:
    """A whole file: ``nodes`` (id -> latitude, longitude) and ``ways`` (node ids, tags)."""
    header = _field(4, b"OsmSchema-V0.6") + _number(32, 1_700_000_000)
    words: list[bytes] = [b""]
    told = [(refs, [(_word(words, key), _word(words, value)) for key, value in tags.items()]) for refs, tags in ways]
    group = b"".join(_field(1, _node(number, *point)) for number, point in sorted(nodes.items()))
    roads = b"".join(_field(3, _way(number, refs, tags)) for number, (refs, tags) in enumerate(told, start=1))
    table = b"".join(_field(1, word) for word in words)
    block = _field(1, table) + _field(2, group) + _field(2, roads)
    return _blob(b"OSMHeader", header) + _blob(b"OSMData", block)


def _node(number: int, latitude: float, longitude: float) -> bytes:
    # in steps of 100 nanodegrees
    at = _number(8, _signed(round(latitude * 1e7))) + _number(9, _signed(round(longitude * 1e7)))
    return _number(1, _signed(number)) + at


def _way(number: int, refs: list[int], tags: list[tuple[int, int]]) -> bytes:
    steps = [here - before for before, here in zip([0, *refs], refs, strict=False)]
    keys = b"".join(_varint(key) for key, _ in tags)
    values = b"".join(_varint(value) for _, value in tags)
    return (
        _number(1, number)
        + _field(2, keys)
        + _field(3, values)
        + _field(8, b"".join(map(_varint, map(_signed, steps))))
    )


def _word(words: list[bytes], word: str) -> int:
    words.append(word.encode())
    return len(words) - 1


def _blob(kind: bytes, content: bytes) -> bytes:
    blob = _number(2, len(content)) + _field(3, zlib.compress(content))
    header = _field(1, kind) + _number(3, len(blob))
    return len(header).to_bytes(4, "big") + header + blob


def _field(number: int, content: bytes) -> bytes:
    return _varint(number << 3 | 2) + _varint(len(content)) + content


def _number(number: int, value: int) -> bytes:
    return _varint(number << 3) + _varint(value)


def _signed(value: int) -> int:
    return value << 1 if value >= 0 else (-value << 1) - 1


def _varint(value: int) -> bytes:
    digits = bytearray()
    while value > 127:
        digits.append(value & 127 | 128)
        value >>= 7
    return bytes([*digits, value])
