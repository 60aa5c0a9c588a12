"""What is strange about unplanned calls and areas but no fault: calls that nobody answers, areas that nobody uses."""

from __future__ import annotations

from collections.abc import Sequence

from optimiser.domain.calls import Area, CallSource
from optimiser.domain.instance import Instance
from optimiser.texts import Language, text

NAMED = 5


def call_warnings(instance: Instance, language: Language = "en") -> list[str]:
    """Sentences with ids; empty when nothing is strange, and when there are neither calls nor areas nor lines."""

    def say(key: str, **values: object) -> str:
        return text(f"input.warning.{key}", language, **values)

    found = [
        say("division_not_in_use", areas=_named(areas), division=division)
        for division, areas in _idle_divisions(instance).items()
    ]
    answering = [each.id for each in instance.shift_kinds if each.line == 1]
    if not instance.call_sources:
        found += [say("no_calls", kinds=_named(answering))] if answering else []
        return found
    found += [say("area_without_calls", areas=_named(idle)) for idle in [_without_calls(instance)] if idle]
    found += [say("no_hours", type=each) for each in _without_hours(instance)]
    places = instance.place_by_id
    unknown = [each.id for each in instance.call_sources if not places[each.place].district]
    found += [say("source_without_district", sources=_named(unknown))] if unknown else []
    found += [
        say("source_in_two_areas", source=source, areas=_named(areas), division=division)
        for source, division, areas in _in_two_areas(instance)[:NAMED]
    ]
    told = instance.response
    if told.lost_minutes < told.pass_on_minutes:
        found.append(say("lost_before_passed", lost=told.lost_minutes, passed=told.pass_on_minutes))
    if not answering:
        return [*found, say("nobody_answers")]
    found += [say("source_in_no_area", sources=_named(lost)) for lost in [_in_no_area(instance)] if lost]
    return found


def _named(names: Sequence[str]) -> str:
    """The first few, and a sign that there are more."""
    return ", ".join([*names[:NAMED], *(["…"] if len(names) > NAMED else [])])


def _idle_divisions(instance: Instance) -> dict[str, list[str]]:
    """Divisions that no contract of the instance uses, with their areas."""
    used = {"", *(each.division for each in instance.contracts)}
    idle: dict[str, list[str]] = {}
    for area in instance.areas:
        if area.division not in used:
            idle.setdefault(area.division, []).append(area.id)
    return idle


def _without_calls(instance: Instance) -> list[str]:
    return [
        area.id for area in instance.areas if not any(_inside(instance, each, area) for each in instance.call_sources)
    ]


def _without_hours(instance: Instance) -> list[str]:
    """Call types of sources whose weights are all 0, or that have no hours."""
    used = dict.fromkeys(each.type for each in instance.call_sources)
    heavy = {each.type for each in instance.call_hours if each.weight}
    return [each for each in used if each not in heavy]


def _in_no_area(instance: Instance) -> list[str]:
    """Sources that no kind of line 1 answers, whatever the division: all such kinds have areas, and it is in none."""
    names = {each.area for each in instance.shift_kinds if each.line == 1}
    if "" in names:
        return []
    areas = [each for each in instance.areas if each.id in names]
    return [each.id for each in instance.call_sources if not any(_inside(instance, each, area) for area in areas)]


def _in_two_areas(instance: Instance) -> list[tuple[str, str, list[str]]]:
    """Source, division and areas where one division has a source more than once: its calls have two first lines."""
    found = []
    for division in dict.fromkeys(each.division for each in instance.areas):
        areas = [each for each in instance.areas if each.division == division]
        for source in instance.call_sources:
            inside = [each.id for each in areas if _inside(instance, source, each)]
            if len(inside) > 1:
                found.append((source.id, division, inside))
    return found


def _inside(instance: Instance, source: CallSource, area: Area) -> bool:
    district = instance.place_by_id[source.place].district
    return (not area.organisations or source.organisation in area.organisations) and (
        not area.districts or district.startswith(area.districts)
    )
