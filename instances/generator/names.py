"""Made-up names, addresses and telephone numbers; nobody lives here."""

from __future__ import annotations

from random import Random

from instances.names import Name
from optimiser.domain.instance import Instance

WOMEN = (
    "Anke", "Bea", "Carla", "Dineke", "Els", "Femke", "Gerda", "Hanna", "Ineke", "Joke", "Karin", "Lies", "Marga",
    "Nienke", "Olga", "Petra", "Renske", "Saskia", "Tineke", "Ursula", "Vera", "Wilma", "Yvonne", "Zwaantje",
)  # fmt: skip
MEN = (
    "Arend", "Bas", "Cor", "Dirk", "Evert", "Frits", "Geert", "Henk", "Ivo", "Jaap", "Kees", "Luuk", "Maarten", "Nico",
    "Otto", "Piet", "Ruud", "Sjoerd", "Teun", "Wim",
)  # fmt: skip
SURNAMES = (
    "Appelboom", "van den Berkenhof", "Citroen", "Duinzand", "Eikelaar", "van Fluitenkruid", "Grasveld", "Hazelnoot",
    "IJsvogel", "Jeneverbes", "Klaproos", "van der Lindelaan", "Molenwiek", "Notenboom", "Oeverzwaluw", "Peppel",
    "Kwikstaart", "Rietkraag", "Sleedoorn", "Tuinfluiter", "van Uiterwaard", "Veldsla", "Wilgenroos", "Zonnedauw",
)  # fmt: skip
NOTES = ("", "", "", "Achterom, de bel is stuk.", "Hond in huis.", "Bel vooraf even.")
STREETS = ("Voorbeeldstraat", "Proefweg", "Denklaan", "Schijnpad", "Modelplein", "Oefenkade")


def make_names(random: Random, instance: Instance) -> dict[str, Name]:
    """Nurse or client id -> name. Telephone numbers start with 06-0000 and are given to nobody."""
    names: dict[str, Name] = {}
    for nurse in instance.nurses:
        names[nurse.id] = Name(id=nurse.id, **_person(random, nurse.sex == "m", len(names) + 1))
    for client in instance.clients:
        names[client.id] = Name(
            id=client.id, **_person(random, random.random() < 0.4, len(names) + 1), notes=random.choice(NOTES),
            key_box=f"{random.randint(0, 9999):04d}" if random.random() < 0.5 else "",
        )  # fmt: skip
    return names


def _person(random: Random, male: bool, number: int) -> dict[str, str]:
    return {
        "name": f"{random.choice(MEN if male else WOMEN)} {random.choice(SURNAMES)}",
        "address": f"{random.choice(STREETS)} {random.randint(1, 199)}",
        "phone": f"06-0000{number:04d}",
    }
