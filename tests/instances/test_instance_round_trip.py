"""What is written is read back the same, and written the same bytes again."""

from __future__ import annotations

import tempfile
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from instances.bring import read_bring
from instances.catalogue import bundled, locate
from instances.cells import harmless, plain
from instances.cycles import with_cycles
from instances.expand import expanded
from instances.names import Name, read_names
from instances.read import read_instance
from instances.write import write_instance
from optimiser.domain.calls import Area, CallHours, CallSource, CallType, ResponseSettings
from optimiser.domain.clock import Clock
from optimiser.domain.duty import ContextDuty, Cover, CycleDuty, GivenDuty, Override, ShiftKind
from optimiser.domain.instance import Instance, Organisation, Settings, TravelSettings
from optimiser.domain.objective import ObjectiveWeights
from optimiser.domain.people import Availability, Client, ClientNurse, Counter, Nurse, NurseSkill, PastVisit, Wish
from optimiser.domain.place import District, Place
from optimiser.domain.sharing import SharingContract
from optimiser.domain.work import Act, EditedVisit, Link, Order, Task
from optimiser.errors import InputError

MONDAYS = st.sampled_from([date(2026, 12, 7), date(2026, 10, 19), date(2027, 3, 22)])
"""Two of them hold a night in which the clock changes."""
CHARACTERS = st.characters(exclude_categories=("Cs", "Cc"), include_characters="\t\r\n=+-@;,\"'")
WORDS = st.text(CHARACTERS, min_size=1, max_size=12).filter(lambda word: word == word.strip())
FREE = st.one_of(st.just(""), WORDS)
IDS = st.from_regex(r"[A-Za-z0-9][A-Za-z0-9_.\-]{0,8}", fullmatch=True)
SKILLS = st.lists(st.sampled_from(["iv", "tpv", "picc"]), unique=True, max_size=2).map(tuple)
CLOCKS = st.integers(0, 1439)


@st.composite
def spans(draw: Any, longest: int = 1440, shortest: int = 1) -> tuple[int, int]:
    """A start on the day itself and a later end."""
    start = draw(CLOCKS)
    return start, start + draw(st.integers(shortest, longest))


