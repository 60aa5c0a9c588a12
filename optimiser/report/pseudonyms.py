"""Instance, travel and plan with codes in place of ids, and with homes and clients moved to their district.

What is counted stays what it was: times, minutes, skills, districts and every figure are those of the original.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any, cast

from optimiser.domain.card import Bring
from optimiser.domain.events import Accepted, Held
from optimiser.domain.instance import Instance
from optimiser.domain.noun import Noun
from optimiser.domain.place import Place
from optimiser.domain.plan import BREAK, Plan
from optimiser.domain.travel_matrix import SlowDay, TravelMatrix
from optimiser.report.pseudonyms_codes import Codes, Kind
from optimiser.report.pseudonyms_fields import RENAMED, Becomes

LEFT_OUT = "(...)"
"""In place of a reason in free words."""
DATED = re.compile(r"^/\d{4}-\d\d-\d\d(/(work|standby|next|\d+))*$")
"""What of a longer id may stay: dates, lanes and numbers."""
DECIMALS = 2
"""Of a degree, where a place has no district: about a kilometre."""
SORTED = ("nurses", "clients", "places", "orders", "tasks", "visits")
"""Their order could tell who is who, so that these go by their codes."""

WITNESSES: tuple[Kind, ...] = ("nurse", "client", "task", "link", "place")


def pseudonymised(
    instance: Instance, travel: TravelMatrix, plan: Plan, key: bytes
) -> tuple[Instance, TravelMatrix, Plan]:
    """All three under codes of ``key``. Pages and exports made of them, without names, hold no id of the originals."""
    renaming = Pseudonyms(instance, key, plan)
    return renaming.instance, renaming.travel(travel), renaming.plan(plan)


@dataclass(frozen=True)
class _Known:
    """Ids by what they are."""

    nurses: frozenset[str]
    orders: frozenset[str]
    tasks: frozenset[str]
    links: frozenset[str]


class Pseudonyms:
    """Codes for one instance, and for the plans of it that are shown together (``plans``: also what was told before).

    The instance has the events of its plan in its tables. ``key`` are 32 random bytes (``instances.pseudonym_key``).
    """

    def __init__(self, instance: Instance, key: bytes, *plans: Plan) -> None:
        self._original = instance
        accepted = [each.referral for plan in plans for each in plan.events if isinstance(each, Accepted)]
        held = {each.id for plan in plans for each in plan.events if isinstance(each, Held)}
        named = {each.id for each in instance.visits} | {each.id for each in instance.edited_visits}
        dated = {each.partition("/")[0] for each in named if DATED.match(each[each.find("/") :])}
        orders = frozenset({each.id for each in instance.orders} | {each.order.id for each in accepted} | dated)
        self._known = _Known(
            nurses=frozenset(each.id for each in instance.nurses), orders=orders,
            tasks=frozenset({each.id for each in instance.tasks} | held),
            links=frozenset(each.id for each in instance.links),
        )  # fmt: skip
        clients = {each.id for each in instance.clients} | {each.client.id for each in accepted if each.client}
        places = {each.id for each in instance.places} | {each.place.id for each in accepted if each.place}
        self.code = Codes(
            key,
            {"nurse": self._known.nurses, "client": clients, "place": places, "order": orders,
             "task": self._known.tasks, "link": self._known.links,
             "visit": {each for each in named if each.partition("/")[0] not in orders}},
        )  # fmt: skip
        self._private = _private_places(instance)
        self._centres = {each.id: (each.latitude, each.longitude) for each in instance.districts}
        self.instance = self._renamed_instance()

    def travel(self, travel: TravelMatrix) -> TravelMatrix:
        """The same minutes and metres under the codes of the places."""
        slow = {day: cast(SlowDay, self._renamed(each)) for day, each in travel.slow.items()}
        return replace(travel, places=tuple(self.code("place", each) for each in travel.places), slow=slow)

    def plan(self, plan: Plan) -> Plan:
        """The plan as one of the renamed instance. Its fingerprint is that of the renamed tables, or keyed where it was
        not made from these tables. Hashes of single rows are left out: a date of birth could be tried out."""
        same = plan.fingerprint == self._original.fingerprint
        return cast(Plan, self._renamed(plan)).model_copy(
            update={
                "fingerprint": self.instance.fingerprint if same else self.code.keyed(plan.fingerprint),
                "row_hashes": {},
                "parent": self.code.keyed(plan.parent) if plan.parent else None,
            }
        )

    def bring(self, rows: Iterable[Bring]) -> tuple[Bring, ...]:
        """What to bring for acts; words about one client's order are left out."""
        acts = {each.id for each in self._original.acts}
        return tuple(
            each.model_copy(update={"fetch": self.code("place", each.fetch) if each.fetch else None})
            for each in rows
            if each.work in acts
        )

    def work(self, identity: str) -> str:
        """The code of an order, a visit or a task; of a visit ``order/date/n`` with its date and number."""
        if identity == BREAK:
            return identity
        if identity in self._known.tasks:
            return self.code("task", identity)
        head = identity.partition("/")[0]
        rest = identity[len(head) :]
        if head in self._known.orders or DATED.match(rest):
            if rest and not DATED.match(rest):
                rest = "/" + self.code("visit", identity)
            return self.code("order", head) + rest
        return self.code("visit", identity)

    def _renamed_instance(self) -> Instance:
        fields: dict[str, Any] = {
            name: self._value(value, None)
            for name, value in ((each, getattr(self._original, each)) for each in Instance.model_fields)
        }
        moved = zip(self._original.places, fields["places"], strict=True)
        fields["places"] = tuple(self._coarse(old, new) for old, new in moved)
        fields["travel_table"] = tuple(
            (self.code("place", row[0]), self.code("place", row[1]), *row[2:]) for row in self._original.travel_table
        )
        told = self._original.provenance
        fields["provenance"] = {"synthetic": told["synthetic"]} if "synthetic" in told else {}
        for name in SORTED:
            fields[name] = tuple(sorted(fields[name], key=lambda each: each.id))
        return Instance(**fields)

    def _coarse(self, old: Place, new: Place) -> Place:
        """A home or a client's place lies at the centre of its district, or on a grid where it has none."""
        if old.id not in self._private:
            return new
        point = self._centres.get(old.district, (round(old.latitude, DECIMALS), round(old.longitude, DECIMALS)))
        return new.model_copy(update={"latitude": point[0], "longitude": point[1]})

    def _renamed(self, noun: Noun) -> Noun:
        fields = RENAMED.get(type(noun), {})
        changed = {}
        for name in type(noun).model_fields:
            before = getattr(noun, name)
            after = self._value(before, fields.get(name))
            if after is not before:
                changed[name] = after
        if isinstance(noun, Place) and noun.id not in self._original.place_by_id:
            # the place of a client who came by an event
            changed |= {"latitude": round(noun.latitude, DECIMALS), "longitude": round(noun.longitude, DECIMALS)}
        return noun.model_copy(update=changed) if changed else noun

    def _value(self, value: Any, becomes: Becomes | None) -> Any:
        if isinstance(value, Noun):
            return self._renamed(value)
        if becomes == "duties":
            return tuple((self._duty(duty), kind) for duty, kind in value)
        if becomes == "agreed":
            return tuple((self.code("nurse", nurse), day, kind) for nurse, day, kind in value)
        if isinstance(value, tuple):
            after = tuple(self._value(each, becomes) for each in value)
            return after if any(new is not old for new, old in zip(after, value, strict=True)) else value
        return self._word(value, becomes) if becomes and isinstance(value, str) and value else value

    def _word(self, word: str, becomes: Becomes) -> str:
        match becomes:
            case "work":
                return self.work(word)
            case "link":
                head = word.partition("/")[0]
                own = self.code("link", head) if head in self._known.links else self.work(head)
                return own + ("/" + self._rest_of_link(word, head) if "/" in word else "")
            case "duty":
                return self._duty(word)
            case "detail":
                return self._detail(word)
            case "emptied":
                return ""
            case "reason":
                return LEFT_OUT
            case _:
                return self.code(cast(Kind, becomes), word)

    def _rest_of_link(self, word: str, head: str) -> str:
        rest = word[len(head) + 1 :]
        return rest if DATED.match(f"/{rest}") else self.work(rest)

    def _duty(self, identity: str) -> str:
        head = identity.partition("/")[0]
        rest = identity[len(head) :]
        if head not in self._known.nurses:
            return self.code("duty", identity)
        return self.code("nurse", head) + (rest if not rest or DATED.match(rest) else "/" + self.code("duty", identity))

    def _detail(self, word: str) -> str:
        """A witness is an id; what is none is left out."""
        for kind in WITNESSES:
            if self.code.knows(kind, word):
                return self.code(kind, word)
        return self.work(word) if word.partition("/")[0] in self._known.orders else ""


def _private_places(instance: Instance) -> frozenset[str]:
    """Where nurses and clients live, also where a table calls the place something else."""
    lived_in = {each.place for each in instance.clients} | {each.home for each in instance.nurses}
    return frozenset(lived_in | {each.id for each in instance.places if each.kind in ("home", "client")})
