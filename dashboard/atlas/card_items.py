"""What the cards of all layers are written with: things as links. No Streamlit."""

from __future__ import annotations

from collections.abc import Container, Iterable

from annotations.schema import Record
from dashboard.atlas.card_parts import Item, Row
from geodata.joined import JoinedDossier


class Items:
    """Actors, places and records as items of a card.

    Parameters
    ----------
    joined : JoinedDossier
    selectable : container of str
        What can be selected: only that is a link.
    borders : str
        The note on borders.
    """

    def __init__(self, joined: JoinedDossier, selectable: Container[str], borders: str) -> None:
        self.joined = joined
        self.dossier = joined.dossier
        self.selectable = selectable
        self.borders = borders

    def actor(self, actor_id: str, note: str = "") -> Item:
        """An actor as a link to its profile."""
        return Item(self.dossier.actors[actor_id].name, f"actor:{actor_id}", note)

    def actors(self, ids: Iterable[str]) -> list[Item]:
        """Actors as links."""
        return [self.actor(actor_id) for actor_id in ids]

    def known_actor(self, code: str) -> Item:
        """A country by its code, as a link where the dossier has it as an actor."""
        return self.actor(code) if code in self.dossier.actors else Item(code)

    def places(self, ids: Iterable[str]) -> list[Item]:
        """Places; those that can be selected as links."""
        items = []
        for place_id in ids:
            place = self.dossier.places[place_id]
            select = f"place:{place_id}"
            linked = select if select in self.selectable else None
            uncertain = "" if place.precision.value in {"exact", "city"} else place.precision.label
            items.append(Item(place.name, linked, uncertain.lower()))
        return items

    def beside(self, record: Record) -> list[Row]:
        """Actors that a record names beside its roles."""
        others = [actor for actor in record.actors if actor not in record.named(record.role_fields)]
        return [Row("Concerns", self.actors(others))] if others else []
