"""Travel estimated from the distance as the crow flies, calibrated on OpenStreetMap road networks.

The speeds are fits of free-flow times of OSRM on Rotterdam and Kampen (docs/explanation/travel.md has the errors);
what the fits do not hold, peaks and the way from the street to the door, is a setting of the instance.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from optimiser.domain.instance import Instance, TravelSettings
from optimiser.domain.place import District, Mode
from optimiser.domain.travel_matrix import DayPart, Slice, TravelMatrix
from optimiser.travel.in_use import DAY_PARTS, in_use

EARTH_RADIUS_METRES = 6_371_009.0
SAME_POINT_METRES = 2.0
"""Points closer than this are one point: five decimals of a degree are about a metre."""

Matrix = NDArray[np.float64]


@dataclass(frozen=True)
class Speed:
    """Time of a leg: ``seconds`` + crow-fly distance at ``metres_per_second``. Road distance: crow-fly times
    ``road_factor``. ``district_factor`` times the square root of a district's area is the mean road distance between
    two of its addresses. ``river_minutes`` is what a crossing adds."""

    seconds: float
    metres_per_second: float
    road_factor: float
    district_factor: float
    river_minutes: float


SPEEDS: dict[Mode, Speed] = {
    "car": Speed(60.0, 28.0 / 3.6, 1.40, 0.84, 1.0),
    "bicycle": Speed(45.0, 11.0 / 3.6, 1.33, 0.72, 7.0),
    "ebike": Speed(37.0, 13.5 / 3.6, 1.33, 0.72, 7.0),
    # the speed of a walk holds along the road: 5.1 km/h over 1.39 times the crow-fly distance
    "walk": Speed(0.0, 5.1 / 3.6 / 1.39, 1.39, 0.72, 7.0),
}


def crow_flies(instance: Instance, modes: Sequence[Mode] | None = None) -> TravelMatrix:
    """The travel matrix of the places in use, by the modes in use unless others are given. Symmetric; same place 0,
    other places at least 1 minute."""
    used = in_use(instance)
    minutes: dict[Slice, NDArray[np.int32]] = {}
    metres: dict[Slice, NDArray[np.int32]] = {}
    for mode in used.modes if modes is None else modes:
        moving, reach = _moving(instance, used.places, SPEEDS[mode])
        road = np.rint(reach * SPEEDS[mode].road_factor).astype(np.int32)
        np.fill_diagonal(road, 0)
        for part in DAY_PARTS:
            minutes[mode, part] = door_to_door(moving, instance.travel, mode, part)
            metres[mode, part] = road
    return TravelMatrix(engine=description(instance.travel), places=used.places, minutes=minutes, metres=metres)


def door_to_door(moving: Matrix, settings: TravelSettings, mode: Mode, part: DayPart) -> NDArray[np.int32]:
    """Free-flow minutes under way (n x n) as whole minutes from door to door: peak, door and parking in, rounded up.

    The diagonal is 0, everything else at least 1.
    """
    return _whole(moving * _peak(settings, mode, part) + _door(settings, mode))


def moving_minutes(instance: Instance, places: tuple[str, ...], mode: Mode) -> Matrix:
    """Free-flow minutes under way between ``places``, not rounded, without peak and door."""
    return _moving(instance, places, SPEEDS[mode])[0]


def haversine(latitudes: Matrix, longitudes: Matrix) -> Matrix:
    """Great-circle distances in metres between all points (degrees, WGS84), as an n x n table."""
    latitude, longitude = np.radians(latitudes), np.radians(longitudes)
    north = np.sin((latitude[:, None] - latitude[None, :]) / 2) ** 2
    east = np.sin((longitude[:, None] - longitude[None, :]) / 2) ** 2
    half_chord = north + np.cos(latitude)[:, None] * np.cos(latitude)[None, :] * east
    return np.asarray(2 * EARTH_RADIUS_METRES * np.arcsin(np.sqrt(np.clip(half_chord, 0.0, 1.0))))


def unknown_apart(instance: Instance, places: tuple[str, ...]) -> NDArray[np.bool_]:
    """Pairs of one district whose distance is not known: a place at the district's centre, or points that coincide."""
    return np.asarray(_district_floor(instance, places, haversine(*coordinates(instance, places))) > 0)


