"""The call list of a repaired plan: a page for the team manager's phone and printer; it needs no scripts."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Protocol

from maps.itinerary import title_of
from maps.page import render
from maps.words import Person, Words, name_of
from optimiser.domain.instance import Instance
from optimiser.report.call_list import client_of
from optimiser.report.call_words import (
    ask_signals,
    ask_warnings,
    ask_words,
    event_words,
    outcome,
    reason_words,
    small_words,
)
from optimiser.report.calls import Ask, CallList, ClientCall, StillOpen, ToFill, ToTell, VisitCall
from optimiser.report.changes import Change, Place
from optimiser.texts import Language


class Contact(Person, Protocol):
    """Who stands behind an id, with a telephone number."""

    @property
    def phone(self) -> str:
        """As it was written; empty when unknown."""


def call_list_page(
    instance: Instance, found: CallList, names: Mapping[str, Contact], language: Language = "nl"
) -> str:  # fmt: skip
    """The page as HTML, one file without a network. It names nurses and clients and holds their numbers: it is for the
    team's manager, and its file for its owner only."""
    view = _View(Words(instance, language), found, names)
    calls, messages = (
        [view.colleague(row) for row in found.to_tell if row.to_call is call] for call in (True, False)
    )  # fmt: skip
    moment = instance.clock.moment_of(found.at)
    return render(
        "call_list.html.j2",
        lang=language,
        t=view.words,
        day=view.words.long_day(moment.date()),
        time=f"{moment:%H:%M}",
        happened=[event_words(instance, event, language, view.called) for event in found.happened],
        to_fill=[view.duty(each) for each in found.to_fill],
        calls=calls,
        messages=messages,
        clients=[view.client(each) for each in found.to_call],
        still_open=[view.open(each) for each in found.still_open],
        limits=found.limits,
        sections=[
            ("ask", sum(ask.possible for duty in found.to_fill for ask in duty.asks)),
            ("tell", len(found.to_tell)),
            ("call", len(found.to_call)),
            ("open", len(found.still_open)),
        ],
    )


