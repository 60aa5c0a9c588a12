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
STREETS = ("Voorbeeldstraat", "Proefweg", "Denklaan", "Schijnpad", "Modelplein", "Oefenkade")


def make_names(random: Random, instance: Instance) -> dict[str, Name]:
    """Nurse or client id -> name. Telephone numbers start with 06-0000 and are given to nobody."""
    names: dict[str, Name] = {}
    for number, person in enumerate((*instance.nurses, *instance.clients), start=1):
        male = getattr(person, "sex", None) == "m" or (not hasattr(person, "sex") and random.random() < 0.4)
        street = f"{random.choice(STREETS)} {random.randint(1, 199)}"
        full = f"{random.choice(MEN if male else WOMEN)} {random.choice(SURNAMES)}"
        is_client = not hasattr(person, "contract_minutes")
        names[person.id] = Name(
            id=person.id, name=full, address=street, phone=f"06-0000{number:04d}",
            notes=random.choice(("", "", "", "Achterom, de bel is stuk.", "Hond in huis.", "Bel vooraf even."))
            if is_client else "",
            key_box=f"{random.randint(0, 9999):04d}" if is_client and random.random() < 0.5 else "",
        )  # fmt: skip
    return names
