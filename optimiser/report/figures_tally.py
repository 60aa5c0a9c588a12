"""The whole numbers from which figures are made, gathered by organisation, nurse and district and in all at once."""

from __future__ import annotations

from collections import defaultdict

from optimiser.domain.figure import Level
from optimiser.domain.instance import Instance

Sums = defaultdict[str, int]
"""Name of what is counted -> minutes, metres, cents or times; what was not met is 0."""


class Tally:
    """Sums of all, by organisation, by nurse and by district (only of clients whose place has one)."""

    def __init__(self, instance: Instance) -> None:
        self.instance = instance
        self.total = Sums(int)
        self.organisations: dict[str, Sums] = {each.id: Sums(int) for each in instance.organisations}
        self.nurses: dict[str, Sums] = {each.id: Sums(int) for each in instance.nurses}
        self.district_of = {
            client.id: instance.place_by_id[client.place].district for client in instance.clients
        }  # fmt: skip
        self.districts: dict[str, Sums] = {
            district: Sums(int) for district in sorted(set(self.district_of.values()) - {""})
        }

    def at(self, level: Level) -> dict[str, Sums]:
        """Id -> sums at a level; of all under the empty id."""
        if level == "total":
            return {"": self.total}
        return {"organisation": self.organisations, "nurse": self.nurses, "district": self.districts}[level]

    def of_nurse(self, nurse: str, name: str, amount: int) -> None:
        """Add to a nurse, to her employer and to all."""
        self.total[name] += amount
        self.organisations[self.instance.nurse_by_id[nurse].organisation][name] += amount
        self.nurses[nurse][name] += amount

    def of_client(self, client: str, name: str, amount: int) -> None:
        """Add to the district and the organisation of a client, and to all."""
        self.total[name] += amount
        self.organisations[self.instance.client_by_id[client].organisation][name] += amount
        self.in_district(client, name, amount)

    def of_organisation(self, organisation: str, name: str, amount: int) -> None:
        """Add to an organisation and to all."""
        self.total[name] += amount
        self.organisations[organisation][name] += amount

    def in_district(self, client: str, name: str, amount: int) -> None:
        """Add to the district of a client only."""
        if district := self.district_of[client]:
            self.districts[district][name] += amount

    def most_of_nurse(self, nurse: str, name: str, amount: int) -> None:
        """Keep the largest: hers, that of her employer's nurses, and of all."""
        employer = self.instance.nurse_by_id[nurse].organisation
        for sums in (self.total, self.organisations[employer], self.nurses[nurse]):
            sums[name] = max(sums[name], amount)

    def most_of_client(self, client: str, name: str, amount: int) -> None:
        """Keep the largest: in the client's district and organisation, and of all."""
        places = [self.total, self.organisations[self.instance.client_by_id[client].organisation]]
        if district := self.district_of[client]:
            places.append(self.districts[district])
        for sums in places:
            sums[name] = max(sums[name], amount)
