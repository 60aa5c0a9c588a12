"""An offer in words, as a table and as JSON: for who plans, so with the ids of nurses, visits and the order."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from optimiser.daily.offer_nouns import Offer, OfferedVisit, Start, named, short_day
from optimiser.domain.clock import Clock
from optimiser.domain.work import ClockWindow
from optimiser.texts import Language, signed, text

COLUMNS = ("number", "first", "windows", "served", "nurses", "faces", "travel", "home_legs", "paid", "pushed",
           "opened", "hanging", "idle", "price")  # fmt: skip


def offer_sentences(offer: Offer, language: Language = "nl") -> tuple[str, ...]:
    """The answer, by what it is blocked, why not, and each start with what it brings, pushes and risks."""
    order = offer.referral.order.id
    lines = [text("offer.no", language, order=order)]
    if offer.possible:
        best = offer.starts[0]
        lines = [text("offer.yes", language, order=order, first=short_day(best.first, language), served=best.served,
                      needed=len(best.visits))]  # fmt: skip
        soonest = min((start for start in offer.starts if start.whole), key=lambda start: start.first)
        if soonest.first < best.first:
            lines.append(text("offer.soonest", language, first=short_day(soonest.first, language),
                              number=offer.starts.index(soonest) + 1))  # fmt: skip
    if offer.blocked:
        lines.append(text("offer.provisional", language, conditions=named(offer.blocked, language)))
    lines += [refusal.sentence(language) for refusal in offer.refusals]
    for number, start in enumerate(offer.starts, start=1):
        lines += start_sentences(number, start, language)
    return tuple(lines)


def start_sentences(number: int, start: Start, language: Language = "nl") -> tuple[str, ...]:
    """One start: when and who, what it takes, whom it pushes, what it risks."""
    extra = start.extra
    lines = [
        text("offer.start", language, number=number, first=short_day(start.first, language), served=start.served,
             needed=len(start.visits), windows=windows_text(start.windows), nurses=_nurses(start),
             faces=len(start.faces)),
        text("offer.extra", language, travel=signed(extra.travel, language), home=signed(extra.home_legs, language),
             paid=signed(extra.paid, language), overtime=signed(extra.overtime, language), waiting=extra.waiting_used,
             price=start.price_per_visit),
    ]  # fmt: skip
    pushed = list(dict.fromkeys(each.work for each in start.pushed))
    if pushed:
        lines.append(text("offer.pushes", language, count=len(pushed), visits=", ".join(pushed)))
    else:
        lines.append(text("offer.pushes_none", language))
    if start.opened:
        lines.append(text("offer.opens", language, visits=", ".join(name for name, _ in start.opened)))
    key = "offer.risk_hangs" if start.hanging else "offer.risk_none"
    lines.append(text(key, language, count=start.hanging, served=start.served, idle=start.least_idle))
    return tuple(lines)


def offer_rows(offer: Offer, language: Language = "nl") -> list[list[str]]:
    """A table of the starts, headings first."""
    rows = [[text(f"offer.column.{name}", language) for name in COLUMNS]]
    for number, start in enumerate(offer.starts, start=1):
        extra = start.extra
        extras = (signed(each, language) for each in (extra.travel, extra.home_legs, extra.paid))
        rows.append([
            str(number), short_day(start.first, language), windows_text(start.windows),
            f"{start.served}/{len(start.visits)}", _nurses(start), str(len(start.faces)), *extras,
            str(len({each.work for each in start.pushed})), str(len(start.opened)), str(start.hanging),
            str(start.least_idle), str(start.price_per_visit),
        ])  # fmt: skip
    return rows


def offer_json(offer: Offer, clock: Clock, language: Language = "nl") -> dict[str, Any]:
    """The same as plain data; moments are local ISO times."""
    return {
        "order": offer.referral.order.id, "possible": offer.possible, "provisional": bool(offer.blocked),
        "blocked": list(offer.blocked), "earliest": offer.earliest.isoformat(), "considered": offer.considered,
        "refusals": [{"reason": each.key, "days": [day.isoformat() for day in each.days],
                      "sentence": each.sentence(language)} for each in offer.refusals],
        "starts": [start_json(number, start, clock) for number, start in enumerate(offer.starts, start=1)],
    }  # fmt: skip


def start_json(number: int, start: Start, clock: Clock) -> dict[str, Any]:
    """One start as plain data."""
    extra = start.extra
    return {
        "number": number, "first": start.first.isoformat(), "windows": windows_text(start.windows),
        "whole": start.whole, "served": start.served, "needed": len(start.visits), "nurses": dict(start.faces),
        "extra_travel_min": extra.travel, "extra_home_leg_min": extra.home_legs, "extra_paid_min": extra.paid,
        "extra_overtime_min": extra.overtime, "waiting_used_min": extra.waiting_used, "price": extra.price,
        "price_per_visit": start.price_per_visit, "hanging": start.hanging, "least_idle_min": start.least_idle,
        "pushed": list(dict.fromkeys(each.work for each in start.pushed)),
        "opened": [name for name, _ in start.opened],
        "visits": [_visit_json(visit, clock) for visit in start.visits],
    }  # fmt: skip


def _visit_json(visit: OfferedVisit, clock: Clock) -> dict[str, Any]:
    start = None if visit.start is None else clock.moment_of(visit.start).isoformat()
    return {
        "id": visit.id, "day": visit.day.isoformat(), "start": start, "nurses": list(visit.nurses),
        "able": visit.able, "able_on_duty": visit.present,
    }  # fmt: skip


def windows_text(windows: Iterable[ClockWindow]) -> str:
    """``08:00-10:00 15:00-17:00``."""
    return " ".join(f"{_clock(low)}-{_clock(high)}" for low, high in windows)


def _clock(minutes: int) -> str:
    return f"{minutes // 60:02d}:{minutes % 60:02d}"


def _nurses(start: Start) -> str:
    return ", ".join(f"{nurse} {count}x" for nurse, count in start.faces.most_common())
