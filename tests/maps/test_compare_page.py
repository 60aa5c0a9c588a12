"""The comparison page: nothing may be fetched, worse stands as plainly as better, maps show no address."""

from __future__ import annotations

import re
import runpy
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

from instances.catalogue import locate
from instances.plans import read_plan
from instances.read import read_instance
from maps.compare import compare_page
from maps.compare_map import map_pair
from maps.compare_plot import figure_plot
from maps.compare_tables import district_tables, figure_tables, organisation_tables, runs_table
from optimiser.domain.comparison import Comparison, Difference, Spread
from optimiser.domain.sharing import PRESETS
from optimiser.report.compare_told import told
from optimiser.report.figures_kinds import FIGURE_BY_NAME

TESTS = Path(__file__).parents[1]
MADE = runpy.run_path(str(TESTS / "report" / "comparison_built.py"), run_name="comparison_built")
KINDS, NAMES = MADE["KINDS"], MADE["NAMES"]
VOID = {"meta", "input", "br", "circle", "line", "rect", "path"}


class Tags(HTMLParser):
    """Tags with their attributes; fails where one closes that did not open."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.seen: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.feed(page)
        assert not self.open

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


@pytest.fixture(scope="module")
def made() -> Comparison:
    """Single against joint, by hand."""
    return MADE["built"]()


@pytest.fixture(scope="module")
def page(made: Comparison) -> str:
    """The page in Dutch."""
    return compare_page(made, KINDS, "nl", None, NAMES)


def test_nothing_is_fetched_and_one_script_may_run(page: str) -> None:
    """The policy names the hash of the sorting script only; there is no image, link or style from elsewhere."""
    tags = Tags(page)
    assert [tag for tag, _ in tags.seen].count("script") == 1
    assert not [tag for tag, _ in tags.seen if tag in ("link", "img", "iframe", "form")]
    anchors = {each.get("id") for _, each in tags.seen}
    assert {(each["href"] or "").removeprefix("#") for tag, each in tags.seen if tag == "a"} <= anchors
    rule = next(each["content"] or "" for tag, each in tags.seen if tag == "meta" and each.get("http-equiv"))
    assert rule.count("'sha256-") == 1 and "default-src 'none'" in rule
    assert "url(" not in page and "http" not in page.split("<body", 1)[1].split("<script", 1)[0]


def test_what_must_be_known_stands_before_the_outcome(page: str) -> None:
    """Warnings first, then the outcome with its range, then worse in the same form as better."""
    order = [page.index(words) for words in ("Lees dit eerst", "Niet uitgezocht: 4 van 20", "Minder vaste gezichten",
                                             "Samen scheelt 2.310", "Samen is hier slechter: 0,41")]  # fmt: skip
    assert order == sorted(order)
    assert page.count('<li class="better">') == 6 and page.count('<li class="worse">') == 1
    assert "Van de 9 hoofdcijfers: 6 duidelijk beter, 1 duidelijk slechter, 1 gelijk, 1 niet te zeggen." in page


def test_tables_tell_a_screen_reader_what_is_what(page: str) -> None:
    """Each table has a caption and headings with a scope, each drawing words of its own, headings keep their order."""
    tags = Tags(page)
    counted = [tag for tag, _ in tags.seen]
    assert counted.count("table") == counted.count("caption") > 8
    assert all(each.get("scope") in ("col", "row") for tag, each in tags.seen if tag == "th")
    assert all(each.get("role") == "img" and each.get("aria-label") for tag, each in tags.seen if tag == "svg")
    levels = [int(tag[1]) for tag in counted if re.fullmatch(r"h[1-6]", tag)]
    assert levels[0] == 1 and all(after - before <= 1 for before, after in zip(levels, levels[1:], strict=False))


def test_no_nurse_in_the_common_page(page: str) -> None:
    """Nurses are in the comparison, not on the page."""
    assert not [nurse for nurse in MADE["EMPLOYERS"] if nurse in page]


def test_awkward_names_stay_text(made: Comparison) -> None:
    """Markup in the name of an organisation, area or scenario is shown, not run, in both languages."""
    bad = "<script>alert(1)</script>&\"'"
    contract = PRESETS["joint"].model_copy(update={"name": "ours", "own_by_day": ("maas",)})
    named = made.model_copy(update={"contracts": made.contracts | {"joint": contract}, "provisional": True})
    for language in ("nl", "en"):
        shown = compare_page(named, KINDS, language, None, {"maas": bad, "WK059901": bad})
        assert [tag for tag, _ in Tags(shown).seen].count("script") == 1
        assert "alert(1)&lt;/script&gt;" in shown


def test_a_hurried_or_one_week_comparison_says_so(made: Comparison) -> None:
    """Provisional at the top; with one week there is no range and nothing is called better or worse."""
    one = {name: {figure: Difference(median=each.median, low=each.median, high=each.median, n=1)
                  for figure, each in row.items()} for name, row in made.total.differences.items()}  # fmt: skip
    update = {"weeks": 1, "seeds": 1, "demand": "one", "provisional": True,
              "total": made.total.model_copy(update={"differences": one})}  # fmt: skip
    shown = compare_page(made.model_copy(update=update), KINDS, "nl", None, NAMES)
    assert "Gebruik dit niet voor een besluit" in shown and "1 week vraag × 1 zoekrun" in shown
    assert '<li class="better">' not in shown and '<li class="worse">' not in shown
    assert "maar één week waarin beide gemeten zijn" in shown


def test_an_empty_comparison_still_opens(made: Comparison) -> None:
    """No figures, no runs, no areas: the page says that nothing is open, and holds contracts and method."""
    bare = made.model_copy(update={"total": made.total.model_copy(update={"scenarios": {}, "differences": {}}),
                                   "organisations": {}, "districts": {}, "runs": (), "explanations": ()})  # fmt: skip
    shown = compare_page(bare, KINDS, "nl")
    assert "laten de afspraken geen cijfers van allen samen open" in shown and "De afspraken" in shown
    assert "<figure>" not in shown


def test_tables_hold_each_figure_once_with_what_it_sorts_by(made: Comparison) -> None:
    """12 figures in 8 themes; numbers sort by their value, not their words; areas stand in the order given."""
    tables = figure_tables(made, made.total, KINDS, "nl")
    assert sum(len(each.rows) for each in tables) == len(MADE["TOTAL"]["joint"]) == 12
    travel = tables[0].rows[0]
    assert travel[1].words == "11.551" and travel[1].value == 11551 and travel[1].note == "(11.204 tot 11.898)"
    assert travel[3].verdict == "better" and travel[3].note == "−20\u00a0%"
    rows = organisation_tables(made, KINDS, NAMES, "nl")[0].rows
    assert len(rows[0]) == 5 and rows[0][0].words == "Reistijd tussen cliënten"
    areas = {"Schiedam": "Schiedam", "WK059901": "Centrum"}
    assert [row[0].words for row in district_tables(made, KINDS, areas, "nl")[0].rows] == ["Schiedam", "Centrum"]
    runs = runs_table(made, "nl")
    assert len(runs.rows) == 20 and [row[5].words for row in runs.rows].count("nee") == 4
    assert all(len(row) == len(runs.headings) for row in runs.rows)


def test_a_plot_draws_from_zero_and_marks_zero(made: Comparison) -> None:
    """Bars begin at nothing: 9241 / 11551 of the longest range; a difference that is not clear has a hollow dot."""
    kind = FIGURE_BY_NAME["travel_minutes"]
    rows = [(name, made.total.scenarios[name][kind.name]) for name in made.scenarios]
    found = told(made.total, kind, "joint", "single")
    assert found is not None
    drawing = figure_plot(kind, rows, [found], "nl")
    widths = [float(each) for each in re.findall(r'<rect x="8.0" y="\d+" width="([\d.]+)"', drawing)]
    assert widths[1] / widths[0] == pytest.approx(9241 / 11551, abs=0.001)
    assert 'class="zero"' in drawing and 'fill="#fff"' not in drawing
    unsure = FIGURE_BY_NAME["wishes_refused"]
    doubtful = told(made.total, unsure, "joint", "single")
    assert doubtful is not None
    rows = [(name, made.total.scenarios[name][unsure.name]) for name in made.scenarios]
    assert 'fill="#fff"' in figure_plot(unsure, rows, [doubtful], "nl")
    nothing = [("joint", Spread(median=None, low=None, high=None, n=0))]
    assert "<rect" not in figure_plot(kind, nothing, [], "nl")


@pytest.fixture(scope="module")
def six() -> tuple[Any, Any]:
    """Six nurses and their joint plan."""
    instance = read_instance(locate("six_nurses"))
    return instance, read_plan(TESTS / "instances" / "six_nurses_plan.json", instance)[0]


def test_maps_show_neighbourhoods_and_no_address(six: tuple[Any, Any]) -> None:
    """A map for each scenario with words; no id of a client, nurse, place or district stands in it, nor in that of one
    organisation; without routes there is none."""
    instance, plan = six
    drawn = map_pair(instance, {"single": plan, "joint": plan}, "nl")
    tags = Tags(drawn)
    assert [tag for tag, _ in tags.seen].count("svg") == 2 and "Maaszorg" in drawn
    ids = [
        each.id for rows in (instance.clients, instance.nurses, instance.places, instance.districts) for each in rows
    ]
    for each in (drawn, map_pair(instance, {"single": plan, "joint": plan}, "en", "rotte")):
        assert not [known for known in ids if re.search(rf"\b{re.escape(known)}\b", each)]
    assert map_pair(instance, {"single": plan.model_copy(update={"duties": ()})}, "nl") == ""


def test_the_map_of_one_organisation_draws_its_own_nurses_only(six: tuple[Any, Any]) -> None:
    """Only her colour and name; fewer legs than all; another's clients stand in one place, the centre of the area."""
    instance, plan = six
    whole, own = map_pair(instance, {"joint": plan}, "nl"), map_pair(instance, {"joint": plan}, "nl", "maas")
    assert "Rottezorg" not in own and "#b3471d" not in own and "#b3471d" in whole
    legs = [int(re.search(r"(\d+) ritten", each)[1]) for each in (whole, own)]  # type: ignore[index]
    routes = [(instance.nurse_by_id[duty.nurse].organisation, [stop for stop in route.stops if stop.what == "visit"])
              for duty in plan.duties for route in duty.routes]  # fmt: skip
    assert legs[0] == sum(max(len(stops) - 1, 0) for _, stops in routes)
    assert legs[1] == sum(max(len(stops) - 1, 0) for employer, stops in routes if employer == "maas")
