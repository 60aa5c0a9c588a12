"""The play itself: calls come in, somebody takes the telephone, somebody is sent, planned work moves."""

from __future__ import annotations

from dataclasses import dataclass
from heapq import heappop, heappush
from typing import Any

import numpy as np
from numpy.typing import NDArray

from optimiser.simulate.calls_arrivals import Counts, DrawnCalls, Numbers
from optimiser.simulate.calls_nurse import Offer, OnDuty
from optimiser.simulate.calls_planned import Planned, drawn_work
from optimiser.simulate.calls_units import Prepared, Unit

PHONE, FIRST, PASSED, LOST = range(4)
"""Outcomes: settled by telephone, visited by the first line, by the back-up, by nobody."""
OUTCOMES = ("phone", "first_line", "passed", "lost")


@dataclass
class Round:
    """One play of the horizon. Lists by call, in order of coming in: outcome, minutes from the end of triage until
    somebody could leave (``wait``) and until the door (``response``; both nan where nobody came), number of the unit
    (-1), other visits for calls that the first line was at (``found``), minutes until the telephone was taken
    (``phone_wait``, nan without a central duty), and the minute of the end of triage (``asked``)."""

    outcome: list[int]
    wait: list[float]
    response: list[float]
    unit: list[int]
    found: list[int]
    phone_wait: list[float]
    asked: list[float]
    states: dict[int, OnDuty]


@dataclass(frozen=True)
class Played:
    """All rounds together: arrays by call (see ``Round``), and round by round the states of the duties that had
    anything to do, and the numbers of the units that were not there."""

    prepared: Prepared
    drawn: DrawnCalls
    outcome: Counts
    wait: Numbers
    response: Numbers
    unit: Counts
    found: Counts
    phone_wait: Numbers
    asked: Numbers
    states: tuple[dict[int, OnDuty], ...]
    away: tuple[frozenset[int], ...]


def play(prepared: Prepared, drawn: DrawnCalls, away: tuple[frozenset[int], ...] = ()) -> Played:
    """Play all rounds. ``away[r]``: numbers of units that are not there in round r."""
    missing = away or (frozenset(),) * drawn.rounds
    rounds = [_Player(prepared, drawn, number, missing[number]).run() for number in range(drawn.rounds)]

    def joined(name: str, kind: type) -> NDArray[Any]:
        return np.array([value for each in rounds for value in getattr(each, name)], dtype=kind)

    return Played(
        prepared, drawn, joined("outcome", np.int64), joined("wait", float), joined("response", float),
        joined("unit", np.int64), joined("found", np.int64), joined("phone_wait", float), joined("asked", float),
        tuple(each.states for each in rounds), missing,
    )  # fmt: skip


