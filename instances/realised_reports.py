"""Reports of planned beside realised, kept as JSON, to compare weeks."""

from __future__ import annotations

import json
from pathlib import Path

from pydantic import ValidationError

from instances.files import write_whole
from instances.rows import limit_of, shown
from instances.sheets import Faults, read_text
from optimiser.domain.realised_report import REALISED_REPORT_FORMAT, RealisedReport
from optimiser.errors import InputError
from optimiser.texts import Language, text


def write_realised_report(report: RealisedReport, path: Path) -> None:
    """Write ``report`` as JSON, whole or not at all."""
    write_whole(path, report.model_dump_json(indent=1) + "\n")


def read_realised_report(path: Path, language: Language = "en") -> RealisedReport:
    """The report in ``path`` (weeks that stand beside it are passed over). Raises ``InputError`` when it is none, or of
    another version."""
    faults = Faults(language)
    content = read_text(path, faults)
    if content is None:
        raise InputError(faults)
    expected = text("realised.expected.report", language, version=REALISED_REPORT_FORMAT)
    try:
        raw = json.loads(content)
    except (ValueError, RecursionError) as error:
        faults.put(path.name, getattr(error, "lineno", 0), "", expected, type(error).__name__)
        raise InputError(faults) from None
    if not isinstance(raw, dict) or raw.get("format") != REALISED_REPORT_FORMAT or "figures" not in raw:
        got = shown(raw.get("format")) if isinstance(raw, dict) else type(raw).__name__
        faults.put(path.name, 0, "format", expected, got)
        raise InputError(faults)
    raw.pop("over_weeks", None)
    try:
        return RealisedReport.model_validate(raw)
    except ValidationError as error:
        for detail in error.errors(include_url=False, include_context=True):
            column = ".".join(str(part) for part in detail["loc"])
            got = faults.say("got.missing") if detail["type"] == "missing" else shown(detail["input"])
            faults.put(path.name, 0, column, limit_of(detail, faults), got)
        raise InputError(faults) from None
