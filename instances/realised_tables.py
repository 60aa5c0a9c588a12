"""The two tables in which people write down what was really worked; ids and words from lists only."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from pydantic import Field

from instances.cells import CLOCK, DATE, HOURS, ID, TEXT, WHOLE, WORK, choice
from instances.columns import Table, column
from optimiser.domain.noun import ClockTime, Id, Minutes, Noun
from optimiser.domain.realised import DutyReason, Handover, VisitReason, VisitStatus
from optimiser.domain.work import WorkId


class RealisedDutyRow(Noun):
    """A row of ``gewerkte_diensten.csv``: clock times count on from ``day``."""

    nurse: Id
    day: date
    kind: Annotated[str, Field(min_length=1, max_length=60)] | None = None
    start: ClockTime | None = None
    end: ClockTime | None = None
    break_minutes: Annotated[int, Field(ge=0, le=1440)] | None = None
    reason: DutyReason | None = None


class RealisedVisitRow(Noun):
    """A row of ``gewerkte_bezoeken.csv``: clock times count on from ``day``."""

    id: WorkId
    part: Literal[1, 2] = 1
    nurse: Id | None = None
    day: date | None = None
    arrival: ClockTime | None = None
    start: ClockTime | None = None
    end: ClockTime | None = None
    status: VisitStatus = "done"
    cancelled_by: Literal["client", "team"] | None = None
    cancelled_minutes_before: Minutes | None = None
    handover: Handover | None = None
    reason: VisitReason | None = None


REALISED_DUTIES = Table(
    "gewerkte_diensten", "duties", RealisedDutyRow,
    "Duties as they were worked. A duty of the plan that was not worked has a row without times and with a reason.",
    (
        column("nurse", "medewerker", ID, "Nurse.", refers=("nurses",)),
        column("day", "datum", DATE, "Day on which it started, or should have.", english="date"),
        column("kind", "dienst", TEXT, "Id or code of a shift kind; empty for work by the clock alone."),
        column("start", "begin", CLOCK, "Start as worked; empty, with the end, when it was not worked."),
        column("end", "einde", CLOCK, "End as worked, above 24:00 on the next day (07:00 will do for a kind that "
               "passes midnight, and for no kind)."),
        column("break_minutes", "pauze_minuten", WHOLE, "Break as taken; empty means the break of the kind. Needed "
               "where there is no kind."),
        column("reason", "reden", choice(
            ill="ziek", absent="afwezig", swap="ruil", extra="extra", call="oproep", longer="uitgelopen",
            shorter="ingekort", no_work="geen_werk", other="anders",
        ), "Why it differs; needed when it was not worked. `call`: a turn-out of standby from home that is no visit."),
    ),
)  # fmt: skip

REALISED_VISITS = Table(
    "gewerkte_bezoeken", "visits", RealisedVisitRow,
    "Visits as they went, a row for each nurse of a visit.",
    (
        column("id", "zorgmoment", WORK, "Visit.", english="visit"),
        column("part", "wie", WHOLE, "1, or 2 for the second nurse."),
        column("nurse", "medewerker", ID, "Who did it; needed when it was done.", refers=("nurses",)),
        column("day", "datum", DATE, "Day on which the nurse came; needed when it was done.", english="date"),
        column("arrival", "aankomst", CLOCK, "At the door; empty is not known."),
        column("start", "begin", CLOCK, "Start; needed when it was done."),
        column("end", "einde", CLOCK, "End; needed when it was done."),
        column("status", "status",
               choice(done="gedaan", cancelled="afgezegd", not_done="niet_gedaan", moved="verplaatst"),
               "Times of a row that is cancelled or not done are not read. Moved: with times done at another moment, "
               "without them not in this horizon."),
        column("cancelled_by", "afgezegd_door", choice(client="cliënt", team="team"), "Needed when it was cancelled."),
        column("cancelled_minutes_before", "uren_vooraf", HOURS, "Hours from the cancelling to the planned start.",
               english="hours_before"),
        column("handover", "overdracht", choice(ready="gereed", not_ready="niet_gereed", not_needed="niet_nodig"),
               "Whether the handover was ready when the nurse came; empty is not written down."),
        column("reason", "reden", choice(
            client_away="cliënt_afwezig", client_refused="cliënt_weigert", hospital="ziekenhuis",
            care_changed="zorg_gewijzigd", no_nurse="geen_medewerker", no_time="geen_tijd",
            no_handover="geen_overdracht", no_material="geen_materiaal", weather="weer", not_planned="niet_gepland",
            other="anders",
        ), "Why it was not done, cancelled or moved."),
    ),
)  # fmt: skip
