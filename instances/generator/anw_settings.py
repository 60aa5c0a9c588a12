"""What the generator of shared evenings, nights and weekends is asked for."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from pydantic import Field, field_validator

from optimiser.domain.noun import Id, Noun


class AnwSettings(Noun):
    """The settings of one synthetic instance; the same settings give the same instance.

    ``service``: ``nursing`` is the nursing of Apeldoorn, ``medical`` the on-call service of Friesland. ``calls`` is a
    percentage of the assumed numbers of calls, so that they can be stressed.
    """

    service: Literal["nursing", "medical"] = "nursing"
    seed: Annotated[int, Field(ge=0)] = 1
    name: Id = "apeldoorn_anw"
    first_monday: date = date(2027, 3, 1)
    """Thirteen weeks from here hold Easter, King's Day, Ascension Day and Whitsun."""
    weeks: Annotated[int, Field(ge=1, le=53)] = 13
    calls: Annotated[int, Field(ge=1, le=1000)] = 100

    @field_validator("first_monday")
    @classmethod
    def _is_monday(cls, day: date) -> date:
        if day.weekday() != 0:
            raise ValueError("must be a Monday")
        return day


APELDOORN = AnwSettings()
FRIESLAND = AnwSettings(service="medical", name="friesland_anw")
