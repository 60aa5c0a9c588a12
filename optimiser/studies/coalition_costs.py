"""Costs of coalitions as a game: gains against being alone, and how much chance there is in sums of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from fractions import Fraction
from math import sqrt
from statistics import stdev

from optimiser.domain.gains import Borne, CoalitionCost, Footing, Verdict
from optimiser.studies.games.game import Coalition, Components

CoalitionCosts = Callable[[Coalition], CoalitionCost]
Ahead = Callable[[Iterable[Coalition]], None]
"""Told which coalitions are going to be asked, so that they can be planned side by side."""
Form = Mapping[Coalition, Fraction]
"""A weighted sum of the gains of coalitions: coalition -> weight."""
LIMITS = (12.71, 4.30, 3.18, 2.78, 2.57, 2.45, 2.36, 2.31, 2.26, 2.23, 2.20, 2.18, 2.16, 2.14, 2.13, 2.12, 2.11, 2.10,
          2.09, 2.09, 2.08, 2.07, 2.07, 2.06, 2.06, 2.06, 2.05, 2.05, 2.05, 2.04)  # fmt: skip
"""Student's t, two-sided 5 %, for 1 to 30 degrees of freedom."""
NORMAL_LIMIT = 1.96


class Costs:
    """Each coalition's cost, asked once; one that falls apart is the sum of its parts, which alone are asked.

    A coalition is never worse than its parts: members who do better in parts that were asked go on in these, since
    nothing obliges them to share. ``planned`` is what they save when planned as one all the same.
    """

    def __init__(
        self,
        players: Sequence[str],
        ask: CoalitionCosts,
        components: Components,
        footing: Footing,
        ahead: Ahead | None = None,
    ) -> None:
        self.players, self.footing, self.components = tuple(players), footing, components
        self._ask, self._ahead = ask, ahead
        self._asked: dict[Coalition, CoalitionCost] = {}
        self._best: dict[Coalition, tuple[Coalition, ...] | None] = {}

    @property
    def evaluated(self) -> int:
        """How many coalitions were asked."""
        return len(self._asked)

    @property
    def asked(self) -> frozenset[Coalition]:
        """The coalitions that were asked."""
        return frozenset(self._asked)

    def ask_all(self, coalitions: Iterable[Coalition]) -> None:
        """Ask these in their order (parts before wholes); those that are new are told ahead."""
        parts = dict.fromkeys(part for members in coalitions for part in self.components(members))
        new = [part for part in parts if part not in self._asked]
        if new and self._ahead is not None:
            self._ahead(new)
        for part in new:
            self._part(part)

    def of(self, members: Coalition) -> CoalitionCost:
        """The cost of a coalition, in the parts in which it costs least."""
        return sum_of_costs([self._part(part) for part in self.parts_of(members)])

    def parts_of(self, members: Coalition) -> tuple[Coalition, ...]:
        """The coalitions asked so far into which it falls apart, or does best; itself where that is as good."""
        for part in self.components(members):
            self._part(part)
        found = self._split(members)
        assert found is not None  # at least its components were asked
        return found

    def _split(self, members: Coalition) -> tuple[Coalition, ...] | None:
        """The cheapest coalitions asked so far that make up the members; None where there are none."""
        if members not in self._best:
            own = tuple(self.components(members))
            found = own if all(part in self._asked for part in own) else None
            first = min(members)
            for part in [each for each in self._asked if each < members and first in each]:
                split, rest = self._split(part), self._split(members - part)
                if split is None or rest is None:
                    continue
                if found is None or self._cents((*split, *rest)) < self._cents(found):
                    found = (*split, *rest)
            self._best[members] = found
        return self._best[members]

    def planned(self, members: Coalition) -> int:
        """What the members save as they were planned, better apart or not."""
        alone = sum(self.amount(frozenset({each})) for each in members)
        return alone - self._cents(tuple(self.components(members)))

    def _cents(self, parts: Iterable[Coalition]) -> int:
        return sum(_amount(self._part(part), self.footing) for part in parts)

    def _part(self, members: Coalition) -> CoalitionCost:
        if members not in self._asked:
            self._asked[members] = self._ask(members)
            self._best.clear()
        return self._asked[members]

    def saved(self, members: Coalition, footing: Footing | None = None) -> int:
        """Cents that the members save against being alone, on the footing that is shared unless another is named."""
        return sum(self.amount(frozenset({each}), footing) for each in members) - self.amount(members, footing)

    def saved_care(self, members: Coalition) -> int:
        """The priced open care that they save."""
        return self.saved(members, "both") - self.saved(members, "money")

    def amount(self, members: Coalition, footing: Footing | None = None) -> int:
        """The cost in cents on a footing."""
        return _amount(self.of(members), footing or self.footing)

    def weekly(self, members: Coalition) -> tuple[int, ...]:
        """The cost per week of demand on the footing; empty where it is not known."""
        return self._weeks_of(self.of(members))

    def _weeks_of(self, cost: CoalitionCost) -> tuple[int, ...]:
        if self.footing == "money" or not (cost.care_cents or cost.weekly_care):
            return cost.weekly
        return tuple(money + care for money, care in zip(cost.weekly, cost.weekly_care, strict=False))

    @property
    def weeks(self) -> int:
        """Weeks of demand that every coalition asked so far has; 0 where one has none."""
        return min((len(self.weekly(each)) for each in self._asked), default=0)

    def _on_costs(self, form: Form, parts_of: Components | None = None) -> dict[Coalition, Fraction]:
        """The same sum as weights on the costs of coalitions that hold together."""
        found: dict[Coalition, Fraction] = {}
        for members, weight in form.items():
            singles, parts = (frozenset({each}) for each in members), (parts_of or self.parts_of)(members)
            for part, sign in [*((each, 1) for each in singles), *((each, -1) for each in parts)]:
                found[part] = found.get(part, Fraction(0)) + sign * weight
        return {part: weight for part, weight in found.items() if weight}

    def by_week(self, form: Form) -> list[float]:
        """A sum of gains in each week of demand; empty where a coalition has no weeks."""
        return self._weekly_sum(self._on_costs(form))

    def _weekly_sum(self, weights: Form) -> list[float]:
        columns = {part: self._weeks_of(self._part(part)) for part in weights}
        weeks = min((len(column) for column in columns.values()), default=0)
        return [float(sum(weight * columns[part][week] for part, weight in weights.items())) for week in range(weeks)]

    def noise(self, form: Form) -> float | None:
        """The standard error of a sum of gains: from weeks in pairs where there are two or more of them, else from the
        given standard errors as if coalitions had nothing to do with each other; None where these are not known.

        Chance also decides whether a coalition does better in parts, so its noise is no less than as it was planned.
        """
        errors = [self._noise(self._on_costs(form)), self._noise(self._on_costs(form, self.components))]
        known = [each for each in errors if each is not None]
        return max(known) if len(known) == len(errors) else None

    def _noise(self, weights: Form) -> float | None:
        if not weights:
            return 0.0
        weeks = self._weekly_sum(weights)
        if len(weeks) > 1:
            return stdev(weeks) / sqrt(len(weeks))
        errors = [(weight, self._given_error(part)) for part, weight in weights.items()]
        known = [float(weight) * error for weight, error in errors if error is not None]
        return sqrt(sum(each**2 for each in known)) if len(known) == len(errors) else None

    def _given_error(self, part: Coalition) -> float | None:
        cost = self._part(part)
        if self.footing == "money" or cost.standard_error is None:
            return cost.standard_error
        return sqrt(cost.standard_error**2 + (cost.care_standard_error or 0.0) ** 2)

    def limit(self) -> float:
        """How many standard errors make a difference sure (two-sided 5 %): Student's t over the weeks of demand."""
        weeks = self.weeks
        return LIMITS[weeks - 2] if 2 <= weeks <= len(LIMITS) + 1 else NORMAL_LIMIT


