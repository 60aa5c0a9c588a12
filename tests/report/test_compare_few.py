"""No figure of a few people, and no figure of one other organisation by subtraction, in any organisation's view."""

from __future__ import annotations

import runpy
from collections import Counter
from pathlib import Path

import pytest

from optimiser.domain.comparison import Comparison
from optimiser.domain.sharing import Shown
from optimiser.report.compare_few import Size, few
from optimiser.report.compare_openness import openness, seen_by
from optimiser.report.compare_small import enough, merged_small
from optimiser.report.figures_kinds import FIGURE_BY_NAME
from optimiser.report.year_figures import YEAR_FIGURES

MADE = runpy.run_path(str(Path(__file__).with_name("comparison_built.py")), run_name="comparison_built")
KINDS, CLIENTS, EMPLOYERS = MADE["KINDS"], MADE["CLIENTS"], MADE["EMPLOYERS"]
FOUR_NURSES = {nurse: who for nurse, who in EMPLOYERS.items() if nurse != "R-mia"}


def seen(level: str, own: str = "maas", **other: object) -> Comparison:
    """The view of ``own``; rotte has four nurses unless ``other`` says so."""
    made = MADE["built"](contracts=MADE["open_to"](level))
    fields = {"clients": CLIENTS, "employers": FOUR_NURSES, "kinds": KINDS} | other
    return seen_by(made, own, **fields)  # type: ignore[arg-type]


@pytest.mark.parametrize("level", ["totals", "organisations"])
def test_pay_and_load_of_four_nurses_are_told_to_nobody_else(level: str) -> None:
    """Rotte has four nurses: maas sees none of their pay, hours and nights, and no total from which they follow; how
    much is travelled and left undone it does see. Rotte sees maas, which has five. With five nurses all is shown."""
    view = seen(level)
    for figure in ("paid_hours", "employer_cost_eur", "nights", "wishes_refused", "fte_gross"):
        assert figure not in view.total.scenarios["joint"] and figure not in view.total.differences["joint-single"]
        assert figure not in getattr(view.organisations.get("rotte"), "scenarios", {}).get("joint", {})
        assert figure in view.organisations["maas"].scenarios["joint"]
    assert {"travel_minutes", "unserved_visits"} <= set(view.total.scenarios["joint"])
    assert "compare.explain.few_hidden" in view.explanations
    assert "paid_hours" in seen(level, "rotte").total.scenarios["joint"]
    whole = seen(level, employers=EMPLOYERS)
    assert "paid_hours" in whole.total.scenarios["joint"] and "compare.explain.few_hidden" not in whole.explanations


def test_what_clients_get_is_not_told_where_they_are_four() -> None:
    """Rotte has four clients and five nurses: visits and faces are theirs, pay is of the nurses."""
    view = seen("organisations", clients={"WK059901": {"maas": 30, "rotte": 4}}, employers=EMPLOYERS)
    assert not {"visits", "faces_mean", "unserved_visits"} & set(view.organisations["rotte"].scenarios["joint"])
    assert not {"visits", "faces_mean", "unserved_visits"} & set(view.total.scenarios["joint"])
    assert "paid_hours" in view.organisations["rotte"].scenarios["joint"]
    assert view.runs == ()


def test_a_small_organisation_is_hidden_among_others_unless_all_others_are_told() -> None:
    """A third with four nurses: under totals maas sees totals, in which nine nurses are not its own; under
    organisations rotte's figures are told, so the rest of the total would be the third's."""
    third = EMPLOYERS | dict.fromkeys(("D-1", "D-2", "D-3", "D-4"), "derde")
    assert "paid_hours" in seen("totals", employers=third).total.scenarios["joint"]
    view = seen("organisations", employers=third)
    assert "paid_hours" in view.organisations["rotte"].scenarios["joint"]
    assert "paid_hours" not in view.total.scenarios["joint"]


def test_few_by_hand() -> None:
    """Pay is of nurses, visits of clients; nought and five are not few, two organisations of two and three are five."""
    pay, visits = FIGURE_BY_NAME["employer_cost_eur"], FIGURE_BY_NAME["visits"]
    assert few(pay, [Size(4, 50)]) and not few(pay, [Size(5, 1)]) and not few(pay, [])
    assert few(visits, [Size(50, 1)]) and not few(visits, [Size(1, 5)]) and not few(visits, [Size(2, 2), Size(1, 3)])
    assert few(FIGURE_BY_NAME["home_leg_km"], [Size(1, 50)]) and not few(FIGURE_BY_NAME["own_car_km"], [Size(0, 50)])


def test_an_area_less_ones_own_is_not_one_other_organisation() -> None:
    """WK1 has 1 of maas and 5 of rotte, WK2 9 of rotte, WK3 of all three: with two others to be mixed the first two
    are merged with the third, or maas would know rotte's figure there. Where organisations are open they stay."""
    clients = {"WK1": {"maas": 1, "rotte": 5}, "WK2": {"rotte": 9}, "WK3": {"maas": 5, "rotte": 5, "derde": 5}}
    areas = {code: MADE["built"]().districts["Schiedam"] for code in clients}
    merged, living = merged_small(areas, clients, "maas", KINDS, least_others=2)
    assert set(merged) == {"other"} and living["other"] == Counter(maas=6, rotte=19, derde=5)
    assert set(merged_small(areas, clients, "maas", KINDS)[0]) == {"WK1", "WK2", "WK3"}
    assert enough(Counter(maas=9), "maas", 2) and not enough(Counter(maas=9, rotte=9), "maas", 2)
    employers = EMPLOYERS | dict.fromkeys(("D-1", "D-2", "D-3", "D-4", "D-5"), "derde")
    made = MADE["built"](districts=areas)
    for level, expected in (("totals", {"other"}), ("organisations", {"WK1", "WK2", "WK3"})):
        view = seen_by(
            made.model_copy(update={"contracts": MADE["open_to"](level)}), "maas", clients, employers, KINDS
        )  # fmt: skip
        assert set(view.districts) == expected


def test_a_year_is_as_open_as_the_week_that_it_tells() -> None:
    """Paid hours are own, the rest totals: paid hours of a year are own too, travel of a year is a total. Four nurses'
    pay of a year is few, what they travel is not."""
    shown = (Shown(figure="paid_hours", shown="own"),)
    made = MADE["built"](contracts=MADE["open_to"]("totals", shown=shown))
    found = {kind.name: openness(made, kind.name) for kind in YEAR_FIGURES}
    assert found["year_paid_hours"] == found["year_short_hours"] == "own"
    assert found["year_travel_hours"] == found["year_employer_cost_eur"] == "totals"
    told_of = {kind.name for kind in YEAR_FIGURES if few(kind, [Size(4, 50)])}
    assert "year_employer_cost_eur" in told_of and "year_travel_km" not in told_of
