"""What all layers of the map have in common; each has a module of its own. No Streamlit."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Iterable, Sequence
from typing import Any, ClassVar, Generic, TypeVar

import geopandas as gpd

from annotations.schema import Record
from annotations.vocabulary import Term
from dashboard.atlas.card_items import Items
from dashboard.atlas.card_parts import Card, Row, Section
from dashboard.atlas.drawn import DrawnLine, Selectable
from dashboard.atlas.layer_parts import Column, Deed, Role, RowContext, Sign
from geodata.joined import JoinedDossier


class Layer:
    """One switchable layer of the map.

    Attributes
    ----------
    id : str
        Value of ``layer`` in the address.
    label, one : str
        Name in filters and popups; name of a single object.
    definition : str
        What a reader finds on it.
    kind : str or None
        Kind of the records that it draws; None where it draws what is no record.
    signs : tuple of Sign
        What the legend explains of it.
    """

    id: ClassVar[str]
    label: ClassVar[str]
    one: ClassVar[str]
    definition: ClassVar[str]
    kind: ClassVar[str | None] = None
    signs: ClassVar[tuple[Sign, ...]] = ()


R = TypeVar("R", bound=Record)


class RecordLayer(Layer, Generic[R]):
    """A layer that draws the records of one kind, and what is said of them.

    Attributes
    ----------
    kind : str
    columns : tuple of Column
        Of exported tables, beyond those that all records have.
    roles : tuple of Role
        What an actor can be in its records.
    depth : int
        Of its lines: those of greater depth lie upon others.
    fills : bool
        Whether its records are countries that are filled: they have no places of their own.
    """

    kind: ClassVar[str]
    columns: ClassVar[tuple[Column, ...]] = ()
    roles: ClassVar[tuple[Role, ...]] = ()
    depth: ClassVar[int] = 0
    fills: ClassVar[bool] = False

    def type_of(self, record: R) -> Term | None:
        """The term that says what sort of its kind a record is, where there is one."""
        return None

    def type_in_words(self, record: R) -> str:
        """A record's type, or its layer where it has none: ``attack``."""
        term = self.type_of(record)
        return (term.label if term else self.one).lower()

    def kind_in_words(self, record: R) -> str:
        """A record's layer and, where that says more, its type: ``Event · attack``."""
        return f"{self.one} · {self.type_in_words(record)}" if self.type_of(record) else self.one

    def short(self, record: R) -> str:
        """A record's short name; empty where it has none."""
        return ""

    def glyph(self, record: R) -> str:
        """Name of a record's symbol where it is drawn as a point."""
        return self.kind

    def sign_of(self, record: R) -> str:
        """Key of the legend's entry for a record that is drawn as a point."""
        return self.kind

    def own_colour(self, record: R) -> str:
        """A record's colour in the style sheet where it has another than its theme's."""
        return ""

    def lines(self, joined: JoinedDossier) -> Iterable[DrawnLine]:
        """Lines of all its records."""
        return ()

    def places_in_order(self, record: R) -> Sequence[str]:
        """Ids of a record's places where a table does not name them in the order of the join."""
        return ()

    def actors(self, record: R) -> list[str]:
        """Ids of the actors by which a record is found."""
        return record.all_actors

    def facts(self, record: R, items: Items) -> list[Row]:
        """What a card says of a record beyond what all cards say."""
        return items.beside(record)

    def details(self, record: R, items: Items) -> list[Section]:
        """The long lists of a card."""
        return []

    def search_fields(self, record: R) -> Sequence[tuple[str, str, int]]:
        """Texts by which a record is found beside title, summary and names.

        Each with what introduces it, and with how much a word found in it counts.
        """
        return ()

    def cells(self, record: R, given: RowContext) -> dict[str, Any]:
        """Cells of a record's row in an exported table, beyond those of all records."""
        return {}

    def deed(self, record: R, expected: bool) -> Deed | None:
        """What a record says that some actors do to others; None where nobody acts on anybody.

        Parameters
        ----------
        record : Record
        expected : bool
            Whether it had not happened yet on the dossier's date.
        """
        return None


class ThingLayer(Layer):
    """A layer that draws what hangs on no record.

    Its symbols have the colour of context, which no theme has.
    """

    @abstractmethod
    def things(self, joined: JoinedDossier, disputed: gpd.GeoDataFrame) -> Iterable[Selectable]:
        """All there are, with the records that each helps to read.

        Parameters
        ----------
        joined : JoinedDossier
        disputed : geopandas.GeoDataFrame
            From `geodata.boundaries.load_disputed`.
        """

    def sign_of(self, thing: Selectable) -> Sign:
        """The legend's entry for a thing that is drawn as a symbol."""
        return self.signs[0]

    @abstractmethod
    def card(self, thing: Selectable, items: Items) -> Card:
        """The card of a thing."""

    def cells(self, thing: Selectable) -> dict[str, Any]:
        """Cells of a thing's row in an exported table, beyond name and place.

        What stands as ``source`` is put before the dossier's own.
        """
        return {}
