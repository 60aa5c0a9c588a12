"""The map of response: sums by hand, exact figures where districts cannot tell, no homes, nothing fetched."""

from __future__ import annotations

import json
import re
import runpy
from html import unescape
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

from maps.response import own_script, response_page
from maps.response_data import Scenario, Told, bounds_of, figures_of, parts_of, percent, response_areas
from maps.response_data import together as merged
from maps.response_exact import exact_of
from maps.response_measured import measured_page
from maps.response_tables import change_sentence, district_rows, organisation_rows, part_rows, sentences
from maps.response_words import class_words, script_words
from maps.words import Words
from optimiser.domain.instance import Instance
from optimiser.domain.plan import Duty, Plan
from optimiser.domain.sharing import PRESETS
from optimiser.domain.simulated_calls import Estimate, SimulatedCalls, SimulatedResponse
from optimiser.errors import InputError
from optimiser.report.response import response
from optimiser.simulate.calls import simulate_calls
from optimiser.simulate.calls_settings import CallSettings
from optimiser.travel.engine import travel_matrix

MADE = runpy.run_path(str(Path(__file__).parent / "response_sample.py"), run_name="response_sample")
SCENARIOS = [("Ieder apart", MADE["alone"]()), ("Samen", MADE["together"]())]
TOLD = [Scenario(*each) for each in SCENARIOS]
BOTH = ("maas", "rotte")
CODES = ("BU05990001", "BU05990002", "q-home")


@pytest.fixture(scope="module")
def service() -> Instance:
    """The small service."""
    return MADE["service"]()


@pytest.fixture(scope="module")
def page(service: Instance) -> str:
    """Both scenarios in Dutch."""
    return response_page(service, SCENARIOS)


def data_of(page: str) -> Any:
    """What the page's script is given."""
    found = re.search(r"samenrooster\.response\(\[[^\]]*\], (.*)\);</script>", page)
    assert found
    return json.loads(found[1])


def test_rows_are_put_together_by_their_visits() -> None:
    """The first district alone: 0.5 visits at 80 % and 0.25 at 60 %: (0.4 + 0.15) / 0.75 = 73.3 %; the mean
    (0.5 x 20 + 0.25 x 30) / 0.75 = 23.3; the slowest 90th percentile is 45. The second: (2 x 50 % + 0) / 3 = 33.3 %,
    its mean is of the evening alone (32), and a third of the visits is answered by nobody."""
    rows = MADE["alone"]()
    first, second = merged(rows[:2]), merged(rows[2:4])
    assert first is not None and second is not None
    assert (first.visits, round(first.within or 0, 4)) == (0.75, 0.7333)
    assert (round(first.mean or 0, 3), first.p90) == (23.333, 45)
    assert (round(second.within or 0, 4), second.mean, round(second.unanswered or 0, 4)) == (0.3333, 32, 0.3333)
    assert (first.low, first.high) == (None, None)
    one = merged(MADE["together"]()[:1])
    assert one is not None and (round(one.low or 0, 2), round(one.high or 0, 2)) == (0.94, 0.98)
    assert merged([]) is None and merged([rows[0].model_copy(update={"visits_per_week": 0.0})]) is None


def test_parts_are_those_with_visits() -> None:
    """Evening and night, and all of them together first; one part alone needs no sum."""
    assert parts_of(TOLD) == ("all", "evening", "night")
    assert parts_of([Scenario("a", MADE["alone"]()[:1])]) == ("evening",)
    assert parts_of([Scenario("a", ())]) == ("all",)


