"""``business.toml``: the inputs of a business case, read with all faults at once, and an empty one to fill in."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from instances.rows import limit_of, shown
from instances.sheets import Faults, near, read_text
from optimiser.domain.business import FUNDINGS, SECTIONS, BusinessInputs, NowAndLater, Party
from optimiser.domain.instance import Instance
from optimiser.domain.noun import Noun
from optimiser.errors import InputError
from optimiser.texts import Language, text


def read_business(path: Path, instance: Instance, language: Language = "en") -> BusinessInputs:
    """The inputs of ``path``; ``""`` is a value that is not known. Raises ``InputError`` with every fault: unknown
    keys, values out of bounds, organisations that the instance does not have or that stand twice."""
    faults = Faults(language)
    if not path.exists():
        faults.put(path.name, 0, "", faults.say("expected.file"), faults.say("got.missing"))
    inputs = _read(path, faults) if not faults else None
    if inputs is not None:
        _organisations(path.name, inputs, instance, faults)
    if faults or inputs is None:
        raise InputError(faults)
    return inputs


def _read(path: Path, faults: Faults) -> BusinessInputs | None:
    content = read_text(path, faults)
    if content is None:
        return None
    try:
        raw = tomllib.loads(content)
    except (tomllib.TOMLDecodeError, ValueError, RecursionError) as error:
        row = re.search(r"line (\d+)", str(error))
        faults.put(path.name, int(row[1]) if row else 0, "", faults.say("expected.toml"), str(error))
        return None
    try:
        return BusinessInputs.model_validate(_filled(raw))
    except ValidationError as error:
        for detail in error.errors(include_url=False, include_context=True):
            _put(path.name, detail, faults)
        return None


def _filled(value: Any) -> Any:
    """Without the keys that hold an empty text, and without tables that hold nothing else."""
    if isinstance(value, list):
        return [_filled(each) for each in value]
    if not isinstance(value, dict):
        return value
    filled = {key: _filled(each) for key, each in value.items() if each != ""}
    return {key: each for key, each in filled.items() if each != {} or value[key] == {}}


def _put(file: str, detail: Any, faults: Faults) -> None:
    where = _where(detail["loc"])
    if detail["type"] == "extra_forbidden":
        key = str(detail["loc"][-1])
        expected, meant = limit_of(detail, faults), near(key, _keys())
        if meant:
            expected = faults.say("expected.near", expected=expected, near=meant)
        faults.put(file, 0, where, expected, key)
        return
    if detail["type"] == "value_error":
        faults.put(file, 0, f"{where}.hours_percent", text("business.fault.hundred", faults.language), "")
        return
    got = faults.say("got.missing") if detail["type"] == "missing" else shown(detail["input"])
    faults.put(file, 0, where.removesuffix(".[key]"), limit_of(detail, faults), got)


def _where(loc: tuple[int | str, ...]) -> str:
    """``parties[1].clients.zvw``: lists count from one."""
    where = ""
    for part in loc:
        where += f"[{part + 1}]" if isinstance(part, int) else f".{part}" if where else part
    return where


def _keys() -> list[str]:
    nouns: list[type[Noun]] = [BusinessInputs, Party, NowAndLater, *SECTIONS.values()]
    return [*FUNDINGS, *(key for noun in nouns for key in noun.model_fields)]


def _organisations(file: str, inputs: BusinessInputs, instance: Instance, faults: Faults) -> None:
    known, seen = instance.organisation_by_id, set[str]()
    for number, party in enumerate(inputs.parties, start=1):
        where = f"parties[{number}].organisation"
        if party.organisation not in known:
            faults.put(file, 0, where, text("business.fault.organisation", faults.language, names=", ".join(known)),
                       party.organisation)
        if party.organisation in seen:
            faults.put(file, 0, where, faults.say("expected.unique"), party.organisation)
        seen.add(party.organisation)


def business_template(instance: Instance, language: Language = "nl") -> str:
    """A ``business.toml`` with every key, a line about each, and no values yet."""
    return "\n".join(_template(instance, language)) + "\n"


def _template(instance: Instance, language: Language) -> Iterator[str]:
    yield from _comment(text("business.template", language))
    for section, noun in SECTIONS.items():
        yield from ("", f"[{section}]")
        for key, field in noun.model_fields.items():
            yield from _comment(text(f"business.key.{section}.{key}", language))
            pair = "NowAndLater" in str(field.annotation)
            yield f'{key} = {{ now = "", later = "" }}' if pair else f'{key} = ""'
    yield ""
    yield from _comment(text("business.key.tariffs", language))
    yield "[tariffs]"
    yield from (f'{each} = ""  # {text(f"business.funding.{each}", language)}' for each in FUNDINGS)
    for organisation in instance.organisations:
        yield from ("", "[[parties]]", f'organisation = "{organisation.id}"')
        for key in ("clients", "hours_percent"):
            yield from _comment(text(f"business.key.parties.{key}", language))
            yield f"{key} = {{ " + ", ".join(f'{each} = ""' for each in FUNDINGS) + " }"


def _comment(words: str) -> Iterator[str]:
    yield from (f"# {line}" for line in words.splitlines())
