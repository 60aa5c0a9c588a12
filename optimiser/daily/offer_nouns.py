"""What an offer is made of: the starts that could be, what each brings, and why what cannot be is refused."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import date

from optimiser.domain.events import Accepted, Referral
from optimiser.domain.plan import Plan
from optimiser.domain.work import ClockWindow
from optimiser.errors import Fault, InputError
from optimiser.report.changes import Change
from optimiser.texts import Language, text

CONDITIONS = ("handover_received", "material_at_home", "order_form", "medically_ready")
"""Fields of a referral that must be met before the first visit, in the order in which they are said."""


@dataclass(frozen=True)
class OfferSettings:
    """``time_limit_s`` of wall time for the plans that are made, or ``iterations`` for each of them. ``most``: so many
    starts are made for real. ``lead_minutes``: nothing changes sooner after ``at``. ``days``: dates of a start that are
    looked at. ``change_times``: the price of a changed visit, in times the instance's own."""

    time_limit_s: float = 11.0
    iterations: int | None = None
    seed: int = 0
    most: int = 4
    lead_minutes: int = 240
    days: int = 14
    change_times: int = 4


@dataclass(frozen=True)
class Refusal:
    """Why not. ``key`` is a text key below ``offer.refused`` and ``values`` fill it; ``days`` are the dates it is
    about, none when it is about the whole."""

    key: str
    values: dict[str, str | int] = field(default_factory=dict)
    days: tuple[date, ...] = ()

    def sentence(self, language: Language = "nl") -> str:
        """The reason in words."""
        values = {key: words_of(value, language) for key, value in self.values.items()}
        days = ", ".join(short_day(day, language) for day in self.days)
        return text(f"offer.refused.{self.key}", language, **{"days": days, **values})


@dataclass(frozen=True)
class OfferedVisit:
    """One occurrence in the horizon. ``start`` (horizon minute) is None and ``nurses`` empty when nobody would do it.

    ``able``: nurses who may do it, on duty or not. ``present``: those of them with a duty that holds it at its time
    (when it is not served: at some time that may be); a visit with as many as it needs hangs on them.
    """

    id: str
    day: date
    start: int | None
    end: int | None
    nurses: tuple[str, ...]
    needed: int
    able: int
    present: int

    @property
    def hangs(self) -> bool:
        """Whether nobody else on duty could take over."""
        return self.start is not None and self.present <= self.needed


@dataclass(frozen=True)
class Extra:
    """What a start adds in the horizon, in minutes: travel between stops, home legs, paid time, overtime, idle paid
    time that gets used; ``price`` in minute-equivalents, without the order's own visits that nobody does."""

    travel: int
    home_legs: int
    paid: int
    overtime: int
    waiting_used: int
    price: int


@dataclass(frozen=True)
class Start:
    """A start of the whole order, made for real: ``plan`` holds ``event``, which is the order as it would be accepted.

    ``pushed``: visits of others that get another nurse or start over 15 minutes earlier or later. ``opened``: work of
    others that nobody does any more, with its term. ``least_idle``: idle minutes left in the tightest duty touched.
    """

    first: date
    windows: tuple[ClockWindow, ...]
    event: Accepted
    plan: Plan
    visits: tuple[OfferedVisit, ...]
    pushed: tuple[Change, ...]
    opened: tuple[tuple[str, str], ...]
    extra: Extra
    least_idle: int

    @property
    def served(self) -> int:
        """Occurrences that are done."""
        return sum(visit.start is not None for visit in self.visits)

    @property
    def whole(self) -> bool:
        """Whether all occurrences are done and nothing critical falls open for it."""
        return self.served == len(self.visits) and not self.critical_opened

    @property
    def critical_opened(self) -> int:
        """Critical work of others that nobody does any more."""
        return sum(term == "unserved_critical" for _, term in self.opened)

    @property
    def faces(self) -> Counter[str]:
        """Nurse -> visits of the order that she does."""
        return Counter(nurse for visit in self.visits for nurse in visit.nurses)

    @property
    def hanging(self) -> int:
        """Occurrences that hang on who does them."""
        return sum(visit.hangs for visit in self.visits)

    @property
    def price_per_visit(self) -> int:
        """Price by occurrence served, rounded: starts with fewer days left in the horizon can be compared."""
        return round(self.extra.price / max(1, self.served))

    @property
    def rank(self) -> tuple[float, int, int, date, int]:
        """All served first, then nothing critical pushed out, then price, then the earlier start, then few changes."""
        missing = (len(self.visits) - self.served) / max(1, len(self.visits))
        return missing, self.critical_opened, self.price_per_visit, self.first, len(self.pushed)


@dataclass(frozen=True)
class Offer:
    """The answer to a referral. ``starts`` are ranked; ``refusals`` say why there is none that is whole, or what the
    best leaves undone. ``blocked``: conditions that have no date yet, so that all is provisional. ``earliest``: the
    first date on which care may begin. ``considered``: starts that were estimated."""

    referral: Referral
    starts: tuple[Start, ...]
    refusals: tuple[Refusal, ...]
    blocked: tuple[str, ...]
    earliest: date
    considered: int

    @property
    def possible(self) -> bool:
        """Whether a start is whole; with ``blocked`` only once those conditions are met."""
        return bool(self.starts) and self.starts[0].whole

    def accepted(self, number: int, language: Language = "nl") -> Start:
        """The start of that number (1 is the best) to take on. Raises InputError while a condition has no date, for a
        number that is not there, and for a start that leaves visits undone."""
        option, wanted = "--accept", None
        if self.blocked:
            wanted = text("offer.expected.conditions", language, conditions=named(self.blocked, language))
        elif not 1 <= number <= len(self.starts):
            wanted = text("offer.expected.number", language, most=len(self.starts))
        elif not self.starts[number - 1].whole:
            wanted = text("offer.expected.whole", language)
        if wanted is not None:
            raise InputError([Fault(option, 0, "", wanted, str(number))])
        return self.starts[number - 1]


def words_of(value: str | int, language: Language) -> str | int:
    """A value of a sentence: ids of conditions (``condition:a,b``) in words, dates as days, the rest as it is."""
    if isinstance(value, str) and value.startswith("condition:"):
        return named(tuple(value.removeprefix("condition:").split(",")), language)
    if isinstance(value, str) and value.startswith("day:"):
        return short_day(date.fromisoformat(value.removeprefix("day:")), language)
    return value


def named(conditions: tuple[str, ...], language: Language) -> str:
    """Conditions in words."""
    return ", ".join(text(f"offer.condition.{name}", language) for name in conditions)


def short_day(day: date, language: Language) -> str:
    """``ma 7 dec 2026``."""
    weekday, month = (text(f"map.{name}.short", language).split() for name in ("weekdays", "months"))
    return f"{weekday[day.weekday()]} {day.day} {month[day.month - 1]} {day.year}"
