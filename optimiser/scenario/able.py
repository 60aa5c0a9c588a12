"""Which nurses may serve a piece of work, all at once: teams of hundreds times thousands of visits are too many to ask
one by one."""

from __future__ import annotations

from datetime import date
from functools import cache

import numpy as np
from numpy.typing import NDArray

from optimiser.domain.instance import Instance
from optimiser.domain.people import Client
from optimiser.domain.sharing import SharingContract
from optimiser.domain.work import Task, Visit
from optimiser.scenario.familiarity import Familiarity, SkillTable
from optimiser.scenario.shared import has_agreed, is_face, is_shared, share_on

Dates = tuple[date, ...]
Nurses = NDArray[np.bool_]
"""[N] which of the nurses of an instance, in their order."""


class Team:
    """The nurses of an instance under a contract."""

    def __init__(self, instance: Instance, contract: SharingContract) -> None:
        self._instance, self._contract = instance, contract
        self._familiarity, self._skills = Familiarity(instance), SkillTable(instance)
        self._number = {each.id: number for number, each in enumerate(instance.nurses)}
        self._level = np.array([each.level for each in instance.nurses], dtype=np.int64)
        self._experience = np.array([each.experience for each in instance.nurses], dtype=np.str_)
        self._employer = np.array([each.organisation for each in instance.nurses], dtype=np.str_)
        self._agreed = np.array([has_agreed(contract, each.id) for each in instance.nurses], dtype=np.bool_)
        # kept for as long as this object: the same few questions come back for every visit
        self._skilled = cache(self._holding)
        self._speaking = cache(lambda word: np.array([word in each.languages for each in instance.nurses]))
        self._of_sex = cache(lambda sex: np.array([each.sex == sex for each in instance.nurses]))
        self._helping = cache(self._sharing)
        self.costs = cache(self._costs)

    def may_visit(self, visit: Visit, part: int, dates: Dates, opening: int) -> Nurses:
        """Who may do a part of a visit in the window that opens at minute ``opening`` and has these dates; the order
        form is another matter. Wishes and skills are asked of the first part only, a new colleague may do the second.
        """
        client = self._instance.client_by_id[visit.client]
        able = (self._experience != "student") & (self._level >= visit.level)
        if part == 1:
            able &= self._experience != "new"
            if client.sex_wish:
                able &= self._of_sex(client.sex_wish)
            if client.language_wish:
                able &= self._speaking(client.language_wish)
            for day in dates:
                able &= self._skilled(visit.skills, day)
        able[self._numbers(self._familiarity.banned.get(client.id, ()))] = False
        return able & ((self._employer == client.organisation) | self._lent(visit, client, opening))

    def may_do_task(self, task: Task, dates: Dates) -> Nurses:
        """Who may do a task in a route on these dates."""
        able = np.zeros(len(self._number), dtype=np.bool_)
        if task.nurse is not None:
            able[self._number[task.nurse]] = True
            return able
        able = (self._experience == "experienced") & (self._employer == task.organisation)
        for day in dates:
            able &= self._skilled(task.skills, day)
        return able

    def _costs(self, client: Client) -> NDArray[np.int32]:
        """[N] price of each nurse at a client in minute-equivalents: terms not_preferred, unfamiliar and lending."""
        weights, lending = self._instance.weights, self._contract.lending_minutes
        preferred = self._numbers(self._familiarity.preferred.get(client.id, ()))
        known = self._numbers(self._familiarity.faces(client.id))
        price = np.where(self._employer == client.organisation, 0, lending * weights.lending).astype(np.int32)
        if preferred:
            price += weights.not_preferred
            price[preferred] -= weights.not_preferred
        if known:
            price += weights.unfamiliar
            price[known] -= weights.unfamiliar
        return price

    def _lent(self, visit: Visit, client: Client, opening: int) -> Nurses:
        """Whom the contract lets come to another organisation's client."""
        if not is_shared(self._instance, self._contract, visit, client, opening):
            return np.zeros(len(self._number), dtype=np.bool_)
        day = self._instance.clock.moment_of(opening).date()
        able = self._helping(client.organisation, day) & self._agreed
        if self._contract.known_faces:
            faces = self._familiarity.faces(client.id)
            able &= np.array([is_face(self._contract, faces, each) for each in self._number], dtype=np.bool_)
        return able

    def _sharing(self, owner: str, day: date) -> Nurses:
        open_to = [each.id for each in self._instance.organisations if share_on(self._contract, owner, each.id, day)]
        return np.isin(self._employer, open_to)

    def _holding(self, skills: tuple[str, ...], day: date) -> Nurses:
        return np.array([self._skills.holds(each, skills, day) for each in self._number], dtype=np.bool_)

    def _numbers(self, nurses: set[str] | tuple[str, ...]) -> list[int]:
        return [self._number[each] for each in nurses if each in self._number]
