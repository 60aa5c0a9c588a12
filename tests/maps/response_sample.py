"""A small service with calls, and what is told of its districts when each answers alone and together, by hand."""

from __future__ import annotations

from instances.catalogue import locate
from instances.read import read_instance
from optimiser.domain.calls import Area, CallHours, CallSource, CallType, ResponseSettings
from optimiser.domain.instance import Instance
from optimiser.domain.place import District, Place
from optimiser.domain.response import DistrictResponse, Part

NASTY = 'Buurt <b>"A"</b> & {{ 7 * 7 }} </script>'
DISTRICTS = (
    ("BU05990001", NASTY, 51.92, 4.47), ("BU05990002", "Noord", 51.95, 4.50), ("BU05990003", "Leeg", 51.90, 4.42),
)  # fmt: skip


def service() -> Instance:
    """six_nurses with calls of maas in the first and of both in the second district, one source that lies in no
    district, and a post; the third district has no calls."""
    six = read_instance(locate("six_nurses"))
    districts = tuple(
        District(id=code, name=name, municipality="Rotterdam", latitude=latitude, longitude=longitude,
                 inhabitants=3000, inhabitants_65plus=400, area_hectares=60)
        for code, name, latitude, longitude in DISTRICTS
    )  # fmt: skip
    places = (
        Place(id="q-1", kind="other", latitude=51.92, longitude=4.47, district="BU05990001"),
        Place(id="q-2", kind="other", latitude=51.95, longitude=4.50, district="BU05990002"),
        Place(id="q-home", kind="client", latitude=51.91234, longitude=4.44321),
        Place(id="post", kind="base", latitude=51.93, longitude=4.48, district="BU05990001"),
    )
    sources = (
        ("een", "maas", "q-1", 1000), ("twee", "maas", "q-2", 3000), ("drie", "rotte", "q-2", 1000),
        ("vier", "rotte", "q-home", 1000),
    )  # fmt: skip
    night = six.kind_by_id["nacht"].model_copy(update={"line": 1, "area": "stad", "waits_at": "post"})
    home = six.kind_by_id["avond"].model_copy(update={"line": 1, "waits_at": "p-m1"})
    fields = {name: getattr(six, name) for name in Instance.model_fields}
    return Instance(**fields | {
        "districts": districts, "places": (*six.places, *places),
        "shift_kinds": tuple({"nacht": night, "avond": home}.get(each.id, each) for each in six.shift_kinds),
        "areas": (Area(id="stad", name="Stad"),), "response": ResponseSettings(norm_minutes=30, target_percent=90),
        "call_types": (CallType(id="alarm", name="Alarm", phone_percent=0),),
        "call_hours": (CallHours(type="alarm", days="weekdays", from_time=0, until_time=1440, weight=1),),
        "call_sources": tuple(
            CallSource(id=name, organisation=owner, type="alarm", place=place, weekly_millicalls=calls)
            for name, owner, place, calls in sources
        ),
    })  # fmt: skip


def row(
    district: str, part: Part, visits: float, share: float, mean: float | None, *owners: str, unanswered: float = 0.0,
    around: float | None = None,
) -> DistrictResponse:
    """A row whose 90th percentile is one and a half times its mean."""
    return DistrictResponse(
        district=district, part=part, organisations=owners, visits_per_week=visits, mean_minutes=mean,
        p90_minutes=None if mean is None else 1.5 * mean, within_norm=share, unanswered=unanswered,
        low=None if around is None else share - around, high=None if around is None else share + around,
    )  # fmt: skip


def alone() -> tuple[DistrictResponse, ...]:
    """In the second district at night nobody answers."""
    return (
        row("BU05990001", "evening", 0.5, 0.8, 20, "maas"), row("BU05990001", "night", 0.25, 0.6, 30, "maas"),
        row("BU05990002", "evening", 2.0, 0.5, 32, "maas", "rotte"),
        row("BU05990002", "night", 1.0, 0.0, None, "maas", "rotte", unanswered=1.0),
        row("q-home", "evening", 0.5, 0.4, 40, "rotte"),
    )  # fmt: skip


def together() -> tuple[DistrictResponse, ...]:
    """Simulated, so with intervals."""
    return (
        row("BU05990001", "evening", 0.5, 0.96, 12, "maas", around=0.02),
        row("BU05990001", "night", 0.25, 0.92, 18, "maas", around=0.04),
        row("BU05990002", "evening", 2.0, 0.9, 21, "maas", "rotte", around=0.03),
        row("BU05990002", "night", 1.0, 0.75, 26, "maas", "rotte", around=0.05),
        row("q-home", "evening", 0.5, 1.0, 14, "rotte", around=0.0),
    )
