"""Who may serve a visit, asked of all nurses at once, is what the rules say of each nurse by herself."""

from __future__ import annotations

from datetime import date

import pytest

from instances.catalogue import locate
from instances.read import read_instance
from optimiser.domain.instance import Instance
from optimiser.domain.people import Nurse
from optimiser.domain.sharing import PRESETS, Entry, SharingContract
from optimiser.domain.work import Visit
from optimiser.scenario.able import Team
from optimiser.scenario.familiarity import Familiarity, SkillTable
from optimiser.scenario.shared import has_agreed, is_face, is_shared, share_on

JOINT = PRESETS["joint"]
CONTRACTS = (
    PRESETS["single"], JOINT, JOINT.model_copy(update={"known_faces": True, "lending_minutes": 7}),
    JOINT.model_copy(update={"entries": (Entry(organisation="laurens", from_date=date(2026, 12, 10)),)}),
    JOINT.model_copy(update={"consents": ("aafje-01", "aafje-05", "laurens-02")}),
)  # fmt: skip


@pytest.fixture(scope="module")
def week() -> Instance:
    return read_instance(locate("vtt_rijnmond"))


def may(instance: Instance, contract: SharingContract, visit: Visit, part: int, nurse: Nurse) -> bool:
    """The rules of the plan language, one nurse at a time; windows lie within one date here."""
    client, opening = instance.client_by_id[visit.client], visit.windows[0].start
    day = instance.clock.moment_of(opening).date()
    familiarity = Familiarity(instance)
    alone = nurse.experience == "experienced" and SkillTable(instance).holds(nurse.id, visit.skills, day)
    wishes = client.sex_wish in (None, nurse.sex) and client.language_wish in (None, *nurse.languages)
    own = client.organisation == nurse.organisation
    lent = (
        is_shared(instance, contract, visit, client, opening)
        and share_on(contract, client.organisation, nurse.organisation, day)
        and has_agreed(contract, nurse.id)
        and is_face(contract, familiarity.faces(client.id), nurse.id)
    )
    return (
        (alone and wishes if part == 1 else nurse.experience != "student")
        and nurse.level >= visit.level
        and nurse.id not in familiarity.banned.get(client.id, ())
        and (own or lent)
    )


@pytest.mark.parametrize("contract", CONTRACTS)
def test_all_at_once_is_one_by_one(week: Instance, contract: SharingContract) -> None:
    """Every thirtieth visit, both parts, every nurse; costs by hand for a client who prefers and knows."""
    team, familiarity, weights = Team(week, contract), Familiarity(week), week.weights
    for visit in week.visits[::30]:
        day = week.clock.moment_of(visit.windows[0].start).date()
        for part in (1, 2):
            found = team.may_visit(visit, part, (day,), visit.windows[0].start)
            assert [bool(each) for each in found] == [may(week, contract, visit, part, each) for each in week.nurses]
        client = week.client_by_id[visit.client]
        preferred, faces = familiarity.preferred.get(client.id, set()), familiarity.faces(client.id)
        assert team.costs(client).tolist() == [
            weights.not_preferred * (bool(preferred) and each.id not in preferred)
            + weights.unfamiliar * (bool(faces) and each.id not in faces)
            + contract.lending_minutes * weights.lending * (each.organisation != client.organisation)
            for each in week.nurses
        ]
