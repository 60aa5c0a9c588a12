"""The smallest number of a shift that reaches the target: from the number that formulas say, up or down, by play."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from optimiser.domain.clock import HOUR
from optimiser.domain.needed import NeededStress, NeededTry
from optimiser.domain.simulated_calls import Estimate
from optimiser.scenario.reaching import Reaching
from optimiser.studies.needed_guess import chosen_guess, first_guess
from optimiser.studies.needed_homes import Homes
from optimiser.studies.needed_play import CallPlays, Outcome
from optimiser.studies.needed_shifts import Shift

MARGIN = 0.05
"""Where those who may reach, all free and all on duty, this much less than the target, no number is played: chance in
which calls come is no more than that."""
TRIED_ABOVE = 2
"""So many numbers above the needed one are tried for one that is sure."""
PATIENCE = 3
"""After so many numbers without success the whole team is tried."""


@dataclass(frozen=True)
class Searched:
    """What a search found (``NeededShift`` says what each is); ``call_minutes`` of one duty, at the number told."""

    guess: int | None
    chosen: int | None
    needed: int | None
    surely: int | None
    tried: tuple[NeededTry, ...]
    now: Estimate
    most: float
    homes: tuple[float, float]
    call_minutes: float
    stress: dict[NeededStress, Estimate] = field(default_factory=dict)


def searched(
    plays: CallPlays, reaching: Reaching, shift: Shift, visits: Mapping[int, float], target: float,
    stress: tuple[NeededStress, ...] = (),
) -> Searched:  # fmt: skip
    """Search one shift with calls in its time. More on duty are more of the same draw, so shares grow with the
    number but for what chance does; each number is played once."""
    homes = Homes(plays.instance, reaching, shift, visits)
    guess, chosen = _guess(plays, shift, homes, visits, target)
    search = _Search(plays, shift, target)
    needed = None if homes.most() < target - MARGIN else search.smallest(guess or 1)
    surely = None if needed is None else search.first_sure(needed)
    told = needed or max(1, shift.asked)
    drawn = [order[:told] for draw in range(plays.draws) for order in plays.chosen(shift, draw)]
    return Searched(
        guess=guess, chosen=chosen, needed=needed, surely=surely, now=search.of(shift.asked).within_norm,
        most=homes.most(), homes=homes.spread(drawn), call_minutes=search.of(told).call_minutes,
        stress={each: _stressed(plays, shift, told, each) for each in stress},
        tried=tuple(NeededTry(number=number, within_norm=each.within_norm) for number, each in search.tried()),
    )  # fmt: skip


def _guess(
    plays: CallPlays, shift: Shift, homes: Homes, visits: Mapping[int, float], target: float
) -> tuple[int | None, int | None]:  # fmt: skip
    """Who is busy by Erlang C over the shift's hours; who is near by chance in homes, and with homes chosen."""
    near, weights, may = homes.near()
    instance = plays.instance
    hours = sum(day.end - day.start for day in shift.days) / instance.weeks / HOUR
    whole = sum(visits.values())
    service = sum(
        part * instance.call_type_by_id[instance.call_sources[number].type].service_minutes
        for number, part in visits.items()
    ) / whole  # fmt: skip
    load = whole / hours, (service + homes.minutes()) / HOUR
    chosen = chosen_guess(homes.table().tolist(), weights, *load, target)
    return first_guess(near, weights, may, *load, target), chosen


class _Search:
    """Numbers of one shift, each played when it is asked first."""

    def __init__(self, plays: CallPlays, shift: Shift, target: float) -> None:
        self.plays, self.shift, self.target = plays, shift, target
        self._found: dict[int, Outcome] = {}

    def of(self, number: int) -> Outcome:
        """The outcome of a number."""
        if number not in self._found:
            self._found[number] = self.plays.outcome(self.shift, number)
        return self._found[number]

    def tried(self) -> list[tuple[int, Outcome]]:
        """What was played, by number."""
        return sorted(self._found.items())

    def smallest(self, guess: int) -> int | None:
        """The smallest number that reaches the target, from a guess: down while one less does, else up. After some
        numbers everybody who may, at once, says whether it is of use to go on."""
        last = max(len(day.may) for day in self.shift.days)
        number = min(guess, last)
        for above in range(last - number + 1):
            if self._reaches(number + above):
                number += above
                break
            if above == PATIENCE and not self._reaches(last):
                return None
        else:
            return None
        if number > min(guess, last):
            return number
        while number > 1 and self._reaches(number - 1):
            number -= 1
        return number

    def first_sure(self, needed: int) -> int | None:
        """The first number from the needed one on whose interval lies at or above the target."""
        last = max(len(day.may) for day in self.shift.days)
        for number in range(needed, min(needed + TRIED_ABOVE, last) + 1):
            low = self.of(number).within_norm.low
            if low is not None and low >= self.target:
                return number
        return None

    def _reaches(self, number: int) -> bool:
        value = self.of(number).within_norm.value
        return value is not None and value >= self.target


def _stressed(plays: CallPlays, shift: Shift, number: int, stress: NeededStress) -> Estimate:
    """The share when two calls come at once, one of those on duty is ill and nobody comes for her (where she was the
    only one the back-up is left), or it snows."""
    if stress == "ill":
        return plays.outcome(shift, number - 1).within_norm
    return plays.outcome(shift, number, stress).within_norm
