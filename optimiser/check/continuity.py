"""Known faces: parts of visits by nurses whom the client does not know, or does not prefer; and lending."""

from __future__ import annotations

from collections import defaultdict

from optimiser.check.case import Case
from optimiser.check.sharing import is_lent
from optimiser.domain.work import Visit


def continuity(case: Case) -> dict[str, int]:
    """The counts ``unfamiliar``, ``not_preferred`` and ``lending``; students and tasks have none."""
    preferred, familiar = defaultdict[str, set[str]](set), defaultdict[str, set[str]](set)
    for row in case.instance.client_nurses:
        if row.relation == "preferred":
            preferred[row.client].add(row.nurse)
        if row.relation in ("preferred", "known"):
            familiar[row.client].add(row.nurse)
    for past in case.instance.past_visits:
        familiar[past.client].add(past.nurse)
    counts = {"unfamiliar": 0, "not_preferred": 0, "lending": 0}
    for done in case.stops:
        work, nurse = case.work_of(done.stop), case.nurse_of(done.duty)
        if not isinstance(work, Visit) or nurse.experience == "student":
            continue
        counts["unfamiliar"] += bool(familiar[work.client]) and nurse.id not in familiar[work.client]
        counts["not_preferred"] += bool(preferred[work.client]) and nurse.id not in preferred[work.client]
        counts["lending"] += case.contract.lending_minutes if is_lent(case, done, work) else 0
    return counts
