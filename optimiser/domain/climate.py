"""What a kilometre by car puts into the air."""

from __future__ import annotations

from optimiser.domain.labour import Figure

CAR = Figure(
    value=193, unit="g CO2 per km",
    article="co2emissiefactoren.nl: car of unknown fuel, well to wheel (list of 2023; later lists were not seen)",
    confidence="R",
)  # fmt: skip
"""Bicycles count as nothing; the few grams of an electric one are left out."""
