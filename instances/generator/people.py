"""Nurses with homes, contracts, skills and experience."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random

from instances.generator.procedures import RARE, SKILL_SHARES
from instances.generator.region import Region, draw_district, draw_point
from instances.generator.settings import GeneratorSettings
from instances.places import distance_km
from optimiser.domain.people import Nurse, NurseSkill
from optimiser.domain.place import District, Place

CONTRACT_HOURS = (16, 20, 24, 28, 32, 36)
CONTRACT_WEIGHTS = (1, 2, 4, 5, 5, 4)
MEAN_CONTRACT = 28.8
"""Hours: 0.8 fte, the usual part-time size of these teams (an assumption)."""
STUDENT_HOURS = 32
NEW_HOURS = 16
LANGUAGES = ("en", "tr", "ar")


@dataclass
class Team:
    """The people of all organisations, with their homes."""

    nurses: list[Nurse] = field(default_factory=list)
    places: list[Place] = field(default_factory=list)
    skills: list[NurseSkill] = field(default_factory=list)

    def of(self, organisation: str) -> list[Nurse]:
        """The experienced nurses of an organisation."""
        return [each for each in self.nurses if each.organisation == organisation and each.experience == "experienced"]


def contract_sizes(random: Random, hours: float, number: int, fixed: int = 0) -> list[int]:
    """``number`` contract sizes that sum to the multiple of four nearest to ``hours - fixed``."""
    wanted = 4 * round((hours - fixed) / 4)
    sizes = random.choices(CONTRACT_HOURS, weights=CONTRACT_WEIGHTS, k=number)
    while sum(sizes) != wanted:
        step = 4 if sum(sizes) < wanted else -4
        place = random.randrange(number)
        if CONTRACT_HOURS[0] <= sizes[place] + step <= CONTRACT_HOURS[-1]:
            sizes[place] += step
    return sorted(sizes, reverse=True)


def make_team(
    random: Random, settings: GeneratorSettings, region: Region, areas: dict[str, tuple[District, ...]]
) -> Team:
    """All nurses: experienced ones, a new colleague in the largest organisation, a student for every ten fte or so."""
    team = Team()
    largest = max(settings.fte, key=lambda name: (settings.fte[name], name))
    for name, fte in settings.organisations:
        new = [NEW_HOURS] * max(1, round(fte / 20)) if name == largest else []
        number = max(4, round(fte * 36 / MEAN_CONTRACT) - len(new))
        sizes = contract_sizes(random, fte * 36, number, sum(new))
        students = max(1, round(fte / 12)) if fte >= 6 else 0
        roles = ["experienced"] * number + ["new"] * len(new) + ["student"] * students
        sizes += new + [STUDENT_HOURS] * students
        seniors = set(random.sample(range(number), max(1, round(number / 6))))
        for index, (hours, role) in enumerate(zip(sizes, roles, strict=True), start=1):
            _add_nurse(random, team, settings, region, areas[name], name, index, hours, role, index - 1 in seniors)
    _choose_modes(team, region)
    _choose_companions(team)
    _add_skills(random, settings, team)
    return team


def _add_nurse(
    random: Random, team: Team, settings: GeneratorSettings, region: Region, own: tuple[District, ...],
    organisation: str, index: int, hours: int, role: str, senior: bool,
) -> None:  # fmt: skip
    nurse = f"{organisation}-{index:02d}"
    everywhere = random.random() < settings.overlap
    district = draw_district(random, region.served if everywhere else own, elderly=False)
    latitude, longitude = draw_point(random, district)
    team.places.append(
        Place(id=f"T-{nurse}", kind="home", latitude=latitude, longitude=longitude, district=district.id)
    )
    age = random.randint(56, 63) if senior else random.randint(20, 23) if role == "student" else random.randint(25, 53)
    consent = senior and random.random() < 0.3
    categories: tuple[str, ...] = ()
    if senior and not consent:
        categories = ("day", "mid", "evening")
    elif role == "experienced" and hours <= 20 and random.random() < 0.3:
        categories = ("day", "mid")
    level = 4 if role != "experienced" else random.choices((4, 5, 6), weights=(50, 35, 15))[0]
    team.nurses.append(Nurse.model_validate({
        "id": nurse, "organisation": organisation, "home": f"T-{nurse}", "contract_minutes": 60 * hours, "level": level,
        "experience": role, "companion": None,
        "born": settings.first_monday - timedelta(days=365 * age + random.randint(20, 340)),
        "sex": "m" if random.random() < 0.15 else "f", "night_consent": consent, "categories": categories,
        "languages": ("nl", random.choice(LANGUAGES)) if random.random() < 0.45 else ("nl",),
        "wage_grade": 50 if level > 4 else 45,
    }))  # fmt: skip


def _choose_modes(team: Team, region: Region) -> None:
    """One in five, living nearest to the middle of the inhabitants, goes by e-bike; the nearest of all by bicycle."""
    weight = sum(each.inhabitants for each in region.districts)
    middle = (
        sum(each.latitude * each.inhabitants for each in region.districts) / weight,
        sum(each.longitude * each.inhabitants for each in region.districts) / weight,
    )
    home = {place.id: (place.latitude, place.longitude) for place in team.places}
    nearest = sorted(team.nurses, key=lambda each: (distance_km(home[each.home], middle), each.id))
    mode = {each.id: "ebike" for each in nearest[: round(len(nearest) / 5)]} | {nearest[0].id: "bicycle"}
    team.nurses = [each.model_copy(update={"mode": mode.get(each.id, "car")}) for each in team.nurses]


def _choose_companions(team: Team) -> None:
    """A student follows the colleague with the largest contract who works at any hour; one each, same mode."""
    taken: set[str] = set()
    for place, nurse in enumerate(team.nurses):
        if nurse.experience != "student":
            continue
        mates = [each for each in team.of(nurse.organisation) if not each.categories and each.id not in taken]
        mate = max(mates or team.of(nurse.organisation), key=lambda each: (each.contract_minutes, each.id))
        taken.add(mate.id)
        team.nurses[place] = nurse.model_copy(update={"companion": mate.id, "mode": mate.mode})


def _add_skills(random: Random, settings: GeneratorSettings, team: Team) -> None:
    for organisation in settings.fte:
        group = team.of(organisation)
        for skill, share in SKILL_SHARES.items():
            wanted = max(min(4, len(group)), round(share * len(group)))
            if skill in RARE:
                _raise_levels(team, group, wanted)
                group = team.of(organisation)
                able = sorted((each for each in group if each.level >= 5), key=lambda each: each.id)
                holders = random.sample(able, wanted)
            else:
                holders = random.sample(group, wanted)
            for nurse in sorted(holders, key=lambda each: each.id):
                team.skills.append(_dated_skill(random, settings, nurse.id, skill))
    for nurse in team.nurses:
        if nurse.experience == "new":
            team.skills += [_dated_skill(random, settings, nurse.id, skill) for skill in ("venapunctie", "infuus")]
    _let_some_expire(random, settings, team)


def _raise_levels(team: Team, group: list[Nurse], wanted: int) -> None:
    """Rare acts ask for level 5: enough nurses of the organisation get it, largest contracts first."""
    short = wanted - sum(each.level >= 5 for each in group)
    for nurse in sorted((each for each in group if each.level < 5), key=lambda each: (-each.contract_minutes, each.id)):
        if short <= 0:
            return
        short -= 1
        place = team.nurses.index(nurse)
        team.nurses[place] = nurse.model_copy(update={"level": 5, "wage_grade": 50})


def _dated_skill(random: Random, settings: GeneratorSettings, nurse: str, skill: str) -> NurseSkill:
    start = settings.first_monday - timedelta(days=random.randint(40, 700))
    return NurseSkill(nurse=nurse, skill=skill, valid_from=start, valid_until=start + timedelta(days=3 * 365))


def _let_some_expire(random: Random, settings: GeneratorSettings, team: Team) -> None:
    """Three competences end in the first week, four soon after it, one begins in it; rare ones are left alone."""
    common = [number for number, row in enumerate(team.skills) if SKILL_SHARES[row.skill] >= 0.65]
    chosen = random.sample(common, min(8, len(common)))
    for place, days in zip(chosen, (2, 3, 5, 9, 12, 20, 30), strict=False):
        until: date = settings.first_monday + timedelta(days=days)
        team.skills[place] = team.skills[place].model_copy(update={"valid_until": until})
    if len(chosen) == 8:
        start = settings.first_monday + timedelta(days=2)
        later = {"valid_from": start, "valid_until": start + timedelta(days=3 * 365)}
        team.skills[chosen[7]] = team.skills[chosen[7]].model_copy(update=later)
