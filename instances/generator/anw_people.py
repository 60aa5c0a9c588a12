"""Who works: nurses of four organisations; physicians, nurse specialists and triage nurses of eight institutions."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random

from instances.generator.anw_cover import own_days
from instances.generator.anw_facts import House, Service
from instances.generator.anw_friesland import TRIAGE_CONTRACT
from instances.generator.anw_settings import AnwSettings
from instances.generator.anw_sites import home
from instances.generator.people import Team
from instances.generator.region import Region
from optimiser.domain.people import Nurse, NurseSkill
from optimiser.domain.place import District

SENIORS = 6
"""One in so many nurses is 55 or over and works no nights; of these one in three does not object to them."""
REGIE_SHARE = 2
"""One in so many nurses has level 5 and may be the back-up."""
SKILLS = {"injecteren": 1.0, "katheter": 0.9, "infuus": 0.7, "pomp": 0.6}
"""Skill -> share of the nurses of an organisation who have it (at least two)."""
LIVE_NEAR_PERCENT = 80
SPECIALISTS_IN_TEN = 6
"""Of ten physicians and nurse specialists so many are specialists in elderly medicine."""


def make_people(random: Random, settings: AnwSettings, service: Service, region: Region) -> Team:
    """Everybody, in order of organisation and contract."""
    towns = (*service.shares, *service.homes)
    districts = tuple(each for each in region.districts if each.municipality in towns and each.inhabitants)
    team = Team()
    for house in service.houses:
        near = tuple(each for each in districts if each.municipality in _area_of(service, house.id)) or districts
        if settings.service == "nursing":
            _nurses(random, settings, team, house, near, districts)
        else:
            _physicians(random, settings, team, house, near, districts)
    return team


def _area_of(service: Service, organisation: str) -> set[str]:
    return {name for name, shares in service.shares.items() if organisation in shares}


def _home(
    random: Random, team: Team, nurse: str, near: tuple[District, ...], far: tuple[District, ...]
) -> str:
    """Most live where their organisation works, the others anywhere in the region."""
    place = home(random, nurse, near if random.random() < LIVE_NEAR_PERCENT / 100 else far)
    team.places.append(place)
    return place.id


def _nurses(
    random: Random, settings: AnwSettings, team: Team, house: House, near: tuple[District, ...],
    far: tuple[District, ...],
) -> None:  # fmt: skip
    number = len(house.contracts)
    seniors = set(random.sample(range(number), max(1, round(number / SENIORS))))
    regie = set(range(0, number, REGIE_SHARE))
    for index, hours in enumerate(house.contracts):
        nurse = f"{house.id}-{index + 1:02d}"
        senior, level = index in seniors, 5 if index in regie else 4
        consent = senior and random.random() < 1 / 3
        team.nurses.append(Nurse.model_validate({
            "id": nurse, "organisation": house.id, "home": _home(random, team, nurse, near, far),
            "mode": "ebike" if random.random() < 0.08 else "car", "contract_minutes": 60 * hours, "level": level,
            "born": _born(random, settings, 56 if senior else 24, 64 if senior else 53),
            "sex": "m" if random.random() < 0.15 else "f", "night_consent": consent,
            "categories": ("day", "evening") if senior and not consent else (), "wage_grade": 50 if level == 5 else 45,
        }))  # fmt: skip
        team.skills.append(NurseSkill(nurse=nurse, skill=own_days(house.id)))
        if level == 5:
            team.skills.append(_skill(random, settings, nurse, "regie"))
    own = team.of(house.id)
    for skill, share in SKILLS.items():
        for nurse_ in sorted(random.sample(own, max(2, round(share * number))), key=lambda each: each.id):
            team.skills.append(_skill(random, settings, nurse_.id, skill))


def _physicians(
    random: Random, settings: AnwSettings, team: Team, house: House, near: tuple[District, ...],
    far: tuple[District, ...],
) -> None:  # fmt: skip
    specialists = round(len(house.contracts) * SPECIALISTS_IN_TEN / 10)
    for index, hours in enumerate((*house.contracts, TRIAGE_CONTRACT)):
        role = "triage" if index == len(house.contracts) else "so" if index % 2 == 0 or index < 2 else "vs"
        if role == "so" and specialists == 0:
            role = "vs"
        specialists -= role == "so"
        nurse = f"{house.id}-{role}-{index + 1:02d}"
        level, grade = {"so": (8, 80), "vs": (7, 65), "triage": (5, 50)}[role]
        born = _born(random, settings, 32, 63)
        team.nurses.append(Nurse.model_validate({
            "id": nurse, "organisation": house.id, "home": _home(random, team, nurse, near, far),
            "contract_minutes": 60 * hours, "level": level, "born": born, "sex": "m" if random.random() < 0.3 else "f",
            "night_consent": True, "wage_grade": grade,
            "categories": () if role == "triage" else ("day", "night"),
            "rule_set": "registered_physician" if role == "so" else None,
        }))  # fmt: skip
        day = own_days(house.id)
        skills = {"so": ("medisch", "so", day), "vs": ("medisch", day), "triage": ("triage",)}[role]
        team.skills += [NurseSkill(nurse=nurse, skill=each) for each in skills]


def _born(random: Random, settings: AnwSettings, youngest: int, oldest: int) -> date:
    return settings.first_monday - timedelta(days=365 * random.randint(youngest, oldest) + random.randint(20, 340))


def _skill(random: Random, settings: AnwSettings, nurse: str, skill: str) -> NurseSkill:
    """Signed off within the last two years, for three years: none ends in the horizon."""
    start = settings.first_monday - timedelta(days=random.randint(40, 700))
    return NurseSkill(nurse=nurse, skill=skill, valid_from=start, valid_until=start + timedelta(days=3 * 365))
