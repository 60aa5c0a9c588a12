"""What stands on a nurse's card: stops, what to bring, order form, whom to call, and where a tap leads."""

from __future__ import annotations

import re
from datetime import date, timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from instances.bring import read_bring
from instances.catalogue import locate
from instances.names import read_names
from instances.plans import read_plan
from instances.read import read_instance
from maps.card import Card, card
from maps.card_contacts import is_centre, navigation
from maps.card_files import card_files
from maps.card_stop import SOON_DAYS, order_form
from maps.files import map_files
from maps.picture import picture
from maps.route import route_page, week_page
from maps.words import Words
from optimiser.domain.card import Bring
from optimiser.domain.people import Availability
from optimiser.domain.sharing import PRESETS
from optimiser.report.changes import changes_between
from optimiser.travel.engine import travel_matrix

PLAN = Path(__file__).parents[1] / "instances" / "six_nurses_plan.json"
MONDAY = date(2026, 12, 7)
TUESDAY, WEDNESDAY = MONDAY + timedelta(days=1), MONDAY + timedelta(days=2)


@pytest.fixture(scope="module")
def six() -> Any:
    """The bundled team with its plan, names and what to bring."""
    folder = locate("six_nurses")
    instance = read_instance(folder)
    return SimpleNamespace(
        instance=instance, plan=read_plan(PLAN, instance)[0], travel=travel_matrix(instance), names=read_names(folder),
        bring=read_bring(folder, instance),
    )  # fmt: skip


def made(six: Any, nurse: str, day: date, **more: Any) -> Card:
    """A card of the team."""
    names, bring = more.pop("names", six.names), more.pop("bring", six.bring)
    return card(six.instance, six.travel, more.pop("plan", six.plan), nurse, day, names, bring, **more)


def changed(noun: Any, **fields: Any) -> Any:
    """A noun with other fields, worked out anew."""
    return type(noun)(**({name: getattr(noun, name) for name in type(noun).model_fields} | fields))


def test_the_stops_of_a_day_by_hand(six: Any) -> None:
    """m1 on Monday, read off the plan: five visits and the break, what each needs, who is called."""
    found = made(six, "m1", MONDAY)
    assert [(each.number, each.start, each.client) for each in found.stops] == [
        (1, "07:15", "c1"), (2, "08:00", "c4"), (3, "09:00", "c3"), (4, "10:00", "c6"), (0, "11:00", ""),
        (5, "11:39", "c5"),
    ]  # fmt: skip
    first, third = found.stops[0], found.stops[2]
    assert first.window == "tussen 07:00 en 08:30" and first.minutes == "30 min"
    assert first.bring == ("Handschoenen en alcoholdoekjes",)
    assert first.parking == "Parkeren achter de flat, slagboom op tijd open."
    assert first.form == "Uitvoeringsverzoek geldig t/m 31 januari 2027" and not first.form_warning
    assert third.safety == ("Er wordt gerookt in huis.",)
    assert found.stops[3].form == ""  # compression asks no order form
    assert first.dial == "0600000007"
    assert [each.name for each in found.duties[0].backups] == ["Maaszorg"]
    assert "naar huis" in found.duties[0].back and found.duties[0].leave == "Van huis"
    assert found.duties[1].standby and found.duties[1].empty.startswith("Geen geplande bezoeken")


def test_what_to_fetch_and_where(six: Any) -> None:
    """The cassette of one order is fetched at the pharmacy, with its address and number; the rest needs no fetching."""
    found = made(six, "r3", MONDAY)
    assert [(each.place, each.items) for each in found.packing] == [
        ("", (("Steriele verbandset PICC en spoelvloeistof", "2"),)),
        ("Apotheek De Vijzel", (("Gevulde cassette op naam", "3"),)),
    ]
    fetched = found.packing[1]
    assert (fetched.address, fetched.dial) == ("Voorbeeldstraat 3, Rotterdam", "0600000021")
    assert found.stops[2].bring == ("Gevulde cassette op naam (ophalen bij Apotheek De Vijzel)",)
    nameless = made(six, "r3", MONDAY, names={})
    assert nameless.packing[1].place == "de apotheek" and nameless.stops[0].person == ""


