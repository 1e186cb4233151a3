"""The folium map: a base that never changes, and the small update that does.

`AtlasMap` names our own offline scripts and starts them; `AtlasUpdate` is the feature group that
`st_folium` sends on each run. A filter change alters the update alone, so the frame, the view and
all geometry stay.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import folium
from folium.elements import JSCSSMixin
from folium.template import Template

from annotations.head import DefaultView
from dashboard.look.markup import script_json as _script
from dashboard.web.assets import root

# The map's frame lies two folders below the app's root, at whatever address that is.
ROOT = f"../../{root()}"

OPTIONS = {
    "zoomSnap": 0.25,
    "zoomDelta": 0.5,
    "wheelPxPerZoomLevel": 90,
    # A whole number: else markercluster leaves out symbols that stand alone.
    "minZoom": 1,
    "maxZoom": 12,
    "maxBounds": [[-89, -270], [89, 270]],
    "maxBoundsViscosity": 0.6,
    "zoomControl": False,
}
"""Leaflet's options of every map of ours."""


class AtlasMap(folium.Map):
    """The constant base: land, water, borders and every object's geometry, fetched once.

    Parameters
    ----------
    view : DefaultView
        Where the map opens if the address does not say.
    """

    default_js = [("map", f"{ROOT}/map.js")]  # noqa: RUF012 - folium declares it for the instance
    default_css = [("map", f"{ROOT}/map.css")]  # noqa: RUF012

    _template = Template(
        """
        {% macro html(this, kwargs) %}
            <div class="folium-map" id="{{ this.get_name() }}" ></div>
        {% endmacro %}
        {% macro script(this, kwargs) %}
            var {{ this.get_name() }} = L.map("{{ this.get_name() }}", {
                center: {{ this.centre }}, zoom: {{ this.zoom }}, ...{{ this.settings }}
            });
            L.control.zoom({position: "topright"}).addTo({{ this.get_name() }});
            window.atlasReady = import("{{ this.root }}/scripts/map.js").then(
                (module) => module.start({{ this.get_name() }})
            );
        {% endmacro %}
        """
    )

    def __init__(self, view: DefaultView) -> None:
        super().__init__(tiles=None)
        self.root = ROOT
        self.centre = _script([view.lat, view.lon])
        self.zoom = _script(view.zoom)
        self.settings = _script(OPTIONS)

    def render(self, **kwargs: Any) -> str:
        """Render the script alone: the styles that folium compiles each time are not sent."""
        render: Callable[..., str] = super(JSCSSMixin, self).render
        return render(**kwargs)


class AtlasUpdate(folium.FeatureGroup):
    """What changes: which records are shown, what is selected, how it is presented.

    Parameters
    ----------
    content : dict
        JSON-serialisable; see `receive` in ``static/atlas/atlas.js``.
    """

    _template = Template(
        """
        {% macro script(this, kwargs) %}
            var {{ this.get_name() }} = L.featureGroup();
            window.atlasReady.then((atlas) => atlas.receive({{ this.content }}));
        {% endmacro %}
        """
    )

    def __init__(self, content: dict[str, Any]) -> None:
        super().__init__()
        self.content = _script(content)
