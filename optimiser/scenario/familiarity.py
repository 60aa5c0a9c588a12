"""Who knows whom, and who can do what on a date."""

from __future__ import annotations

from collections import defaultdict
from datetime import date

from optimiser.domain.instance import Instance


class Familiarity:
    """Which nurses a client prefers, knows or bans; a nurse of the past days is known."""

    def __init__(self, instance: Instance) -> None:
        relations: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
        for row in instance.client_nurses:
            relations[row.relation][row.client].add(row.nurse)
        for past in instance.past_visits:
            relations["known"][past.client].add(past.nurse)
        self.preferred, self.known, self.banned = (relations[name] for name in ("preferred", "known", "banned"))

    def faces(self, client: str) -> set[str]:
        """Nurses whom a client prefers or knows."""
        return self.preferred.get(client, set()) | self.known.get(client, set())

    def cost(self, instance: Instance, client: str, nurse: str) -> int:
        """Price of this nurse at this client in minute-equivalents (terms not_preferred and unfamiliar)."""
        preferred, known = self.preferred.get(client, set()), self.known.get(client, set())
        cost = 0
        if preferred and nurse not in preferred:
            cost += instance.weights.not_preferred
        if (preferred or known) and nurse not in preferred | known:
            cost += instance.weights.unfamiliar
        return cost


class SkillTable:
    """Which nurse holds which skill on a date."""

    def __init__(self, instance: Instance) -> None:
        self._rows: dict[tuple[str, str], list[tuple[date, date]]] = defaultdict(list)
        for row in instance.nurse_skills:
            self._rows[row.nurse, row.skill].append((row.valid_from or date.min, row.valid_until or date.max))

    def holds(self, nurse: str, skills: tuple[str, ...], day: date) -> bool:
        """Whether every skill is valid that day."""
        return all(any(low <= day <= high for low, high in self._rows.get((nurse, skill), ())) for skill in skills)
