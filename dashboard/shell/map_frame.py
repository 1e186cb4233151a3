"""The map in the page: the constant base and the update for the current screen."""

from __future__ import annotations

from collections.abc import Sequence

from streamlit_folium import st_folium

from dashboard.atlas.address import Screen
from dashboard.atlas.data import Atlas
from dashboard.atlas.shown import PLAIN, Extra, packed, update_content
from dashboard.web.atlas_map import AtlasMap, AtlasUpdate

KEY = "atlas-map-value"


def show_map(
    atlas: Atlas,
    screen: Screen,
    visible: Sequence[str],
    extra: Extra = PLAIN,
    height: int = 760,
) -> None:
    """Draw the map. A click on it is told by the page around it: see ``static/atlas/wire.js``.

    `height` is that of the frame in pixels until the style sheet says otherwise: on a low one the
    legend opens folded.
    """
    # A new map each run: `st_folium` writes the update into the map that it is given.
    base = AtlasMap(atlas.dossier.head.view)
    st_folium(
        base,
        key=KEY,
        height=height,
        use_container_width=True,
        returned_objects=[],
        # It is rendered once more where it is sent.
        render=False,
        feature_group_to_add=AtlasUpdate(packed(update_content(atlas, screen, visible, extra))),
    )
