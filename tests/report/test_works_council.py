"""No person and no group under five: neither on one page, nor by adding and subtracting what several pages say."""

from __future__ import annotations

import runpy
from itertools import combinations, pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from instances.tables import TABLES as SHEETS
from optimiser.domain.figure import Values
from optimiser.domain.instance import Instance
from optimiser.domain.people import Nurse
from optimiser.report.personal_data import PERSONAL
from optimiser.report.works_council import LOWER_ENDS, Distribution, band_of, is_count, safe_bands, works_council

SMALL_TEAM = Path(__file__).parents[1] / "maps" / "small_team.py"
Found = dict[str, dict[str, Values]]


@pytest.fixture(scope="module")
def small() -> Instance:
    """The small team, whose nurses are replaced."""
    instance: Instance = runpy.run_path(str(SMALL_TEAM), run_name="small_team")["small_team"]().instance
    return instance


def with_nurses(small: Instance, aafje: int, laurens: int) -> Instance:
    """The team with so many nurses of each organisation."""
    like = small.nurses[0]
    made = [like.model_copy(update={"id": f"{name}-{number}", "organisation": name})
            for name, count in (("aafje", aafje), ("laurens", laurens)) for number in range(count)]  # fmt: skip
    return small.model_copy(update={"nurses": tuple(made)})


def same(instance: Instance, before: dict[str, float], after: dict[str, float]) -> Found:
    """Each figure of every nurse is that of a table nurse -> evenings, the other figures are nought."""
    return {
        nurse.id: {name: dict.fromkeys(LOWER_ENDS, 0.0) | {"evenings": table[nurse.id]}
                   for name, table in (("single", before), ("joint", after))}
        for nurse in instance.nurses
    }  # fmt: skip


def test_bands_are_merged_from_the_left_until_each_group_is_large_enough() -> None:
    """Rows (0, 3, 4, 6) and (2, 6, 0, 5): 0|2 is no band, with the next 3|8 is none, with the next 7|8 is one, and the
    last 6|5 is one. A rest that is too small joins the band before it: (6, 2) is one band."""
    assert safe_bands([(0, 3, 4, 6), (2, 6, 0, 5)]) == [(0, 3), (3, 4)]
    assert safe_bands([(6, 2)]) == [(0, 2)]
    assert safe_bands([(6, 0, 7)]) == [(0, 1), (1, 2), (2, 3)]
    with pytest.raises(ValueError, match="fewer than five"):
        safe_bands([(2, 2)])


def test_a_band_holds_its_lower_end() -> None:
    """Bands of travel begin at 0, 60, 120, 240: 59 minutes are in the first, 60 in the second, 2,000 in the last."""
    ends = LOWER_ENDS["travel_minutes"]
    assert [band_of(ends, value) for value in (0, 59, 60, 119.5, 2000)] == [0, 0, 1, 1, len(ends) - 1]


def shown(instance: Instance, figures: Found, organisation: str | None = None) -> Distribution:
    """The spread of evenings."""
    found = works_council(instance, figures, "single", "joint", organisation)
    return next(each for each in found.distributions if each.figure == "evenings")


def test_twenty_nurses_by_hand(small: Instance) -> None:
    """Evenings before: of ten nurses each five 0 and five 2; after: all 1. Bands 0, 1, 2, 3, 4, 5+.

    Together 10 0 10 0 0 0 and 0 20 0 0 0 0, of each half: nothing merges. One of Laurens 3 who had 2: of Laurens
    5 0 4 1 0 0, which is what Aafje finds when it takes off its own: 2 and 3 are one band."""
    instance = with_nurses(small, 10, 10)
    before = {nurse.id: float(2 * (place % 2)) for place, nurse in enumerate(instance.nurses)}
    after = dict.fromkeys(before, 1.0)
    evenings = shown(instance, same(instance, before, after))
    assert evenings.counts == {"single": (10, 0, 10, 0, 0, 0), "joint": (0, 20, 0, 0, 0, 0)}
    evenings = shown(instance, same(instance, before, after), "aafje")
    assert evenings.counts == {"single": (5, 0, 5, 0, 0, 0), "joint": (0, 10, 0, 0, 0, 0)}
    before["laurens-1"] = 3
    evenings = shown(instance, same(instance, before, after))
    assert evenings.bands == ((0, 1), (1, 2), (2, 4), (4, 5), (5, None))
    assert evenings.counts == {"single": (10, 0, 10, 0, 0), "joint": (0, 20, 0, 0, 0)}


