"""Where things are: districts (buurten) and places."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from optimiser.domain.noun import Id, Noun

Latitude = Annotated[float, Field(ge=49.0, le=55.0)]
Longitude = Annotated[float, Field(ge=2.0, le=9.0)]
Mode = Literal["car", "bicycle", "ebike", "walk"]


class District(Noun):
    """A CBS district with its inhabitants-weighted centre (WGS84 degrees)."""

    id: Id
    name: str
    municipality: str
    wijk: str = ""
    latitude: Latitude
    longitude: Longitude
    inhabitants: Annotated[int, Field(ge=0)]
    inhabitants_65plus: Annotated[int, Field(ge=0)]
    area_hectares: Annotated[int, Field(ge=0)]
    river_bank: str = ""
    """Districts with different non-empty banks have a river between them."""
    pc4: str = ""


class Place(Noun):
    """A point that nurses travel to. The reader fills the coordinates from district or postcode when absent."""

    id: Id
    kind: Literal["home", "client", "base", "hospital", "pharmacy", "blood_bank", "depot", "other"]
    latitude: Latitude
    longitude: Longitude
    district: str = ""
    postcode: str = ""