class _View:
    """The list in words of one language, with names."""

    def __init__(self, words: Words, found: CallList, names: Mapping[str, Contact]) -> None:
        self.words, self._names = words, names
        self._today = words.instance.clock.moment_of(found.at).date()

    def called(self, identity: str) -> str:
        """The name behind an id, or the id."""
        return name_of(self._names, identity)

    def _person(self, identity: str) -> dict[str, Any]:
        contact = self._names.get(identity)
        phone = contact.phone if contact is not None else ""
        name = self.called(identity)
        return {"name": name, "id": identity if identity != name else "", "phone": phone, "dial": dialled(phone),
                "organisation": ""}  # fmt: skip

    def _when(self, minute: int) -> str:
        """The clock time, with the day where it is not that of the list."""
        day = self.words.instance.clock.moment_of(minute).date()
        time = self.words.time(minute)
        return time if day == self._today else f"{self.words.short_day(day)} {time}"

    def _work(self, work: str) -> str:
        """A client's name for a visit, the kind of a task."""
        client = client_of(self.words.instance, work)
        task = self.words.instance.task_by_id.get(work)
        return self.called(client) if client else title_of(self.words, task) if task else work

    def duty(self, duty: ToFill) -> dict[str, Any]:
        """A duty to fill with whom to ask."""
        kind, words = self.words.instance.kind_by_id[duty.kind], self.words
        title = words("call_list.ask.duty", kind=kind.name, day=words.long_day(duty.day),
                      span=words.span(duty.start, duty.end))  # fmt: skip
        return {
            "title": title,
            "had": words("call_list.ask.had", nurse=self.called(duty.had)),
            "can": [self._ask(each) for each in duty.asks if each.possible],
            "cannot": [self._ask(each) for each in duty.asks if not each.possible],
        }

    def _ask(self, ask: Ask) -> dict[str, Any]:
        answer, rule, pieces = ask_words(ask, self.words.language)
        return self._person(ask.nurse) | {
            "answer": answer, "rule": rule, "pieces": pieces, "warnings": ask_warnings(ask, self.words.language),
            "signals": ask_signals(ask, self.words.language),
        }  # fmt: skip

    def colleague(self, row: ToTell) -> dict[str, Any]:
        """A colleague with what she must hear, in order of time."""
        lines: list[tuple[int, dict[str, str]]] = []
        for key, changes in (("comes", row.comes), ("goes", row.goes), ("moves", row.moves)):
            lines += [self._line(key, each) for each in changes]
        for key, duties in (("gets", row.gets), ("loses", row.loses)):
            for duty in duties:
                what = self.words.instance.kind_by_id[duty.kind].name
                span = f"{self._when(duty.start)}–{self.words.time(duty.end)}"
                was, now = ("", span) if key == "gets" else (span, "")
                lines.append((duty.start, self._entry(key, was, now, what)))
        for visit, partner in row.partners:
            what = self.words("call_list.tell.partner", nurse=self.called(partner))
            lines.append((0, self._entry("", "", "", self._work(visit), what)))
        ordered = [line for _, line in sorted(lines, key=lambda pair: pair[0])]
        small = small_words(row, self.words.language, self.called)
        return self._person(row.nurse) | {"lines": ordered, "small": small}

    def _entry(self, key: str, was: str, now: str, what: str, note: str = "") -> dict[str, str]:
        label = self.words(f"call_list.tell.{key}") if key else ""
        return {"key": key, "label": label, "was": was, "now": now, "what": what, "note": note}

    def _line(self, key: str, change: Change) -> tuple[int, dict[str, str]]:
        was = self._when(change.before.start) if change.before and key != "comes" else ""
        now = self._when(change.after.start) if change.after and key != "goes" else ""
        other = {"comes": change.before, "goes": change.after, "moves": None}[key]
        said = []
        if other is not None and other.nurse != change.because:
            said.append(self.words(f"call_list.tell.{'from' if key == 'comes' else 'to'}",
                                   nurse=self.called(other.nurse)))  # fmt: skip
        elif key == "goes" and other is None and change.reason != "cancelled":
            said.append(self.words("call_list.tell.nobody"))
        said.append(self._reason(change))
        place = change.after if key != "goes" and change.after else change.before
        assert place is not None
        return place.start, self._entry(key, was, now, self._work(change.work), " · ".join(said))

    def _reason(self, change: Change) -> str:
        if change.reason == "pair":
            return self.words("change.reason.pair", because=self._work(change.work))
        return reason_words(change, self.words.language, self.called)

    def client(self, call: ClientCall) -> dict[str, Any]:
        """A client to call with each visit that changed."""
        return self._person(call.client) | {
            "organisation": self.words.instance.organisation_by_id[call.organisation].name,
            "priority": call.priority,
            "urgency": self.words(f"call_list.priority.{call.priority}"),
            "visits": [self._visit(each) for each in call.visits],
        }

    def _visit(self, call: VisitCall) -> dict[str, str]:
        kind = outcome(call)
        was, now = (self._when(each[0].start) if each else "" for each in (call.before, call.after))
        before, after = self._who(call.before), self._who(call.after)
        if after and before and before != after:
            who = self.words("call_list.client.who", now=after, before=before)
        else:
            who = after or self.words("call_list.client.had", before=before)
        return {
            "key": kind, "label": self.words(f"call_list.client.{kind}"), "was": was if was != now else "", "now": now,
            "who": who, "reason": self._reason(call.change),
        }  # fmt: skip

    def _who(self, places: tuple[Place, ...]) -> str:
        return " + ".join(self.called(place.nurse) for place in places)

    def open(self, each: StillOpen) -> dict[str, Any]:
        """Work that nobody does."""
        instance = self.words.instance
        work = instance.visit_by_id.get(each.work) or instance.task_by_id[each.work]
        what = title_of(self.words, work)
        days = [instance.clock.moment_of(minute).date() for minute in (each.start, each.last - 1)]
        later = self.words("call_list.open.later", day=self.words.short_day(days[1])) if days[0] < days[1] else ""
        return {
            "when": f"{self._when(each.start)}–{self.words.time(each.end)}",
            "later": later,
            "who": self.called(each.client) if each.client else what,
            "what": f"{what} · {self.words('map.minutes', minutes=each.minutes)}" if each.client else
                    self.words("map.minutes", minutes=each.minutes),
            "priority": each.priority,
            "urgency": self.words(f"call_list.priority.{each.priority}"),
            "organisation": instance.organisation_by_id[each.organisation].name,
            "age": self.words("call_list.open.new" if each.new else "call_list.open.before"),
            "new": each.new,
            "reason": self.words(f"roster.reason.{each.why.reason}"),
            "detail": each.why.detail,
        }  # fmt: skip


def dialled(phone: str) -> str:
    """What a phone dials: the digits, with a leading plus; empty when there are too few for a number."""
    digits = re.sub(r"\D", "", phone)
    if len(digits) < 8:
        return ""
    return f"+{digits}" if phone.strip().startswith("+") else digits