@st.composite
def instances(draw: Any) -> Instance:
    """A small instance of every table, without faults."""
    monday, weeks = draw(MONDAYS), draw(st.integers(1, 2))
    inside = st.integers(0, 7 * weeks - 1).map(lambda day: monday + timedelta(days=day))
    any_day = st.integers(-40, 40).map(lambda day: monday + timedelta(days=day))
    maybe_day = st.none() | any_day
    skill_list = draw(SKILLS)
    nurses, clients = ["n1", "n2", "n3"], ["c1", "c2"]
    nurse, client = st.sampled_from(nurses), st.sampled_from(clients)

    def period() -> dict[str, Any]:
        first = draw(any_day)
        return {"first": first, "last": first + timedelta(days=draw(st.integers(0, 9)))}

    def window(length: int, longest: int = 600) -> tuple[int, int]:
        return draw(spans(longest=longest, shortest=length))

    district = District(
        id="BU1", name=draw(WORDS), municipality=draw(WORDS), wijk=draw(FREE), latitude=51.9, longitude=4.5,
        inhabitants=draw(st.integers(0, 9999)), inhabitants_65plus=3, area_hectares=40, river_bank=draw(FREE),
        pc4=draw(st.sampled_from(["", "3011"])),
    )
    coordinates = st.tuples(st.floats(51.8, 52.0), st.floats(4.3, 4.6))
    places = []
    for number in range(3):
        latitude, longitude = draw(coordinates)
        places.append(Place(
            id=f"p{number}", kind=draw(st.sampled_from(["home", "client", "blood_bank"])), latitude=latitude,
            longitude=longitude, district="BU1", postcode=draw(st.sampled_from(["", "3011", "3011AB"])),
        ))
    place = st.sampled_from(["p0", "p1", "p2"])
    people = [
        Nurse(
            id=name, organisation="a", home=draw(place), mode=draw(st.sampled_from(["car", "ebike", "walk"])),
            contract_minutes=draw(st.integers(0, 2400)), level=draw(st.integers(1, 8)), born=date(1980, 2, 29),
            sex=draw(st.sampled_from([None, "f", "x"])),
            languages=draw(st.sampled_from([(), ("fries",), ("nl", "tr")])),
            night_consent=draw(st.booleans()), categories=draw(st.sampled_from([(), ("day", "split")])),
            start_place=draw(st.none() | place), experience="student" if name == "n3" else "experienced",
            companion="n1" if name == "n3" else None, rule_set=draw(st.sampled_from([None, "atw"])),
        )
        for name in nurses
    ]
    acts = [
        Act(id=f"h{number}", name=draw(WORDS), skills=draw(SKILLS), minutes=draw(st.integers(1, 90)),
            nurses=draw(st.sampled_from([1, 2])), second_check=draw(st.sampled_from(["none", "remote", "on_site"])),
            reserved=draw(st.booleans()))
        for number in range(2)
    ]  # fmt: skip
    gap = draw(st.none() | st.integers(0, 500))
    orders = [
        Order(
            id=f"o{number}", client=draw(client), acts=("h0", "h1")[: number + 1],
            rhythm=draw(st.sampled_from(["daily", "every:3", "free:2", "free:7", "days:mon+thu+sun"])),
            windows=tuple(window(200) for _ in range(draw(st.integers(1, 2)))), first=draw(any_day),
            minutes=draw(st.none() | st.integers(1, 150)), nurses=draw(st.sampled_from([None, 1, 2])),
            priority=draw(st.sampled_from(["critical", "high", "normal"])), time_critical=draw(st.booleans()),
            order_form_until=draw(maybe_day), gap_min=gap if number else None,
            gap_max=gap + 1440 if number and gap is not None else None,
        )
        for number in range(2)
    ]
    alone = window(200)
    fixed = draw(CLOCKS)
    clock = Clock(monday)
    outside = draw(st.integers(-20_000, -1) | st.integers(clock.midnight(7 * weeks), clock.midnight(7 * weeks) + 9999))
    other = draw(st.integers(-9000, 20_000))
    low, high = draw(spans())
    kind = ShiftKind(
        id="k", code=draw(WORDS)[:4].strip() or "k", name=draw(WORDS), category="mid", start=low, end=high,
        lane=draw(st.sampled_from(["work", "standby"])), organisations=draw(st.sampled_from([(), ("a",)])),
        weekdays=draw(st.sampled_from([(), ("mon", "sun")])), carries_route=draw(st.booleans()),
        line=draw(st.integers(0, 2)), area=draw(st.sampled_from(["", "ar"])), waits_at=draw(st.none() | place),
        skills=draw(st.sampled_from([(), ("triage",)])),
    )
    begun = st.integers(-60, 3).map(lambda week: monday + timedelta(weeks=week))
    weeks_of_cycle, division = draw(st.integers(1, 6)), draw(st.sampled_from(["", "two"]))
    cover_low, cover_high = draw(spans())
    return with_cycles(expanded(Instance(
        name=draw(IDS), first_monday=monday, weeks=weeks,
        organisations=(Organisation(id="a", name=draw(WORDS), home_legs=draw(st.sampled_from(["outside", "above"]))),),
        settings=Settings(reporting_minutes=draw(st.integers(0, 10)), allow_planned_tokens=draw(st.booleans())),
        travel=TravelSettings(car_door_minutes=draw(st.integers(0, 9))),
        weights=ObjectiveWeights(travel=draw(st.integers(0, 99)), late_calls=draw(st.integers(0, 2))),
        response=ResponseSettings(norm_minutes=draw(st.sampled_from([30, 45])), reach_minutes=draw(st.none() | CLOCKS)),
        provenance={"note": draw(WORDS), "seed": 3, "parts": {"share": 0.5}}, districts=(district,),
        places=tuple(places), nurses=tuple(people),
        nurse_skills=tuple(NurseSkill(nurse="n1", skill=each, valid_until=draw(maybe_day)) for each in skill_list),
        availability=(Availability(nurse=draw(nurse), kind="leave", **period(), minutes_per_day=draw(CLOCKS)),),
        wishes=(Wish(nurse=draw(nurse), day=draw(inside), wish="work", category="evening"),),
        acts=tuple(acts), clients=tuple(
            Client(id=each, organisation="a", place=draw(place), unsafe=draw(st.booleans()),
                   language_wish=draw(st.none() | WORDS)) for each in clients
        ),
        client_nurses=(ClientNurse(client=draw(client), nurse=draw(nurse), relation="banned"),), orders=tuple(orders),
        edited_visits=(EditedVisit(id="v/1", client="c1", acts=("h0",), day=draw(inside), from_time=alone[0],
                                   until_time=alone[1], time_critical=draw(st.none() | st.booleans())),),
        tasks=(Task(id="t", kind="meeting", organisation="a", nurse=draw(nurse), day=draw(inside), from_time=fixed,
                    until_time=fixed + 45, minutes=45, in_route=False, paid=draw(st.booleans())),),
        links=(Link(id="l", first="t", second="v/1", gap_min=draw(st.integers(-99, 0)), gap_max=500, together=False),),
        shift_kinds=(kind,),
        cover=(Cover(id="w", organisation="a", weekdays=("tue",), from_time=cover_low, until_time=cover_high,
                     area=draw(st.sampled_from(["", "ar"])), line=draw(st.sampled_from([None, 0, 2])), minimum=0),),
        overrides=(Override(rule=draw(WORDS), **period(), reason="abc" + draw(WORDS)),),
        context=(
            ContextDuty(nurse=draw(nurse), start=outside, end=outside + 480, work_minutes=draw(st.integers(0, 480))),
            ContextDuty(nurse=draw(nurse), start=other, end=other + 60, work_minutes=7, employer=draw(WORDS)),
        ),
        duties_given=(GivenDuty(nurse=draw(nurse), kind="k", day=draw(inside), status="own"),),
        cycles=(
            CycleDuty(nurse=draw(nurse), kind="k", weeks=weeks_of_cycle, week=draw(st.integers(1, weeks_of_cycle)),
                      weekday=draw(st.sampled_from(["mon", "sun"])), first_monday=draw(begun),
                      status=draw(st.sampled_from(["base", "wish"]))),
        ),
        areas=(Area(id="ar", name=draw(WORDS), division=division,
                    organisations=draw(st.sampled_from([(), ("a",)])),
                    districts=draw(st.sampled_from([(), ("BU", "BU2")])), reach_minutes=draw(st.none() | CLOCKS)),),
        call_types=(CallType(id="ct", name=draw(WORDS), phone_percent=draw(st.integers(0, 100)), skills=draw(SKILLS)),),
        call_hours=tuple(
            CallHours(type="ct", days=days, from_time=low, until_time=low + draw(st.integers(1, 700)),
                      weight=draw(st.integers(0, 99)))
            for days, low in (("weekdays", 0), ("weekdays", 720), ("sunday", 1))
        ),
        call_sources=(CallSource(id="cs", organisation="a", type="ct", place=draw(place),
                                 weekly_millicalls=draw(st.integers(0, 10_000_000))),),
        counters=(Counter(nurse=draw(nurse), counter="balance_minutes", value=draw(st.integers(-9999, 9999))),),
        past_visits=(PastVisit(client=draw(client), nurse=draw(nurse), day=monday - timedelta(days=3)),),
        contracts=(
            SharingContract(name="c", visits="anw", cover="pooled", pooled_standby=draw(st.sampled_from([None, 1])),
                            division=division),
        ),
        travel_table=(("p0", "p1", "car", draw(st.sampled_from(["", "night"])), 7, 2000),), visits=(),
    )))


