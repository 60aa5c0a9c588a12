"""The sections of ``instance.toml`` in which both services differ: travel and response."""

from __future__ import annotations

from optimiser.domain.calls import ResponseSettings
from optimiser.domain.instance import TravelSettings

TRAVEL = {
    "nursing": TravelSettings(car_day_percent=90, car_evening_percent=80, car_night_percent=75),
    "medical": TravelSettings(car_day_percent=60, car_evening_percent=55, car_night_percent=55),
}
"""The estimate's speed is that of towns; between towns a car is faster."""
RESPONSE = {
    "nursing": ResponseSettings(norm_minutes=30, turn_out_minutes=5, pass_on_minutes=45, lost_minutes=120),
    "medical": ResponseSettings(norm_minutes=45, turn_out_minutes=5, pass_on_minutes=60, lost_minutes=180),
}
