"""The format ``json``: a plan for other programs, by a schema, which ``python -m instances.export_json`` prints."""

from __future__ import annotations

import json
import sys

from instances.export_material import ExportMaterial, Files
from optimiser.domain.exported import ExportedPlan


def json_files(material: ExportMaterial) -> Files:
    """One file, as ``export_schema`` says."""
    return {"": material.content.model_dump_json(indent=1) + "\n"}


def export_schema() -> str:
    """The JSON schema (draft 2020-12) of the format, as text."""
    schema = ExportedPlan.model_json_schema(mode="serialization")
    said = {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema}
    return json.dumps(said, ensure_ascii=False, indent=1, sort_keys=True) + "\n"


if __name__ == "__main__":
    sys.stdout.write(export_schema())
