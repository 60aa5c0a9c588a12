"""The words that the script of the response map puts together itself, and those of its legend."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Any

from maps.response_data import FIGURES
from maps.words import Words
from optimiser.texts import number

OPEN = {name: f"{{{name}}}" for name in ("visits", "value", "low", "high", "part", "figure")}
"""Each placeholder filled with itself."""
SAID = ("state", "visits", "within", "interval", "mean", "p90", "unanswered", "nobody", "none")


def script_words(words: Words, parts: Sequence[str]) -> dict[str, Any]:
    """Name in response.js -> text, or a table of texts by figure or part."""
    norm = words.instance.response.norm_minutes
    return {
        **{name: words(f"map.response.js.{name}", **OPEN) for name in SAID},
        "short": {name: words(f"map.response.js.short.{name}", **OPEN) for name in FIGURES},
        "part": {name: words(f"map.response.part.{name}") for name in parts},
        "figure": {name: words(f"map.response.figure.{name}") for name in FIGURES},
        "legend": {name: words(f"map.response.legend.{name}", norm=norm) for name in FIGURES},
        "slowest": words("map.response.legend.slowest"),
        "districts": words("map.response.legend.districts"),
        "empty": words("map.response.legend.nobody"),
    }


def class_words(words: Words, figure: str, bounds: Sequence[float]) -> list[str]:
    """The five classes of a legend by their upper bounds: whole percents or minutes, or visits in round steps."""
    if figure == "visits":
        digits = 0 if all(each == int(each) for each in bounds) else 1 if bounds[0] * 10 % 1 < 1e-6 else 2
        told = [number(each, words.language, digits) for each in bounds]
        between = (words("map.response.class.between", low=low, high=high) for low, high in pairwise(told))
        return [words("map.response.class.upto", high=told[0]), *between]
    unit = "%" if figure == "within" else " min"
    whole = [int(each) for each in bounds]
    middle = [
        words("map.response.class.between", low=low + 1, high=f"{high}{unit}")
        for low, high in zip(whole[:3], whole[1:4], strict=True)
    ]
    if figure == "within":
        first = words("map.response.class.below", high=f"{whole[0] + 1}%")
        return [first, *middle, words("map.response.class.between", low=whole[3] + 1, high="100%")]
    return [
        words("map.response.class.upto", high=f"{whole[0]}{unit}"), *middle,
        words("map.response.class.over", low=f"{whole[3]}{unit}"),
    ]  # fmt: skip
