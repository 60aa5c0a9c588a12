"""Why a duty stands where it stands, in sentences, as far as the tables and the plan tell without a solver."""

from __future__ import annotations

from collections.abc import Iterator

from maps.roster_source import RosterSource
from optimiser.domain.duty import GivenDuty
from optimiser.domain.people import Wish
from optimiser.domain.plan import Duty
from optimiser.report.filled_cover import FilledCover


def why_lines(source: RosterSource, duty: Duty) -> tuple[str, ...]:
    """Where the duty comes from and which cover it counts for."""
    return (_origin(source, duty), *(_cover(source, each) for each in _filled(source, duty)))


def entry_lines(source: RosterSource, nurse: str, duties: tuple[Duty, ...], given: tuple[GivenDuty, ...]) -> list[str]:
    """Named duties of a day (base roster, own entry, wish) that the plan does not hold."""
    kinds = {duty.kind for duty in duties}
    return [
        source.words(f"roster.why.not_kept.{each.status}", kind=source.instance.kind_by_id[each.kind].name)
        for each in given
        if each.kind not in kinds
    ]


def wish_kept(source: RosterSource, wish: Wish, duties: tuple[Duty, ...]) -> bool:
    """Whether the duties of the day keep the wish (sentence 20 of the plan language)."""
    if wish.wish == "free":
        return not duties
    kinds = [source.instance.kind_by_id[each.kind] for each in duties if each.lane == "work"]
    return any(wish.category in (None, kind.category) for kind in kinds)


def _origin(source: RosterSource, duty: Duty) -> str:
    words, given = source.words, source.given.get((duty.nurse, duty.day), ())
    same = [each for each in given if each.kind == duty.kind]
    if source.plan.status == "imported":
        return words("roster.why.imported")
    if duty.follows:
        return words("roster.why.follows", nurse=source.name(duty.follows))
    status = duty.status if duty.status != "free" else same[0].status if same else "free"
    wish = source.wishes.get((duty.nurse, duty.day))
    if status == "free" and wish is not None and wish.wish == "work" and wish_kept(source, wish, (duty,)):
        status = "wish"
    if status == "published" and same and same[0].published_on is not None:
        return words("roster.why.published_on", day=words.long_day(same[0].published_on))
    return words(f"roster.why.{status}")


def _filled(source: RosterSource, duty: Duty) -> Iterator[FilledCover]:
    """Cover with a number; equal sentences once."""
    seen = set()
    for each in source.cover.get((duty.nurse, duty.day, duty.kind), ()):
        shown = (each.start, each.end, each.row.skills, each.row.organisation)
        if shown not in seen and (each.minimum or each.wanted):
            seen.add(shown)
            yield each


def _cover(source: RosterSource, each: FilledCover) -> str:
    words = source.words
    said = words(
        "roster.why.cover",
        when=words.span(each.start, each.end),
        skills=f" ({', '.join(each.row.skills)})" if each.row.skills else "",
        counted=each.counted,
        minimum=each.minimum,
        wanted=each.wanted,
    )
    return f"{said} {words('roster.why.needed')}" if each.needs_all else said
