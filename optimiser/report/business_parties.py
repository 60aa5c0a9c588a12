"""The region and the parties of a business case, and the income by title of funding."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from optimiser.domain.business import FUNDINGS, BusinessInputs, Funding
from optimiser.domain.instance import Instance
from optimiser.report.business_range import Range, sum_of
from optimiser.report.business_yearly import Yearly


@dataclass(frozen=True)
class Region:
    """Municipalities with districts, inhabitants and 65+, those of the table and those in which clients live."""

    municipalities: tuple[tuple[str, int, int, int], ...]
    """Name, districts, inhabitants, inhabitants of 65 and older; in order of inhabitants."""
    served_districts: int
    served_inhabitants: int

    @property
    def districts(self) -> int:
        """Of the whole table."""
        return sum(row[1] for row in self.municipalities)

    @property
    def inhabitants(self) -> int:
        """Of the whole table."""
        return sum(row[2] for row in self.municipalities)

    @property
    def older(self) -> int:
        """Of 65 and older."""
        return sum(row[3] for row in self.municipalities)


def region_of(instance: Instance) -> Region:
    """The region of the table of districts."""
    rows: dict[str, list[int]] = defaultdict(lambda: [0, 0, 0])
    for each in instance.districts:
        for place, value in enumerate((1, each.inhabitants, each.inhabitants_65plus)):
            rows[each.municipality][place] += value
    homes = {instance.place_by_id[client.place].district for client in instance.clients}
    served = [each for each in instance.districts if each.id in homes]
    ordered = sorted(rows.items(), key=lambda pair: (-pair[1][1], pair[0]))
    return Region(
        municipalities=tuple((name, row[0], row[1], row[2]) for name, row in ordered),
        served_districts=len(served),
        served_inhabitants=sum(each.inhabitants for each in served),
    )


@dataclass(frozen=True)
class PartyRow:
    """One organisation: its clients in the tables, nurses, contract hours a week, and clients by funding as given."""

    organisation: str
    name: str
    clients: int
    nurses: int
    contract_hours: float
    by_funding: dict[Funding, int]

    @property
    def given(self) -> int | None:
        """Clients over all funding; None where nothing was given."""
        return sum(self.by_funding.values()) if self.by_funding else None


def party_rows(instance: Instance, inputs: BusinessInputs) -> tuple[PartyRow, ...]:
    """A row for each organisation."""
    rows = []
    for each in instance.organisations:
        staff = [nurse for nurse in instance.nurses if nurse.organisation == each.id and nurse.experience != "student"]
        party = inputs.party(each.id)
        rows.append(
            PartyRow(
                organisation=each.id,
                name=each.name,
                clients=sum(client.organisation == each.id for client in instance.clients),
                nurses=len(staff),
                contract_hours=sum(nurse.contract_minutes for nurse in staff) / 60,
                by_funding=dict(party.clients) if party else {},
            )
        )
    return tuple(rows)


@dataclass(frozen=True)
class TitleRow:
    """Income of one title a year at the served hours of each scenario; None where a party or tariff is missing."""

    funding: Funding
    now: Range | None
    later: Range | None


def income(yearly: Yearly, inputs: BusinessInputs, instance: Instance) -> tuple[TitleRow, ...]:
    """Client hours of each organisation x its percentage of the title x the tariff; only titles that a party names."""
    named = {funding for party in inputs.parties for funding, share in party.hours_percent.items() if share}
    return tuple(
        TitleRow(each, _title(yearly, inputs, instance, each, yearly.against),
                 _title(yearly, inputs, instance, each, yearly.scenario))
        for each in FUNDINGS
        if each in named
    )  # fmt: skip


def _title(
    yearly: Yearly, inputs: BusinessInputs, instance: Instance, funding: Funding, scenario: str
) -> Range | None:
    if funding not in inputs.tariffs:
        return None
    parts = []
    for each in instance.organisations:
        party, hours = inputs.party(each.id), client_hours(yearly, scenario, each.id)
        if party is None or not party.hours_percent or hours is None:
            return None
        parts.append(hours.times(party.hours_percent.get(funding, 0.0) / 100 * inputs.tariffs[funding]))
    return sum_of(parts)


def client_hours(yearly: Yearly, scenario: str, organisation: str) -> Range | None:
    """Hours a year that an organisation's own clients get, whoever serves them: its nurses' hours at clients less
    what they give to others, with what others give."""
    made = yearly.level("visit_hours", scenario, organisation)
    given, received = (yearly.level(name, scenario, organisation) for name in ("hours_given", "hours_received"))
    if made is None:
        return None
    if given is None or received is None:
        return None
    ends = made.expected - given.expected + received.expected
    return Range(made.low - made.expected + ends, ends, made.high - made.expected + ends)
