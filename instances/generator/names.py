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
SAFETY = ("", "", "", "", "", "", "Grote hond: bel eerst, de hond gaat dan in de keuken.", "Er wordt gerookt in huis.",
          "Donker achterpad: neem een lamp mee.", "Zuurstof in huis: geen open vuur.")  # fmt: skip
PARKING = ("", "", "", "", "Betaald parkeren; vergunning ligt in de teamtas.", "Parkeren achter het gebouw.",
           "Alleen fietsen voor de deur; auto om de hoek.", "Vrij parkeren in de straat.")  # fmt: skip
KINDS = {"pharmacy": "Apotheek", "blood_bank": "Bloedbank", "depot": "Magazijn"}
STREETS = ("Voorbeeldstraat", "Proefweg", "Denklaan", "Schijnpad", "Modelplein", "Oefenkade")


def make_names(random: Random, instance: Instance) -> dict[str, Name]:
    """Id -> name of nurses, clients, organisations and the places where things are fetched. Telephone numbers start
    with 06-0000 and are given to nobody."""
    names: dict[str, Name] = {}
    for nurse in instance.nurses:
        names[nurse.id] = Name(id=nurse.id, **_person(random, nurse.sex == "m", len(names) + 1))
    for client in instance.clients:
        names[client.id] = Name(
            id=client.id, **_person(random, random.random() < 0.4, len(names) + 1), notes=random.choice(NOTES),
            key_box=f"{random.randint(0, 9999):04d}" if random.random() < 0.5 else "",
        )  # fmt: skip
    # what came later is drawn later, so that the names of before stay
    for client in instance.clients:
        told = {"parking": random.choice(PARKING), "safety": random.choice(SAFETY)}
        names[client.id] = names[client.id].model_copy(update=told)
    return names | _places(random, instance, len(names))


def _places(random: Random, instance: Instance, before: int) -> dict[str, Name]:
    """Organisations, and depots, pharmacies and blood banks; ``before`` telephone numbers are given already."""
    called = {each.id: each.name for each in instance.organisations}
    for place in instance.places:
        if place.kind in KINDS:
            site = place.id.split("-", place.kind.count("_") + 1)[-1]
            called[place.id] = f"{KINDS[place.kind]} {_capital(site)}"
    return {
        key: Name(id=key, name=name, address=f"{random.choice(STREETS)} {random.randint(1, 199)}",
                  phone=f"06-0000{before + number:04d}")
        for number, (key, name) in enumerate(called.items(), start=1)
    }  # fmt: skip


def _capital(name: str) -> str:
    """A Dutch name with its capital, or two: IJsselland."""
    return "IJ" + name[2:] if name.startswith("ij") else name[:1].upper() + name[1:]


def _person(random: Random, male: bool, number: int) -> dict[str, str]:
    return {
        "name": f"{random.choice(MEN if male else WOMEN)} {random.choice(SURNAMES)}",
        "address": f"{random.choice(STREETS)} {random.randint(1, 199)}",
        "phone": f"06-0000{number:04d}",
    }
