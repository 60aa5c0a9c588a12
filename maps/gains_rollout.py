"""The order of joining and what pilots show, in words."""

from __future__ import annotations

from typing import Any

from maps.gains_words import VERDICT_MARKS, GainWords
from optimiser.domain.gains import Pilot, Rollout, RolloutStep


def rollout_section(words: GainWords, found: Rollout) -> dict[str, Any]:
    """What the template needs to tell the order of joining and the pilots."""
    same = [each.joins for each in found.best] == [each.joins for each in found.greedy]
    return {
        "greedy": [_step(words, each) for each in found.greedy],
        "best": [] if same else [_step(words, each) for each in found.best],
        "same": bool(found.best) and same,
        "complete": len(found.greedy[-1].members) == len(found.players),
        "greedy_area": words.euros(found.greedy_area),
        "best_area": words.euros(found.best_area) if found.best_area is not None else "",
        "pilots": [_pilot(words, each) for each in found.pilots],
    }


def _step(words: GainWords, step: RolloutStep) -> dict[str, Any]:
    return {
        "joins": words.group(step.joins),
        "gain": words.euros(step.gain),
        "added": words.euros(step.added),
        "error": words.error(step.standard_error),
        "changes": [(words.name(who), words.signed(change), change < 0) for who, change in step.changes.items()],
        "verdict": step.leaving,
        "mark": VERDICT_MARKS[step.leaving],
        "empty": step.core_empty,
    }


def _pilot(words: GainWords, each: Pilot) -> dict[str, str]:
    seen = {True: "yes", False: "no", None: "unknown"}
    return {
        "who": words.group(each.members),
        "weeks": str(each.weeks),
        "gain": words.euros(each.gain),
        "percent": "–" if each.percent is None else words.percent(each.percent),
        "replanned": words(f"gains.pilot.{seen[each.visible_replanned]}"),
        "replanned_error": words.error(each.replanned_error),
        "before_after": words(f"gains.pilot.{seen[each.visible]}"),
        "before_after_error": words.error(each.before_after_error),
        "needed": "–" if each.weeks_needed is None else words.number(each.weeks_needed, 0),
    }
