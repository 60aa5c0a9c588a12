"""Calls of the bundled services add up to what their assumptions say, worked out by hand."""

from __future__ import annotations

from fractions import Fraction

import pytest

from instances.generator.anw import apeldoorn_anw, friesland_anw, generate_anw
from instances.generator.anw_apeldoorn import APELDOORN_SERVICE
from instances.generator.anw_calls import MEDICAL, NIGHTS_IN_WEEK, NURSING, Rates, VisitLoad, call_hours
from instances.generator.anw_facts import Service
from instances.generator.anw_friesland import DIVISIONS, FRIESLAND_SERVICE
from instances.generator.anw_kinds import medical_kinds
from instances.generator.anw_settings import APELDOORN
from instances.generator.anw_sites import cores
from instances.generator.region import load_region
from optimiser.domain.call_share import call_share
from optimiser.domain.instance import Instance


@pytest.fixture(scope="module")
def apeldoorn() -> Instance:
    """The nursing service."""
    return apeldoorn_anw()


@pytest.fixture(scope="module")
def friesland() -> Instance:
    """The medical service."""
    return friesland_anw()


def calls(instance: Instance, *types: str) -> float:
    """Calls of a plain week of these types."""
    return sum(each.weekly_millicalls for each in instance.call_sources if each.type in types) / 1000


def test_nursing_calls_of_a_plain_week(apeldoorn: Instance) -> None:
    """The starting value, scaled by inhabitants of 65 and over and by the profile of the day; and the beds."""
    # a week against a night: (7 x 8 x 100 + 7 x 5 x 200 + 2 x 11 x 150) / (8 x 100) = (5600 + 7000 + 3300) / 800
    assert Fraction(15900, 800) == NIGHTS_IN_WEEK
    # 65+ (CBS 2024): Apeldoorn 37,240 x 58 %, Voorst 6,525 x 35 %, Brummen 5,760 x 40 %, Epe 8,855 x 30 %
    elderly = 37_240 * 0.58 + 6_525 * 0.35 + 5_760 * 0.40 + 8_855 * 0.30
    assert elderly == pytest.approx(28_843.45)
    # 550 / 145 calls a night of 50,000 people of 65 and over
    home = elderly / 50_000 * 550 / 145 * 19.875
    assert calls(apeldoorn, "thuis", "techniek") == pytest.approx(home, abs=0.001)
    assert calls(apeldoorn, "techniek") == pytest.approx(home / 10, abs=0.001)
    # beds: Atlant 160 + 90 + 80 + 60, Klein Geluk 110 + 70 + 60, Zorggroep 140 + 110 + 90 + 70 + 90 + 60, Nusantara 45
    assert calls(apeldoorn, "locatie") == pytest.approx((390 + 240 + 560 + 45) * 3 / 100, abs=0.001)


def test_medical_calls_of_a_plain_week(friesland: Instance) -> None:
    """Two calls from 100 beds, one from 100 Wlz clients, who are 2.2 % of the people of 65 and over; no islands."""
    beds = 450 + 330 + 300 + 330 + 380 + 240 + 340 + 340
    assert calls(friesland, "locatie", "locatie-so") == pytest.approx(beds * 0.02, abs=0.001)
    assert calls(friesland, "locatie-so") == pytest.approx(beds * 0.02 * 0.2, abs=0.02)
    # the province has 153,000 people of 65 and over, the four islands 945 + 300 + 1,220 + 265
    elderly = 153_000 - 2_730
    assert calls(friesland, "thuis") == pytest.approx(elderly * 0.022 / 100, abs=0.001)
    shares = FRIESLAND_SERVICE.shares.values()
    assert all(sum(each.values()) == 100 for each in shares)


def test_a_night_has_the_starting_value(apeldoorn: Instance) -> None:
    """Of the calls of a plain week 8 / 159 fall in one night, and a service for 50,000 would have 550 / 145 in it."""
    clock = apeldoorn.clock
    night = call_share(apeldoorn, "thuis", clock.at(1, 23 * 60), clock.at(2, 7 * 60))
    assert night == Fraction(8 * 100, 15_900)
    assert NURSING.per_elderly * 50_000 * night == Fraction(550, 145)
    # Easter Monday is a Sunday: 11 hours at 150 of 15,900; a plain Monday has none before 18:00
    easter = 28
    assert call_share(apeldoorn, "thuis", clock.at(easter, 7 * 60), clock.at(easter, 18 * 60)) == Fraction(1650, 15_900)
    assert call_share(apeldoorn, "thuis", clock.at(7, 7 * 60), clock.at(7, 18 * 60)) == 0