def _moving(instance: Instance, places: tuple[str, ...], speed: Speed) -> tuple[Matrix, Matrix]:
    """Minutes under way, and the metres as the crow flies that they stand for."""
    distance = haversine(*coordinates(instance, places))
    floor = _district_floor(instance, places, distance)
    reach = np.maximum(distance, floor * (speed.district_factor / speed.road_factor))
    crossing = speed.river_minutes * river_between(instance, places)
    return (speed.seconds + reach / speed.metres_per_second) / 60.0 + crossing, reach


def coordinates(instance: Instance, places: tuple[str, ...]) -> tuple[Matrix, Matrix]:
    """Latitudes and longitudes of ``places`` in degrees."""
    points = [instance.place_by_id[place] for place in places]
    return np.array([each.latitude for each in points]), np.array([each.longitude for each in points])


def _district_floor(instance: Instance, places: tuple[str, ...], distance: Matrix) -> Matrix:
    """Square root of the district's area in metres for two places of one district whose distance is not known.

    It is not known when one of them lies at the district's centre (only its district was given) or when the points
    coincide; addresses with coordinates of their own keep their distance.
    """
    districts = {each.id: each for each in instance.districts}
    points = [instance.place_by_id[place] for place in places]
    # numbers in place of names: tables of places by places compare them quickly
    names = np.unique([each.district for each in points], return_inverse=True)[1]
    nameless = np.array([not each.district for each in points], dtype=bool)
    side = np.array([_side(districts.get(each.district)) for each in points])
    centred = np.array(
        [
            each.district in districts
            and abs(districts[each.district].latitude - each.latitude) < 1e-5
            and abs(districts[each.district].longitude - each.longitude) < 1e-5
            for each in points
        ],
        dtype=bool,
    )
    same = (names[:, None] == names[None, :]) & ~nameless[:, None]
    unknown = centred[:, None] | centred[None, :] | (distance < SAME_POINT_METRES)
    return np.where(same & unknown, side[:, None], 0.0)


def _side(district: District | None) -> float:
    return float(np.sqrt(district.area_hectares * 10_000.0)) if district is not None else 0.0


def river_between(instance: Instance, places: tuple[str, ...]) -> Matrix:
    """1.0 where two places lie on different known banks; a place without a district takes the nearest centre's bank."""
    districts = {each.id: each for each in instance.districts}
    banks = np.array([_bank(instance.place_by_id[place].district, districts) for place in places], dtype=object)
    loose = [number for number, place in enumerate(places) if instance.place_by_id[place].district not in districts]
    if loose and any(each.river_bank for each in instance.districts):
        centres = np.array([(each.latitude, each.longitude) for each in instance.districts])
        for number in loose:
            point = instance.place_by_id[places[number]]
            # one degree of longitude is about 0.61 of a degree of latitude in the Netherlands
            away = (centres[:, 0] - point.latitude) ** 2 + (0.61 * (centres[:, 1] - point.longitude)) ** 2
            banks[number] = instance.districts[int(np.argmin(away))].river_bank
    known = banks != ""
    bank = np.unique(banks.astype(np.str_), return_inverse=True)[1]
    return np.asarray((known[:, None] & known[None, :] & (bank[:, None] != bank[None, :])).astype(np.float64))


def _bank(district: str, districts: dict[str, District]) -> str:
    return districts[district].river_bank if district in districts else ""


def _peak(settings: TravelSettings, mode: Mode, part: DayPart) -> float:
    if mode != "car":
        return 1.0
    return float(getattr(settings, f"car_{part}_percent")) / 100.0


def _door(settings: TravelSettings, mode: Mode) -> int:
    return {
        "car": settings.car_door_minutes,
        "bicycle": settings.bicycle_door_minutes,
        "ebike": settings.bicycle_door_minutes,
        "walk": settings.walk_door_minutes,
    }[mode]


def _whole(minutes: Matrix) -> NDArray[np.int32]:
    # the small number keeps 4.0000000001 from becoming 5
    whole = np.maximum(np.ceil(minutes - 1e-9), 1.0).astype(np.int32)
    np.fill_diagonal(whole, 0)
    return whole


def description(settings: TravelSettings, name: str = "crow_flies 1") -> str:
    """The engine ``name`` with the settings that its minutes hold."""
    peaks = "/".join(str(getattr(settings, f"car_{part}_percent")) for part in DAY_PARTS)
    doors = f"{settings.car_door_minutes}/{settings.bicycle_door_minutes}/{settings.walk_door_minutes}"
    return f"{name}; car percent day/evening/night {peaks}; door minutes car/bicycle/walk {doors}"
