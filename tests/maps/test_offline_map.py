"""Words of clients and organisations are data on a map: nothing in them is run when the page is made, or in it."""

from __future__ import annotations

import json
from typing import Any

import pytest

from maps.borders import bordered
from maps.offline import OfflineMap

WORDS = (
    "{{ 7 * 7 }}",
    "{{ cycler.__init__.__globals__.os.getpid() }}",
    "{% for each in range(9) %}x{% endfor %}",
    "{% no_such_tag %}",
    "{# gone #}",
    "</script><script>alert(1)</script>",
    "<!--<script>",
    "\u2028 ' \" \\",
)


@pytest.mark.parametrize("words", WORDS)
def test_words_reach_the_page_as_they_are(words: str) -> None:
    """What the script is given is the words themselves, not what a template makes of them; no word ends the script."""
    chart = OfflineMap("chart", (51.9, 4.5))
    chart.draw("route", {"stops": [{"title": words}]})
    script = chart.parts()[1]
    call = script[script.index("samenrooster.route(") :].strip()
    given = call.removeprefix("samenrooster.route(chart, ").removesuffix(");")
    assert json.loads(given) == {"stops": [{"title": words}]}
    assert "<" not in given


@pytest.mark.parametrize(
    ("said", "year"),
    [(2024, "2024"), ("2024", "2024"), (None, ""), ("<meta http-equiv=refresh content='0;url=http://x'>", ""),
     ("2024<b>", ""), (["2024"], "")],
)  # fmt: skip
def test_the_year_of_borders_is_a_year(team: Any, said: object, year: str) -> None:
    """It goes into the line of sources under a map, where markup of a file would run or lead away."""
    instance = team.instance
    code = instance.districts[0]
    ring = [[code.longitude, code.latitude], [code.longitude + 0.01, code.latitude],
            [code.longitude, code.latitude + 0.01], [code.longitude, code.latitude]]  # fmt: skip
    shape = {"type": "Polygon", "coordinates": [ring]}
    feature = {"properties": {"buurtcode": code.id, "jaar": said}, "geometry": shape}
    assert bordered(instance, {"features": [feature]})[1] == year
