"""The sharing contract: what organisations do for each other."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from optimiser.domain.noun import Id, Noun


class SharingContract(Noun):
    """Which work and which cover rows are shared.

    ``visits``: ``own`` (own clients only), ``anw`` (shared when the window opens outside Monday to Friday 07:00 to
    18:00), ``all``. ``cover``: ``own`` rows are filled by own nurses only; ``pooled`` rows may be filled by any nurse;
    equal pooled rows (same days, window, lane, skills, area) are merged, their counts summed, or set to
    ``pooled_standby`` for standby rows when that is given.
    """

    name: Id
    visits: Literal["own", "anw", "all"]
    cover: Literal["own", "pooled"]
    pooled_standby: Annotated[int, Field(ge=0)] | None = None
    lending_minutes: Annotated[int, Field(ge=0)] = 0
    """Price in minutes of a visit done by another organisation's nurse."""


PRESETS: dict[str, SharingContract] = {
    "single": SharingContract(name="single", visits="own", cover="own"),
    "anw": SharingContract(name="anw", visits="anw", cover="pooled"),
    "joint": SharingContract(name="joint", visits="all", cover="pooled"),
}
"""The contracts that need no file; ``joint`` keeps the summed number of standby duties, so that pooling of
visits and pooling of cover stay two effects."""