class _Player:
    """One round under way."""

    def __init__(self, prepared: Prepared, drawn: DrawnCalls, number: int, away: frozenset[int]) -> None:
        self._prepared, self._number, self._seed, self._away = prepared, number, drawn.seed, away
        low, high = drawn.bounds[number], drawn.bounds[number + 1]
        self._minutes = drawn.minute[low:high].tolist()
        self._sources = drawn.source[low:high].tolist()
        self._by_phone = drawn.by_phone[low:high].tolist()
        self._services = drawn.service[low:high].tolist()
        size, nan = high - low, float("nan")
        self._found = Round(
            [LOST] * size, [nan] * size, [nan] * size, [-1] * size, [0] * size, [nan] * size, [nan] * size, {}
        )
        response = prepared.case.instance.response
        self._pass_on, self._lost = float(response.pass_on_minutes), float(response.lost_minutes)

    def run(self) -> Round:
        """Calls and ends of triage in order of time; the ends wait in a heap."""
        asked: list[tuple[float, int]] = []
        for call, minute in enumerate(self._minutes):
            while asked and asked[0][0] <= minute:
                self._visit(*heappop(asked))
            done = self._triage(minute, call)
            if done is not None:
                self._found.asked[call] = done
                heappush(asked, (done, call))
        while asked:
            self._visit(*heappop(asked))
        for unit in self._prepared.units:
            if (unit.planned or unit.assumed) and unit.number not in self._away:
                self._state(unit).advance(float("inf"))
        return self._found

    def _triage(self, minute: float, call: int) -> float | None:
        """The minute at which triage is done and a visit is needed; None when it is settled, or nobody answers."""
        found, source = self._found, self._sources[call]
        length = self._prepared.triage[self._prepared.types[source]]
        taken = self._central(minute, source, length)
        if taken is not None:
            found.phone_wait[call] = taken - minute
            done = taken + length
        elif not self._first_line_answers(minute, source, length):
            return None
        else:
            done = minute + length
        if self._by_phone[call]:
            found.outcome[call] = PHONE
            return None
        return done

    def _central(self, minute: float, source: int, length: float) -> float | None:
        """A duty that takes the telephone for all: the first free one; None when there is none in time."""
        best, when = None, minute + self._lost
        for unit in self._there(0, source, minute, skilled=False):
            state = self._state(unit)
            free = max(minute, state.free_at)
            if free < min(unit.end, when):
                best, when = state, free
        if best is None:
            return None
        best.free_at = when + length
        best.phoned += length
        return when

    def _first_line_answers(self, minute: float, source: int, length: float) -> bool:
        """The nearest free nurse of the first line takes the telephone, else whoever is free first, at her work; the
        back-up where the first line has nobody."""
        for line in (1, 2):
            on_duty = [each for each in self._there(line, source, minute, skilled=False) if each.start <= minute]
            best = self._best(on_duty, minute, source)
            if best is None and on_duty:  # all are at work until after their duty
                best = min((self._state(each) for each in on_duty), key=lambda each: each.free_at), (0.0, 0.0, 0)
            if best is not None:
                best[0].telephone(minute, length)
                return True
        return False

    def _visit(self, minute: float, call: int) -> None:
        """Send the nearest free nurse of the first line, or the back-up when that is needed and sooner."""
        found, source = self._found, self._sources[call]
        first = self._there(1, source, minute, skilled=True)
        found.found[call] = sum(self._state(unit).at_work_for_calls(minute) for unit in first)
        best, outcome = self._best(first, minute, source), FIRST
        if best is None or best[1][0] + best[1][1] - minute > self._pass_on:
            second = self._best(self._there(2, source, minute, skilled=True), minute, source)
            if second is not None and (best is None or sum(second[1][:2]) < sum(best[1][:2])):
                best, outcome = second, PASSED
        if best is None or best[1][0] + best[1][1] - minute > self._lost:
            return
        state, offer = best
        state.send(offer, self._prepared.places[source], self._services[call])
        found.outcome[call], found.unit[call] = outcome, state.unit.number
        found.wait[call], found.response[call] = offer[0] - minute, offer[0] - minute + offer[1]

    def _best(self, units: list[Unit], minute: float, source: int) -> tuple[OnDuty, Offer] | None:
        """The nearest of those who are free, else the first to be free (the nearest of these)."""
        to, expected = self._prepared.places[source], self._prepared.means[self._prepared.types[source]]
        best: tuple[OnDuty, Offer] | None = None
        key = (float("inf"), float("inf"))
        for unit in units:
            state = self._state(unit)
            offer = state.offer(minute, to, expected)
            if offer is not None and (offer[0], offer[1]) < key:
                best, key = (state, offer), (offer[0], offer[1])
        return best

    def _there(self, line: int, source: int, minute: float, *, skilled: bool) -> list[Unit]:
        """Units that answer for a source and are on duty, or begin before the call is lost."""
        last, away = minute + self._lost, self._away
        return [
            unit for unit in self._prepared.candidates(line, source, minute, skilled)
            if unit.end > minute and unit.start < last and unit.number not in away
        ]  # fmt: skip

    def _state(self, unit: Unit) -> OnDuty:
        states = self._found.states
        if unit.number not in states:
            earlier = None
            if unit.before is not None and unit.before not in self._away:
                earlier = self._state(self._prepared.units[unit.before])
            states[unit.number] = OnDuty(unit, self._planned(unit), self._prepared.settings, earlier)
        return states[unit.number]

    def _planned(self, unit: Unit) -> tuple[Planned, ...]:
        if not unit.assumed:
            return unit.planned
        settings = self._prepared.settings
        return drawn_work(self._seed, self._number, unit.duty, unit.start, unit.end, unit.assumed, settings)
