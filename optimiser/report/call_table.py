"""A call list as a table: a row for each thing to ask, tell or call, with ids only."""

from __future__ import annotations

from collections.abc import Iterator

from optimiser.domain.instance import Instance
from optimiser.report.call_words import ask_signals, ask_warnings, ask_words, outcome, reason_words, small_words
from optimiser.report.calls import CallList, ClientCall, Limit, StillOpen, ToFill, ToTell
from optimiser.report.changes import Place
from optimiser.texts import Language, text

COLUMNS = (
    "list", "number", "who", "work", "was_with", "was_at", "now_with", "now_at", "priority", "organisation", "note",
)  # fmt: skip


def call_rows(instance: Instance, found: CallList, language: Language = "nl") -> tuple[list[str], list[list[str]]]:
    """Headings and rows of the list as a table: ids only, moments in ISO form."""
    headings = [text(f"call_list.column.{name}", language) for name in COLUMNS]
    table = _Table(instance, language)
    lines = [
        *(row for duty in found.to_fill for row in table.asks(duty)),
        *(row for nurse in found.to_tell for row in table.colleague(nurse)),
        *(row for client in found.to_call for row in table.client(client)),
        *(table.open(each) for each in found.still_open),
        *(table.limit(each) for each in found.limits),
    ]
    counts: dict[str, int] = {}
    rows = []
    for kind, *cells in lines:
        counts[kind] = counts.get(kind, 0) + 1
        rows.append([text(f"call_list.list.{kind}", language), str(counts[kind]), *cells])
    return headings, rows


class _Table:
    """The rows of each part of the list: kind of row, then the columns after the number."""

    def __init__(self, instance: Instance, language: Language) -> None:
        self._instance, self._language = instance, language

    def _moment(self, minute: int) -> str:
        return f"{self._instance.clock.moment_of(minute):%Y-%m-%dT%H:%M}"

    def _places(self, places: tuple[Place, ...]) -> list[str]:
        return [" + ".join(place.nurse for place in places), self._moment(places[0].start) if places else ""]

    def asks(self, duty: ToFill) -> Iterator[list[str]]:
        """One row for each nurse."""
        for ask in duty.asks:
            answer, rule, pieces = ask_words(ask, self._language)
            besides = (*ask_warnings(ask, self._language), *ask_signals(ask, self._language))
            note = "; ".join(each for each in (answer, rule, *pieces, *besides) if each)
            home = self._instance.nurse_by_id[ask.nurse].organisation
            yield ["ask", ask.nurse, duty.kind, duty.had, "", "", self._moment(duty.start), "", home, note]

    def colleague(self, row: ToTell) -> Iterator[list[str]]:
        """One row for each duty and each piece of work that comes, goes or moves; one row without those."""
        home = self._instance.nurse_by_id[row.nurse].organisation
        duties = [("gets", each) for each in row.gets] + [("loses", each) for each in row.loses]
        for key, duty in duties:
            note = text(f"call_list.tell.{key}", self._language)
            was, now = ("", self._moment(duty.start)) if key == "gets" else (self._moment(duty.start), "")
            yield ["tell", row.nurse, duty.kind, "", was, "", now, "", home, note]
        for key in ("comes", "goes", "moves"):
            for each in getattr(row, key):
                note = f"{text(f'call_list.tell.{key}', self._language)}: {reason_words(each, self._language)}"
                before, after = ((place,) if place else () for place in (each.before, each.after))
                yield ["tell", row.nurse, each.work, *self._places(before), *self._places(after), "", home, note]
        for visit, partner in row.partners:
            yield ["tell", row.nurse, visit, "", "", partner, "", "", home,
                   text("call_list.tell.partner", self._language, nurse=partner)]  # fmt: skip
        for note in small_words(row, self._language):
            yield ["tell", row.nurse, "", "", "", "", "", "", home, note]

    def client(self, call: ClientCall) -> Iterator[list[str]]:
        """One row for each visit."""
        for each in call.visits:
            note = f"{text(f'call_list.client.{outcome(each)}', self._language)}: "
            note += reason_words(each.change, self._language)
            yield ["call", call.client, each.visit, *self._places(each.before), *self._places(each.after),
                   text(f"call_list.priority.{each.priority}", self._language), call.organisation, note]  # fmt: skip

    def open(self, each: StillOpen) -> list[str]:
        """One row."""
        note = text(f"roster.reason.{each.why.reason}", self._language)
        age = text("call_list.open.new" if each.new else "call_list.open.before", self._language)
        priority = text(f"call_list.priority.{each.priority}", self._language)
        return ["open", each.client, each.work, "", "", "", self._moment(each.start), priority, each.organisation,
                f"{age}: {note}"]  # fmt: skip

    def limit(self, each: Limit) -> list[str]:
        """One row."""
        key = "call_list.limit.chosen" if each.chosen else "call_list.limit.other"
        note = text(key, self._language, changed=each.changed, open=each.open_work, travel=each.travel)
        return ["limit", *[""] * 8, note]