def test_classes_lie_around_target_and_norm(service: Instance) -> None:
    """By hand for a norm of 30 minutes and a target of 90 %; visits in round steps up to the most (3.4: steps of 1)."""
    words = Words(service, "nl")
    assert bounds_of("within", (), 30, 90) == [49, 74, 89, 94, 100]
    assert class_words(words, "within", bounds_of("within", (), 30, 90)) == [
        "onder 50%", "50 – 74%", "75 – 89%", "90 – 94%", "95 – 100%"]  # fmt: skip
    assert class_words(words, "mean", bounds_of("mean", (), 30, 90)) == [
        "tot en met 10 min", "11 – 20 min", "21 – 30 min", "31 – 45 min", "meer dan 45 min"]  # fmt: skip
    assert bounds_of("visits", (0.2, 3.4), 30, 90) == [1, 2, 3, 4, 5]
    assert class_words(words, "visits", [0.2, 0.4, 0.6, 0.8, 1.0])[1] == "0,2 – 0,4"
    assert class_words(words, "visits", [0.05, 0.1, 0.15, 0.2, 0.25])[0] == "tot en met 0,05"
    assert [percent(each) for each in (0, 0.001, 0.5, 0.895, 0.999, 1)] == [0, 1, 50, 90, 99, 100]


def test_every_row_is_in_an_area(service: Instance) -> None:
    """Districts are circles; with the border of one, that one is drawn and the others with calls stay circles. Where
    somebody may live outside a district the point is told to two decimals."""
    areas, year = response_areas(service, CODES, None)
    assert [each.name for each in areas] == [MADE["NASTY"], "Noord", "Leeg", "q-home"] and year == ""
    assert areas[3].at == (51.91, 4.44)
    ring = [[4.46, 51.91], [4.48, 51.91], [4.48, 51.93], [4.46, 51.91]]
    border = {"type": "Feature", "properties": {"code": "BU05990001", "naam": "Een", "year": 2024},
              "geometry": {"type": "Polygon", "coordinates": [ring]}}  # fmt: skip
    areas, year = response_areas(service, CODES, {"type": "FeatureCollection", "features": [border]})
    assert [(each.name, bool(each.polygons)) for each in areas] == [("Een", True), ("Noord", False), ("q-home", False)]
    assert year == "2024"
    evening = figures_of(areas, TOLD[0], "evening")
    assert [each.visits for each in evening if each is not None] == [0.5, 2.0, 0.5]


def test_tables_by_hand(service: Instance) -> None:
    """All visits: 4.25 a week. Alone in time: 0.4 + 0.15 + 1.0 + 0 + 0.2 = 1.75 (41 %); 3.25 are answered
    after (0.5 x 20 + 0.25 x 30 + 2 x 32 + 0.5 x 40) / 3.25 = 31.2 minutes, 1 by nobody. The second district has visits
    of maas and rotte as 3 to 1, so maas has 0.75 + 0.75 x 3 = 3.0 visits, of which 0.55 + 0.75 = 1.3 in time (43 %)."""
    words = Words(service, "nl")
    areas, _ = response_areas(service, CODES, None)
    rows = part_rows(words, TOLD, (), ("all", "evening", "night"), areas)
    assert rows[0]["cells"][0] == ["4,2", "41%", "31", "24%", "3 / 3"]
    assert rows[2]["cells"][0] == ["1,2", "12%", "30", "80%", "2 / 2"]
    owners = organisation_rows(words, TOLD, (), ("all", "night"), BOTH)
    assert [(each["visits"], each["cells"][0]) for each in owners] == [("3,0", ["43%", "15%"]), ("1,2", ["36%", "0%"])]
    worst = district_rows(words, areas, TOLD, "all", BOTH)
    assert [each["name"] for each in worst] == ["Noord", "q-home", MADE["NASTY"]]
    assert worst[0]["cells"][0] == ["33%", "32", "48", "33%"] and worst[0]["visits"] == "3,00"
    assert district_rows(words, areas, TOLD[1:], "night", BOTH)[0]["cells"][0] == ["75% (70–80)", "26", "39", "0%"]
    said = sentences(words, TOLD, ())
    assert "van de 4,2 bezoeken per week" in said[0] and "bij 41% binnen 30 minuten" in said[0] and "24%" in said[0]
    assert "niemand in dienst" not in said[1]
    # 33 to 85 %, 40 to 100 %, 73 to 95 %
    assert [each["change"] for each in worst] == ["+52", "+60", "+22"]
    back = change_sentence(words, areas, TOLD[::-1])
    assert back.startswith("Van de 3 buurten")
    assert back.endswith("in 0 vaker iemand op tijd dan bij Samen, en in 3 minder vaak.")
    assert change_sentence(words, areas, TOLD[:1]) == ""
    assert sentences(words, [Scenario("Leeg", ())], ()) == ["Leeg: geen bezoeken na oproepen."]


