"""What the study of capacity found, in sentences that do not promise more than was found."""

from __future__ import annotations

from collections.abc import Sequence

from optimiser.domain.capacity import Capacity, CapacityCurve, CapacityPoint, CapacityScenario, Hours, Question
from optimiser.domain.workforce import WORKFORCE
from optimiser.report.compare_numbers import day_name, percent, scenario_name
from optimiser.texts import Language, number, text

QUESTIONS: tuple[tuple[Question, Hours], ...] = (("demand", "within"), ("demand", "any"), ("hands", "within"))


def capacity_about(found: Capacity, language: Language = "nl") -> str:
    """What the study is of."""
    key = "growth.about" if found.weeks == 1 else "growth.about_weeks"
    return text(key, language, instance=found.instance, monday=day_name(found.first_monday, language),
                weeks=found.weeks)  # fmt: skip


def capacity_told(found: Capacity, language: Language = "nl") -> list[list[str]]:
    """A paragraph of sentences for each scenario, then one for each scenario against the first."""
    told = [_scenario(found, each, language) for each in found.scenarios]
    first = found.scenarios[0]
    return told + [lines for each in found.scenarios[1:] if (lines := _compared(each, first, language))]


def capacity_method(found: Capacity, language: Language = "nl") -> list[str]:
    """How it was sought, and what it does not prove."""

    def say(key: str, **values: object) -> str:
        return text(f"growth.method.{key}", language, **values)

    lines = [
        say("proof"),
        say("overtime", allowance=share(found.allowance_percent, language), price=found.overtime_price),
        say("clients", seed=found.seed),
    ]
    if found.not_copied:
        lines.append(say("not_copied", count=found.not_copied))
    if found.manner == "hours":
        lines.append(say("hours", step=share(found.hands_percent, language)))
    else:
        lines.append(say("nurses"))
    week = amount(WORKFORCE.week.value / 60, 0, language)
    lines += [say("fte", absence=WORKFORCE.absence.value, week=week), say("reserve")]
    if any(len(each.of("demand", "within")) > 1 for each in found.scenarios):
        lines.append(say("parts"))
    if found.seconds is not None:
        first, step, full = (amount(each, int(each != round(each)), language) for each in found.seconds)
        lines.append(say("seconds", first=first, step=step, full=full))
    elif found.iterations is not None:
        first, step, full = (amount(each, 0, language) for each in found.iterations)
        lines.append(say("iterations", first=first, step=step, full=full))
    given = [scenario_name(each.name, language) for each in found.scenarios if each.given]
    return [*lines, say("given", scenarios=", ".join(given))] if given else lines


def capacity_progress(
    scenario: str, organisations: Sequence[str], question: tuple[Question, Hours], level: float, complete: bool,
    unserved: int, overtime: float, language: Language = "nl",
) -> str:  # fmt: skip
    """One line on what was tried."""
    return text(
        "growth.progress", language, scenario=scenario_name(scenario, language), who=", ".join(organisations),
        question=question_name(question, language), percent=percent(level, language),
        found=text("growth.legend.complete" if complete else "growth.legend.not", language), unserved=unserved,
        overtime=share(overtime, language),
    )  # fmt: skip


def question_name(question: tuple[Question, Hours], language: Language) -> str:
    """What is asked."""
    return text("growth.question.hands" if question[0] == "hands" else f"growth.question.{question[1]}", language)


def share(value: float, language: Language) -> str:
    """A percentage without a sign for more."""
    return percent(value, language).removeprefix("+")


def amount(value: float | None, decimals: int, language: Language) -> str:
    """A number as people write it, with a proper minus; a dash where it is not known."""
    if value is None:
        return "–"
    return number(value, language, decimals)


def falls_short(found: Capacity, curve: CapacityCurve, point: CapacityPoint, language: Language) -> str:
    """Why the best plan of a level is not complete."""
    reasons = []
    if point.unserved:
        who = ", ".join(f"{name} {count}" for name, count in sorted(point.unserved_of.items()) if count)
        reasons.append(text("growth.why.unserved", language, count=point.unserved, who=who or "–"))
    if point.uncovered > curve.today.uncovered:
        reasons.append(text("growth.why.uncovered", language, count=point.uncovered - curve.today.uncovered))
    if point.violations:
        reasons.append(text("growth.why.violations", language, count=point.violations))
    if curve.hours == "within" and point.overtime_percent > found.allowance_percent:
        reasons.append(text("growth.why.overtime", language, overtime=share(point.overtime_percent, language)))
    return "; ".join(reasons)


