"""How a week is repaired in a replay: without a solver, as a planner with a telephone would."""

from __future__ import annotations

from optimiser.domain.instance import Instance
from optimiser.domain.plan import Duty, Plan
from optimiser.domain.sharing import SharingContract
from optimiser.domain.travel_matrix import TravelMatrix
from optimiser.simulate.week import Mended, Moment, Outcome, Week
from optimiser.studies.robustness_colleagues import Colleagues, gaps, new_gaps
from optimiser.studies.robustness_people import Able, Lawful
from optimiser.studies.robustness_routes import Living, Routes
from optimiser.studies.robustness_work import Work

MOST_ASKED = 10
"""So many nurses are called for one duty before somebody is hired."""


class TelephoneRepair:
    """The policy of the replays; made once for an instance, contract and plan, and called for each moment.

    A duty that falls away: where cover keeps its minimum, its work goes to the others on duty if all of it fits; else
    the nurses who are free that day and may lawfully come are called, those of the same organisation first, then of
    those that the contract lets; else somebody is hired for the whole duty (``hire``; else it stays open). An urgent
    visit goes to the cheapest place in the routes from the minute of its call on. What fits nowhere stays undone.
    ``extra``: whether anybody is called at all.
    """

    def __init__(
        self, instance: Instance, contract: SharingContract, travel: TravelMatrix, plan: Plan, *,
        extra: bool = True, hire: bool = True,
    ) -> None:  # fmt: skip
        self.able = Able(instance, contract)
        self.lawful = Lawful(instance, contract, travel, plan)
        self.extra, self.hire = extra, hire
        self._week: Week | None = None
        self._present: Living

    def __call__(self, week: Week, moment: Moment, duties: tuple[Duty, ...]) -> Mended:
        """What is done at one moment."""
        if self._week is not week:
            self._week = week
            hired = {week.hire[each.id]: each.nurse for each in week.published.duties if each.id in week.hire}
            self.able.add([each.visit for each in week.happenings.urgent], hired)
            self._present = Living(week.instance, week.contract, week.travel, week.published)
            self._published = gaps(week, week.published.duties)
        work = Work(week, moment, Routes(self._present, duties, self.able))
        asked: list[str] = []
        outcomes = [self._mended(work, lost, asked) for lost in work.fallen()]
        for visit in moment.urgent:
            work.fit(visit)
        work.settle()
        return Mended(tuple(work.routes.duties.values()), tuple(outcomes), tuple(asked))

    def _mended(self, work: Work, lost: Duty, asked: list[str]) -> Outcome:
        """What becomes of a duty that is gone from the routes already."""
        week, now = work.week, list(work.routes.duties.values())
        day = week.instance.clock.day_number(lost.day)
        short = new_gaps(week, now, self._published, day)
        with_it = new_gaps(week, [*now, lost], self._published, day) if short else {}
        needed = {key: missing for key, missing in short.items() if with_it.get(key, 0) < missing}
        if not needed and work.absorbed(lost):
            return Outcome(lost, "absorbed")
        if self.extra:
            them = Colleagues(work, self.lawful, self._published)
            for _, (nurse, new) in zip(range(MOST_ASKED), them.who_may_come(lost, needed, asked), strict=False):
                asked.append(nurse)
                if week.happenings.willing(nurse, work.moment.day):
                    work.take_over(lost, new)
                    people = week.instance.nurse_by_id
                    own = people[nurse].organisation == people[lost.nurse].organisation
                    return Outcome(lost, "own" if own else "partner", nurse)
        if self.hire:
            return Outcome(lost, "hired", work.hired(lost))
        work.spread(lost)
        return Outcome(lost, "open")
