"""What a generated team brings to its acts, and what is fetched for single orders."""

from __future__ import annotations

from optimiser.domain.card import Bring
from optimiser.domain.instance import Instance

FOR_ACTS = {
    "bloedafname": "Bloedafnameset, stuwband en laboratoriumformulier",
    "infuus-inbrengen": "Infuusnaalden, fixatiepleisters en infuuslijn",
    "antibiotica-24u": "Nieuwe elastomeerpomp, handschoenen en alcoholdoekjes",
    "antibiotica-8u": "Handschoenen en alcoholdoekjes",
    "picc-verzorging": "Steriele verbandset PICC en spoelvloeistof",
    "lijn-doorspuiten": "Spuiten met spoelvloeistof",
    "port-aanprikken": "Hubernaald en steriele verbandset",
    "tpv-aansluiten": "Toedieningslijn met filter, steriele handschoenen",
    "tpv-afkoppelen": "Spuiten met spoelvloeistof, dopje",
    "transfusie": "Toedieningssysteem met filter, bloeddrukmeter, noodset anafylaxie",
    "pomp-starten": "Pomp met lijn, subcutane naald",
    "pomp-wisselen": "Lijn en subcutane naald",
    "vac-wissel": "Verbandset VAC, schaar en opvangbeker",
    "suprapubisch": "Katheterset suprapubisch en urinezak",
    "katheter-moeilijk": "Katheterset met twee maten en glijmiddel",
    "maagsonde": "Maagsonde, pH-strips en fixatiepleister",
    "canulewissel": "Reservecanule, een maat kleiner ook",
}
"""Act of ``instances.generator.procedures`` -> what the bag holds for it (assumptions, not a protocol)."""
FOR_TASKS = {"blood_bank": "Bloedproduct in de koelbox", "pharmacy": "Eerste gift medicatie"}
"""Kind of task -> what it fetches for the visit that it is tied to."""


def make_bring(instance: Instance) -> tuple[Bring, ...]:
    """The rows of ``bring.csv`` of a generated instance; always the same for the same instance."""
    acts = [Bring(work=each.id, items=FOR_ACTS[each.id]) for each in instance.acts if each.id in FOR_ACTS]
    orders = {each.id: each for each in instance.orders}
    fetched = []
    for link in instance.links:
        task, order = instance.task_by_id.get(link.first), orders.get(link.second.split("/")[0])
        if task is not None and order is not None and task.place is not None and task.kind in FOR_TASKS:
            fetched.append(Bring(work=order.id, items=FOR_TASKS[task.kind], fetch=task.place))
    return (*acts, *_pump_cassettes(instance), *fetched)


def _pump_cassettes(instance: Instance) -> list[Bring]:
    """Cassettes lie ready at the depot of the client's organisation, where it has one."""
    places, clients = instance.place_by_id, instance.client_by_id
    rows = []
    for order in instance.orders:
        depot = f"depot-{clients[order.client].organisation}"
        if "pomp-wisselen" in order.acts and depot in places:
            rows.append(Bring(work=order.id, items="Gevulde cassette op naam", fetch=depot))
    return rows