def _scenario(found: Capacity, scenario: CapacityScenario, language: Language) -> list[str]:
    lines = [_demand(scenario, "within", language), _demand(scenario, "any", language)]
    curves = scenario.of("demand", "within")
    if len(curves) > 1:
        lines.insert(1, text("growth.even", language, parts=", ".join(_part(each, language) for each in curves)))
    broken = max((each.violations for each in scenario.together), default=0)
    if broken:
        lines.append(text("growth.together", language, count=broken))
    hands = scenario.total("hands", "within")
    if hands is None:
        return lines
    if hands.gross_fte is None:
        return [*lines, text("growth.hands.nothing", language)]
    if hands.open_today:
        lines.append(text("growth.hands.open", language, count=hands.open_today))
    values = {"fte": amount(hands.gross_fte, 2, language), "contract": amount(hands.contract_hours, 1, language)}
    if found.manner == "nurses":
        pairs = [(each.today, each.reached) for each in scenario.of("hands", "within")]
        fewer = sum(today.nurses - reached.nurses for today, reached in pairs if reached is not None)
        return [*lines, text("growth.hands.nurses", language, nurses=fewer, **values)]
    return [*lines, text("growth.hands", language, percent=percent(hands.even_percent or 0.0, language), **values)]


def _demand(scenario: CapacityScenario, hours: Hours, language: Language) -> str:
    """How much more demand is served; the worst part decides."""
    curves = scenario.of("demand", hours)
    begin = "growth.demand" if hours == "within" else "growth.any"
    name = scenario_name(scenario.name, language)
    reached = [each.reached for each in curves]
    total = scenario.total("demand", hours)
    today = _overtime([each.today for each in curves], language)
    if total is None or total.even_percent is None:
        return text(f"{begin}.nothing", language, scenario=name)
    if total.even_percent == 0:
        return text(f"{begin}.none", language, scenario=name, overtime=today)
    if total.even_percent < 0:
        return text(f"{begin}.less", language, scenario=name, percent=share(-total.even_percent, language),
                    hours=amount(_even_hours(curves, -total.even_percent), 1, language))  # fmt: skip
    clients = sum(each.clients for each in reached if each is not None)
    return text(
        f"{begin}.more", language, scenario=name, percent=share(total.even_percent, language),
        hours=amount(_even_hours(curves, total.even_percent), 1, language), clients=clients,
        overtime=_overtime([each for each in reached if each is not None], language),
    )  # fmt: skip


def _even_hours(curves: Sequence[CapacityCurve], even: float) -> float:
    """Hours at clients when demand changes everywhere by the same percentage."""
    return sum(each.today.client_hours for each in curves) * even / 100


def _overtime(points: Sequence[CapacityPoint], language: Language) -> str:
    """Overtime of parts together, as a share of the hours to be worked."""
    worked = sum(100 * each.overtime_hours / each.overtime_percent for each in points if each.overtime_percent)
    worked += sum(each.net_hours for each in points if not each.overtime_percent)
    return share(100 * sum(each.overtime_hours for each in points) / worked if worked else 0.0, language)


def _part(curve: CapacityCurve, language: Language) -> str:
    who = ", ".join(curve.organisations)
    if curve.reached is None:
        return text("growth.even_nothing", language, who=who)
    return text("growth.even_part", language, who=who, percent=percent(curve.reached.percent, language))


def _compared(one: CapacityScenario, other: CapacityScenario, language: Language) -> list[str]:
    """What a scenario can do more than another; nothing where one of them found nothing."""
    names = {"one": scenario_name(one.name, language), "other": scenario_name(other.name, language)}
    lines, sure = [], True
    mine, theirs = (each.total("demand", "within") for each in (one, other))
    if mine and theirs and mine.even_percent is not None and theirs.even_percent is not None:
        hours = sum(
            sign * _even_hours(each.of("demand", "within"), total.even_percent or 0.0)
            for sign, each, total in ((1, one, mine), (-1, other, theirs))
        )
        own = (mine.client_hours or 0.0) - (theirs.client_hours or 0.0)
        key = "growth.compared.demand" if round(own, 1) == round(hours, 1) else "growth.compared.both"
        lines.append(text(key, language, hours=_signed(hours, 1, language), own=_signed(own, 1, language), **names))
        sure &= mine.sure and theirs.sure
    mine, theirs = (each.total("hands", "within") for each in (one, other))
    if mine and theirs and mine.gross_fte is not None and theirs.gross_fte is not None:
        difference = mine.gross_fte - theirs.gross_fte
        lines.append(text("growth.compared.hands", language, fte=_signed(difference, 2, language), **names))
        if mine.open_today != theirs.open_today:
            lines.append(text("growth.compared.open", language, one=mine.open_today, other=theirs.open_today))
        sure &= mine.sure and theirs.sure
    return lines if sure or not lines else [*lines, text("growth.not_sure", language)]


def _signed(value: float, decimals: int, language: Language) -> str:
    written = amount(value, decimals, language)
    return f"+{written}" if round(value, decimals) > 0 else written