def test_exact_figures_go_before_those_of_districts(service: Instance) -> None:
    """Who answers only her own clients differs from the mean of a shared district; simulated figures have intervals,
    and organisations are told over all parts."""
    words = Words(service, "en")
    areas, _ = response_areas(service, CODES, None)

    def group(visits: float, share: float) -> SimulatedResponse:
        other = {name: Estimate(value=5.0) for name in SimulatedResponse.model_fields}
        told = {"visits_per_week": Estimate(value=visits), "within_norm": Estimate(value=share, low=share, high=1.0)}
        return SimulatedResponse(**other | told)

    fields = {name: None for name in SimulatedCalls.model_fields}
    simulated = SimulatedCalls.model_construct(**fields | {
        "total": group(4.25, 0.5), "parts": {"night": group(1.25, 0.25)},
        "organisations": {"maas": group(3.0, 0.75), "rotte": group(0.0, 0.0)},
    })  # fmt: skip
    exact = exact_of(simulated)
    assert exact["", "night"] == Told(1.25, 0.25, 5.0, 5.0, None, 0.25, 1.0) and ("rotte", "all") not in exact
    whole = part_rows(words, TOLD[:1], [exact], ("all",), areas)[0]["cells"][0]
    assert whole == ["4.2", "50% (50–100)", "5", "5", "–", "3 / 3"]
    assert organisation_rows(words, TOLD[:1], [exact], ("all",), BOTH) == [
        {"name": "Maaszorg", "visits": "3.0", "cells": [["75% (75–100)"]]}
    ]
    page = response_page(service, SCENARIOS[:1], language="en", exact=[exact])
    assert "Counted over districts" not in page and "75% (75–100)" in page
    assert "Counted over districts" in response_page(service, SCENARIOS[:1], language="en")
    with pytest.raises(ValueError, match="exact"):
        response_page(service, SCENARIOS, exact=[exact])
    with pytest.raises(ValueError, match="scenario"):
        response_page(service, [])


def test_the_page_asks_nothing_and_runs_only_its_own_scripts(page: str) -> None:
    """No address, no handler in markup, a policy of hashes; texts of tables stay texts."""
    assert re.search(r"default-src 'none'; script-src ('sha256-[\w+/=]+' ?){3};", unescape(page))
    outside = re.sub(r"<script>.*?</script>|<style>.*?</style>", "", page, flags=re.DOTALL)
    assert not re.search(r"https?://", outside) and not re.search(r"\son\w+=", outside)
    assert MADE["NASTY"] not in page and "&lt;b&gt;" in outside and "{{ 7 * 7 }}" in outside
    assert "fetch(" not in own_script() and "innerHTML =" not in own_script()
    HTMLParser().feed(page)


def test_no_home_is_in_the_page(service: Instance, page: str) -> None:
    """Not the place, not the position, also of a nurse who waits at home; the post is."""
    data = data_of(page)
    assert [each["name"] for each in data["posts"]] == ["Post: Stad"]
    homes = {each.home for each in service.nurses} | {each.place for each in service.clients}
    for identity in sorted(homes):
        place = service.place_by_id[identity]
        assert f'"{identity}"' not in page and f"{place.latitude},{place.longitude}" not in page
    assert "51.91234" not in page
    assert not any(each.id in re.findall(r"[\w-]+", page) for each in service.nurses)


