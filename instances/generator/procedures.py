"""Skills and acts of a technical home team (labour-rules section 5), with usual minutes at the client.

Minutes are the low end of the usual range, since most clients are settled; reporting comes on top. ``share`` is the
part of experienced nurses that holds a skill: around 0.9 common, 0.65 usual, 0.35 rare.
"""

from __future__ import annotations

from dataclasses import dataclass

from optimiser.domain.work import Act

SKILL_SHARES: dict[str, float] = {
    "venapunctie": 1.0, "infuus": 0.95, "iv-medicatie": 1.0, "centrale-lijn": 0.95, "katheter": 0.9, "pomp": 0.9,
    "tpv": 0.75, "port-a-cath": 0.7, "vac": 0.7, "maagsonde": 0.7, "tracheacanule": 0.65,
    "transfusie": 0.4, "spinale-pomp": 0.35, "peritoneaaldialyse": 0.5,
}  # fmt: skip
"""Skill -> share of the experienced nurses of each organisation."""
RARE = ("transfusie", "spinale-pomp", "peritoneaaldialyse")


@dataclass(frozen=True)
class _Row:
    id: str
    name: str
    skills: tuple[str, ...]
    minutes: int
    nurses: int = 1
    check: str = "none"
    level: int = 4
    reserved: bool = True
    months: int = 36


_ROWS = (
    _Row("bloedafname", "Bloed afnemen", ("venapunctie",), 15),
    _Row("infuus-inbrengen", "Perifeer infuus inbrengen en verzorgen", ("infuus",), 30),
    _Row("antibiotica-24u", "Antibiotica via elastomeerpomp, 24 uur", ("iv-medicatie",), 25),
    _Row("antibiotica-8u", "Antibiotica iedere 8 uur", ("iv-medicatie",), 25, months=24),
    _Row("picc-verzorging", "PICC- of midlinelijn verzorgen", ("centrale-lijn",), 30),
    _Row("lijn-doorspuiten", "Centrale lijn doorspuiten", ("centrale-lijn",), 15),
    _Row("port-aanprikken", "Port-a-cath aanprikken", ("port-a-cath",), 35, months=24),
    _Row("tpv-aansluiten", "Parenterale voeding aansluiten", ("tpv",), 30, check="remote", months=24),
    _Row("tpv-afkoppelen", "Parenterale voeding afkoppelen", ("tpv",), 20, months=24),
    _Row("transfusie", "Bloedtransfusie, een eenheid", ("transfusie",), 150, check="remote", level=5, months=12),
    _Row("pomp-starten", "Pijn- of sedatiepomp starten", ("pomp",), 50, nurses=2, months=24),
    _Row("pomp-wisselen", "Cassette van de pomp wisselen", ("pomp",), 25, check="remote", months=24),
    _Row("palliatieve-zorg", "Palliatieve controle met pomp", ("pomp",), 25, months=24),
    _Row("spinale-pomp", "Epidurale of intrathecale pomp vullen", ("spinale-pomp",), 45, nurses=2, level=5, months=12),
    _Row("vac-wissel", "VAC-verband wisselen", ("vac",), 40, reserved=False),
    _Row("suprapubisch", "Suprapubische katheter wisselen", ("katheter",), 30),
    _Row("katheter-moeilijk", "Moeilijke katheterisatie", ("katheter",), 35, nurses=2),
    _Row("drainzorg", "Drain verzorgen", (), 20, reserved=False),
    _Row("injectie", "Subcutane injectie", (), 10),
    _Row("maagsonde", "Maagsonde inbrengen", ("maagsonde",), 30),
    _Row("canulezorg", "Tracheacanule verzorgen en uitzuigen", ("tracheacanule",), 20, months=24),
    _Row("canulewissel", "Tracheacanule wisselen", ("tracheacanule",), 30, nurses=2, months=24),
    _Row("peritoneaaldialyse", "Peritoneaaldialyse, wissel", ("peritoneaaldialyse",), 30, months=24),
)  # fmt: skip


def acts() -> tuple[Act, ...]:
    """The acts, in a fixed order."""
    return tuple(
        Act.model_validate(
            {
                "id": row.id, "name": row.name, "skills": row.skills, "level": row.level, "minutes": row.minutes,
                "nurses": row.nurses, "second_check": row.check, "reserved": row.reserved, "valid_months": row.months,
            }
        )
        for row in _ROWS
    )  # fmt: skip
