"""How many nurses a coalition smaller than all has on duty, by hand."""

from __future__ import annotations

from datetime import date

from optimiser.domain.calls import Area, CallSource
from optimiser.domain.duty import Cover, CycleDuty, ShiftKind
from optimiser.domain.instance import Instance, Organisation
from optimiser.domain.people import Nurse
from optimiser.domain.place import Place
from optimiser.domain.sharing import PooledNumber, SharingContract
from optimiser.scenario.coalition_numbers import coalition_numbers
from optimiser.scenario.cover import cover_days
from optimiser.scenario.parts import coalition, part_of

NIGHT = (23 * 60, 31 * 60)
POOLED = SharingContract(name="pooled", visits="own", cover="pooled",
                         pooled_to=(PooledNumber(cover=("night-a",), minimum=2, wanted=3),))  # fmt: skip


def night(name: str, organisation: str, area: str = "", number: int = 1) -> Cover:
    """A row of one nurse on call every night."""
    return Cover(id=name, organisation=organisation, from_time=NIGHT[0], until_time=NIGHT[1], lane="standby", area=area,
                 minimum=number, wanted=number)  # fmt: skip


def four(*more: Cover, areas: tuple[Area, ...] = ()) -> Instance:
    """Organisations a to d with a nurse, a source and a night row each."""
    return Instance(
        name="four", first_monday=date(2026, 12, 7), weeks=1, acts=(), clients=(), visits=(), areas=areas,
        organisations=tuple(Organisation(id=name, name=name) for name in "abcd"),
        places=tuple(Place(id=name, kind="home", latitude=52.0, longitude=5.0) for name in ("x", "y", "post")),
        nurses=tuple(Nurse(id=f"n{name}", organisation=name, home="x", contract_minutes=900, born=date(1980, 1, 1))
                     for name in "abcd"),
        shift_kinds=(
            ShiftKind(id="home", code="N", name="N", lane="standby", category="night", start=NIGHT[0], end=NIGHT[1]),
            *(ShiftKind(id=f"k-{each.id}", code="P", name="P", lane="standby", category="night", start=NIGHT[0],
                        end=NIGHT[1], area=each.id, waits_at="post") for each in areas),
        ),
        cover=(*(night(f"night-{name}", name) for name in "abcd"), *more),
        call_sources=tuple(CallSource(id=f"s{name}", organisation=name, type="t", place="y" if name == "d" else "x",
                                      weekly_millicalls=1000) for name in "abcd"),
        cycles=(CycleDuty(nurse="na", kind="home", weeks=4, week=1, weekday="mon", first_monday=date(2026, 12, 7)),),
    )  # fmt: skip


def numbers(instance: Instance, contract: SharingContract, members: str) -> set[tuple[int, int]]:
    """Minimum and wanted on each day of the coalition."""
    bound = coalition(coalition_numbers(instance, contract, members), members)
    return {(each.minimum, each.wanted) for each in cover_days(part_of(instance, members), bound)}


def test_a_coalition_has_no_more_than_its_own_rows_and_no_more_than_all_have() -> None:
    """Four nights pool to 2 (wanted 3). Two members have 2 of their own: 2 and 2. Three have 3: 2 and 3. All: 2 and 3.
    One alone keeps its one."""
    instance = four()
    assert numbers(instance, POOLED, "ab") == {(2, 2)}
    assert numbers(instance, POOLED, "bcd") == {(2, 3)}
    assert numbers(instance, POOLED, "abcd") == {(2, 3)}
    assert coalition_numbers(instance, POOLED, "a") is POOLED


def test_without_a_number_the_sum_stands() -> None:
    """A contract that pools to the sum pools three to three."""
    plain = POOLED.model_copy(update={"pooled_to": ()})
    assert numbers(four(), plain, "abc") == {(3, 3)}
    assert numbers(four(), plain.model_copy(update={"pooled_standby": 1}), "abc") == {(1, 1)}


def test_a_small_coalition_divides_no_land() -> None:
    """Two posts for all instead of the own nights: three members, who would have three, get two, and no post."""
    areas = tuple(Area(id=name, name=name, division="posts-2", districts=(name,)) for name in ("north", "south"))
    instance = four(night("post-north", "a", "north"), night("post-south", "a", "south"), areas=areas)
    posts = SharingContract(name="posts", visits="own", cover="pooled", pooled_standby=0, division="posts-2")
    bound = coalition_numbers(instance, posts, "abc")
    assert bound.division == "" and [(each.minimum, each.wanted) for each in bound.pooled_to] == [(2, 2)]
    assert {row for each in bound.pooled_to for row in each.cover} == {"night-a", "night-b", "night-c"}
    assert coalition_numbers(instance, posts, "abcd") is posts


def test_what_nobody_has_apart_every_coalition_has() -> None:
    """Nobody asks triage alone (0); the contract has one for all: two members have one as well."""
    triage = tuple(night(f"triage-{name}", name, number=0).model_copy(update={"line": 0}) for name in "abcd")
    contract = POOLED.model_copy(update={
        "pooled_to": (PooledNumber(cover=("triage-a", "triage-c"), minimum=1, wanted=1),), "pooled_standby": 1,
    })  # fmt: skip
    found = coalition_numbers(four(*triage), contract, "bc")
    assert {each.cover: each.minimum for each in found.pooled_to} == {
        ("night-b", "night-c"): 1, ("triage-b", "triage-c"): 1,
    }  # fmt: skip


def test_rows_of_other_days_are_not_added() -> None:
    """a asks one every night, b one on Saturdays only: the most on a day is two."""
    rows = (night("night-a", "a"), night("weekend-b", "b").model_copy(update={"weekdays": ("sat",)}))
    instance = four().model_copy(update={"cover": rows})
    found = coalition_numbers(instance, POOLED.model_copy(update={"pooled_to": ()}), "ab")
    assert [(each.minimum, each.wanted) for each in found.pooled_to] == [(2, 2)]


def test_a_part_has_its_own_calls_cycles_and_areas() -> None:
    """d keeps its source and its place; an area of others is left out with its kind; a's cyclic duty stays with a."""
    areas = (Area(id="of-a", name="A", organisations=("a",)), Area(id="of-cd", name="CD", organisations=("c", "d")))
    part = part_of(four(night("of-a-night", "a", "of-a"), areas=areas), ("d",))
    assert [each.id for each in part.call_sources] == ["sd"] and part.cycles == ()
    assert [(each.id, each.organisations) for each in part.areas] == [("of-cd", ("d",))]
    assert [each.id for each in part.shift_kinds] == ["home", "k-of-cd"]
    assert [each.id for each in part.cover] == ["night-d"]
    assert {"x", "y", "post"} == {each.id for each in part.places}
    assert part_of(four(), ("a",)).cycles == four().cycles
