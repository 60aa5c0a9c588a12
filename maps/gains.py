"""The page on sharing the gain: what groups of organisations save, who gets what, who would leave, the account."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from maps.gains_rollout import rollout_section
from maps.gains_words import VERDICT_MARKS, GainWords
from maps.page import render
from optimiser.domain.gains import CoalitionGain, Delivered, GainSharing, LedgerRow, Settlement
from optimiser.texts import Language

MOST_SHOWN = 40
"""Groups that a table shows before the rest is only counted; the json has them all."""


def gains_page(result: GainSharing, language: Language = "nl") -> str:
    """The page as HTML, one file without scripts and without a network. It names organisations and nobody else; all of
    them see all figures, since who shares a gain must be able to count it again."""
    words = GainWords(result.names, language)
    everyone = result.coalitions[-1]
    return render(
        "gains.html.j2",
        lang=language,
        t=words,
        about=words("gains.about", instance=result.instance or "-", who=words.group(result.players)),
        notices=gains_notices(result, language),
        footing=words(f"gains.footing.{result.footing}"),
        tiles=_tiles(words, result, everyone),
        shares=_shares(words, result),
        shares_note=words("gains.shares.exact" if result.exact else "gains.shares.sampled", pairs=result.pairs),
        leaving=_leaving(words, result),
        core=_core(words, result),
        groups=[_group(words, each) for each in result.coalitions[:MOST_SHOWN]],
        more_groups=max(0, len(result.coalitions) - MOST_SHOWN),
        settlement=_settlement(words, result.settlement) if result.settlement else None,
        ledger=_ledger(words, result.players, result.delivered) if result.delivered else None,
        appendix=_appendix(words, result),
        rollout=rollout_section(words, result.rollout) if result.rollout else None,
        method=["cost", "shapley", "leave", "noise", *(["sample"] if not result.exact else [])],
    )


def gains_notices(result: GainSharing, language: Language = "nl") -> list[str]:
    """What must be read before the figures."""
    words, everyone = GainWords(result.names, language), result.coalitions[-1]
    return [*_notices(words, result), *_noise_notices(words, result.weeks_known, everyone.standard_error)]


def _notices(words: GainWords, result: GainSharing) -> Iterable[str]:
    if not result.exact:
        yield words("gains.notice.sampled", known=len(result.coalitions), pairs=result.pairs)
    for each in result.coalitions:
        if each.planned is not None:
            apart = "; ".join(words.group(part) for part in each.parts)
            yield words("gains.notice.apart", who=words.group(each.members), planned=words.euros(each.planned),
                        apart=apart, saved=words.euros(each.saved))  # fmt: skip


def _noise_notices(words: GainWords, weeks: int, error: float | None) -> list[str]:
    if error is None:
        return [words("gains.notice.no_noise")]
    return [words("gains.notice.weeks", weeks=weeks)] if 2 <= weeks < 5 else []


def _tiles(words: GainWords, result: GainSharing, everyone: CoalitionGain) -> list[tuple[str, str, str]]:
    """Name, figure and what stands below it."""
    tiles = [
        (words("gains.tile.saved"), words.euros(everyone.saved), words.error(everyone.standard_error)),
        (words("gains.tile.money"), words.euros(everyone.saved_money), words("gains.tile.money_below")),
        (words("gains.tile.care"), words.euros(everyone.saved_care), words("gains.tile.care_below")),
    ]
    surest = {each.verdict for each in result.leaving}
    verdict = next(each for each in ("sure", "possible", "no") if each in surest)
    tiles.append((words("gains.tile.leave"), words(f"gains.verdict.{verdict}"), words("gains.tile.leave_below")))
    return tiles


def _shares(words: GainWords, result: GainSharing) -> list[dict[str, Any]]:
    largest = max((abs(each.share) for each in result.shares), default=0) or 1
    return [
        {
            "name": words.name(each.organisation),
            "alone": words.euros(each.alone),
            "money": words.euros(each.money),
            "care": words.euros(each.care),
            "share": words.euros(each.share),
            "error": words.error(each.standard_error),
            "percent": words.percent(100 * each.share / each.alone) if each.alone else "–",
            "bar": round(100 * abs(each.share) / largest),
            "below": each.share < 0,
        }
        for each in result.shares
    ]


def _leaving(words: GainWords, result: GainSharing) -> dict[str, list[dict[str, str]]]:
    """Who would leave first, then the rest; within each the largest gain first."""
    ranked = sorted(result.leaving, key=lambda each: (["sure", "possible", "no"].index(each.verdict), -each.gain))
    rows = [
        {
            "who": words.group(each.members),
            "gain": words.euros(each.gain),
            "error": words.error(each.standard_error),
            "verdict": each.verdict,
            "mark": VERDICT_MARKS[each.verdict],
        }
        for each in ranked
    ]
    told = [each for each in rows if each["verdict"] != "no"]
    rest = [each for each in rows if each["verdict"] == "no"]
    return {"told": told[:MOST_SHOWN], "rest": rest[:MOST_SHOWN]}


def _core(words: GainWords, result: GainSharing) -> str:
    """Whether any way to share satisfies every group, in a sentence."""
    amount = words.euros(abs(result.least_core))
    if result.core_empty is None:
        return words("gains.core.unknown")
    if result.least_core:
        said = words("gains.core.empty" if result.core_empty else "gains.core.exists", amount=amount)
    else:
        said = words("gains.core.just")
    if not result.core_doubt:
        return said
    return f"{said} {words('gains.core.doubt', error=words.error(result.least_core_error))}"


def _group(words: GainWords, each: CoalitionGain) -> dict[str, Any]:
    return {
        "who": words.group(each.members),
        "parts": "; ".join(words.group(part) for part in each.parts),
        "cost": words.euros(each.cents),
        "open": words.number(each.unserved, 1),
        "money": words.euros(each.saved_money),
        "care": words.euros(each.saved_care),
        "saved": words.euros(each.saved),
        "error": words.error(each.standard_error),
    }


def _settlement(words: GainWords, made: Settlement) -> dict[str, Any]:
    rows = [
        [words.name(row.organisation)]
        + [words.cents(amount) for amount in (row.subscription_paid, row.subscription_received, row.fees_paid,
           row.fees_received, row.scheme, row.correction, row.target)]
        for row in made.rows
    ]  # fmt: skip
    totals = [
        words.cents(sum(getattr(row, name) for row in made.rows))
        for name in ("subscription_paid", "subscription_received", "fees_paid", "fees_received", "scheme",
                     "correction", "target")
    ]  # fmt: skip
    return {
        "amounts": words("gains.settle.fitted" if made.fitted else "gains.settle.set",
                         subscription=words.cents(made.subscription_cents), fee=words.cents(made.fee_cents)),
        "rows": rows,
        "totals": totals,
        "largest": words.cents(max((abs(row.correction) for row in made.rows), default=0)),
        "shared_out": words.cents(made.shared_out) if made.shared_out else "",
    }  # fmt: skip


def _ledger(words: GainWords, players: Iterable[str], done: Delivered) -> dict[str, Any]:
    """A square of givers and receivers: hours, and visits below them."""
    players = list(players)
    cells = {(row.giver, row.receiver): row for row in done.ledger}
    rows = []
    for giver in players:
        found = [cells.get((giver, receiver)) for receiver in players]
        given = sum(row.minutes for row in found if row and row.receiver != giver)
        taken = sum(row.minutes for (_, receiver), row in cells.items() if receiver == giver != row.giver)
        rows.append({
            "name": words.name(giver),
            "cells": [_cell(words, row) for row in found],
            "given": words.hours(given),
            "taken": words.hours(taken),
            "balance": words.signed_hours(given - taken),
        })  # fmt: skip
    people = [
        (words.name(who), done.clients.get(who, 0), words.hours(done.availability.get(who, 0))) for who in players
    ]
    return {
        "of_calls": done.of_calls,"names": [words.name(who) for who in players], "rows": rows, "people": people}


def _cell(words: GainWords, row: LedgerRow | None) -> tuple[str, str, bool]:
    """Hours, visits, and whether it is work for own clients."""
    if row is None:
        return "–", "", False
    return words.hours(row.minutes), words("gains.ledger.visits", visits=row.visits), row.giver == row.receiver


def _appendix(words: GainWords, result: GainSharing) -> dict[str, Any] | None:
    """Each way to share beside the Shapley value, with the most that any group would gain by leaving."""
    if not result.appendix:
        return None
    ways: list[tuple[str, Mapping[str, int], int, str]] = [
        ("shapley", {each.organisation: each.share for each in result.shares},
         max(each.gain for each in result.leaving), ""),
    ]  # fmt: skip
    for each in result.appendix:
        note = words("gains.appendix.relaxed", amount=words.euros(each.relaxed)) if each.relaxed else ""
        ways.append((each.method, each.shares, each.worst, note))
    rows = []
    for key, shares, worst, note in ways:
        amounts = [words.euros(shares[who]) for who in result.players]
        rows.append((words(f"gains.appendix.{key}"), amounts, words.euros(worst), note))
    return {"names": [words.name(who) for who in result.players], "rows": rows}
