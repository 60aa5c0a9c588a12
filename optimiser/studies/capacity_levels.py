"""The ladders of the study: which instance belongs to which rung. Rung 0 is today, each further one is harder."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from itertools import accumulate

from optimiser.domain.capacity import Manner, Question
from optimiser.domain.instance import Instance
from optimiser.domain.objective import TERMS
from optimiser.scenario.parts import part_of
from optimiser.studies.capacity_extra import ExtraClient, with_clients
from optimiser.studies.capacity_fewer import changed, with_hours, without_clients, without_nurses
from optimiser.studies.capacity_turns import Turn, client_minutes
from optimiser.studies.study import with_weights

MOST_WEIGHT = 1_000_000


@dataclass(frozen=True)
class Ladder:
    """What changes from rung to rung for the organisations ``members`` of an instance.

    ``up``: for each rung above today how many of ``extras`` there are (demand), how many of ``nurses`` have left, or
    how many steps of ``hands_percent`` contracts are smaller. ``down``: the same below today, of clients ``dropped``
    or of larger contracts. ``overtime_price``: see ``priced``; None leaves the instance's weights.
    """

    question: Question
    instance: Instance
    members: tuple[str, ...]
    up: tuple[int, ...]
    down: tuple[int, ...]
    extras: tuple[ExtraClient, ...] = ()
    dropped: tuple[Turn, ...] = ()
    nurses: tuple[str, ...] = ()
    hands_percent: float = 1.0
    overtime_price: int | None = None
    _made: dict[int, Instance] = field(default_factory=dict)

    @property
    def low(self) -> int:
        """The easiest rung."""
        return -len(self.down)

    @property
    def high(self) -> int:
        """The hardest rung."""
        return len(self.up)

    def count(self, rung: int) -> int:
        """How many of what changes: extra clients, clients left out (below 0), nurses gone, or steps of hours."""
        if rung >= 0:
            return self.up[rung - 1] if rung else 0
        return -self.down[-rung - 1]

    def at(self, rung: int) -> Instance:
        """The instance of a rung."""
        if rung not in self._made:
            made = alone(part_of(self._changed(self.count(rung)), self.members), self.instance)
            self._made[rung] = made if self.overtime_price is None else priced(made, self.overtime_price)
        return self._made[rung]

    def _changed(self, count: int) -> Instance:
        if self.question == "demand":
            if count >= 0:
                return with_clients(self.instance, self.extras[:count])
            return without_clients(self.instance, [each.client for each in self.dropped[:-count]])
        if self.nurses:
            return without_nurses(self.instance, self.nurses[:count])
        return with_hours(self.instance, 100 - count * self.hands_percent)


def alone(part: Instance, whole: Instance) -> Instance:
    """A part in which a second check at a distance asks for nobody: plan language 14 takes a colleague of any
    organisation, and those of the others are not in it. Plans put together are checked for it (``put_together``)."""
    if len(part.organisations) == len(whole.organisations):
        return part
    visits = tuple(
        each.model_copy(update={"second_check": "none"}) if each.second_check == "remote" else each
        for each in part.visits
    )
    return changed(part, {"visits": visits})


def put_together(ladders: Sequence[tuple[Ladder, int]]) -> Instance:
    """The whole instance with each part (ladder) on a rung of its own, with the instance's own weights."""
    whole, question = ladders[0][0].instance, ladders[0][0].question
    if question == "demand":
        counts = [(ladder, ladder.count(rung)) for ladder, rung in ladders]
        extras = [each for ladder, count in counts if count > 0 for each in ladder.extras[:count]]
        gone = [each.client for ladder, count in counts if count < 0 for each in ladder.dropped[:-count]]
        return without_clients(with_clients(whole, sorted(extras, key=lambda each: each.id)), gone)
    nurses = {each.id: each for ladder, rung in ladders for each in ladder.at(rung).nurses}
    whole = without_nurses(whole, [each.id for each in whole.nurses if each.id not in nurses])
    return changed(whole, {"nurses": tuple(nurses[each.id] for each in whole.nurses)})


def priced(instance: Instance, overtime: int) -> Instance:
    """The instance with a weight for overtime, and work left undone that much dearer too: overtime is then avoided at
    the cost of all else, but never by leaving work undone that would have been done before."""
    weights = instance.weights.model_dump()
    times = overtime / max(1, weights["overtime"])
    names = [each.name for each in TERMS if each.level == "unserved"]
    dearer = {name: min(MOST_WEIGHT, round(times * weights[name])) for name in names}
    return with_weights(instance, dearer | {"overtime": overtime}) if times > 1 else instance


def demand_ladder(
    instance: Instance, members: Collection[str], extras: Sequence[ExtraClient], dropped: Sequence[Turn],
    step_percent: float, overtime_price: int | None,
) -> Ladder:  # fmt: skip
    """Rungs of about ``step_percent`` of today's minutes at the members' clients, each at least one client further.

    ``extras`` and ``dropped`` are those of the whole instance, so that every scenario meets the same.
    """
    minutes = client_minutes(instance)
    base = sum(minutes.get(each.id, 0) for each in instance.clients if each.organisation in members)
    mine = tuple(each for each in extras if each.organisation in members)
    left_out = tuple(each for each in dropped if each.organisation in members)
    return Ladder(
        "demand", instance, tuple(members), extras=mine, dropped=left_out, overtime_price=overtime_price,
        up=_counts([each.minutes for each in mine], base, step_percent, least=False),
        down=_counts([each.minutes for each in left_out], base, step_percent, least=True),
    )  # fmt: skip


def hands_ladder(
    instance: Instance, members: Collection[str], manner: Manner, leaving: Sequence[str], hands_percent: float,
    most_percent: float, overtime_price: int | None,
) -> Ladder:  # fmt: skip
    """Rungs of one nurse each, in the order of ``leaving``; or of ``hands_percent`` of every contract, down to
    ``most_percent`` less and up to as much more."""
    if manner == "nurses":
        mine = tuple(each for each in leaving if instance.nurse_by_id[each].organisation in members)
        return Ladder("hands", instance, tuple(members), tuple(range(1, len(mine) + 1)), (), nurses=mine,
                      overtime_price=overtime_price)  # fmt: skip
    steps = tuple(range(1, int(most_percent / hands_percent) + 1))
    return Ladder("hands", instance, tuple(members), steps, steps, hands_percent=hands_percent,
                  overtime_price=overtime_price)  # fmt: skip


def _counts(minutes: Sequence[int], base: int, step_percent: float, least: bool) -> tuple[int, ...]:
    """How many clients stand for each step, each one more than the step before: with ``least`` enough to reach it, else
    as many as stay below it, up to all."""
    sums = list(accumulate(minutes))
    counts: list[int] = []
    step = 1
    while base and (counts[-1] if counts else 0) < len(sums):
        limit = step * step_percent * base / 100
        count = sum(each < limit for each in sums) + 1 if least else sum(each <= limit for each in sums)
        if count > len(sums):
            break
        if count > (counts[-1] if counts else 0):
            counts.append(count)
        step += 1
    return tuple(counts)
