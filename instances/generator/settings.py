"""What the generator is asked for."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from pydantic import Field, field_validator

from optimiser.domain.noun import Id, Noun


class GeneratorSettings(Noun):
    """The settings of one synthetic instance; the same settings give the same instance.

    ``organisations`` are pairs of id and fte (36 hours a week). ``overlap`` is the share of each organisation's clients
    and nurses that comes from the whole region; the rest comes from its own districts.
    """

    region: str = "rijnmond"
    organisations: Annotated[tuple[tuple[Id, Annotated[float, Field(ge=3, le=200)]], ...], Field(min_length=1)] = (
        ("aafje", 11.0),
        ("laurens", 9.0),
    )
    overlap: Annotated[float, Field(ge=0, le=1)] = 1.0
    seed: Annotated[int, Field(ge=0)] = 1
    name: Id = "vtt_rijnmond"
    first_monday: date = date(2026, 12, 7)
    weeks: Annotated[int, Field(ge=1, le=4)] = 1
    awake_nights: bool = False
    """Nights are worked awake, with more planned night visits, instead of on call from home."""
    demand_seed: Annotated[int, Field(ge=0)] | None = None
    """Other clients with other orders for the same team with the same past duties and absence; None: those of
    ``seed``."""

    @field_validator("first_monday")
    @classmethod
    def _is_monday(cls, day: date) -> date:
        if day.weekday() != 0:
            raise ValueError("must be a Monday")
        return day

    @field_validator("organisations")
    @classmethod
    def _no_twins(cls, pairs: tuple[tuple[str, float], ...]) -> tuple[tuple[str, float], ...]:
        if len({name for name, _ in pairs}) < len(pairs):
            raise ValueError("an organisation is named twice")
        return pairs

    @property
    def fte(self) -> dict[str, float]:
        """Organisation -> fte."""
        return dict(self.organisations)
