"""All tables of the instance format, in the order of the documentation."""

from __future__ import annotations

from instances.columns import Table
from instances.tables_calls import AREAS, CALL_HOURS, CALL_SOURCES, CALL_TYPES, CYCLES
from instances.tables_duties import CONTEXT, COVER, DUTIES_GIVEN, OVERRIDES, SHIFT_KINDS, TRAVEL
from instances.tables_people import (
    AVAILABILITY,
    CLIENT_NURSES,
    CLIENTS,
    COUNTERS,
    DISTRICTS,
    NURSE_SKILLS,
    NURSES,
    PAST_VISITS,
    PLACES,
    WISHES,
)
from instances.tables_work import ACTS, LINKS, ORDERS, TASKS, VISITS

TABLES: tuple[Table, ...] = (
    DISTRICTS, PLACES, NURSES, NURSE_SKILLS, AVAILABILITY, WISHES, ACTS, CLIENTS, CLIENT_NURSES, ORDERS, VISITS, TASKS,
    LINKS, SHIFT_KINDS, COVER, OVERRIDES, CONTEXT, DUTIES_GIVEN, CYCLES, AREAS, CALL_TYPES, CALL_HOURS, CALL_SOURCES,
    COUNTERS, PAST_VISITS, TRAVEL,
)
TABLE_OF: dict[str, Table] = {table.field: table for table in TABLES}
"""Field of Instance -> table."""
