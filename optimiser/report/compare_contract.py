"""A sharing contract in sentences: what is shared, by whom, within which limits, and who sees what."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from optimiser.domain.sharing import PooledNumber, SharingContract
from optimiser.report.compare_numbers import day_name
from optimiser.texts import Language, catalogue, text

MOST_ROWS = 8
"""So many cover rows of one number are named."""


def contract_sentences(
    contract: SharingContract, language: Language, names: Mapping[str, str] | None = None
) -> tuple[str, ...]:
    """The contract for people. ``names``: id of an organisation, skill or district -> what people call it."""
    called = names or {}
    lines = [text(f"compare.contract.visits.{contract.visits}", language)]
    if contract.visits != "own":
        lines += _limits_of_visits(contract, language, called)
    lines.append(text(f"compare.contract.cover.{contract.cover}", language))
    if contract.cover != "own":
        lines += _pooled(contract, language)
    if contract.visits != "own" or contract.cover != "own":
        lines += _who(contract, language, called)
    return (*lines, *_open(contract, language))


def _limits_of_visits(contract: SharingContract, language: Language, called: Mapping[str, str]) -> Iterator[str]:
    if contract.skills:
        yield text("compare.contract.skills", language, skills=_named(contract.skills, called))
    if contract.districts:
        yield text("compare.contract.districts", language, districts=_named(contract.districts, called))
    if contract.own_by_day:
        yield text("compare.contract.own_by_day", language, organisations=_named(contract.own_by_day, called))
    if contract.known_faces:
        yield text("compare.contract.known_faces", language)
    if contract.lending_minutes:
        yield text("compare.contract.lending", language, minutes=contract.lending_minutes)
    for lent in contract.most_lent:
        who = called.get(lent.organisation, lent.organisation)
        yield text("compare.contract.most_lent", language, organisation=who, hours=lent.hours_per_week)


def _pooled(contract: SharingContract, language: Language) -> Iterator[str]:
    if contract.division:
        yield text("compare.contract.division", language, division=contract.division)
    if contract.pooled_standby is not None:
        key = "standby_beside" if contract.division else "standby"
        yield text(f"compare.contract.{key}", language, count=contract.pooled_standby)
    for pooled in contract.pooled_to:
        yield _pooled_number(pooled, language)


def _pooled_number(pooled: PooledNumber, language: Language) -> str:
    rows = pooled.cover
    cover = ", ".join(rows[:MOST_ROWS])
    if len(rows) > MOST_ROWS:
        cover = text("compare.contract.more_rows", language, cover=cover, count=len(rows) - MOST_ROWS)
    return text("compare.contract.pooled_to", language, cover=cover, minimum=pooled.minimum,
                wanted=pooled.wanted)  # fmt: skip


def _who(contract: SharingContract, language: Language, called: Mapping[str, str]) -> Iterator[str]:
    for group in contract.groups:
        key = "group" if len(group) > 1 else "alone"
        yield text(f"compare.contract.{key}", language, organisations=_named(group, called))
    for entry in contract.entries:
        who = called.get(entry.organisation, entry.organisation)
        yield text("compare.contract.entry", language, organisation=who, day=day_name(entry.from_date, language))
    if contract.consents is not None:
        yield text("compare.contract.consents", language, count=len(contract.consents))


def _open(contract: SharingContract, language: Language) -> Iterator[str]:
    yield text(f"compare.contract.open.{contract.openness}", language)
    for each in contract.shown:
        key = f"figure.{each.figure}"
        figure = text(key, language) if key in catalogue() else each.figure
        yield text(
            "compare.contract.shown", language, figure=figure, level=text(f"compare.open.{each.shown}", language)
        )


def _named(ids: Iterable[str], called: Mapping[str, str]) -> str:
    return ", ".join(called.get(each, each) for each in ids)
