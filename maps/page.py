"""The shell of every page: templates with autoescape, inline style and script, and a strict content security policy.

Only the scripts that a page names itself may run: their hashes stand in the policy, so that a text which slips
through as markup stays dead. Nothing may be fetched; with tiles, images of one named host.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

TEMPLATES = Path(__file__).parent / "templates"


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.globals["colours"] = COLOURS
    return environment


COLOURS: dict[str, tuple[str, str]] = {
    "day": ("#ffe7a0", "#3a2c00"),
    "evening": ("#c5dcf8", "#0a2a50"),
    "night": ("#34416b", "#ffffff"),
    "mid": ("#c9ead6", "#0c3a21"),
    "split": ("#f4d0e3", "#4a1030"),
}
"""Background and text of a category: apart for the colour-blind in hue and lightness, contrast above 7 : 1."""


def asset(name: str) -> str:
    """The text of a file beside the templates."""
    return (TEMPLATES / name).read_text(encoding="utf-8")


def render(template: str, scripts: Sequence[str] = (), image_host: str = "", **values: Any) -> str:
    """The page of ``template`` with its policy. ``scripts`` run in their order at the end of the body."""
    return (
        _environment()
        .get_template(template)
        .render(
            policy=policy(scripts, image_host),
            scripts=[Markup(script) for script in scripts],  # noqa: S704 - ours, and named in the policy
            **values,
        )
    )


def policy(scripts: Sequence[str], image_host: str = "") -> str:
    """The content security policy that allows exactly these scripts, and images of one host when given."""
    hashes = " ".join(
        f"'sha256-{base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()}'" for script in scripts
    )
    return (
        f"default-src 'none'; script-src {hashes or "'none'"}; style-src 'unsafe-inline'; "
        f"img-src data:{' ' + image_host if image_host else ''}; font-src data:; base-uri 'none'; form-action 'none'"
    )
