"""A roster that the model could not fully judge is made legal before the search begins."""

from __future__ import annotations

from optimiser.domain.instance import Instance
from optimiser.domain.sharing import PRESETS
from optimiser.planning import prepare
from optimiser.search.encode import encode
from optimiser.search.encode_duties import encode_duties, roster_of, roster_state
from optimiser.search.encode_rows import encode_rows
from optimiser.search.kernel.rows import row_violations
from optimiser.search.start import drop_violations


def test_a_roster_that_breaks_the_law_is_trimmed_to_a_legal_one(six: Instance) -> None:
    """Every nurse on every allowed kind's first choice all week breaks rests and sums; nothing broken is left over."""
    problem = prepare(six, PRESETS["joint"])
    data, rows, duties = encode(problem), encode_rows(problem), encode_duties(problem)
    everything = frozenset(
        (nurse, day, next(kind for kind in range(len(six.shift_kinds)) if problem.duty_allowed[nurse, day, kind]))
        for nurse in range(len(six.nurses))
        for day in range(six.days)
        if problem.duty_allowed[nurse, day].any()
    )
    state = roster_state(problem, data, duties, everything)
    before = [row_violations(data, rows, state, nurse) for nurse in range(len(six.nurses))]
    assert max(before) > 0
    assert drop_violations(problem, data, rows, duties, state) == 0
    assert all(row_violations(data, rows, state, nurse) == 0 for nurse in range(len(six.nurses)))
    assert roster_of(problem, state) < everything
