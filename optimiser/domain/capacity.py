"""How much more demand the same people can serve, and how few hands today's demand takes: what the study found."""

from __future__ import annotations

from datetime import date
from typing import Literal

from optimiser.domain.noun import Id, Noun
from optimiser.domain.sharing import SharingContract

Question = Literal["demand", "hands"]
Hours = Literal["within", "any"]
"""``within``: overtime at most the allowance; ``any``: as much as law and agreement let."""
Manner = Literal["hours", "nurses"]
"""How hands become fewer: every contract smaller by one percentage, or whole nurses leaving in a fixed order."""


class CapacityPoint(Noun):
    """The best plan found for one level of demand or hands. Hours are those of a week."""

    rung: int
    """Number of the level on its ladder; 0 is today, each further one harder."""
    percent: float
    """Of today's hours at clients (demand) or of today's contract hours (hands), more or (below 0) less."""
    clients: int = 0
    """Extra clients; below 0 so many left out."""
    client_hours: float
    """Hours of nurses at clients that this level asks, reporting included."""
    contract_hours: float
    net_hours: float
    """Contracts less leave, absence and paid tasks outside routes; without students."""
    gross_fte: float
    """Full-time contracts that it takes to have the net hours there all year (domain/workforce.py)."""
    nurses: int
    unserved: int
    """Visits and in-route tasks not done, without those that nobody may do today."""
    unserved_of: dict[Id, int] = {}
    """Organisation -> visits of its clients not done."""
    uncovered: int
    """Duties short of the minimum of cover."""
    violations: int
    overtime_hours: float
    overtime_percent: float
    """Of the hours that should be worked."""
    paid_hours: float
    travel_hours: float
    waiting_hours: float
    faces_mean: float
    wishes_refused: int
    complete: bool
    """Whether all is served (but ``CapacityCurve.open_today``), lawful, covered as today, and within the overtime that
    the question allows."""
    fresh: bool
    """Whether the plan began from nothing, not from the plan of a neighbouring level."""
    full: bool
    """Whether the full effort was spent here."""
    parts: bool = False
    """Whether it is the plan that organisations which share nothing made, each for itself, put together."""


class CapacityCurve(Noun):
    """One ladder for organisations that plan together."""

    question: Question
    hours: Hours
    organisations: tuple[Id, ...]
    points: tuple[CapacityPoint, ...]
    """Levels that were tried, easiest first; one of them is today."""
    last: int | None
    """Rung of the furthest complete point; None where there is none."""
    following: int | None
    """The next rung, for which full effort from nothing and from the last plan found no complete plan."""
    open_today: int = 0
    """Hands: so many visits and tasks today's plan leaves undone, and complete is what leaves no more."""
    broken_off: bool = False
    """Whether more could well be found: the climb was ended while it still got further."""
    runs: int = 0
    cpu_s: float = 0.0

    def at(self, rung: int) -> CapacityPoint:
        """The point of a rung. Raises ``KeyError`` where it was not tried."""
        for each in self.points:
            if each.rung == rung:
                return each
        raise KeyError(rung)

    @property
    def today(self) -> CapacityPoint:
        """Today's demand and hands."""
        return self.at(0)

    @property
    def reached(self) -> CapacityPoint | None:
        """The furthest complete point."""
        return None if self.last is None else self.at(self.last)

    @property
    def refused(self) -> CapacityPoint | None:
        """The first point beyond, of which no complete plan was found."""
        return None if self.following is None else self.at(self.following)


class CapacityTotal(Noun):
    """A question of a scenario answered for all organisations together; None where a part has no complete plan.

    With several parts there are two answers for demand: ``even_percent``, when it grows everywhere alike, ends where
    the first part is full; ``hours`` and ``clients`` add what each part can take by itself.
    """

    question: Question
    hours: Hours
    even_percent: float | None
    """Demand: the smallest of the parts' percentages. Hands: the change of all contract hours together."""
    client_hours: float | None
    """Demand: extra hours at clients a week (below 0: too many today), parts added up."""
    clients: int | None
    gross_fte: float | None
    """Hands: the smallest found, parts added up."""
    contract_hours: float | None
    open_today: int
    """Hands: work that stays undone as it does today, in all parts."""
    sure: bool
    """Whether each part has a next level on which full effort failed (the search was not broken off), and the plans
    of the parts break no rule together."""


class PutTogether(Noun):
    """The furthest plans of the parts judged as one plan of the whole."""

    question: Question
    hours: Hours
    violations: int
    """Hard rules that they break together: a second check that no colleague of any organisation could give."""


class CapacityScenario(Noun):
    """What was found under one contract; one curve for each question and part of the sharing graph."""

    name: Id
    contract: SharingContract
    curves: tuple[CapacityCurve, ...]
    together: tuple[PutTogether, ...] = ()
    """For each question of which every part has a complete plan, where there are several parts."""
    given: bool = False
    """Whether it began from a plan that the user gave."""

    def of(self, question: Question, hours: Hours) -> tuple[CapacityCurve, ...]:
        """The curves of a question, one for each part."""
        return tuple(each for each in self.curves if (each.question, each.hours) == (question, hours))

    def broken(self, question: Question, hours: Hours) -> int:
        """How many rules the plans of the parts break together."""
        return sum(each.violations for each in self.together if (each.question, each.hours) == (question, hours))

    def total(self, question: Question, hours: Hours) -> CapacityTotal | None:
        """The answer for all parts together; None where the question was not asked."""
        curves = self.of(question, hours)
        if not curves:
            return None
        pairs = [(each.today, reached) for each in curves if (reached := each.reached) is not None]
        whole = len(pairs) == len(curves)
        before, after = (sum(pair[side].contract_hours for pair in pairs) for side in (0, 1))
        evenly = min(reached.percent for _, reached in pairs) if whole else None
        if question == "hands":
            evenly = round(100 * (after - before) / before, 2) if whole and before else None
        return CapacityTotal(
            question=question, hours=hours, even_percent=evenly,
            client_hours=round(sum(r.client_hours - t.client_hours for t, r in pairs), 1) if whole else None,
            clients=sum(reached.clients for _, reached in pairs) if whole else None,
            gross_fte=round(sum(reached.gross_fte for _, reached in pairs), 2) if whole else None,
            contract_hours=round(after, 1) if whole else None,
            open_today=sum(each.open_today for each in curves),
            sure=whole and all(each.following is not None for each in curves) and not self.broken(question, hours),
        )  # fmt: skip


class Capacity(Noun):
    """The whole study. Efforts are wall seconds or iterations of one run over all visits; parts have their share."""

    instance: Id
    fingerprint: str
    first_monday: date
    weeks: int
    seed: int
    manner: Manner
    allowance_percent: float
    overtime_price: int
    """What a minute of overtime costs in the search of plans within the contract hours."""
    seconds: tuple[float, float, float] | None
    """Today's plan, one step, the full effort; None when iterations were counted."""
    iterations: tuple[int, int, int] | None
    step_percent: float
    hands_percent: float
    provisional: bool = False
    client_hours: dict[Id, float]
    """Organisation -> hours at its clients today."""
    contract_hours: dict[Id, float]
    not_copied: int = 0
    """Clients whom nobody may serve today under one of the contracts; nobody like them was added."""
    scenarios: tuple[CapacityScenario, ...]
