"""What the checker found: one broken rule, with who, when, how much, and a sentence for people."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from optimiser.check.registry import RULES, Unit
from optimiser.domain.clock import Clock
from optimiser.texts import Language, text


@dataclass(frozen=True)
class Violation:
    """One broken rule. ``start`` and ``end`` are horizon minutes, ``first_day`` the date of minute 0.

    ``required`` and ``found`` are in the unit of the rule (``RULES[rule].unit``). ``subject`` holds the ids of the
    duty, visit, task, link or term; never a name. ``reason`` is that of the override that sets it aside, if any.
    """

    rule: str
    start: int
    end: int
    first_day: date
    nurse: str | None = None
    client: str | None = None
    required: int | str = ""
    found: int | str = ""
    subject: str = ""
    article: str = ""
    reason: str = ""
    times: int = 0
    """How many of what makes the rule hold, where its sentence says so (``check.condition.<rule>``)."""

    @property
    def family(self) -> str:
        """The module that judges it."""
        return RULES[self.rule].family

    @property
    def rule_id(self) -> str:
        """Family, article, who and window in one line: the identity of the finding."""
        who = self.nurse or self.client or self.subject
        return f"{self.rule}|{self.article}|{who}|{self.start}..{self.end}"

    def sentence(self, language: Language = "nl") -> str:
        """The finding in words, with ids."""
        rule, clock = RULES[self.rule], Clock(self.first_day)
        who = [text(f"check.who.{role}", language, id=name) for role, name in self._people()]
        if self.subject:
            who.append(self.subject)
        if not who:
            who.append(text("check.who.plan", language))
        sentence = text(
            f"check.sentence.{rule.measure}",
            language,
            title=text(f"check.rule.{self.rule}", language),
            article=self._article(language),
            condition=text(f"check.condition.{self.rule}", language, times=self.times) if self.times else "",
            required=in_words(self.required, rule.unit, clock, language),
            found=in_words(self.found, rule.unit, clock, language),
            who=", ".join(who),
            period=period(self.start, self.end, clock, language),
        )
        return sentence if not self.reason else f"{sentence} {text('check.overridden', language, reason=self.reason)}"

    def _people(self) -> list[tuple[str, str]]:
        return [(role, name) for role, name in (("nurse", self.nurse), ("client", self.client)) if name]

    def _article(self, language: Language) -> str:
        source, _, number = self.article.partition(" ")
        if source != "plan":
            return self.article
        which = "livable" if self.family == "livable" else "sentence"
        return text(f"check.article.{which}", language, number=number)


def in_words(value: int | str, unit: Unit, clock: Clock, language: Language) -> str:
    """A required or found value as people read it."""
    if isinstance(value, str):
        return value
    if unit == "minutes":
        return duration(value, language)
    if unit == "days":
        return text("check.days", language, days=value)
    return moment(value, clock, language) if unit == "moment" else str(value)


def duration(minutes: int, language: Language) -> str:
    """``30 uur``, ``7 uur 30 min``, ``45 min``; a negative one keeps its sign."""
    sign, (hours, rest) = "-" if minutes < 0 else "", divmod(abs(minutes), 60)
    parts = [text("check.hours", language, hours=hours)] if hours else []
    if rest or not hours:
        parts.append(text("check.minutes", language, minutes=rest))
    return sign + " ".join(parts)


def moment(minute: int, clock: Clock, language: Language) -> str:
    """``9 december 14:05``."""
    at = clock.moment_of(minute)
    return f"{day_and_month(at.date(), language)} {at:%H:%M}"


def day_and_month(day: date, language: Language) -> str:
    """``9 december``."""
    return f"{day.day} {text('check.months', language).split()[day.month - 1]}"


def period(start: int, end: int, clock: Clock, language: Language) -> str:
    """``9 december 14:05-15:10``, or ``9 t/m 11 december`` over several days (an end at midnight is the day before)."""
    first, last = clock.moment_of(start), clock.moment_of(max(start, end))
    if first.date() == last.date():
        return f"{day_and_month(first.date(), language)} {first:%H:%M}-{last:%H:%M}"
    low, high = first.date(), clock.moment_of(end - 1).date()
    if low == high:
        return day_and_month(low, language)
    short = str(low.day) if low.month == high.month else day_and_month(low, language)
    return text("check.period", language, first=short, last=day_and_month(high, language))
