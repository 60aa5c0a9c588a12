"""A folium map that needs no network: Leaflet inline, pictures as data, outside addresses only for asked-for tiles."""

from __future__ import annotations

import base64
import re
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import folium
import xyzservices.providers
from branca.element import Element, MacroElement
from folium.template import Template
from jinja2.utils import htmlsafe_json_dumps

from optimiser.errors import Fault, InputError


class OfflineMap(folium.Map):
    """A map in a page of ours. ``name`` is its element id: fixed, so that equal content gives equal bytes.

    ``tiles`` is None or ``pdok`` (the Dutch base map, fetched by whoever opens the page). Raises ``InputError`` on
    another name.
    """

    default_js: list[tuple[str, str]] = []
    default_css: list[tuple[str, str]] = []
    _template = Template(
        """
        {% macro html(this, kwargs) %}<div class="folium-map" id={{ this.get_name()|tojson }}></div>{% endmacro %}
        {% macro script(this, kwargs) %}
        var {{ this.get_name() }} = L.map({{ this.get_name()|tojson }}, {
          center: {{ this.location|tojson }}, crs: L.CRS.{{ this.crs }},
          ...{{ this.options|tojavascript }}
        });
        {% endmacro %}
        """
    )

    def __init__(self, name: str, centre: tuple[float, float], tiles: str | None = None, zoom: int = 12) -> None:
        self._identity = name
        super().__init__(location=list(centre), zoom_start=zoom, tiles=None, zoom_control=False, zoom_snap=0.25)
        self.image_host = ""
        if tiles is not None:
            self._add_tiles(tiles)

    def get_name(self) -> str:
        """The element id, also the name of the script's variable."""
        return self._identity

    def _add_tiles(self, tiles: str) -> None:
        if tiles != "pdok":
            raise InputError([Fault("--tiles", 0, "", "pdok", tiles)])
        provider = xyzservices.providers.nlmaps.grijs
        address = urlsplit(provider.build_url())
        self.image_host = f"{address.scheme}://{address.netloc}"
        layer = folium.TileLayer(tiles=provider.build_url(), attr=provider.html_attribution, max_zoom=19)
        layer._id = "pdok"
        self.add_child(layer, name="pdok")

    def draw(self, function: str, data: Any) -> None:
        """Call ``samenrooster.<function>(map, data)`` of map.js in the page; texts in ``data`` stay texts."""
        self.add_child(_Drawing(function, data), name=function)

    def parts(self) -> tuple[str, str]:
        """The map's element and its script, for a template of ours."""
        figure: Any = self.get_root()
        for child in list(figure._children.values()):
            child.render()
        return figure.html.render(), figure.script.render()


class _Said(Element):
    """A script that is written as it is. Branca takes what a macro gave for a template again, in which a client's name
    such as ``{{ ... }}`` would run as code of ours."""

    def __init__(self, script: str) -> None:
        super().__init__()
        self._script = script

    def render(self, **kwargs: Any) -> str:
        """The script."""
        return self._script


class _Drawing(MacroElement):
    """A layer that map.js draws from data."""

    def __init__(self, function: str, data: Any) -> None:
        super().__init__()
        self._name, self._id = "Drawing", function
        self.function, self.data = function, data

    def render(self, **kwargs: Any) -> str:
        """Add the call to the scripts of the page; nothing else is shown."""
        # it writes <, >, & and quotes as escapes, so no text can end the script
        data = htmlsafe_json_dumps(self.data)
        figure: Any = self.get_root()
        chart: Any = self._parent
        call = f"samenrooster.{self.function}({chart.get_name()}, {data});"
        figure.script.add_child(_Said(call), name=self.get_name())
        return ""


def _leaflet_folder() -> Path:
    return Path(str(files("xstatic.pkg.leaflet"))) / "data"


@cache
def leaflet_script() -> str:
    """Leaflet's code without the address of its source map."""
    code = (_leaflet_folder() / "leaflet.js").read_text(encoding="utf-8")
    return re.sub(r"//# sourceMappingURL=\S*", "", code).strip()


@cache
def leaflet_style() -> str:
    """Leaflet's style with its pictures as data."""
    style = (_leaflet_folder() / "leaflet.css").read_text(encoding="utf-8")

    def as_data(match: re.Match[str]) -> str:
        picture = (_leaflet_folder() / match.group(1)).read_bytes()
        return f"url(data:image/png;base64,{base64.b64encode(picture).decode()})"

    return re.sub(r"url\((images/[\w.-]+)\)", as_data, style)
