"""The words and tables of ``samenrooster`` about planned beside realised."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from optimiser.domain.realised_report import MEASURES, TARGETS, Figure, Figures, Measure, RealisedReport, Target
from optimiser.domain.sheet import Cell
from optimiser.report.demand_tables import DemandTable, number
from optimiser.report.realised_weeks import INDICATORS, Spread, WeekRow, WeeksReport
from optimiser.texts import Language, text

UNKNOWN = "-"


def realised_tables(report: RealisedReport, language: Language = "nl") -> tuple[DemandTable, ...]:
    """Targets, all measures in total, organisations, nurses and the reasons given; of the whole horizon."""
    tables = [
        _targets(report, language), _measures(report, language), _organisations(report, language),
        _nurses(report, language),
    ]  # fmt: skip
    reasons = _reasons(report, language)
    return (*tables, reasons) if reasons.rows else tuple(tables)


def realised_notes(report: RealisedReport, language: Language = "nl") -> tuple[str, ...]:
    """What a reader of the figures must know: what nobody wrote down, and what looks as if nobody typed it."""
    total = report.of()
    notes = []
    for name in ("duties_unrecorded", "visits_unrecorded", "visits_loose", "legs_faster"):
        count = total.figure(name).realised
        if count:
            notes.append(text(f"realised.note.{name}", language, count=count))
    compared, same = (total.figure(name).realised for name in ("compared", "to_the_minute"))
    if compared and same and 2 * same > compared:
        notes.append(text("realised.note.to_the_minute", language, same=same, compared=compared))
    if report.published is None:
        notes.append(text("realised.note.not_published", language))
    return tuple(notes)


def figures_rows(report: RealisedReport, language: Language = "nl") -> tuple[list[str], list[list[Cell]]]:
    """Headings and rows of a csv file: every measure of every scope that is known on a side, hours with two decimals.

    ``instances.hours.hours_csv`` writes it.
    """
    keys = ("week", "scope", "id", "measure", "what", "unit", "planned", "realised", "difference")
    rows: list[list[Cell]] = []
    for figures in report.figures:
        for measure in MEASURES:
            figure = figures.figure(measure.name)
            if figure.planned is None and figure.realised is None:
                continue
            rows.append([
                str(figures.week or ""), text(f"realised.scope.{figures.scope}", language), figures.id, measure.name,
                text(f"realised.measure.{measure.name}", language), text(f"realised.unit.{measure.unit}", language),
                *(_cell(measure, each) for each in (figure.planned, figure.realised, figure.difference)),
            ])  # fmt: skip
    return [text(f"realised.column.{key}", language) for key in keys], rows


def _cell(measure: Measure, value: int | None) -> Cell:
    if value is None or measure.unit == "number":
        return value
    return (Decimal(value) / 60).quantize(Decimal("0.01"))


def weeks_tables(over: WeeksReport, language: Language = "nl") -> tuple[DemandTable, ...]:
    """A table of weeks for all and for each organisation, with mean and spread below."""
    tables = []
    for scope, name in dict.fromkeys((row.scope, row.id) for row in over.rows):
        rows = [row for row in over.rows if (row.scope, row.id) == (scope, name)]
        spreads = {each.name: each for each in over.spreads if (each.scope, each.id) == (scope, name)}
        headings = (
            text("realised.column.week", language),
            *(text(f"realised.indicator.{key}", language) for key in INDICATORS),
            *(text("realised.verdict_of", language, target=text(f"realised.target.{target}", language))
              for target in TARGETS),
        )  # fmt: skip
        title = text(f"realised.weeks.{scope}", language, id=name)
        body = (*(_week_row(row, language) for row in rows), *_spread_rows(spreads, language))
        tables.append(DemandTable(title, headings, body))
    return tuple(tables)


def sign_sentences(over: WeeksReport, language: Language = "nl") -> tuple[str, ...]:
    """A sentence for each target that was missed three weeks in a row or more."""
    return tuple(
        text(
            f"realised.sign.{each.scope}", language, id=each.id, weeks=each.weeks, last=each.last,
            target=text(f"realised.target.{each.target}", language),
        )
        for each in over.signs
    )  # fmt: skip


def _week_row(row: WeekRow, language: Language) -> tuple[str, ...]:
    verdicts = (text(f"realised.verdict.{row.verdicts[target]}", language) for target in TARGETS)
    return (str(row.week), *(_indicator(row.values.get(key), key, language) for key in INDICATORS), *verdicts)


def _spread_rows(spreads: dict[str, Spread], language: Language) -> Iterable[tuple[str, ...]]:
    for part in ("mean", "least", "most", "deviation"):
        cells = (
            _indicator(getattr(spreads[key], part) if key in spreads else None, key, language, mean=True)
            for key in INDICATORS
        )
        yield (text(f"realised.spread.{part}", language), *cells, *("" for _ in TARGETS))


def _indicator(value: float | None, key: str, language: Language, mean: bool = False) -> str:
    if value is None:
        return UNKNOWN
    whole = key.startswith("changed") and not mean
    written = number(value, language, 0 if whole else 1)
    return f"{written} %" if key.endswith("percent") else written


def _shown(measure: str, value: int | None, language: Language) -> str:
    if value is None:
        return UNKNOWN
    minutes = next(each.unit == "minutes" for each in MEASURES if each.name == measure)
    return number(value / 60, language, 2) if minutes else number(value, language, 0)


def _three(measure: str, figure: Figure, language: Language) -> tuple[str, str, str]:
    values = (figure.planned, figure.realised, figure.difference)
    planned, realised, difference = (_shown(measure, value, language) for value in values)
    return planned, realised, difference


def _targets(report: RealisedReport, language: Language) -> DemandTable:
    rows = tuple(
        (
            text(f"realised.target.{each.name}", language), each.id or text("realised.scope.total", language),
            text(f"realised.limit.{each.name}", language, limit=number(each.limit_percent, language, 0)
                 if each.limit_percent == int(each.limit_percent) else number(each.limit_percent, language)),
            UNKNOWN if each.share is None else f"{number(each.share, language)} %",
            f"{each.part} / {each.whole}", text(f"realised.verdict.{each.verdict}", language), _remark(each, language),
        )
        for name in TARGETS for each in report.targets if each.name == name and each.week is None
    )  # fmt: skip
    keys = ("target", "who", "limit", "share", "count", "verdict", "remark")
    return _table("targets", keys, rows, report, language)


def _remark(each: Target, language: Language) -> str:
    """Why the verdict is not firm."""
    words = []
    if each.small:
        words.append(text("realised.remark.small", language, count=each.whole))
    if each.open and each.unrecorded and each.verdict != "unknown":
        words.append(text("realised.remark.open", language, count=each.unrecorded))
    return "; ".join(words)


def _measures(report: RealisedReport, language: Language) -> DemandTable:
    total = report.of()
    rows = []
    for measure in MEASURES:
        figure = total.figure(measure.name)
        if figure.planned is not None or figure.realised is not None:
            words = text(f"realised.measure.{measure.name}", language)
            if measure.name == "notice":
                words, figure = text("realised.mean_notice", language), _mean_notice(total)
            unit = text(f"realised.unit.{measure.unit}", language)
            rows.append((words, unit, *_three(measure.name, figure, language)))
    return _table("measures", ("what", "unit", "planned", "realised", "difference"), tuple(rows), report, language)


def _mean_notice(figures: Figures) -> Figure:
    """The hours of notice for one cancelled visit; the csv has their sum."""
    known, together = figures.figure("notice_known").realised, figures.figure("notice").realised
    return Figure(realised=round(together / known) if known and together is not None else None)


def _organisations(report: RealisedReport, language: Language) -> DemandTable:
    rows = tuple(
        (
            each.id, *_three("work", each.figure("work"), language),
            _shown("overtime", each.figure("overtime").realised, language),
            _shown("paid", each.figure("paid").realised, language),
            *_three("travel", each.figure("travel"), language), *_shares(each, language),
            _shown("changed_duties", each.figure("changed_duties").realised, language),
            _shown("changed_visits", each.figure("changed_visits").realised, language),
        )
        for each in report.figures if each.scope == "organisation" and each.week is None
    )  # fmt: skip
    keys = ("organisation", "work_planned", "work_realised", "difference", "overtime", "paid", "travel_planned",
            "travel_realised", "difference", "done", "in_window", "near_plan", "changed_duties",
            "changed_visits")  # fmt: skip
    return _table("organisations", keys, rows, report, language)


def _nurses(report: RealisedReport, language: Language) -> DemandTable:
    rows = tuple(
        (
            each.id, *_three("duties", each.figure("duties"), language)[:2],
            *_three("work", each.figure("work"), language),
            _shown("overtime", each.figure("overtime").realised, language),
            _shown("paid", each.figure("paid").realised, language),
            *_three("travel", each.figure("travel"), language)[:2], *_shares(each, language),
            _shown("changed_duties", each.figure("changed_duties").realised, language),
        )
        for each in report.figures if each.scope == "nurse" and each.week is None
    )  # fmt: skip
    keys = ("nurse", "duties_planned", "duties_realised", "work_planned", "work_realised", "difference", "overtime",
            "paid", "travel_planned", "travel_realised", "done", "in_window", "near_plan",
            "changed_duties")  # fmt: skip
    return _table("nurses", keys, rows, report, language)


def _shares(figures: Figures, language: Language) -> tuple[str, str, str]:
    """Done, in the window and near the plan: each of how many."""
    pairs = (("done", "visits_recorded"), ("in_window", "done"), ("near_plan", "compared"))
    cells = []
    for part, whole in pairs:
        number_of, of = figures.figure(part).realised, figures.figure(whole).realised
        cells.append(UNKNOWN if number_of is None or not of else f"{number_of} / {of}")
    return cells[0], cells[1], cells[2]


def _reasons(report: RealisedReport, language: Language) -> DemandTable:
    rows = tuple(
        (
            text(f"realised.reason_of.{each.what}", language),
            text(f"realised.reason.{each.reason}" if each.reason else "realised.no_reason", language), str(each.count),
        )
        for each in report.reasons if each.week is None
    )  # fmt: skip
    return _table("reasons", ("reason_of", "reason", "count"), rows, report, language)


def _table(
    name: str, keys: tuple[str, ...], rows: tuple[tuple[str, ...], ...], report: RealisedReport, language: Language
) -> DemandTable:
    headings = tuple(text(f"realised.column.{key}", language) for key in keys)
    title = text(f"realised.title.{name}", language, instance=report.instance)
    return DemandTable(title, headings, rows)
