"""The Instance: all that the tables say, frozen, in integers, with an identity."""

from __future__ import annotations

from datetime import date
from functools import cached_property
from typing import Annotated, Any, Protocol

from pydantic import Field

from optimiser.domain.call_share import CallRates
from optimiser.domain.calls import Area, CallHours, CallSource, CallType, ResponseSettings
from optimiser.domain.clock import Clock
from optimiser.domain.duty import ContextDuty, Cover, CycleDuty, GivenDuty, Override, ShiftKind
from optimiser.domain.labour import LabourRules, agreed, rules_in_force
from optimiser.domain.money import DEFAULTS, MoneySettings
from optimiser.domain.noun import Id, Noun
from optimiser.domain.objective import ObjectiveWeights
from optimiser.domain.people import (
    Availability,
    Client,
    ClientNurse,
    Counter,
    Nurse,
    NurseSkill,
    PastVisit,
    RuleSetName,
    Wish,
)
from optimiser.domain.place import District, Place
from optimiser.domain.row_hash import content, digest, way_hashes
from optimiser.domain.settings import Organisation as Organisation
from optimiser.domain.settings import Settings as Settings
from optimiser.domain.settings import TravelSettings as TravelSettings
from optimiser.domain.sharing import SharingContract
from optimiser.domain.travel_matrix import SlowDay
from optimiser.domain.work import Act, EditedVisit, Link, Order, Task, Visit


