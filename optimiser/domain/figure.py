"""What a figure is: its name in tables and files, its unit, and which way is better."""

from __future__ import annotations

from typing import Literal

from optimiser.domain.noun import Id, Noun

Unit = Literal["minutes", "hours", "km", "count", "percent", "eur", "fte", "kg", "ratio", "index"]
Level = Literal["total", "organisation", "nurse", "district"]


class FigureKind(Noun):
    """One figure. The words are ``figure.<name>`` in the catalogue of texts, its meaning ``figure.<name>.what``.

    ``adds``: whether the figures of the parts (organisations) add up to that of all. ``levels``: for what it is known.
    ``theme`` groups figures in tables: travel, visits, cover, hours, people, clients, calls, money, climate,
    robustness.
    """

    name: Id
    unit: Unit
    better: Literal["less", "more", "neither"]
    adds: bool
    theme: Id
    levels: tuple[Level, ...] = ("total",)


Values = dict[str, float | None]
"""Figure name -> value; None where it cannot be known."""


class Figures(Noun):
    """The figures of one plan: of all, and by organisation, nurse and district (ids and codes)."""

    total: Values
    organisations: dict[str, Values] = {}
    nurses: dict[str, Values] = {}
    districts: dict[str, Values] = {}