def test_what_two_visits_need_stands_once(six: Any) -> None:
    """On Tuesday evening c1 comes twice: one line with both stops."""
    found = made(six, "m3", TUESDAY)
    assert found.packing[0].items == (("Handschoenen en alcoholdoekjes", "1, 3"),)


def test_an_order_of_another_client_asks_nothing(six: Any) -> None:
    """A row of an order is for that order's visits only."""
    bring = (Bring(work="c1-antibiotica", items="Alleen voor c1"),)
    assert [each.client for each in made(six, "m1", MONDAY, bring=bring).stops if each.bring] == ["c1"]


def test_a_two_nurse_visit_names_the_partner_with_her_number(six: Any) -> None:
    """c2 on Tuesday: m1 sees m2, and m2 sees m1; d2 is unsafe and never visited alone."""
    partner = next(each.partner for each in made(six, "m1", TUESDAY).stops if each.client == "c2")
    assert partner is not None and (partner.name, partner.dial) == ("Bram Duinstra", "0600000002")
    other = next(each.partner for each in made(six, "m2", TUESDAY).stops if each.client == "c2")
    assert other is not None and other.id == "m1"
    unsafe = next(each for each in made(six, "r1", WEDNESDAY).stops if each.client == "d2")
    assert unsafe.safety[0] == "Nooit alleen naar binnen." and unsafe.partner is not None


def test_who_is_on_call_backs_up_a_duty_that_overlaps(six: Any) -> None:
    """A night on call of r2 over the evening of r3: on her card. One that only touches it is not; without shared cover
    another organisation's is not; without a number the organisation stands there too."""
    evening = next(each for each in six.plan.duties if each.nurse == "r3" and each.kind and each.start % 1440 == 900)
    night = next(each for each in six.plan.duties if each.lane == "standby")

    def backed(nurse: str, owner: str, start: int, contract: str = "single", names: Any = six.names) -> list[str]:
        stands = night.model_copy(update={
            "id": "x", "nurse": nurse, "organisation": owner, "day": evening.day, "start": start,
            "end": start + 480,
        })  # fmt: skip
        others = [each for each in six.plan.duties if each.lane == "work"]
        plan = changed(six.plan, duties=(*others, stands), contract=PRESETS[contract])
        duty = made(six, "r3", evening.day, plan=plan, names=names).duties[0]
        return [each.id for each in duty.backups]

    assert backed("r2", "rotte", evening.end - 60) == ["r2"]
    assert backed("r2", "rotte", evening.end) == ["rotte"]
    assert backed("m1", "maas", evening.end - 60) == ["rotte"]
    assert backed("m1", "maas", evening.end - 60, "joint") == ["m1"]
    silent = {key: each for key, each in six.names.items() if key != "r2"}
    assert backed("r2", "rotte", evening.end - 60, names=silent) == ["r2", "rotte"]


@pytest.mark.parametrize(
    ("first", "last", "words", "warning"),
    [
        (None, MONDAY + timedelta(days=SOON_DAYS), "geldig t/m 14 december 2026", False),
        (None, MONDAY + timedelta(days=SOON_DAYS - 1), "loopt af op 13 december 2026", True),
        (None, MONDAY, "loopt af op 7 december 2026", True), (None, MONDAY - timedelta(days=1), "verlopen op", True),
        (TUESDAY, None, "pas geldig vanaf 8 december 2026", True), (MONDAY, None, "zonder einddatum", False),
        (None, None, "ontbreekt", True),
    ],
)  # fmt: skip
def test_order_forms(six: Any, first: Any, last: Any, words: str, warning: bool) -> None:
    """Valid, ending within a week, ended, not yet valid, without an end, and missing for a reserved act."""
    visit = six.instance.visits[0].model_copy(update={"order_form_from": first, "order_form_until": last})
    said, warns = order_form(Words(six.instance), visit, MONDAY)
    assert words in said and warns is warning
    plain = visit.model_copy(update={"acts": ("wond",), "order_form_from": None, "order_form_until": None})
    assert order_form(Words(six.instance), plain, MONDAY) == ("", False)


