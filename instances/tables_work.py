"""The tables about what has to be done: acts, orders, visits, tasks, links."""

from __future__ import annotations

from instances.cells import CLOCK, DATE, ID, IDS, RHYTHM, TEXT, WHOLE, WINDOWS, WORK, YES_NO, choice
from instances.columns import Table, column
from optimiser.domain.work import Act, EditedVisit, Link, Order, Task

PRIORITY = choice(critical="kritiek", high="hoog", normal="normaal")

ACTS = Table(
    "acts", "acts", Act, "Procedures.",
    (
        column("id", "id", ID, "Id."),
        column("name", "naam", TEXT, "Name."),
        column("skills", "bekwaamheden", IDS, "Skills that are needed, all of them."),
        column("level", "niveau", WHOLE, "Lowest level of qualification, 1 to 8."),
        column("minutes", "minuten", WHOLE, "Usual minutes at the client, without reporting."),
        column("nurses", "medewerkers", WHOLE, "1, or 2 at the same time."),
        column("second_check", "tweede_controle", choice(none="geen", remote="op_afstand", on_site="ter_plaatse"),
               "None, by telephone or picture, or by a second nurse at the client."),
        column("reserved", "voorbehouden", YES_NO, "A reserved act (Wet BIG art. 36): needs an order form."),
        column("valid_months", "geldig_maanden", WHOLE, "How long a proof of competence holds."),
    ),
    key=("id",), needed=True,
)

ORDERS = Table(
    "orders", "orders", Order,
    "What clients need over time; each order becomes visits with ids `order/date/number`. May run past the horizon.",
    (
        column("id", "id", ID, "Id."),
        column("client", "cliënt", ID, "Client.", refers=("clients",)),
        column("acts", "handelingen", IDS, "Acts, all done in one visit.", refers=("acts",)),
        column("rhythm", "ritme", RHYTHM,
               "`daily`/`dagelijks`; `every:3`/`elke:3` (every third day from the first); "
               "`days:mon+thu`/`dagen:ma+do`; `free:2`/`vrij:2` (twice a week on free days: the week is cut into "
               "that many runs of days)."),
        column("windows", "tijdvakken", WINDOWS, "One window for each visit of a day: `07:00-09:00 15:00-17:00`."),
        column("first", "eerste", DATE, "First day."),
        column("last", "laatste", DATE, "Last day, included; empty means no end."),
        column("minutes", "minuten", WHOLE, "Minutes at the client without reporting; empty: the sum of the acts."),
        column("nurses", "medewerkers", WHOLE, "1 or 2; empty means as the acts say."),
        column("priority", "prioriteit", PRIORITY, "Critical, high or normal."),
        column("time_critical", "tijdkritisch", YES_NO, "Whether the window matters for the treatment."),
        column("order_form_from", "uitvoeringsverzoek_vanaf", DATE, "First day of the order form."),
        column("order_form_until", "uitvoeringsverzoek_tot_en_met", DATE, "Last day of the order form."),
        column("gap_min", "tussentijd_min", WHOLE, "Fewest minutes between the starts of two visits of the order."),
        column("gap_max", "tussentijd_max", WHOLE, "Most minutes between the starts of two visits of the order."),
    ),
    key=("id",),
)

VISITS = Table(
    "visits", "edited_visits", EditedVisit,
    "Changes to expanded visits (id `order/date/number`; empty cells stay as expanded), and visits by themselves.",
    (
        column("id", "id", WORK, "Id of an expanded visit, or a new id for a visit by itself."),
        column("client", "cliënt", ID, "Client; needed for a visit by itself.", refers=("clients",)),
        column("acts", "handelingen", IDS, "Acts; needed for a visit by itself.", refers=("acts",)),
        column("day", "datum", DATE, "Day, inside the horizon; needed for a visit by itself."),
        column("from_time", "van", CLOCK, "Start of the window; with until or not at all."),
        column("until_time", "tot", CLOCK, "End of the window."),
        column("minutes", "minuten", WHOLE, "Minutes at the client without reporting."),
        column("nurses", "medewerkers", WHOLE, "1 or 2."),
        column("priority", "prioriteit", PRIORITY, "Critical, high or normal."),
        column("time_critical", "tijdkritisch", YES_NO, "Whether the window matters for the treatment."),
        column("cancelled", "vervallen", YES_NO, "Takes an expanded visit away."),
    ),
    key=("id",),
)

TASKS = Table(
    "tasks", "tasks", Task, "Work without a client, in routes or outside them at a fixed time.",
    (
        column("id", "id", ID, "Id."),
        column("kind", "soort", choice(
            handover="overdracht", meeting="overleg", training="scholing", guidance="begeleiding",
            reporting="rapporteren", telephone="telefoon", pharmacy="apotheek", blood_bank="bloedbank", depot="depot",
            key="sleutel", other="overig",
        ), "What it is."),
        column("organisation", "organisatie", ID, "Organisation.", refers=("organisations",)),
        column("nurse", "medewerker", ID, "Who; empty means anyone with the skills.", refers=("nurses",)),
        column("skills", "bekwaamheden", IDS, "Skills that are needed."),
        column("place", "plek", ID, "Where; empty means anywhere.", refers=("places",)),
        column("day", "datum", DATE, "Day, inside the horizon."),
        column("from_time", "van", CLOCK, "Earliest start."),
        column("until_time", "tot", CLOCK, "Latest end."),
        column("minutes", "minuten", WHOLE, "Length in minutes."),
        column("in_route", "in_route", YES_NO, "A stop in a route, or at a fixed time outside routes."),
        column("paid", "betaald", YES_NO, "Whether it is paid time."),
        column("priority", "prioriteit", PRIORITY, "Critical, high or normal."),
    ),
    key=("id",),
)

LINKS = Table(
    "links", "links", Link, "Ties in time between two visits, tasks or orders, from start to start.",
    (
        column("id", "id", ID, "Id."),
        column("first", "eerste", WORK, "A visit, a task or an order.", refers=("work",)),
        column("second", "tweede", WORK, "A visit, a task or an order.", refers=("work",)),
        column("gap_min", "tussentijd_min", WHOLE, "Fewest minutes from the first start to the second."),
        column("gap_max", "tussentijd_max", WHOLE, "Most minutes from the first start to the second."),
        column("nurse", "medewerker", choice(any="willekeurig", same="dezelfde", different="andere"),
               "Whether one nurse does both, two do, or it does not matter."),
        column("together", "samen", YES_NO, "If one is done, so must the other be."),
    ),
    key=("id",),
)