@pytest.mark.parametrize("rates", [NURSING, MEDICAL], ids=["nursing", "medical"])
def test_profiles_have_no_gap_but_the_weekday(rates: Rates) -> None:
    """Windows of a day follow each other; weekdays leave out the day, weekends nothing."""
    low, high = rates.day
    for days, hours in (("weekdays", 1440 - (high - low)), ("saturday", 1440), ("sunday", 1440)):
        rows = [each for each in call_hours(rates) if each.type == rates.types[0].id and each.days == days]
        assert sum(each.until_time - each.from_time for each in rows) == hours
        assert len({each.from_time for each in rows}) == len(rows)


def test_more_calls_by_a_percentage() -> None:
    """Twice the calls are twice the calls of each source, to a thousandth."""
    plain, _ = generate_anw(APELDOORN)
    twice, _ = generate_anw(APELDOORN.model_copy(update={"calls": 200}))
    for one, two in zip(plain.call_sources, twice.call_sources, strict=True):
        assert one.id == two.id and abs(two.weekly_millicalls - 2 * one.weekly_millicalls) <= 2


@pytest.mark.parametrize("service", [APELDOORN_SERVICE, FRIESLAND_SERVICE], ids=["nursing", "medical"])
def test_districts_together_lose_nobody(service: Service) -> None:
    """Small districts count with larger ones of their municipality: the sum is the municipality's."""
    region = load_region(service.region)
    together = cores(region, tuple(service.shares), service.least_elderly)
    for municipality in service.shares:
        own = [each for each in together if each.district.municipality == municipality]
        facts = [each.inhabitants_65plus for each in region.districts if each.municipality == municipality]
        assert sum(each.elderly for each in own) == sum(facts)
        assert len(own) == 1 or all(each.district.inhabitants_65plus >= service.least_elderly for each in own)


def test_every_source_has_one_area_in_each_division(friesland: Instance) -> None:
    """The areas of a division cover the land and do not overlap."""
    for division in DIVISIONS:
        areas = [each for each in friesland.areas if each.division == division]
        for source in friesland.call_sources:
            district = friesland.place_by_id[source.place].district
            assert sum(district.startswith(each.districts) for each in areas) == 1


def test_minutes_of_work_follow_from_the_calls(friesland: Instance) -> None:
    """One first line for the province has 520 minutes in an evening and night, 335 in the day of a weekend."""
    # sites 54.2 calls: 43.36 x 35 % = 15.18 visits of 45 min, 10.84 x 50 % = 5.42 of 60
    # home 33.06 calls: x 40 % = 13.22 visits of 45 min
    load = VisitLoad(MEDICAL, friesland.call_sources)
    assert float(load.visits) == pytest.approx(15.176 + 5.42 + 13.224, abs=0.01)
    # 682.9 + 325.2 + 595.1 = 1603.2 at the client, 33.82 x 2 x 40 = 2705.6 under way: 4308.8 minutes a week
    # evening and night 6 x 200 + 9 x 100 = 2100, weekend day 9 x 150 = 1350, of 7 x 2100 + 2 x 1350 = 17,400
    assert load.minutes(1, 40) == (520, 335)  # 520.0 and 334.3
    kinds = {each.id: each for each in medical_kinds(DIVISIONS, 8, load)}
    assert kinds["E11N"].expected_call_minutes == 520 and kinds["E11W"].expected_call_minutes == 335
    # two: (1603.2 + 33.82 x 60) x 2100 / 17,400 / 2 = 219.1, three: (1603.2 + 33.82 x 50) / 3 ... = 132.5
    assert kinds["E21N"].expected_call_minutes == 220 and kinds["E31N"].expected_call_minutes == 135
    assert friesland.kind_by_id["E22W"] == kinds["E22W"]