def test_what_the_script_gets(page: str) -> None:
    """For each scenario and part a row for each area: in time, mean, 90 %, visits, nobody and the interval."""
    data = data_of(page)
    assert list(data["scenarios"][0]["parts"]) == ["all", "evening", "night"]
    nobody = [0, None, None, 1.0, 100, None, None]
    assert data["scenarios"][0]["parts"]["night"] == [[60, 30, 45, 0.25, 0, None, None], nobody, [], []]
    assert data["scenarios"][1]["parts"]["evening"][0] == [96, 12, 18, 0.5, 0, 94, 98]
    assert data["areas"][1]["owners"] == "Maaszorg, Rottezorg"
    assert data["words"]["legend"]["within"].endswith("30 minuten begint")


def test_both_languages_and_tiles(service: Instance) -> None:
    """Words of the script are in the language of the page; only known tiles are allowed, from one host."""
    english = response_page(service, SCENARIOS, language="en", tiles="pdok")
    assert "How soon somebody is there" in english and 'lang="en"' in english
    assert re.search(r"img-src data: https://[\w.]+;", english)
    assert script_words(Words(service, "en"), ("night",))["part"] == {"night": "Night"}
    with pytest.raises(InputError):
        response_page(service, SCENARIOS, tiles="elsewhere")


def test_what_is_not_to_be_told_of_an_organisation_is_not_in_the_page(service: Instance) -> None:
    """One organisation sees its own row and its own districts by name; nobody's when there is nobody to be told of."""
    own = response_page(service, SCENARIOS, organisations=("rotte",))
    assert "Rottezorg" in own and "Maaszorg" not in own
    none = response_page(service, SCENARIOS, organisations=())
    assert "Rottezorg" not in none and "Per organisatie" not in none


def test_a_plan_without_calls_is_a_page_too(service: Instance) -> None:
    """No rows: nothing is coloured, and the sentence says so."""
    page = response_page(service, [("Leeg", ())])
    assert "Leeg: geen bezoeken na oproepen." in page and data_of(page)["areas"][0]["name"] == MADE["NASTY"]


def test_what_was_computed_for_two_plans_of_one_contract(service: Instance) -> None:
    """By hand: one nurse is on duty on Monday from 15:00 to 23:00 and answers all calls of those hours; in all other
    hours nobody does. The page and its exact tables come from that, and equal contracts get a number."""
    day, clock = service.first_monday, service.clock
    duty = Duty(id=f"m1/{day}/work", nurse="m1", kind="avond", day=day, lane="work", start=clock.at(0, 900),
                end=clock.at(0, 1380), organisation="maas")  # fmt: skip
    plan = Plan(instance=service.name, fingerprint=service.fingerprint, row_hashes={}, contract=PRESETS["joint"],
                duties=(duty,), with_routes=False)  # fmt: skip
    found = response(service, travel_matrix(service), plan)
    assert found is not None
    page = measured_page(service, [("joint", found), ("joint", found)])
    exact = exact_of(found)
    # 6 calls in a week of 120 hours, all of them visits; 8 hours of duty, 5 of them evening (18:00 to 23:00)
    assert round(exact["", "all"].visits, 6) == 6.0
    assert round(exact["", "all"].unanswered or 0, 4) == round(1 - 8 / 120, 4)
    assert round(exact["", "evening"].unanswered or 0, 4) == round(1 - 5 / 25, 4)
    assert [each["title"] for each in data_of(page)["scenarios"]] == ["Samen 1", "Samen 2"]
    # what made it harder stands on the page: a map of snow is no map of a usual week
    snow = simulate_calls(service, plan.contract, travel_matrix(service), plan, 1, 0, CallSettings(stress="snow"))
    page = measured_page(service, [("joint", found), ("single", snow)])
    titles = [each["title"] for each in data_of(page)["scenarios"]]
    assert titles == ["Samen", "Apart, bij sneeuw"]
