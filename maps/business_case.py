"""The page of a business case, as insurers ask for it: to print on A4, without scripts and without a network."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from maps.page import render
from maps.words import Words
from optimiser.domain.business import FUNDINGS, VAT
from optimiser.domain.instance import Instance
from optimiser.report.business_case import BusinessCase
from optimiser.report.business_lines import Line
from optimiser.report.business_range import Range, sum_of
from optimiser.report.compare_numbers import scenario_name
from optimiser.report.compare_sentences import explanation_sentences
from optimiser.report.year import DAYS_OF_YEAR
from optimiser.texts import Language, euros, number, text


def business_page(case: BusinessCase, instance: Instance, language: Language = "nl") -> str:
    """The page as HTML, one file. It names organisations and municipalities; no person, no client, no district."""
    view = _View(case, instance, language)
    return render(
        "business_case.html.j2",
        lang=language,
        t=view.words,
        case=case,
        n=view.number,
        tiles=view.tiles(),
        measured_once=view.measured_once(),
        warnings=explanation_sentences(case.comparison, language),
        missing=[view.input_words(path) for path in case.missing],
        unknown=[view.words(key) for key in case.unknown],
        fundings=FUNDINGS,
        run=view.run(),
        gains=[view.line(each) for each in case.gains],
        room=view.total("room"),
        realisable=view.total("realisable"),
        certain=view.euros_of([line for line in case.gains if line.mark == "realisable" and line.clear is not False]),
        costs=[view.line(each) for each in case.costs],
        costs_total=view.euros_of([each for each in case.costs if not each.once]),
        income=[(view.words(f"business.funding.{row.funding}"), view.euros(row.now), view.euros(row.later))
                for row in case.income],
        years=view.years(),
        payback=view.payback(),
        days=view.days(),
        seasons=view.seasons(),
        assumed=view.assumed(),
        vat=VAT,
        scenario=scenario_name(case.scenario, language),
        against=scenario_name(case.against, language),
    )  # fmt: skip


class _View:
    """The case in words of one language."""

    def __init__(self, case: BusinessCase, instance: Instance, language: Language) -> None:
        self.case, self.words, self.language = case, Words(instance, language), language

    def number(self, value: float, decimals: int = 0) -> str:
        """A number as the language writes it, with a proper minus; nought without one."""
        return number(value, self.language, decimals)

    def euro(self, value: float) -> str:
        """Whole euros: € 1.250."""
        return euros(value, self.language)

    def euros(self, found: Range | None) -> tuple[str, str, str] | None:
        """Low, expected and high in euros."""
        return None if found is None else (self.euro(found.low), self.euro(found.expected), self.euro(found.high))

    def input_words(self, path: str) -> tuple[str, str]:
        """An input in words, and where it stands in ``business.toml``."""
        section, _, rest = path.partition(".")
        if section == "parties":
            organisation, _, key = rest.rpartition(".")
            name = self.words.instance.organisation_by_id[organisation].name
            return f"{name}: {self.words(f'business.key.parties.{key}')}", path
        if section == "tariffs" and rest:
            said = self.words("business.tariff", funding=self.words(f"business.funding.{rest}"))
            return said, path
        return self.words(f"business.key.{path}"), path

    def line(self, line: Line) -> dict[str, Any]:
        """A line of gains or costs."""
        amount = self.amount(line.amount, line.unit) if line.amount is not None and line.unit else ""
        sure = {True: "clear", False: "unclear", None: "given"}[line.clear]
        return {
            "key": line.key, "mark": line.mark, "amount": amount, "eur": self.euros(line.eur), "part": line.part,
            "sure": self.words(f"business.sure.{sure}") if line.eur is not None or amount else "", "clear": sure,
            "needs": [self.input_words(path)[0] for path in line.needs], "once": line.once,
        }  # fmt: skip

    def amount(self, found: Range, unit: str) -> str:
        """A number with its unit, and low and high where they differ."""
        decimals = 1 if unit == "count" else 0
        low, middle, high = (self.number(value, decimals) for value in (found.low, found.expected, found.high))
        said = self.words(f"business.unit.{unit}", value=middle)
        return said if low == high else self.words("business.unit.between", said=said, low=low, high=high)

    def euros_of(self, lines: Sequence[Line]) -> tuple[str, str, str] | None:
        """The sum of the lines that have euros; None when none has."""
        known = [line.eur for line in lines if line.eur is not None and not line.part]
        return self.euros(sum_of(known)) if known else None

    def total(self, mark: str) -> tuple[str, str, str] | None:
        """The sum of the gains of one mark."""
        return self.euros_of([line for line in self.case.gains if line.mark == mark])

    def measured_once(self) -> bool:
        """Whether the two scenarios have one week in common, so that low and high are no bounds."""
        pair = f"{self.case.scenario}-{self.case.against}"
        counts = [each.n for each in self.case.comparison.total.differences.get(pair, {}).values()]
        return bool(counts) and max(counts) < 2

    def tiles(self) -> list[tuple[str, str, str]]:
        """What stands first: key, value, and a line below it."""
        realisable, costs = self.total("realisable"), self.euros_of([each for each in self.case.costs if not each.once])
        below = ""
        if realisable and self.measured_once():
            below = self.words("business.tile.one_week")
        elif realisable:
            below = self.words("business.tile.between", low=realisable[0], high=realisable[2])
        return [
            ("realisable", realisable[1] if realisable else "–", below),
            ("costs", costs[1] if costs else "–", ""),
            ("payback", self.payback()[1], ""),
            ("missing", self.number(len(self.case.missing)), ""),
        ]

    def run(self) -> list[tuple[str, str, str]]:
        """How the work is run: what, in the scenario held against, in the one proposed; an en dash is not known."""
        rows = [
            (self._shift(*key), *self._both(lambda each, key=key: each.shifts.get(key, 0.0), 1))
            for key in sorted({key for each in self.case.operations.values() for key in each.shifts})
        ]
        rows.append((self.words("business.run.parties"), *self._both(lambda each: each.parties_a_night, 1)))
        for each in self.words.instance.organisations:
            said = self.words("business.run.nights", name=each.name)
            rows.append((said, *self._both(lambda run, at=each.id: run.night_parties[at], 1)))
        rows.append((self.words("business.run.cars"), *self._both(lambda run: run.cars, 0)))
        rows.append((self.words("business.run.lent"), *self._both(lambda run: run.lent_hours, 1)))
        rows.append((self.words("business.run.call_hours"), *self._both(lambda run: run.call_minutes / 60, 1)))
        inputs = self.case.inputs
        calls = inputs.case.calls_per_week
        told = "–" if calls is None else self.number(calls, 1)
        rows.append((self.words("business.run.calls"), told, told))
        for key in ("coordination", "planning", "backup"):
            both = getattr(inputs.hours, key)
            shown = ("–", "–") if both is None else (self.number(both.now, 1), self.number(both.later, 1))
            rows.append((self.words(f"business.line.{key}"), *shown))
        return rows

    def _both(self, value: Any, decimals: int) -> tuple[str, str]:
        runs = (self.case.operations.get(name) for name in (self.case.against, self.case.scenario))
        first, second = ("–" if run is None else self.number(value(run), decimals) for run in runs)
        return first, second

    def _shift(self, category: str, lane: str) -> str:
        return self.words(f"business.shift.{lane}", category=self.words(f"business.category.{category}"))

    def years(self) -> list[dict[str, Any]]:
        """The three years."""
        found = self.case.three_years
        if found is None:
            return []
        first = self.case.inputs.case.first_year
        return [
            {
                "name": str(first + each.number - 1) if first else self.words("business.year.number",
                                                                              number=each.number),
                "percent": self.number(each.percent),
                **{key: self.euros(getattr(each, key)) for key in ("gains", "costs", "once", "net", "total")},
            }
            for each in found.years
        ]

    def payback(self) -> tuple[str, str, str]:
        """Months to payback, low, expected and high."""
        found = self.case.three_years
        if found is None:
            return ("–", "–", "–")
        low, expected, high = (
            self.words("business.payback.never") if each is None else self.words("business.payback.months", months=each)
            for each in found.payback
        )
        return low, expected, high

    def days(self) -> list[tuple[str, int, int]]:
        """Class of day, days in the plan's weeks, days in the year."""
        found = next(iter(self.case.years.values()), None)
        if found is None:
            return []
        return [(self.words(f"business.day.{each}"), *found.days[each]) for each in DAYS_OF_YEAR]

    def seasons(self) -> list[dict[str, str]]:
        """The leave season of each scenario."""
        rows = []
        for name in (self.case.against, self.case.scenario):
            season = self.case.seasons.get(name)
            if season is None:
                continue
            summer = [week for week in season.short_weeks if week.monday.month in (7, 8)]
            rows.append({
                "name": scenario_name(name, self.language), "weeks": self.number(len(season.short_weeks)),
                "hours": self.number(season.hired_hours),
                "summer_weeks": self.number(len(summer)), "summer": self.number(sum(week.hired for week in summer)),
            })  # fmt: skip
        return rows

    def assumed(self) -> list[str]:
        """What is reckoned of leave and absence, with source and confidence."""
        workforce = self.case.workforce
        rows = [(name, getattr(workforce, name), 60, 1) for name in ("leave", "training")]
        rows += [("absence", workforce.absence, 1, 0), ("in_season", self.case.in_season, 1, 0)]
        return [
            text(f"business.assumed.{name}", self.language, value=self.number(figure.value / unit, decimals),
                 confidence=figure.confidence)
            for name, figure, unit, decimals in rows
        ]  # fmt: skip