def verdict(gain: float, error: float | None, limit: float) -> Verdict:
    """Whether a gain is above zero: ``sure`` and ``no`` only where noise leaves no doubt; unknown noise is doubt."""
    if error is None:
        return "possible"
    if gain - limit * error > 0:
        return "sure"
    return "no" if gain + limit * error <= 0 else "possible"


def _amount(cost: CoalitionCost, footing: Footing) -> int:
    return cost.cents + (cost.care_cents if footing == "both" else 0)


def sum_of_costs(costs: Iterable[CoalitionCost]) -> CoalitionCost:
    """The cost of coalitions that share nothing with each other."""
    rows = list(costs)
    if len(rows) == 1:
        return rows[0]
    borne: dict[str, Borne] = {who: what for row in rows for who, what in row.borne.items()}
    return CoalitionCost(
        cents=sum(row.cents for row in rows),
        care_cents=sum(row.care_cents for row in rows),
        unserved=sum(row.unserved for row in rows),
        standard_error=_root([row.standard_error for row in rows]),
        care_standard_error=_root([row.care_standard_error for row in rows]),
        weekly=tuple(sum(week) for week in zip(*(row.weekly for row in rows), strict=False)),
        weekly_care=tuple(sum(week) for week in zip(*(row.weekly_care for row in rows), strict=False)),
        borne=borne,
    )


def _root(errors: Sequence[float | None]) -> float | None:
    known = [each for each in errors if each is not None]
    return sqrt(sum(each**2 for each in known)) if len(known) == len(errors) else None
