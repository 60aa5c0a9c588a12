"""The page for the works council: spreads, rules, weights and personal data; no person and no group under five."""

from __future__ import annotations

from typing import Any

from maps.page import render
from maps.words import Words
from optimiser.domain.instance import Instance
from optimiser.domain.objective import TERMS
from optimiser.report.compare_numbers import scenario_name
from optimiser.report.demand_tables import number
from optimiser.report.figures_kinds import FIGURES
from optimiser.report.personal_data import PERSONAL
from optimiser.report.rules_in_force import rules_in_force
from optimiser.report.rules_tables import headline, rules_tables
from optimiser.report.works_council import SMALLEST_GROUP, Distribution, WorksCouncil, is_count
from optimiser.texts import Language

FIGURE_COLUMNS = 5
"""A table of figures has so many columns, one of the rules of the check fewer."""


def works_council_page(council: WorksCouncil, instance: Instance, language: Language = "nl") -> str:
    """The page as HTML, one file without scripts. It names organisations only."""
    words = Words(instance, language)
    rules = rules_in_force(instance)
    organisation = council.organisation
    return render(
        "works_council.html.j2",
        lang=language,
        t=words,
        council=council,
        least=SMALLEST_GROUP,
        whom=words("works_council.all") if organisation is None else instance.organisation_by_id[organisation].name,
        before=scenario_name(council.before, language),
        after=scenario_name(council.after, language),
        synthetic=bool(instance.provenance.get("synthetic")),
        spreads=[_spread(each, council, words) for each in council.distributions],
        hidden=[words(f"figure.{name}") for name in council.hidden],
        unknown=[words(f"figure.{name}") for name in council.unknown],
        computed=[words(f"figure.{kind.name}") for kind in FIGURES if "nurse" in kind.levels],
        headline=headline(rules, language).splitlines(),
        tables=[table for table in rules_tables(rules, language, who=False) if len(table.headings) == FIGURE_COLUMNS],
        weights=[(words(f"explain.term.{term.name}"), number(getattr(instance.weights, term.name), language, 0))
                 for term in TERMS],
        personal=[
            (words(f"works_council.table.{table}"), [
                (words(f"works_council.column.{table}.{field}"), words(f"works_council.why.{why}"))
                for field, why in fields
            ])
            for table, fields in PERSONAL.items()
        ],
    )  # fmt: skip


def _spread(found: Distribution, council: WorksCouncil, words: Words) -> dict[str, Any]:
    """A figure with a row for each band: its words and, before and after, number and width of the bar in percent."""
    most = max(max(counts) for counts in found.counts.values())
    return {
        "title": words(f"figure.{found.figure}"),
        "what": words(f"figure.{found.figure}.what"),
        "rows": [
            (
                _band(found, place, words),
                [(found.counts[name][place], round(100 * found.counts[name][place] / most))
                 for name in (council.before, council.after)],
            )
            for place in range(len(found.bands))
        ],
    }  # fmt: skip


def _band(found: Distribution, place: int, words: Words) -> str:
    low, above = found.bands[place]
    if is_count(found.figure):
        if above is None:
            return words("works_council.band.least", low=low) if low else words("works_council.band.any")
        return str(low) if above == low + 1 else words("works_council.band.span", low=low, high=above - 1)
    unit = "hours" if found.figure.endswith("_hours") else "minutes"
    if above is None:
        return words(f"works_council.band.{unit}_least", low=low)
    return words(f"works_council.band.{unit}", low=low, high=above)
