"""The page docs/reference/figures.md, from the kinds of figures and their words."""

from __future__ import annotations

from optimiser.domain.workforce import WORKFORCE
from optimiser.report.figures_kinds import FIGURES, FROM_ROUTES
from optimiser.report.figures_words import assumptions, figure_words

INTRODUCTION = """# The figures of a plan

This page is made from `optimiser/report/figures_kinds.py` and the texts (`optimiser.report.figures_reference.page`);
a test keeps it equal.

`optimiser.report.figures.figures` gives all figures of one plan at once: of all, by organisation, by nurse and by
district. Names and units are those of `summary.json` wherever that has the figure, and the figures of all are equal to
it.

- **Whose it is.** Travel, hours, money and what a nurse lives with belong to the nurse, and to an organisation as her
  *employer*. Visits asked, visits and hours not served, faces and hours received belong to the organisation of the
  *client*. A district holds its clients: their visits, the hours at them, their faces, and the travel of the leg that
  leads to them (not the journeys from home). A client whose place has no district is in none.
- **Levels**: all, organisation, nurse, district. A figure that means nothing at a level is not there.
  Figures of a nurse say what the roster asks of her; nothing in them is measured of how she works.
- **Adds up**: the organisations, and the nurses where they have it, sum to all (each value is rounded by itself: hours
  and euros to two decimals, kilometres, kilograms and percentages to one). Districts never have to.
- **Not known**: a roster without routes has no value where only routes could tell (*routes* in the table); a share or a
  mean of nothing has none either.
- **Better**: which way is better when all else is equal. Figures of one theme are read together: fewer paid hours with
  more unserved visits is no gain.
"""

FTE = """## From paid hours to gross fte

Net fte is paid hours (without students, and without hours of training outside routes, which come in below) by a
full-time week. Gross fte is what it takes to have those people there all year:

`gross = net x year / ((year - leave - training) x (100 % - absence))`, with the values below {factor:.3f} x net.

Hours on standby that nobody is called in are no work and ask no fte; expected but unplanned calls are not in it.
`figures(..., workforce=Workforce(absence=...))` takes an organisation's own figures. The confidence codes are those of
[money](../rules/money.md).
"""


def page() -> str:
    """The whole page in Markdown."""
    parts = [INTRODUCTION]
    for theme in dict.fromkeys(each.theme for each in FIGURES):
        kinds = [each for each in FIGURES if each.theme == theme]
        rows = []
        for kind in kinds:
            words = figure_words(kind.name, "en")
            levels = ", ".join("all" if each == "total" else each for each in kind.levels)
            marks = ("yes" if kind.adds else "no", "routes" if kind.name in FROM_ROUTES else "")
            rows.append(f"| `{kind.name}` | {words.label}: {words.meaning} | {words.unit} | {kind.better} | {levels} | "
                        f"{marks[0]} | {marks[1]} |")  # fmt: skip
        title = figure_words(kinds[0].name, "en").theme
        head = "| figure | what | unit | better | levels | adds up | needs |\n|---|---|---|---|---|---|---|"
        parts.append(f"## {title}\n\n{head}\n" + "\n".join(rows) + "\n")
    parts.append(FTE.format(factor=float(WORKFORCE.gross_by_net)))
    rows = [f"| {each.what} | {each.value} | {each.source} | {each.confidence} |" for each in assumptions("en")]
    parts.append(
        "## Assumptions\n\n| what | value | source | confidence |\n|---|---|---|---|\n" + "\n".join(rows) + "\n"
    )
    return "\n".join(parts)
