"""What an instance of shared evenings, nights and weekends tells of where its numbers come from."""

from __future__ import annotations

from typing import Any

from instances.generator.anw_settings import AnwSettings

GENERATOR_VERSION = 1


def provenance(settings: AnwSettings) -> dict[str, Any]:
    """The settings, so that the folder can be made again, and the assumptions with their confidence."""
    return {
        "generator": "anw", "generator_version": GENERATOR_VERSION, "synthetic": True, "service": settings.service,
        "seed": settings.seed, "calls": settings.calls,
        "district_facts": "CBS, Kerncijfers wijken en buurten 2024",
    }  # fmt: skip