class Instance(Noun):
    """Everything in the tables; ``visits`` are already expanded. Ids refer to each other without loose ends."""

    name: Id
    first_monday: date
    weeks: Annotated[int, Field(ge=1, le=53)]
    organisations: tuple[Organisation, ...]
    settings: Settings = Settings()
    travel: TravelSettings = TravelSettings()
    weights: ObjectiveWeights = ObjectiveWeights()
    response: ResponseSettings = ResponseSettings()
    money: MoneySettings = DEFAULTS
    provenance: dict[str, Any] = {}
    districts: tuple[District, ...] = ()
    places: tuple[Place, ...]
    nurses: tuple[Nurse, ...]
    nurse_skills: tuple[NurseSkill, ...] = ()
    availability: tuple[Availability, ...] = ()
    wishes: tuple[Wish, ...] = ()
    acts: tuple[Act, ...]
    clients: tuple[Client, ...]
    client_nurses: tuple[ClientNurse, ...] = ()
    orders: tuple[Order, ...] = ()
    edited_visits: tuple[EditedVisit, ...] = ()
    tasks: tuple[Task, ...] = ()
    links: tuple[Link, ...] = ()
    """As the table says, orders not yet expanded; ``work_links`` holds the expanded ties."""
    shift_kinds: tuple[ShiftKind, ...]
    cover: tuple[Cover, ...] = ()
    overrides: tuple[Override, ...] = ()
    context: tuple[ContextDuty, ...] = ()
    duties_given: tuple[GivenDuty, ...] = ()
    """Those of ``cycles`` among them, once expanded."""
    cycles: tuple[CycleDuty, ...] = ()
    areas: tuple[Area, ...] = ()
    call_types: tuple[CallType, ...] = ()
    call_hours: tuple[CallHours, ...] = ()
    call_sources: tuple[CallSource, ...] = ()
    counters: tuple[Counter, ...] = ()
    past_visits: tuple[PastVisit, ...] = ()
    contracts: tuple[SharingContract, ...] = ()
    """Named contracts of ``sharing.toml``, besides the presets."""
    travel_table: tuple[tuple[str, str, str, str, int, int], ...] = ()
    """Rows of ``travel.csv``: from place, to place, mode, day part (empty is all), minutes, metres."""
    slow_days: tuple[SlowDay, ...] = ()
    """No table: comes from events."""
    visits: tuple[Visit, ...]
    work_links: tuple[Link, ...] = ()

    @cached_property
    def clock(self) -> Clock:
        """The calendar of the horizon."""
        return Clock(self.first_monday)

    @property
    def days(self) -> int:
        """Length of the horizon in days."""
        return 7 * self.weeks

    @property
    def horizon_end(self) -> int:
        """The minute at which the last day ends."""
        return self.clock.midnight(self.days)

    @cached_property
    def rules(self) -> LabourRules:
        """The limits of law and agreement that hold."""
        continues = self.settings.after_agreement == "continues"
        return rules_in_force(self.settings.rule_set, self.first_monday, continues)

    def rules_of(self, nurse: str) -> LabourRules:
        """The limits that hold for one nurse: those of her own rule set where she has one."""
        name = self.rule_set_of(nurse)
        return self.rules if name == self.settings.rule_set else self._own_rules[name]

    def rule_set_of(self, nurse: str) -> RuleSetName:
        """The rule set that holds for one nurse."""
        return self.nurse_by_id[nurse].rule_set or self.settings.rule_set

    def agreement_of(self, nurse: str) -> bool:
        """Whether a collective agreement holds for her, so that what the law leaves to one may be used."""
        return agreed(self.rule_set_of(nurse), self.first_monday, self.settings.after_agreement == "continues")

    def under(self, rule_set: RuleSetName) -> Instance:
        """The same instance with ``rule_set`` as the one that ``rules`` reads; itself when it is so already."""
        if rule_set == self.settings.rule_set:
            return self
        return self.model_copy(update={"settings": self.settings.model_copy(update={"rule_set": rule_set})})

    @cached_property
    def rule_sets_in_use(self) -> dict[RuleSetName, tuple[str, ...]]:
        """Rule set -> ids of the nurses for whom it holds, the instance's own first."""
        names = dict.fromkeys((self.settings.rule_set, *(self.rule_set_of(each.id) for each in self.nurses)))
        found = {name: tuple(each.id for each in self.nurses if self.rule_set_of(each.id) == name) for name in names}
        return {name: nurses for name, nurses in found.items() if nurses}

    @cached_property
    def _own_rules(self) -> dict[RuleSetName, LabourRules]:
        continues = self.settings.after_agreement == "continues"
        return {name: rules_in_force(name, self.first_monday, continues) for name in self.rule_sets_in_use}

    @cached_property
    def nurse_by_id(self) -> dict[str, Nurse]:
        """Nurse id -> nurse."""
        return {each.id: each for each in self.nurses}

    @cached_property
    def client_by_id(self) -> dict[str, Client]:
        """Client id -> client."""
        return {each.id: each for each in self.clients}

    @cached_property
    def visit_by_id(self) -> dict[str, Visit]:
        """Visit id -> visit."""
        return {each.id: each for each in self.visits}

    @cached_property
    def task_by_id(self) -> dict[str, Task]:
        """Task id -> task."""
        return {each.id: each for each in self.tasks}

    @cached_property
    def kind_by_id(self) -> dict[str, ShiftKind]:
        """Shift kind id -> kind."""
        return {each.id: each for each in self.shift_kinds}

    @cached_property
    def organisation_by_id(self) -> dict[str, Organisation]:
        """Organisation id -> organisation."""
        return {each.id: each for each in self.organisations}

    @cached_property
    def place_by_id(self) -> dict[str, Place]:
        """Place id -> place."""
        return {each.id: each for each in self.places}

    @cached_property
    def area_by_id(self) -> dict[str, Area]:
        """Area id -> area."""
        return {each.id: each for each in self.areas}

    @cached_property
    def call_type_by_id(self) -> dict[str, CallType]:
        """Call type id -> type."""
        return {each.id: each for each in self.call_types}

    @cached_property
    def call_source_by_id(self) -> dict[str, CallSource]:
        """Call source id -> source."""
        return {each.id: each for each in self.call_sources}

    @cached_property
    def call_rates(self) -> CallRates:
        """When calls come; see ``call_share``."""
        return CallRates(self.clock, self.call_hours, self.money)

    def net_contract_minutes(self, nurse: str, week: int) -> int:
        """Contract minutes of week ``week`` (0 is the first) minus leave and absence minus paid tasks outside routes.

        Never below zero. Average absence is no part of it; that enters fte figures only.
        """
        low, high = self.first_monday.toordinal() + 7 * week, self.first_monday.toordinal() + 7 * week + 6
        away = sum(
            each.minutes_per_day * max(0, min(high, each.last.toordinal()) - max(low, each.first.toordinal()) + 1)
            for each in self.availability_of.get(nurse, ())
        )
        outside = sum(
            each.minutes
            for each in self.tasks_of.get(nurse, ())
            if not each.in_route and each.paid and low <= each.day.toordinal() <= high
        )
        return max(0, self.nurse_by_id[nurse].contract_minutes - away - outside)

    def target_minutes(self, nurse: str, week: int) -> int:
        """What she should work in a week: net contract less a share of her balance, at most a tenth of the contract.

        ``balance_minutes`` above zero is work done before, which she works off over ``settings.balance_weeks``.
        """
        share = self._balances.get(nurse, 0) // self.settings.balance_weeks
        bound = self.nurse_by_id[nurse].contract_minutes // 10
        return max(0, self.net_contract_minutes(nurse, week) - max(-bound, min(bound, share)))

    @cached_property
    def _balances(self) -> dict[str, int]:
        return {each.nurse: each.value for each in self.counters if each.counter == "balance_minutes"}

    @cached_property
    def row_hashes(self) -> dict[str, str]:
        """A short hash for each table row, keyed ``table/id`` (or ``table/number``): differences can be named. The rows
        of the travel table that leave from one place are one."""
        hashes: dict[str, str] = {}
        for field in TABLES:
            if field == "travel_table":
                continue
            for number, row in enumerate(getattr(self, field)):
                name = getattr(row, "id", None) or str(number)
                hashes[f"{field}/{name}"] = digest(content(row))
        hashes |= way_hashes(self.travel_table)
        for field in ("settings", "travel"):
            hashes[f"instance/{field}"] = digest(getattr(self, field).model_dump_json())
        hashes["instance/weights"] = digest(content(self.weights))
        if self.response != ResponseSettings():
            hashes["instance/response"] = digest(self.response.model_dump_json())
        if self.money != DEFAULTS:  # plans made before money was known stay plans of the same instance
            hashes["instance/money"] = digest(self.money.model_dump_json())
        if self.slow_days:
            hashes["instance/slow_days"] = digest(repr(self.slow_days))
        hashes["instance/horizon"] = digest(f"{self.first_monday} {self.weeks}")
        return hashes

    @cached_property
    def context_of(self) -> dict[str, tuple[ContextDuty, ...]]:
        """Nurse id -> her known duties outside this plan, in their order; every nurse of the table has an entry."""
        return _of_nurses(self.nurses, self.context)

    @cached_property
    def availability_of(self) -> dict[str, tuple[Availability, ...]]:
        """Nurse id -> her rows of the table ``availability``, likewise."""
        return _of_nurses(self.nurses, self.availability)

    @cached_property
    def tasks_of(self) -> dict[str, tuple[Task, ...]]:
        """Nurse id -> the tasks that name her, likewise."""
        return _of_nurses(self.nurses, self.tasks)

    @cached_property
    def fingerprint(self) -> str:
        """One hash of all rows; equal fingerprints mean equal content."""
        return digest("".join(f"{key}={value};" for key, value in sorted(self.row_hashes.items())), 24)


class _OfNurse(Protocol):
    @property
    def nurse(self) -> str | None: ...


def _of_nurses[Row: _OfNurse](nurses: tuple[Nurse, ...], rows: tuple[Row, ...]) -> dict[str, tuple[Row, ...]]:
    """Nurse id -> her rows."""
    found: dict[str, list[Row]] = {each.id: [] for each in nurses}
    for row in rows:
        if row.nurse is not None:
            found.setdefault(row.nurse, []).append(row)
    return {nurse: tuple(own) for nurse, own in found.items()}


TABLES: tuple[str, ...] = (
    "organisations", "districts", "places", "nurses", "nurse_skills", "availability", "wishes", "acts", "clients",
    "client_nurses", "orders", "edited_visits", "tasks", "links", "shift_kinds", "cover", "overrides", "context",
    "duties_given", "cycles", "areas", "call_types", "call_hours", "call_sources", "counters", "past_visits",
    "contracts", "travel_table",
)  # fmt: skip
"""The fields of an Instance that are tables."""
