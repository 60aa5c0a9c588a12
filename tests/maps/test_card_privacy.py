"""A nurse's file holds her own clients only: every page is searched for every other client."""

from __future__ import annotations

import runpy
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from instances.bring import read_bring
from instances.catalogue import locate
from instances.names import read_names
from instances.plans import read_plan
from instances.read import read_instance
from maps.card import card
from maps.card_files import card_days, card_files
from optimiser.travel.engine import travel_matrix

HERE = Path(__file__).parent
SEARCH = runpy.run_path(str(HERE / "card_privacy.py"), run_name="card_privacy")
PLAN = HERE.parent / "instances" / "six_nurses_plan.json"


@pytest.fixture(scope="module")
def six() -> Any:
    """The bundled team with its plan, and a mark in every code and note. Its places are moved off their grid, where the
    middle of one nurse's map is another's home."""
    folder = locate("six_nurses")
    table = read_instance(folder)
    places = tuple(
        each.model_copy(update={"latitude": round(each.latitude + 0.00013 * number, 5)})
        for number, each in enumerate(table.places)
    )
    instance = type(table)(**({name: getattr(table, name) for name in type(table).model_fields} | {"places": places}))
    names = {
        key: each.model_copy(update={"key_box": f"kluis{key}kluis", "notes": f"notitie{key}notitie"})
        for key, each in read_names(folder).items()
    }
    return SimpleNamespace(
        instance=instance, plan=read_plan(PLAN, table)[0], travel=travel_matrix(instance), names=names,
        bring=read_bring(folder, instance),
    )  # fmt: skip


def searched(made: Any, bring: Any, week: bool) -> int:
    """How many pages were searched without a find; fails on the first that tells of others."""
    count = 0
    for name, page in card_files(made.instance, made.travel, made.plan, made.names, bring=bring, week=week):
        nurse, _, date = name.removesuffix(".html").rpartition("_")
        days = [day for _, day in card_days(made.plan, nurse) if week or str(day) == date]
        own = SEARCH["clients_of"](made.instance, made.plan, nurse, days)
        known = SEARCH["known_to"](made.instance, made.plan, nurse, days)
        assert SEARCH["leaks"](page, made.instance, made.names, own, known) == [], name
        assert "notitie" not in page and "kluis" not in page, name
        count += 1
    return count


@pytest.mark.parametrize("week", [False, True])
def test_a_card_knows_its_own_clients_only(six: Any, team: Any, week: bool) -> None:
    """No name, address, number, id, order or point of another client on any card of two teams, nor of a colleague who
    is neither partner nor on call; no code of a key box and no note."""
    assert searched(six, six.bring, week) == (6 if week else len({(each.nurse, each.day) for each in six.plan.duties}))
    assert searched(team, (), week) == (6 if week else len({(each.nurse, each.day) for each in team.plan.duties}))


def test_the_search_finds_what_it_is_for(six: Any) -> None:
    """A page with one stranger's id, order, address or point is caught, each by itself."""
    days = [day for _, day in card_days(six.plan, "r2")]
    own = SEARCH["clients_of"](six.instance, six.plan, "r2", days)
    assert "c1" not in own
    place = six.instance.place_by_id["p-c1"]
    for told in (
        "c1", "c1-antibiotica", six.names["c1"].name, six.names["c1"].address, six.names["c1"].phone,
        f"geo:{place.latitude:.5f},{place.longitude:.5f}",
    ):  # fmt: skip
        assert SEARCH["leaks"](f"<p>{told}</p>", six.instance, six.names, own, {"r2"}), told


def test_codes_stand_on_cards_that_will_be_locked_only(six: Any) -> None:
    """With ``key_boxes`` the codes and notes of her own clients, and of nobody else."""
    nurse, day = card_days(six.plan, "m1")[0]
    made = card(six.instance, six.travel, six.plan, nurse, day, six.names, key_boxes=True)
    assert {each.key_box for each in made.stops if each.client} == {f"kluisc{n}kluis" for n in (1, 4, 3, 6, 5)}
    page = next(page for _, page in card_files(six.instance, six.travel, six.plan, six.names, nurse=nurse, day=day,
                                               key_boxes=True))  # fmt: skip
    assert "kluisc1kluis" in page and "notitiec1notitie" in page and "kluisc2kluis" not in page
    plain = card(six.instance, six.travel, six.plan, nurse, day, six.names)
    assert not any(each.key_box or each.notes for each in plain.stops)


def test_a_place_is_told_only_when_it_is_nobodys_home(six: Any) -> None:
    """A task at an id that names.csv gives to a person, or at a home, shows no name."""
    nurse, day = "r2", next(day for who, day in card_days(six.plan, "r2") if str(day) == "2026-12-09")
    made = card(six.instance, six.travel, six.plan, nurse, day, six.names)
    assert made.stops[0].person == "Apotheek De Vijzel" and made.stops[0].phone == "06-00000021"
    places = tuple(
        each.model_copy(update={"kind": "home"}) if each.id == "p-apotheek" else each for each in six.instance.places
    )
    fields = {name: getattr(six.instance, name) for name in type(six.instance).model_fields} | {"places": places}
    hidden = card(type(six.instance)(**fields), six.travel, six.plan, nurse, day, six.names)
    assert hidden.stops[0].person == "" and hidden.stops[0].phone == ""
