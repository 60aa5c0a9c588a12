"""Which instances there are: the bundled ones by name, all others by folder."""

from __future__ import annotations

from pathlib import Path

from instances.header import INSTANCE_FILE
from instances.sheets import Faults, near
from optimiser.errors import InputError
from optimiser.texts import Language

BUNDLED = Path(__file__).parent / "data"


def bundled() -> list[str]:
    """The names of the bundled instances, sorted."""
    return sorted(path.parent.name for path in BUNDLED.glob(f"*/{INSTANCE_FILE}"))


def instances_in(folder: str) -> list[str]:
    """The instances that lie directly in a folder, sorted; none when it is no folder, or an instance itself."""
    place = Path(folder)
    try:
        if (place / INSTANCE_FILE).is_file():
            return []
        return sorted(str(path.parent) for path in place.glob(f"*/{INSTANCE_FILE}"))
    except (OSError, ValueError):
        return []


def locate(name_or_folder: str, language: Language = "en") -> Path:
    """The folder of an instance: of a bundled one by its name, else the folder itself.

    Raises ``InputError`` that names the nearest bundled instance, or all of them, when there is no such folder.
    """
    names = bundled()
    if name_or_folder in names:
        return BUNDLED / name_or_folder
    try:
        if name_or_folder and (Path(name_or_folder) / INSTANCE_FILE).is_file():
            return Path(name_or_folder)
    except (OSError, ValueError):
        pass  # a name that no file system takes is no folder
    faults = Faults(language)
    meant = near(name_or_folder, names)
    faults.put("INSTANCE", 0, "", faults.say("expected.instance", names=meant or ", ".join(names)), name_or_folder)
    raise InputError(faults)
