"""Which personal data of nurses the tables hold, and what each column is for: what a works council must be told."""

from __future__ import annotations

from typing import Literal

Reason = Literal[
    "who", "employer", "law", "contract", "competence", "travel", "client_wish", "consent", "absence", "wish",
    "history", "continuity", "pay", "contact", "set_aside", "told", "meeting",
]  # fmt: skip

PERSONAL: dict[str, tuple[tuple[str, Reason], ...]] = {
    "nurses": (
        ("id", "who"), ("organisation", "employer"), ("home", "travel"), ("mode", "travel"),
        ("contract_minutes", "contract"), ("level", "competence"), ("experience", "competence"),
        ("companion", "competence"), ("born", "law"), ("sex", "client_wish"), ("languages", "client_wish"),
        ("night_consent", "consent"), ("categories", "contract"), ("start_place", "travel"), ("end_place", "travel"),
        ("wage_grade", "pay"), ("due", "law"), ("gave_birth", "law"), ("sunday_consent", "consent"),
        ("free_weekends", "consent"), ("weekends_only", "contract"), ("rule_set", "law"),
    ),
    "nurse_skills": (
        ("nurse", "who"), ("skill", "competence"), ("valid_from", "competence"), ("valid_until", "competence"),
    ),
    "availability": (
        ("nurse", "who"), ("kind", "absence"), ("first", "absence"), ("last", "absence"), ("from_time", "absence"),
        ("until_time", "absence"), ("minutes_per_day", "contract"), ("start_place", "travel"),
        ("end_place", "travel"), ("mode", "travel"),
    ),
    "wishes": (("nurse", "who"), ("day", "wish"), ("wish", "wish"), ("category", "wish"), ("weight", "wish")),
    "counters": (("nurse", "who"), ("counter", "history"), ("value", "history")),
    "context": (
        ("nurse", "who"), ("start", "law"), ("end", "law"), ("work_minutes", "law"), ("lane", "law"),
        ("employer", "law"), ("form", "law"),
    ),
    "duties_given": (
        ("nurse", "who"), ("kind", "told"), ("day", "told"), ("status", "told"), ("published_on", "told"),
    ),
    "cycles": (
        ("nurse", "who"), ("kind", "contract"), ("weeks", "contract"), ("week", "contract"), ("weekday", "contract"),
        ("first_monday", "contract"), ("status", "contract"),
    ),
    "client_nurses": (("client", "continuity"), ("nurse", "who"), ("relation", "continuity")),
    "past_visits": (("client", "continuity"), ("nurse", "who"), ("day", "continuity")),
    "tasks": (("nurse", "meeting"),),
    "overrides": (("nurse", "set_aside"), ("reason", "set_aside")),
    "names": (
        ("name", "contact"), ("address", "contact"), ("phone", "contact"), ("notes", "contact"),
    ),
}  # fmt: skip
"""Table -> (field, why). Every column of a table that is about one nurse; of other tables those that name a nurse."""
