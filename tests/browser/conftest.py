"""A headless Chromium without a network, and the pages of the small team written to a folder."""

from __future__ import annotations

import runpy
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from maps.files import map_files
from maps.roster import roster_page

SMALL_TEAM = Path(__file__).parents[1] / "maps" / "small_team.py"


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Every page of the small team, as the command line writes them."""
    team = runpy.run_path(str(SMALL_TEAM), run_name="small_team")["small_team"]()
    root = tmp_path_factory.mktemp("pages")
    pages = dict(map_files(team.instance, team.travel, team.plan, team.names))
    pages["roster.html"] = roster_page(team.instance, team.travel, team.plan, team.report, team.names)
    for name, page in pages.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(page, encoding="utf-8")
    return root


@pytest.fixture(scope="session")
def chromium() -> Iterator[Any]:
    """The browser; where Chromium is absent these tests are skipped with that reason."""
    program = shutil.which("chromium") or shutil.which("chromium-browser")
    if program is None:
        pytest.skip("no chromium on this machine (Debian: apt-get install chromium)")
    playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    with playwright.sync_playwright() as driver:
        browser = driver.chromium.launch(
            executable_path=program, args=["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"]
        )
        yield browser
        browser.close()


@pytest.fixture
def visit(chromium: Any, folder: Path) -> Iterator[Callable[..., Any]]:
    """Opens a page; at the end nothing may have been asked of a network and no error may stand in the console."""
    asked: list[str] = []
    errors: list[str] = []
    contexts: list[Any] = []

    def go(name: str, width: int = 1440, height: int = 900, scripts: bool = True, hash: str = "") -> Any:
        context = chromium.new_context(
            viewport={"width": width, "height": height}, offline=True, java_script_enabled=scripts
        )
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(10_000)
        page.on("request", lambda request: asked.append(request.url))
        page.on("console", lambda message: errors.append(message.text) if message.type == "error" else None)
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.goto((folder / name).as_uri() + hash)
        return page

    yield go
    for context in contexts:
        context.close()
    assert [url for url in asked if not url.startswith(("file:", "data:"))] == []
    assert errors == []
