"""The words that the script of the team map puts together itself, with their placeholders left open."""

from __future__ import annotations

from typing import Any

from maps.team_tables import MEASURES
from maps.words import Words

OPEN = {name: f"{{{name}}}" for name in (
    "visits", "hours", "share", "minutes", "trips", "low", "high", "count", "all", "routes", "open", "nurse", "day",
    "kinds", "value",
)}  # fmt: skip
"""Each placeholder filled with itself."""


def script_words(words: Words) -> dict[str, Any]:
    """Name in team.js -> text, or a table of texts by measure."""
    plain = (
        "asked", "served", "own", "other", "open", "travel", "trip", "trips", "no_travel", "no_demand", "between",
        "upto", "all_days", "some_kinds", "some_nurses", "no_organisation", "counts", "route", "routes", "districts",
        "none", "page",
    )  # fmt: skip
    return {
        **{name: words(f"map.team.js.{name}", **OPEN) for name in plain},
        "visit": words("map.visit"),
        "visits": words("map.visits", **OPEN),
        "comma": words.decimal(0.5) == "0,5",
        "legend": {name: words(f"map.team.legend.{name}") for name in MEASURES},
        "value": {name: words(f"map.team.value.{name}", **OPEN) for name in MEASURES},
        "classes": {
            "served": ["≤ 50%", "51–75%", "76–90%", "91–99%", "100%"],
            "other": ["0%", "1–25%", "26–50%", "51–75%", "76–100%"],
            "open": ["0", "1", "2", "3–4", "5+"],
        },
    }
