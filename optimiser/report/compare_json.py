"""A comparison for programs: ``compare.json``. It names no nurse, unless it is one organisation's own view."""

from __future__ import annotations

from typing import Any

from optimiser.domain.comparison import Compared, Comparison
from optimiser.domain.sharing import SharingContract


def compare_json(comparison: Comparison) -> dict[str, Any]:
    """The content of ``compare.json``.

    ``scenarios.<name>.<figure>`` = {median, low, high, n}; ``differences.<a>-<b>.<figure>`` = {median, low, high,
    clear, n, noise}, a less b, both ways round; the same two under ``organisations.<id>`` and ``districts.<code>``.
    Figures have the names and units of ``summary.json``. ``method`` says how it was made, ``runs`` what each plan
    took. ``nurses`` is there only in a view of one organisation (``seen_by``), which holds that one's own nurses.
    """
    content: dict[str, Any] = {
        "format": 1,
        "instance": comparison.instance,
        "fingerprint": comparison.fingerprint,
        "version": comparison.version,
        "first_monday": comparison.first_monday.isoformat(),
        "seen_by": comparison.seen_by,
        "order": list(comparison.scenarios),
        **_compared(comparison.total),
        "organisations": {name: _compared(each) for name, each in comparison.organisations.items()},
        "districts": {code: _compared(each) for code, each in comparison.districts.items()},
        "contracts": {name: contract_json(each) for name, each in comparison.contracts.items()},
        "method": _method(comparison),
        "runs": [run.model_dump(mode="json") for run in comparison.runs],
    }
    if comparison.seen_by is not None:
        content["nurses"] = comparison.nurses
    return content


def contract_json(contract: SharingContract) -> dict[str, Any]:
    """A contract without the nurses who consented: only how many."""
    content = contract.model_dump(mode="json")
    content["consents"] = None if contract.consents is None else len(contract.consents)
    return content


def _compared(compared: Compared) -> dict[str, Any]:
    return compared.model_dump(mode="json", include={"scenarios", "differences"})


def _method(comparison: Comparison) -> dict[str, Any]:
    names = {
        "demand", "weeks", "seeds", "replays", "absence_percent", "time_limit_s", "iterations", "confidence",
        "provisional", "overlap", "most_saved_percent", "explanations",
    }  # fmt: skip
    return comparison.model_dump(mode="json", include=names)
