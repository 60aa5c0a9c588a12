"""A call list in words."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from optimiser.check.changes import TOLERATED_MINUTES
from optimiser.check.violation import day_and_month, duration
from optimiser.domain.events import Absent, Accepted, Agreed, Cancelled, Event, Held, OtherMode, SlowTravel
from optimiser.domain.instance import Instance
from optimiser.report.calls import Ask, ToTell, VisitCall
from optimiser.report.changes import Change
from optimiser.texts import Language, text

Who = Callable[[str], str]
"""An id -> what the reader calls that person."""


def itself(identity: str) -> str:
    """The id; for tables without names."""
    return identity


def reason_words(change: Change, language: Language, who: Who = itself, quiet_for: str = "") -> str:
    """Why something changed. ``quiet_for`` is the nurse who reads it: a colleague is then not named,
    and she herself is ``u``."""
    key, because = f"change.reason.{change.reason}", change.because
    if change.reason in ("absent", "agreed", "late", "mode"):
        if quiet_for:
            whose = "because_you" if because == quiet_for else "because"
            return text(f"call_list.{whose}.{change.reason}", language)
        because = who(because)
    elif change.reason == "cancelled":
        because = text(f"call_list.by.{because or 'team'}", language)
    elif change.reason == "slow":
        because = day_and_month(date.fromisoformat(because), language)
    return text(key, language, because=because)


def event_words(instance: Instance, event: Event, language: Language, who: Who = itself) -> str:
    """What happened, in one line, with the reason that was given."""
    said = _event(instance, event, language, who)
    return f"{said} ({event.reason})" if event.reason else said


def _event(instance: Instance, event: Event, language: Language, who: Who) -> str:
    def say(key: str, **values: object) -> str:
        return text(f"call_list.event.{key}", language, **values)

    def when(first: date, last: date) -> str:
        one = day_and_month(first, language)
        return one if first == last else text("check.period", language, first=one, last=day_and_month(last, language))

    match event:
        case Absent():
            return say("absent", nurse=who(event.nurse), when=when(event.first, event.last))
        case Held():
            return say("held", nurse=who(event.nurse), minutes=event.minutes, when=day_and_month(event.day, language))
        case OtherMode():
            mode = text(f"map.mode.{event.mode}", language)
            return say("mode", nurse=who(event.nurse), when=when(event.first, event.last), mode=mode)
        case SlowTravel():
            return say("slow", when=day_and_month(event.day, language), percent=event.percent - 100)
        case Cancelled():
            by = text(f"call_list.by.{event.by}", language)
            return say("cancelled", by=by, visits=", ".join(event.visits))
        case Accepted():
            return say("accepted", order=event.referral.order.id)
        case Agreed():
            return " · ".join(
                say(key, nurse=who(nurse), kind=instance.kind_by_id[kind].name, when=day_and_month(day, language))
                for key, rows in (("gives", event.gone), ("takes", event.new))
                for nurse, day, kind in rows
            )


def ask_words(ask: Ask, language: Language) -> tuple[str, str, tuple[str, ...]]:
    """Yes or no, the rule that says no (else empty), and what to know before calling, in short pieces."""
    if not ask.possible:
        return text("call_list.ask.no", language), ask.blocking.sentence(language) if ask.blocking else "", ()
    pieces = []
    if ask.served is not None:
        key = "one" if ask.served == 1 else "some" if ask.served else "none"
        pieces.append(text(f"call_list.ask.served.{key}", language, count=ask.served))
    if ask.travel is not None:
        sign = "+" if ask.travel > 0 else "−" if ask.travel < 0 else "±"
        pieces.append(text("call_list.ask.travel", language, minutes=f"{sign}{abs(ask.travel)}"))
    key = "over" if ask.over > 0 else "under" if ask.over < 0 else "at"
    pieces.append(text(f"call_list.ask.{key}", language, hours=duration(abs(ask.over), language)))
    return text("call_list.ask.yes", language), "", tuple(pieces)


def ask_warnings(ask: Ask, language: Language) -> tuple[str, ...]:
    """Why rather not: she asked to be free that day, or it breaks a stretch of free days."""
    if not ask.possible or not (ask.wished_free or ask.on_free_day):
        return ()
    return (text(f"call_list.ask.{'wished_free' if ask.wished_free else 'free_days'}", language),)


def ask_signals(ask: Ask, language: Language) -> tuple[str, ...]:
    """What her having the duty would be against without being forbidden."""
    return tuple(each.sentence(language) for each in ask.signals) if ask.possible else ()


def outcome(call: VisitCall) -> str:
    """What a client hears: ``gone``, ``cancelled``, ``new``, ``moved``, ``other`` (nurse) or ``both``."""
    if not call.after:
        return "cancelled" if call.change.reason == "cancelled" else "gone"
    if not call.before:
        return "new"
    same = {place.nurse for place in call.before} == {place.nurse for place in call.after}
    if same:
        return "moved"
    return "other" if abs(call.before[0].start - call.after[0].start) <= TOLERATED_MINUTES else "both"


def small_words(row: ToTell, language: Language, who: Who = itself) -> tuple[str, ...]:
    """What needs no call: small moves, other travel, a companion's other route, and otherwise only other minutes."""
    lines = []
    if row.small:
        lines.append(text(f"call_list.tell.small.{'one' if row.small == 1 else 'some'}", language, count=row.small))
    if row.travel:
        lines.append(text("call_list.tell.travel", language))
    if row.follows:
        lines.append(text("call_list.tell.follows", language, nurse=who(row.follows)))
    if not lines and not row.to_call:
        lines.append(text("call_list.tell.minutes", language))
    return tuple(lines)