def test_where_a_tap_leads(six: Any) -> None:
    """A door by its point; a district's centre by its address as text, with the town when the address has none; and
    nowhere when neither is known. A place with a postcode may be a centre too."""
    place = six.instance.place_by_id["p-c1"]
    assert not is_centre(six.instance, place)
    links = navigation(six.instance, place, "Dijk 1 (achter)")
    assert links is not None
    assert links.geo == "geo:51.93000,4.47460?q=51.93000,4.47460(Dijk%201%20%28achter%29)"
    assert links.apple == "maps://?daddr=51.93000,4.47460"
    district = next(each for each in six.instance.districts if each.id == place.district)
    centre = place.model_copy(update={"latitude": district.latitude, "longitude": district.longitude})
    links = navigation(six.instance, centre, "Dijk 1")
    assert links is not None
    assert links.geo == "geo:0,0?q=Dijk%201%2C%20Rotterdam" and links.apple == "maps://?daddr=Dijk%201%2C%20Rotterdam"
    assert navigation(six.instance, centre, "") is None and navigation(six.instance, None, "Dijk 1") is None
    assert is_centre(six.instance, place.model_copy(update={"postcode": "3011AA"}))


def test_the_page_says_what_the_card_says(six: Any) -> None:
    """Every text of a card is in the page, in its language, and numbers and places are links."""
    for nurse, day, language in (("r1", WEDNESDAY, "nl"), ("m1", TUESDAY, "en")):
        found = made(six, nurse, day, language=language)
        page = route_page(six.instance, six.travel, six.plan, nurse, day, six.names, language, bring=six.bring)
        body = page.split("<body", 1)[1].split("<script", 1)[0]
        for stop in found.stops:
            told = (stop.person, stop.title, stop.window, stop.form, stop.parking, *stop.bring, *stop.safety)
            assert all(each in body for each in told), stop
            assert not stop.dial or f'href="tel:{stop.dial}"' in body
            assert stop.navigation is None or f'href="{stop.navigation.geo}"' in body
        assert found.duties[0].backups[0].phone in body


def test_a_week_holds_her_days_and_no_others(six: Any) -> None:
    """One section and one link for each day with a duty; anchors are used once; every stop of the days is there."""
    page = week_page(six.instance, six.travel, six.plan, "m2", six.names, bring=six.bring)
    days = sorted({each.day for each in six.plan.duties if each.nurse == "m2"})
    assert [date.fromisoformat(each) for each in re.findall(r'<section class="date" id="day-([\d-]+)"', page)] == days
    assert re.findall(r'href="#day-([\d-]+)"', page) == [str(day) for day in days]
    ids = re.findall(r' id="([^"]+)"', page)
    assert len(ids) == len(set(ids))
    body = page.split("<body", 1)[1].split("<script", 1)[0]
    stops = sum(len([stop for stop in made(six, "m2", day).stops if stop.number]) for day in days)
    assert body.count('class="work') == stops


def test_which_files_there_are(six: Any) -> None:
    """A card for each nurse and day with a duty; one nurse, one day, a week; none for a roster without routes."""
    arguments = (six.instance, six.travel, six.plan, six.names)
    assert [name for name, _ in card_files(*arguments, nurse="m3")] == [
        "m3_2026-12-07.html", "m3_2026-12-08.html", "m3_2026-12-09.html",
    ]  # fmt: skip
    assert [name for name, _ in card_files(*arguments, day=MONDAY)] == [
        "m1_2026-12-07.html", "m3_2026-12-07.html", "r3_2026-12-07.html",
    ]  # fmt: skip
    assert [name for name, _ in card_files(*arguments, nurse="r2", week=True)] == ["r2_week.html"]
    assert list(card_files(six.instance, six.travel, changed(six.plan, with_routes=False), six.names)) == []
    same = dict(map_files(*arguments, nurse="m3", bring=six.bring))
    cards = dict(card_files(*arguments, nurse="m3", bring=six.bring))
    assert same == {f"maps/routes/{name}": page for name, page in cards.items()}
    assert all(len(page.encode()) < 1_000_000 for page in cards.values())


def test_a_student_has_her_companions_stops_and_no_home(team: Any) -> None:
    """Stops and what they need of the companion; no leg from or to a home."""
    arguments = (team.instance, team.travel, team.plan)
    bring = (Bring(work="wondzorg", items="Verband"),)
    own, hers = (card(*arguments, nurse, MONDAY, team.names, bring) for nurse in ("N1", "N6"))
    assert [each.title for each in own.stops] == [each.title for each in hers.stops] != []
    assert own.packing == hers.packing and hers.companion == "N1"
    assert hers.duties[0].leave == hers.duties[0].back == ""


