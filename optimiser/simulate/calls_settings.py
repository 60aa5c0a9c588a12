"""What the play of unplanned calls assumes beside the tables; docs/explanation/simulation.md tells why."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from optimiser.domain.noun import Id, Minutes, Noun

Stress = Literal["none", "two-calls", "ill", "snow"]
STRESSES: tuple[Stress, ...] = ("none", "two-calls", "ill", "snow")


class CallSettings(Noun):
    """All can be set. ``triage_kinds`` are the kinds of line 0 that take the telephone first, for the calls of all;
    None: those of line 0 without a route whose duties all hold ``triage_skill``; none there: the first line herself."""

    triage_kinds: tuple[Id, ...] | None = None
    triage_skill: Id = "triage"
    planned_percent: Annotated[int, Field(ge=0, le=95)] | None = None
    """Of a duty with routes whose plan has none: how much of its time planned work takes. None: what the visits ask
    whose windows open while such duties run, divided over them."""
    planned_travel_minutes: Minutes = 10
    """Added to each of these visits."""
    planned_block_minutes: Annotated[int, Field(ge=5, le=240)] = 40
    """How long one piece of such work is, travel included."""
    planned_room_minutes: Minutes = 60
    """How much later it may begin without being late."""
    drop_minutes: Minutes = 120
    """A planned visit that would begin so long after the end of its window is not done by this nurse."""
    moved_minutes: Minutes = 15
    """A planned visit that begins more than this after its planned start has moved."""
    way_back_is_work: bool = True
    """Whether the way back from a call counts as call work in standby."""
    rest_minutes: tuple[Minutes, Minutes] = (480, 660)
    """After a call at night: how often the next duty begins sooner than this."""
    stress: Stress = "none"
    snow_percent: Annotated[int, Field(ge=100, le=400)] = 150
    """Travel time in snow, in percent of the usual."""
    ill_nurses: Annotated[int, Field(ge=1, le=20)] = 1
    """How many of the week's nurses are ill all week, and not replaced, under the stress ``ill``."""