def contents(folder: Path) -> dict[str, bytes]:
    """File name -> bytes."""
    return {each.name: each.read_bytes() for each in folder.iterdir()}


@settings(max_examples=30, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(instances())
def test_any_instance_is_read_back_the_same(instance: Instance) -> None:
    """read(write(x)) == x with equal fingerprints, and writing that again gives the same bytes."""
    with tempfile.TemporaryDirectory() as one, tempfile.TemporaryDirectory() as two:
        write_instance(instance, Path(one))
        again = read_instance(Path(one))
        assert again == instance
        assert again.fingerprint == instance.fingerprint
        write_instance(again, Path(two))
        assert contents(Path(one)) == contents(Path(two))


@pytest.mark.slow
def test_bundled_instances_are_written_as_they_stand(tmp_path: Path) -> None:
    """Writing a bundled instance, with its names and what to bring, gives its own files byte for byte."""
    for name in bundled():
        source = locate(name)
        instance = read_instance(source)
        write_instance(instance, tmp_path / name, read_names(source), read_bring(source, instance))
        assert contents(tmp_path / name) == contents(source)


def test_a_table_that_became_empty_is_taken_away(tmp_path: Path) -> None:
    """Writing an instance without wishes over one with wishes leaves no wishes behind, and no stranger's file away."""
    six = read_instance(locate("six_nurses"))
    write_instance(six, tmp_path)
    (tmp_path / "notes.txt").write_text("mine", encoding="utf-8")
    fields = {name: getattr(six, name) for name in Instance.model_fields} | {"wishes": ()}
    write_instance(Instance(**fields), tmp_path)
    assert read_instance(tmp_path).wishes == ()
    assert (tmp_path / "notes.txt").exists()


@settings(derandomize=True)
@given(st.text(max_size=8))
def test_formulas_are_written_harmless_and_read_back(text: str) -> None:
    """No written text begins as a formula; taking the apostrophe off gives the text back."""
    assert not harmless(text).startswith(("=", "+", "-", "@", "\t", "\r"))
    assert plain(harmless(text)) == text


def test_faults_in_names_repeat_no_cell(tmp_path: Path) -> None:
    """An id that cannot be one is a person's name here: the message does not hold it."""
    (tmp_path / "names.csv").write_text("id;naam\nGeheime Naam;x\nm1;\n", encoding="utf-8")
    with pytest.raises(InputError) as caught:
        read_names(tmp_path)
    assert [(each.row, each.column) for each in caught.value.faults] == [(2, "id"), (3, "naam")]
    assert "Geheime" not in str(caught.value)


def test_names_are_private_and_come_back(tmp_path: Path) -> None:
    """names.csv is for its owner only, also with a formula for a name."""
    six = read_instance(locate("six_nurses"))
    names = {"m1": Name(id="m1", name='=HYPERLINK("x")', phone="+31 6", key_box="0012", notes="a;b\nc")}
    write_instance(six, tmp_path, names)
    assert read_names(tmp_path) == names
    assert (tmp_path / "names.csv").stat().st_mode & 0o777 == 0o600
    assert b"'=HYPERLINK" in (tmp_path / "names.csv").read_bytes()
