"""The words and tables of ``samenrooster rules``."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from optimiser.check.registry import RULES, Rule
from optimiser.check.violation import duration
from optimiser.domain.clock import DAY
from optimiser.domain.labour import Figure
from optimiser.report.rules_in_force import FamilyInForce, FigureInForce, OwnRules, RulesInForce
from optimiser.texts import Language, text


@dataclass(frozen=True)
class RulesTable:
    """A table to print, all of it words."""

    title: str
    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def headline(rules: RulesInForce, language: Language = "nl") -> str:
    """For which instance, from which day, by which rule set; and that its agreement has ended, when it has."""
    name = text(f"rules.set.{rules.rule_set}", language)
    said = text("rules.headline", language, instance=rules.instance, day=day_text(rules.first_day, language), name=name)
    if rules.ended is None:
        return said
    return said + "\n" + text(f"rules.ended.{rules.after_agreement}", language, day=day_text(rules.ended, language))


def rules_tables(rules: RulesInForce, language: Language = "nl", who: bool = True) -> tuple[RulesTable, ...]:
    """For each family its figures with prices, then the rules of the check; at the end what other rule sets say
    otherwise, for ``who`` (left out without it), and what was set aside.
    """
    tables = [table for family in rules.families for table in _family(family, language)]
    tables += [_own(each, language, who) for each in rules.own]
    if rules.overrides:
        headings = tuple(text(f"rules.heading.{key}", language) for key in ("rule", "who", "days", "reason"))
        rows = tuple(
            (row.rule, row.nurse or text("rules.everybody", language),
             f"{day_text(row.first, language)} - {day_text(row.last, language)}", row.reason)
            for row in rules.overrides
        )  # fmt: skip
        tables.append(RulesTable(text("rules.overrides", language), headings, rows))
    return tuple(tables)


def _own(own: OwnRules, language: Language, who: bool) -> RulesTable:
    name = text(f"rules.set.{own.rule_set}", language)
    title = text("rules.own", language, name=name)
    if who:
        title += text("rules.own.who", language, nurses=", ".join(own.nurses))
    rows = tuple(_figure_row(each, language) for each in own.figures)
    return RulesTable(title, _headings(language), rows)


def _headings(language: Language) -> tuple[str, ...]:
    return tuple(text(f"rules.heading.{key}", language) for key in ("what", "limit", "article", "holds", "note"))


def _family(family: FamilyInForce, language: Language) -> list[RulesTable]:
    title = text(f"rules.family.{family.name}", language)
    rows = [_figure_row(each, language) for each in family.figures]
    rows += [_price_row(term, weight, language) for term, weight in family.prices]
    rows += [_setting_row(name, value, language) for name, value in family.settings]
    tables = []
    if rows:
        tables.append(RulesTable(title, _headings(language), tuple(rows)))
    if family.rules:
        headings = tuple(text(f"rules.heading.{key}", language) for key in ("check", "what", "law", "level"))
        judged = text("rules.judged", language, family=title)
        tables.append(RulesTable(judged, headings, tuple(_rule_row(rule, language) for rule in family.rules)))
    return tables


def _figure_row(each: FigureInForce, language: Language) -> tuple[str, ...]:
    nothing = each.holds == "none"
    return (
        text(f"rules.figure.{each.name}", language),
        "-" if nothing else limit_text(each, language),
        "-" if nothing else f"{_article(each.figure.article, language)} ({each.figure.confidence})",
        _holds(each, language),
        _note(each, language),
    )


def _price_row(term: str, weight: int, language: Language) -> tuple[str, ...]:
    """A price without a figure; the livable ones are signalled too."""
    livable = f"livable.{term}" in RULES
    signal = text("rules.holds.signal", language) + ", " if livable else ""
    return (
        text(f"rules.term.{term}", language),
        "",
        text("rules.article.livable", language) + " (E)" if livable else "",
        signal + _price(weight, language),
        text("rules.note.term", language, term=term),
    )


def _setting_row(name: str, value: str, language: Language) -> tuple[str, ...]:
    return (text(f"rules.setting.{name}", language), value, "", text("rules.holds.setting", language), name)


def _rule_row(rule: Rule, language: Language) -> tuple[str, ...]:
    level = text(f"rules.level.{rule.level}", language)
    if rule.overridable:
        level = text("rules.level.overridable", language, level=level)
    return (rule.name, text(f"check.rule.{rule.name}", language), _article(rule.article, language), level)


def _article(article: str, language: Language) -> str:
    if article.startswith("plan "):
        return text("check.article.sentence", language, number=article.removeprefix("plan "))
    # the two articles that are words: an estimate of ours, and what the law leaves open
    words = {"livable roster, agree it locally": "livable", "not defined in law (5:8 lid 6)": "undefined"}
    return text(f"rules.article.{words[article]}", language) if article in words else article


def _holds(each: FigureInForce, language: Language) -> str:
    said = [text(f"rules.holds.{each.holds}", language)]
    if each.holds in ("hard", "signal"):
        said += [_price(weight, language) for _, weight in each.prices]
    return ", ".join(said)


def _price(weight: int, language: Language) -> str:
    return text("rules.holds.priced" if weight else "rules.holds.free", language, weight=weight)


def _note(each: FigureInForce, language: Language) -> str:
    """Dates in force, the setting that touches it, and what the law alone would say."""
    figure, notes = each.figure, []
    if figure.first and figure.last and each.holds != "none":
        key = "rules.note.continues" if each.continues else "rules.note.dates"
        notes.append(text(key, language, first=day_text(figure.first, language), last=day_text(figure.last, language)))
    notes += [f"{name} = {value or '-'}" for name, value in each.settings]
    if each.law is not None and each.holds != "none":
        if each.law.article == "no rule in law":
            notes.append(text("rules.note.no_law", language))
        else:
            notes.append(text("rules.note.law", language, value=value_text(each.law, language)))
    return "; ".join(notes)


def limit_text(each: FigureInForce, language: Language = "nl") -> str:
    """The figure as a limit: ``ten minste 11 uur``, ``ten hoogste 768 uur (48 uur per week)``."""
    return text(f"rules.sense.{each.sense}", language, value=value_text(each.figure, language))


def value_text(figure: Figure, language: Language = "nl") -> str:
    """The value with its unit, as people say it. Raises ``KeyError`` on a unit that has no words."""
    unit = re.split(r"[^A-Za-z]", figure.unit)[0].lower()
    if unit == "clock":
        return "{:02}:{:02}".format(*divmod(figure.value % DAY, 60))
    if unit != "min":
        return text(f"rules.unit.{unit}", language, count=figure.value)
    said = duration(figure.value, language)
    weeks = re.match(r"min in (\d+) weeks", figure.unit)
    if weeks is None:
        return said
    return text("rules.unit.weekly", language, said=said, week=duration(figure.value // int(weeks[1]), language))


def day_text(day: date, language: Language) -> str:
    """A date as the language writes it."""
    return f"{day.day}-{day.month}-{day.year}" if language == "nl" else day.isoformat()
