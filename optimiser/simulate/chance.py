"""All that chance does to one period after publication, drawn by name so that scenarios can be paired."""

from __future__ import annotations

from dataclasses import dataclass, field

from optimiser.domain.instance import Instance
from optimiser.simulate.absence import ill_days
from optimiser.simulate.draws import factor, happens
from optimiser.simulate.referrals import Urgent, urgent_referrals
from optimiser.simulate.settings import ChanceSettings


@dataclass(frozen=True)
class Happenings:
    """``ill``: nurse id -> day numbers; ``urgent`` in order of the call. What hangs on the plan (which trips are made,
    who is asked) is drawn when asked for, by name."""

    settings: ChanceSettings
    seed: tuple[object, ...] = ()
    ill: dict[str, frozenset[int]] = field(default_factory=dict)
    urgent: tuple[Urgent, ...] = ()

    def is_ill(self, nurse: str, day: int) -> bool:
        """Whether she is ill on a day number."""
        return day in self.ill.get(nurse, ())

    def willing(self, nurse: str, day: int) -> bool:
        """Whether she says yes when she is asked to come on a day number."""
        return happens(self.settings.willing_percent, *self.seed, "willing", nurse, day)

    def visit_minutes(self, visit: str, minutes: int) -> int:
        """How long a visit takes that is planned for ``minutes``: at least one minute."""
        settings = self.settings
        return max(1, round(minutes * factor(settings.visit_longer_percent, settings.visit_spread, *self.seed, "visit",
                                             visit)))  # fmt: skip

    def travel_minutes(self, origin: str, destination: str, day: int, minutes: int) -> int:
        """How long a trip on a day number takes that the matrix has for ``minutes``."""
        settings = self.settings
        return round(minutes * factor(settings.travel_longer_percent, settings.travel_spread, *self.seed, "travel",
                                      origin, destination, day))  # fmt: skip


def happenings(instance: Instance, settings: ChanceSettings, seed: int, replay: int) -> Happenings:
    """What happens in replay number ``replay`` of a week. Equal for every scenario of the week with the same seed;
    weeks of one comparison should have seeds of their own."""
    names = (seed, replay)
    return Happenings(
        settings, names, ill_days(instance, settings, *names), urgent_referrals(instance, settings, *names)
    )
