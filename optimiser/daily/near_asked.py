"""Which near weeks may be asked of a roster: whole weeks of it, with duties, after near weeks of the same roster."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from pathlib import Path

from optimiser.domain.instance import Instance
from optimiser.domain.long_roster import LONG_WEEKS
from optimiser.domain.plan import Plan
from optimiser.errors import Fault, InputError
from optimiser.texts import Language, text


def near_asked(
    instance: Instance, plan: Plan, first: date, weeks: int, earlier: Iterable[tuple[Path, Instance]] = (),
    language: Language = "nl",
) -> None:  # fmt: skip
    """Raise InputError on all that is wrong with ``--from``, ``--weeks`` and ``--after`` (files with their instances):
    no Monday of the roster, weeks beyond its end, so many that they are a long roster again (of duties only), weeks
    without a duty, or near weeks of another roster or later."""
    faults = []

    def fault(option: str, key: str, got: object, **values: object) -> None:
        faults.append(Fault(option, 0, "", text(f"near.expected.{key}", language, **values), str(got)))

    last = instance.first_monday + timedelta(weeks=instance.weeks - 1)
    if first.weekday() or not instance.first_monday <= first <= last:
        fault("--from", "monday", first, first=instance.first_monday, last=last)
    elif not 1 <= weeks <= (most := min(LONG_WEEKS - 1, (last - first).days // 7 + 1)):
        fault("--weeks", "weeks", weeks, most=most)
    elif not any(first <= duty.day < first + timedelta(weeks=weeks) for duty in plan.duties):
        fault("--from", "duties", first)
    for file, near in earlier:
        if near.provenance.get("roster_of") != instance.name or near.first_monday + timedelta(weeks=near.weeks) > first:
            fault("--after", "earlier", file.name, name=instance.name, first=first)
    if faults:
        raise InputError(faults)
