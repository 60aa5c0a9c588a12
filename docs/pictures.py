"""``python docs/pictures.py OUT FOLDER`` photographs the pages of a plan for the README (``make screenshots``)."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

DESKTOP, PHONE = (1400, 900), (390, 844)


def pictures(out: Path, folder: Path) -> list[Path]:
    """Writes roster.png, team.png and pair.png (desktop), route.png and locked.png (phone: the longest card, open and
    locked)."""
    longest = max((out / "cards").glob("*.html"), key=lambda page: (page.stat().st_size, page.name))
    shots = {
        "roster.png": (out / "roster.html", DESKTOP),
        "team.png": (out / "maps" / "team.html", DESKTOP),
        "pair.png": (out / "maps" / "pair.html", DESKTOP),
        "route.png": (longest, PHONE),
        "locked.png": (out / "locked" / longest.name, PHONE),
    }
    folder.mkdir(parents=True, exist_ok=True)
    options = ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"]
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=shutil.which("chromium"), args=options)
        for name, (page, (width, height)) in shots.items():
            view = browser.new_page(viewport={"width": width, "height": height})
            view.goto(page.resolve().as_uri())
            view.screenshot(path=folder / name)
            view.close()
        browser.close()
    return [folder / name for name in shots]


if __name__ == "__main__":
    for picture in pictures(Path(sys.argv[1]), Path(sys.argv[2])):
        print(picture)