def test_who_knows_her_own_nurses_learns_nothing_of_four_others(small: Instance) -> None:
    """Three of Aafje and three of Laurens have no evenings, three and three two: 6 0 6 0 0 0 together is safe, but
    Aafje takes off its own and has Laurens' 3 0 3 0 0 0. So 0 to 2 are one band, of twelve."""
    instance = with_nurses(small, 6, 6)
    before = {nurse.id: float(2 * (place % 2)) for place, nurse in enumerate(instance.nurses)}
    evenings = shown(instance, same(instance, before, dict.fromkeys(before, 1.0)))
    assert evenings.bands == ((0, 3), (3, 4), (4, 5), (5, None))
    assert evenings.counts == {"single": (12, 0, 0, 0), "joint": (12, 0, 0, 0)}


def test_small_groups_are_refused(small: Instance) -> None:
    """Four nurses: nothing. Six and four: nothing either, since the six know themselves, and ten less six are four."""
    tiny = with_nurses(small, 4, 0)
    zero = dict.fromkeys((nurse.id for nurse in tiny.nurses), 0.0)
    found = works_council(tiny, same(tiny, zero, zero), "single", "joint")
    assert found.refused and not found.distributions and found.nurses is None
    mixed = with_nurses(small, 6, 4)
    zero = dict.fromkeys((nurse.id for nurse in mixed.nurses), 0.0)
    figures = same(mixed, zero, zero)
    assert works_council(mixed, figures, "single", "joint").refused == "works_council.refused.rest"
    for organisation in ("aafje", "laurens"):
        assert works_council(mixed, figures, "single", "joint", organisation).refused
    with pytest.raises(KeyError):
        works_council(mixed, figures, "single", "joint", "nobody")


def test_students_are_left_out_and_a_figure_that_somebody_lacks_is_not_shown(small: Instance) -> None:
    """A student has no column of hours to compare; with one value missing the number without it would be known."""
    instance = with_nurses(small, 6, 6)
    student = Nurse.model_validate(instance.nurses[0].model_dump() | {"id": "S", "experience": "student"})
    instance = instance.model_copy(update={"nurses": (*instance.nurses, student)})
    zero = dict.fromkeys((nurse.id for nurse in instance.nurses), 0.0)
    figures = same(instance, zero, zero)
    figures["aafje-0"]["joint"]["nights"] = None
    found = works_council(instance, figures, "single", "joint")
    assert found.nurses == 12 and found.unknown == ("nights",)


@st.composite
def rosters(draw: st.DrawFn) -> tuple[int, int, Found]:
    """Two organisations, three scenarios, any figures."""
    aafje, laurens = draw(st.integers(0, 14)), draw(st.integers(0, 14))
    names = [f"{name}-{number}" for name, count in (("aafje", aafje), ("laurens", laurens)) for number in range(count)]
    values = st.sampled_from([0.0, 0.5, 1.0, 2.0, 3.0, 4.0, 7.0, 30.0, 65.0, 130.0, 250.0, 700.0])
    found: Found = {
        nurse: {name: {figure: draw(values) for figure in ("evenings", "travel_minutes")}
                for name in ("current", "single", "joint")}
        for nurse in names
    }  # fmt: skip
    return aafje, laurens, found