def test_a_day_may_begin_and_end_elsewhere(six: Any) -> None:
    """From the pharmacy to the pharmacy on one date: the card says so, by its name."""
    row = Availability(nurse="m1", kind="travel", first=MONDAY, last=MONDAY, start_place="p-apotheek",
                       end_place="p-apotheek")  # fmt: skip
    other = changed(six.instance, availability=(*six.instance.availability, row))
    duty = card(other, six.travel, six.plan, "m1", MONDAY, six.names).duties[0]
    assert duty.leave == "Vanaf Apotheek De Vijzel" and duty.back.endswith("naar Apotheek De Vijzel")


def test_the_map_names_the_partner_too(six: Any) -> None:
    """In the popup of a two-nurse visit the colleague has her name, as in the list."""
    page = route_page(six.instance, six.travel, six.plan, "m1", TUESDAY, six.names)
    assert '"Samen met Bram Duinstra"' in page


def test_removed_and_moved_clients_stand_on_the_card(team: Any) -> None:
    """Changes since she was told, with the reason, on card and page."""
    from optimiser.report.changes import Change, Place

    stop = next(each for each in team.plan.duties if each.id == "N1/2026-12-07/work").stops[0]
    client = team.instance.visit_by_id[stop.id].client
    gone = Change("O-9/2026-12-07/1", 1, "C9", Place("N1", 600, 640, "N1/2026-12-07/work"), None, "cancelled", "client")
    moved = Change(stop.id, 1, client, Place("N1", stop.start + 60, stop.end + 60, "N1/2026-12-07/work"),
                   Place("N1", stop.start, stop.end, "N1/2026-12-07/work"), "room")  # fmt: skip
    told = card(team.instance, team.travel, team.plan, "N1", MONDAY, team.names, changes=(gone, moved)).told
    assert {each.key for each in told} == {"goes", "moves"} and all(each.reason for each in told)
    page = week_page(team.instance, team.travel, team.plan, "N1", team.names, changes=(gone, moved))
    assert page.count('class="told"') == 1 and "Eraf" in page


def test_lines_follow_roads_where_they_are_known(six: Any) -> None:
    """A way along the road stands in drawing and map, and the page then says whose roads these are."""
    bend = ((51.93, 4.4746), (51.9311, 4.4711), (51.93, 4.4673))
    mode = six.instance.nurse_by_id["m1"].mode
    arguments = (six.instance, six.travel, six.plan, "m1", MONDAY, six.names)
    page = route_page(*arguments, roads={("p-c1", "p-c4", mode): bend})
    assert "51.9311" in page and "OpenStreetMap" in page and "rechte verbindingen" not in page
    assert "rechte verbindingen" in route_page(*arguments)


def test_a_drawing_without_stops_is_none() -> None:
    """Nothing to draw on a night on call."""
    assert picture([], []) == ""


def test_a_day_that_lost_its_duty_has_a_card_that_says_so(six: Any) -> None:
    """A nurse whose duty of Monday went since the roster she was told has a card of that day, with what went and
    without a map; a stranger to that day has none. Her week has the day too."""
    nurse = next(duty.nurse for duty in six.plan.duties if duty.day == MONDAY and duty.stops)
    left = tuple(duty for duty in six.plan.duties if (duty.nurse, duty.day) != (nurse, MONDAY))
    plan = changed(six.plan, duties=left)
    clients = {visit.id: visit.client for visit in six.instance.visits}
    more: dict[str, Any] = {"changes": changes_between(clients, six.plan, plan), "before": six.plan}
    arguments = (six.instance, six.travel, plan, six.names)
    cards = dict(card_files(*arguments, nurse=nurse, day=MONDAY, **more))
    page = cards[f"{nurse}_{MONDAY}.html"]
    assert "Uw dienst van deze dag is vervallen." in page and 'class="map"' not in page and 'class="goes"' in page
    assert f'id="day-{MONDAY}"' in dict(card_files(*arguments, nurse=nurse, week=True, **more))[f"{nurse}_week.html"]
    assert not list(card_files(*arguments, nurse=nurse, day=MONDAY))
