"""Extra clients hold together with the tables, come in one order, and are the same for every scenario."""

from __future__ import annotations

from pathlib import Path

import pytest

from instances.catalogue import locate
from instances.expand import expanded
from instances.read import read_instance
from instances.write import write_instance
from optimiser.domain.instance import Instance
from optimiser.domain.work import EditedVisit
from optimiser.scenario.parts import part_of
from optimiser.studies.capacity_extra import extra_clients, with_clients, with_extra
from optimiser.studies.capacity_turns import client_minutes


@pytest.fixture(scope="module")
def rijnmond() -> Instance:
    """The stored week of VTT Rijnmond."""
    return read_instance(locate("vtt_rijnmond"))


@pytest.mark.parametrize("name", ["six_nurses", "vtt_rijnmond"])
def test_copied_visits_and_ties_are_those_that_the_tables_expand_to(name: str) -> None:
    """With the links to orders, visits and tasks, and the chains within orders."""
    made = with_extra(read_instance(locate(name)), 100, 3)
    anew = expanded(made)
    assert {each.id: each for each in made.visits} == {each.id: each for each in anew.visits}
    assert len(made.visits) == len(anew.visits)
    assert {each.id: each for each in made.work_links} == {each.id: each for each in anew.work_links}
    assert any(each.id.startswith("extra-") for each in made.work_links)


def test_the_tables_with_extra_clients_can_be_written_and_read(six: Instance, tmp_path: Path) -> None:
    """Nothing refers to what is not there: the reader, which refuses that, finds no fault; the content is the same."""
    made = with_extra(six, 60, 1)
    write_instance(made, tmp_path / "more")
    assert read_instance(tmp_path / "more").fingerprint == made.fingerprint


def test_an_edited_visit_and_a_visit_by_itself_are_copied(six: Instance) -> None:
    """Every client of maas once: the copy of who has an edited visit has it too."""
    client = six.orders[0].client
    visit = next(each for each in six.visits if each.order == six.orders[0].id)
    day = six.clock.date_of(visit.windows[0].day)
    own = EditedVisit(id="alone", client=client, acts=six.orders[0].acts, day=day, from_time=600, until_time=700)
    fields = {name: getattr(six, name) for name in Instance.model_fields}
    edited = expanded(Instance(**fields | {"edited_visits": (EditedVisit(id=visit.id, minutes=17), own)}))
    made = with_extra(edited, 99, 0)
    copies = {each.client for each in made.visits if each.client not in edited.client_by_id}
    copies &= {each.id for each in extra_clients(edited, 99, 0) if each.donor == client}
    assert copies
    for copy in copies:
        minutes = [each.minutes for each in made.visits if each.client == copy]
        assert 17 + edited.settings.reporting_minutes in minutes
        assert len(minutes) == sum(each.client == client for each in edited.visits)
    assert {each.id for each in expanded(made).visits} == {each.id for each in made.visits}


def test_levels_are_nested(rijnmond: Instance) -> None:
    """What comes at 5 percent comes first at 20, to the letter."""
    few, many = extra_clients(rijnmond, 5, 1), extra_clients(rijnmond, 20, 1)
    assert 0 < len(few) < len(many)
    assert many[: len(few)] == few
    small, large = with_clients(rijnmond, few), with_clients(rijnmond, many)
    assert {each.id for each in small.visits} < {each.id for each in large.visits}
    assert all(large.visit_by_id[each.id] == each for each in small.visits)


def test_each_organisation_grows_in_proportion(rijnmond: Instance) -> None:
    """At 20 percent each has 20 percent more of its own, but for one client (at most 1,260 minutes, 13 percent of the
    smaller one's week would be 1,100)."""
    minutes = client_minutes(rijnmond)
    largest = max(minutes.values())
    extras = extra_clients(rijnmond, 20, 1)
    for organisation in rijnmond.organisations:
        own = sum(each for client, each in minutes.items()
                  if rijnmond.client_by_id[client].organisation == organisation.id)  # fmt: skip
        more = sum(each.minutes for each in extras if each.organisation == organisation.id)
        assert abs(more - 0.2 * own) <= largest
    total = sum(minutes.values())
    assert 0.2 * total - largest < sum(each.minutes for each in extras) <= 0.2 * total


def test_nobody_comes_twice_before_all_came_once(six: Instance) -> None:
    """At 100 percent and less every donor is another."""
    donors = [each.donor for each in extra_clients(six, 90, 2)]
    assert len(donors) == len(set(donors)) > 3


def test_another_seed_gives_other_clients(rijnmond: Instance) -> None:
    """One draw is one draw; the same seed gives the same."""
    first, other = extra_clients(rijnmond, 10, 1), extra_clients(rijnmond, 10, 2)
    assert first == extra_clients(rijnmond, 10, 1)
    assert [each.donor for each in first] != [each.donor for each in other]


def test_who_may_not_be_copied_is_not(six: Instance) -> None:
    """A client whom nobody may serve says nothing about room."""
    first = extra_clients(six, 50, 1)[0].donor
    assert first not in {each.donor for each in extra_clients(six, 200, 1, frozenset({first}))}


def test_an_extra_client_lives_in_the_district_of_her_donor(rijnmond: Instance) -> None:
    """On the spot of another client there, as a place of her own."""
    made = with_extra(rijnmond, 10, 1)
    for extra in extra_clients(rijnmond, 10, 1):
        place = made.place_by_id[made.client_by_id[extra.id].place]
        assert place.district == rijnmond.place_by_id[rijnmond.client_by_id[extra.donor].place].district
        assert place.id not in rijnmond.place_by_id


def test_a_second_growth_has_other_ids(six: Instance) -> None:
    """What grew can grow again."""
    once = with_extra(six, 30, 1)
    twice = with_extra(once, 30, 1)
    assert len(twice.client_by_id) == len(twice.clients) > len(once.clients) > len(six.clients)
    assert len(twice.visit_by_id) == len(twice.visits)


def test_parts_meet_the_same_clients(rijnmond: Instance) -> None:
    """The clients that come to one organisation are the same whoever it plans with (single against joint)."""
    whole = with_extra(rijnmond, 15, 4)
    for organisation in rijnmond.organisations:
        part = part_of(whole, (organisation.id,))
        mine = {each.id: each for each in whole.visits
                if whole.client_by_id[each.client].organisation == organisation.id}  # fmt: skip
        assert mine == {each.id: each for each in part.visits}
        assert {each.id for each in expanded(part).visits} == set(mine)