@settings(max_examples=60, deadline=None)
@given(rosters())
def test_nothing_under_five_is_published_nor_follows(small: Instance, drawn: tuple[int, int, Found]) -> None:
    """Over all pages of a comparison (each pair of scenarios, all and each organisation): every number is 0 or at
    least 5; so is every union of neighbouring bands, every organisation that is left when others are taken off, and
    every difference of two unions of which one holds the other, also from pages about other pairs, and what is left of
    the page of all when an organisation takes off its own nurses, whom it knows one by one."""
    aafje, laurens, figures = drawn
    instance = with_nurses(small, aafje, laurens)
    published: dict[tuple[str, str], dict[str | None, dict[tuple[int, int | None], int]]] = {}
    for before, after in combinations(("current", "single", "joint"), 2):
        for organisation in (None, "aafje", "laurens"):
            page = works_council(instance, figures, before, after, organisation)
            assert page.nurses is None or page.nurses >= 5
            for each in page.distributions:
                for scenario, counts in each.counts.items():
                    cells = published.setdefault((each.figure, scenario), {}).setdefault(organisation, {})
                    cells.update(zip(each.bands, counts, strict=True))
    for (figure, scenario), groups in published.items():
        for own in ("aafje", "laurens"):
            left = dict(groups.get(None, {}))
            for values in (values for nurse, values in figures.items() if nurse.startswith(own)):
                value = values[scenario][figure] or 0.0
                left[next(band for band in left if band[0] <= value < _end(band))] -= 1
            assert all(count == 0 or count >= 5 for count in left.values()), (own, left)
        for organisation, cells in groups.items():
            assert all(count == 0 or count >= 5 for count in _sums(cells)), (organisation, cells)
            if organisation is not None:
                taken_off = {band: _inside(groups[None], band) - count for band, count in cells.items()}
                assert all(count == 0 or count >= 5 for count in _sums(taken_off)), (organisation, taken_off)


Cells = dict[tuple[int, int | None], int]


def _end(band: tuple[int, int | None]) -> float:
    return float("inf") if band[1] is None else band[1]


def _sums(cells: Cells) -> list[int]:
    """What is published of every stretch of bands. All pages cut the figure alike, or bands would overlap and a smaller
    one would follow by subtraction."""
    bands = sorted(cells)
    assert all(_end(one) <= other[0] for one, other in pairwise(bands))
    return [sum(cells[band] for band in bands[low:high]) for low in range(len(bands)) for high in range(low + 1, 99)]


def _inside(cells: Cells, stretch: tuple[int, int | None]) -> int:
    """The nurses of the bands inside a stretch, which those bands must fill: no finer bands follow from it."""
    inside = [band for band in cells if stretch[0] <= band[0] and _end(band) <= _end(stretch)]
    assert min(inside)[0] == stretch[0] and max(map(_end, inside)) == _end(stretch)
    return sum(cells[band] for band in inside)


def test_every_personal_column_is_told() -> None:
    """Each column of a table about nurses is in the list, and no column that is not there; of other tables those that
    name a nurse."""
    sheets = {each.file: [column.field for column in each.columns] for each in SHEETS}
    about_nurses = {"nurses", "nurse_skills", "availability", "wishes", "counters", "context", "duties_given", "cycles"}
    for table, fields in PERSONAL.items():
        if table in sheets:
            named = [field for field, _ in fields]
            assert set(named) <= set(sheets[table]), table
            assert table not in about_nurses or named == sheets[table], table
    # the column of links says whether the same nurse must come, and names nobody
    naming = {file for file, fields in sheets.items() if {"nurse", "companion"} & set(fields)} - {"links"}
    assert naming <= set(PERSONAL)


def test_figures_that_are_shown_exist_for_nurses() -> None:
    """Each figure with bands is one that a comparison has of a nurse."""
    from optimiser.report.figures_kinds import FIGURE_BY_NAME

    assert all("nurse" in FIGURE_BY_NAME[name].levels for name in LOWER_ENDS)
    assert is_count("nights") and not is_count("travel_minutes")
