"""The sheet "wat verandert er voor mij" of one nurse, for her and her manager only: no colleague stands on it."""

from __future__ import annotations

from typing import Any

from maps.page import render
from maps.words import Names, Words, name_of
from optimiser.domain.duty import ShiftKind
from optimiser.domain.instance import Instance
from optimiser.domain.plan import Duty
from optimiser.report.compare_numbers import scenario_name
from optimiser.report.own_changes import FIGURES, IN_MINUTES, OwnChanges, OwnClient
from optimiser.texts import Language


def own_changes_page(found: OwnChanges, instance: Instance, names: Names, language: Language = "nl") -> str:
    """The page as HTML, one file without scripts. It names her and the clients she visits in either plan; another
    organisation's client only when she is known there: what is compared is not agreed yet."""
    view = _View(found, Words(instance, language), names)
    return render(
        "own_changes.html.j2",
        lang=language,
        t=view.words,
        name=name_of(names, found.nurse),
        nurse=found.nurse,
        week=view.words.week_of(instance.first_monday) if instance.weeks == 1 else "",
        **view.plans,
        synthetic=bool(instance.provenance.get("synthetic")),
        student=found.student,
        sentences=view.sentences(),
        figures=[view.figure(name) for name in FIGURES],
        days=[view.day(number) for number in range(len(found.days))],
        lists=[(key, [view.client(each) for each in getattr(found, key)]) for key in ("gained", "lost", "kept")],
    )


class _View:
    """The sheet in words of one language."""

    def __init__(self, found: OwnChanges, words: Words, names: Names) -> None:
        self.found, self.words, self._names = found, words, names
        both = (("was", found.was), ("will", found.will))
        self.plans = {key: scenario_name(name, words.language) for key, name in both}

    def value(self, name: str, value: int | None) -> str:
        """A figure as people write it."""
        if value is None:
            return "–"
        return self.words.duration(value) if name in IN_MINUTES else str(value)

    def figure(self, name: str) -> tuple[str, str, str, str]:
        """What, before, after, and the difference with its sign."""
        before, after = self.found.before[name], self.found.after[name]
        changed = ""
        if before is not None and after is not None and before != after:
            sign = "+" if after > before else "−"
            changed = sign + self.value(name, abs(after - before))
        said = self.words(f"own_changes.figure.{name}")
        return said, self.value(name, before), self.value(name, after), changed

    def sentences(self) -> list[str]:
        """What changes most, in a few sentences."""
        found = self.found
        days = sum(day.changed for day in found.days)
        said = [self.words("own_changes.days_none") if not days else self.words("own_changes.days_one") if days == 1
                else self.words("own_changes.days", days=days)]  # fmt: skip
        if found.student or found.before["clients"] is None or found.after["clients"] is None:
            return said
        said.append(self.words("own_changes.clients", gained=len(found.gained), lost=len(found.lost),
                               kept=len(found.kept), **self.plans))  # fmt: skip
        others = sorted({each.other for each in found.clients if each.other and each.after})
        if others:
            said.append(self.words("own_changes.others", visits=found.after["others_visits"], names=", ".join(others)))
        return said

    def day(self, number: int) -> dict[str, Any]:
        """A day with its duties."""
        day = self.found.days[number]
        return {
            "name": self.words.short_day(day.day),
            "before": [self._duty(duty) for duty in day.before],
            "after": [self._duty(duty) for duty in day.after],
            "changed": day.changed,
        }

    def _duty(self, duty: Duty) -> dict[str, str]:
        kind: ShiftKind = self.words.instance.kind_by_id[duty.kind]
        return {"code": kind.code, "name": kind.name, "category": kind.category, "lane": duty.lane,
                "span": self.words.span(duty.start, duty.end)}  # fmt: skip

    def client(self, each: OwnClient) -> dict[str, str]:
        """Name and id, number of visits before and after, whether she is known there, and the other organisation."""
        before, after = (str(count) if count else "–" for count in (each.before, each.after))
        name = each.client if each.other and not each.known else name_of(self._names, each.client)
        return {
            "name": name, "id": each.client if each.client != name else "", "before": before, "after": after,
            "known": self.words("own_changes.known" if each.known else "own_changes.not_known"), "other": each.other,
        }  # fmt: skip
