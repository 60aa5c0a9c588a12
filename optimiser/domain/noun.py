"""The base of every noun: frozen, and unknown fields are refused."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache, cached_property
from typing import Annotated, Any, Self

from pydantic import BaseModel, ConfigDict, Field, StringConstraints


class Noun(BaseModel):
    """A frozen record. Integers are minutes, metres or cents as the field says; ids are plain text."""

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)

    def model_copy(self, *, update: Mapping[str, Any] | None = None, deep: bool = False) -> Self:
        """A copy with other fields. What was worked out once for this one is worked out anew for the copy."""
        copy = super().model_copy(update=update, deep=deep)
        for name in _worked_out(type(self)):
            copy.__dict__.pop(name, None)
        return copy


@cache
def _worked_out(noun: type) -> tuple[str, ...]:
    """Names of what is worked out once for a noun of this kind."""
    return tuple(name for each in noun.__mro__ for name in vars(each) if isinstance(vars(each)[name], cached_property))


Id = Annotated[str, StringConstraints(min_length=1, max_length=60, pattern=r"^[A-Za-z0-9][A-Za-z0-9_.\-]*$")]
"""An id: letters, digits, dot, dash, underscore; no slash, which joins ids into longer ones."""

Minutes = Annotated[int, Field(ge=0)]
"""A length of time in whole minutes."""

ClockTime = Annotated[int, Field(ge=0, le=2880)]
"""Wall-clock minutes after midnight of the day named beside it; above 1440 is the next day."""

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
Weekday = Annotated[str, StringConstraints(pattern="^(mon|tue|wed|thu|fri|sat|sun)$")]
