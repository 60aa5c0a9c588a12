"""Entries in words: a table for who plans, and sentences for one nurse in which colleagues stay unnamed."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable

from optimiser.domain.instance import Instance
from optimiser.report.entries import Entry, Held
from optimiser.texts import Language, text

COLUMNS = ("nurse", "day", "what", "asked", "kept", "price", "instead", "holders", "rivals", "reason")


def entries_csv(instance: Instance, found: Iterable[Entry], language: Language = "nl") -> str:
    """The entries as CSV text, for who plans: ids of nurses, names of kinds; BOM, semicolons and CRLF as all ours."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerow(text(f"entries.column.{name}", language) for name in COLUMNS)
    for entry in found:
        writer.writerow((
            entry.nurse, entry.day.isoformat(), text(f"entries.what.{entry.what}", language),
            _asked(instance, entry, language), text("entries.yes" if entry.kept else "entries.no", language),
            entry.price, "" if entry.kept else _instead(instance, entry, language),
            _people(instance, entry.holders), _people(instance, entry.rivals), entry.reason,
        ))  # fmt: skip
    return "\ufeff" + out.getvalue()


def entry_lines(instance: Instance, found: Iterable[Entry], nurse: str, language: Language = "nl") -> tuple[str, ...]:
    """A sentence or more for each entry of one nurse: kept or not, the price, what stands instead, and that a colleague
    entered for or has the same place, never who or why."""
    return tuple(_line(instance, entry, language) for entry in found if entry.nurse == nurse)


def _line(instance: Instance, entry: Entry, language: Language) -> str:
    words = [text(
        "entries.line.kept" if entry.kept else "entries.line.left", language,
        day=_day(entry, language), what=text(f"entries.what.{entry.what}", language),
        asked=_asked(instance, entry, language), price=entry.price,
    )]  # fmt: skip
    if not entry.kept:
        words.append(text("entries.line.instead", language, instead=_instead(instance, entry, language)))
    for who, found in (("holder", entry.holders), ("rival", entry.rivals)):
        if found:
            key = f"entries.line.{who}" if len(found) == 1 else f"entries.line.{who}s"
            kinds = dict.fromkeys(_name(instance, held.kind) if held.kind else text("entries.asked.work", language)
                                  for held in found)  # fmt: skip
            words.append(text(key, language, count=len(found), kinds=", ".join(kinds)))
    if entry.reason and not _names_another(instance, entry):
        words.append(text("entries.line.reason", language, reason=entry.reason.rstrip(".")))
    return " ".join(words)


def _names_another(instance: Instance, entry: Entry) -> bool:
    """Whether the reason holds the id of a colleague as a word."""
    others = (each.id for each in instance.nurses if each.id != entry.nurse)
    return any(re.search(rf"(?<!\w){re.escape(name)}(?!\w)", entry.reason) for name in others)


def _day(entry: Entry, language: Language) -> str:
    day = entry.day
    names, months = (text(f"map.{name}", language).split() for name in ("weekdays", "months"))
    return f"{names[day.weekday()]} {day.day} {months[day.month - 1]}"


def _asked(instance: Instance, entry: Entry, language: Language) -> str:
    if entry.asked in instance.kind_by_id:
        return _name(instance, entry.asked)
    return text(f"entries.asked.{entry.asked or entry.what}", language)


def _instead(instance: Instance, entry: Entry, language: Language) -> str:
    return ", ".join(_name(instance, kind) for kind in entry.instead) or text("entries.free", language)


def _people(instance: Instance, found: Iterable[Held]) -> str:
    return ", ".join(f"{held.nurse} ({_name(instance, held.kind)})" if held.kind else held.nurse for held in found)


def _name(instance: Instance, kind: str) -> str:
    return instance.kind_by_id[kind].name
