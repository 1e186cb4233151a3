"""What Python and the browser say to each other, written once: see docs/contract.md.

``static/atlas/contract.d.ts`` is made of this by ``make schema``; tests hold what Python sends
against it, and the browser's code is checked against what is made of it. Nothing but types.
"""

from __future__ import annotations

from typing import Any, Literal, NotRequired, TypeAlias, TypedDict

At: TypeAlias = tuple[float, float]
"""Latitude and longitude in degrees (WGS 84)."""

Path: TypeAlias = list[At] | list[list[At]]
"""Bends of a line; several lists where it is cut at ±180°."""

Positions: TypeAlias = str
"""Numbers of records in the scene, as spans: ``0-23,25,30-41``; none is ``""``."""


class Named(TypedDict):
    """A layer of the map, or what else has a name and says what it is."""

    id: str
    label: str
    definition: str


class Theme(Named):
    """A subject, with its colours on a light and on a dark page."""

    colour: str
    colour_dark: str


class Sign(TypedDict):
    """An entry of the legend, for what is drawn and names its key.

    `sample` has one of ``glyph``, a symbol's name, ``line``, its classes, and ``fill``, a class.
    """

    key: str
    group: str
    label: str
    definition: str
    sample: dict[str, str]


class Glyph(TypedDict):
    """A symbol on a grid of 24 by 24: paths of SVG for its body and the mark on it."""

    shape: str
    mark: str


class Look(TypedDict):
    """What scripts draw themselves: see `dashboard.look.stylesheet.drawn_by_scripts`."""

    heads: dict[str, list[float]]
    head_of: dict[str, str]
    stripe: float
    lesser: float
    slant: float
    hatch: dict[str, float]


class SceneRecord(TypedDict):
    """A record, without where it is.

    `glyph` is its symbol where it is drawn as one, `start` the first day, as far as it is known,
    `when` and `lines` are words.
    """

    id: str
    kind: str
    layer: str
    layer_label: str
    title: str
    themes: list[str]
    evidence: str
    verdict: str
    when: str
    start: str
    lines: str
    glyph: str


class AnyLine(TypedDict):
    """What all lines have: `legend` are keys of the entries that explain it."""

    records: list[int]
    km: int
    path: Path
    legend: list[str]


class FlowLine(AnyLine):
    """A flow's arc, from sender to receiver."""

    type: Literal["flow"]
    tip: str
    state: str


class RelationLine(AnyLine):
    """All relations of one stance between two places.

    `ends` says for each of `records` which ends carry a sign: 1 the last, 2 the first, 3 both.
    """

    type: Literal["relation"]
    ends: list[int]
    stance: str


class LegLine(AnyLine):
    """A leg of a corridor; `part` is ``corridor.branch.number``."""

    type: Literal["leg"]
    tip: str
    mode: str
    status: str
    part: str


Line: TypeAlias = FlowLine | RelationLine | LegLine


class AnyPoint(TypedDict):
    """What all symbols have; `place` is the place's name, `shape` the record's kind or as it is."""

    at: At
    place: str
    glyph: str
    shape: str
    legend: list[str]


class RecordPoint(AnyPoint):
    """A record at one of its places."""

    records: list[int]
    tip: str


class PlacePoint(AnyPoint):
    """A place that is drawn for itself, as a chokepoint; `id` is a key of the scene's objects."""

    id: str
    layer: str


Point: TypeAlias = RecordPoint | PlacePoint


class Standing(TypedDict):
    """A country that an alliance fills, by which of its actors, and whether as a full member."""

    country: str
    actor: str
    status: str
    full: bool


class Alliance(TypedDict):
    """An alliance and whom it fills on the dossier's date."""

    id: str
    short: str
    title: str
    colour: str
    members: list[Standing]


class Thing(TypedDict):
    """What can be selected besides records: ``actor:…``, ``place:…``, ``area:…`` and more.

    `country` is an actor's, None where it has none; `layer` is that of a symbol, and `helps` are
    the records that it helps to read: it is drawn with them.
    """

    title: str
    kicker: str
    country: NotRequired[str | None]
    text: NotRequired[str | None]
    lines: NotRequired[str]
    layer: NotRequired[str]
    helps: NotRequired[Positions]


class Drawn(TypedDict):
    """What any map of ours draws.

    `terms` are labels of all vocabularies, `order` has those of evidence and verdict, the firmest
    first, `light` the evidence that is drawn lighter.
    """

    version: str
    attribution: str
    themes: list[Theme]
    terms: dict[str, str]
    order: dict[str, list[str]]
    layers: list[Named]
    legend: list[Sign]
    glyphs: dict[str, Glyph]
    look: Look
    light: list[str]
    records: list[SceneRecord]
    lines: list[Line]
    points: list[Point]
    alliances: list[Alliance]
    objects: dict[str, Thing]


class Scene(Drawn):
    """The app's: ``scene.json``.

    `tiles` are the online basemap's, `corrected` the verdicts that lists name, `pills` the values
    of the filters' buttons in their order, `alliances_shown` those that are filled where an
    address names none.
    """

    tiles: dict[str, str]
    corrected: list[str]
    pills: dict[str, list[str]]
    alliances_shown: list[str]


class Detour(TypedDict):
    """A way that a page offers instead of one that is closed on it."""

    path: Path
    tip: str


class PageDraws(TypedDict):
    """What a page draws beyond the screen; what is not there is as usual.

    `standings` are those of another day by alliance, `parts` the only legs that are shown,
    `extent` the south-west and north-east corner of what the map opens on; east may exceed 180.
    """

    standings: NotRequired[dict[str, list[Standing]]]
    detours: NotRequired[list[Detour]]
    parts: NotRequired[list[str]]
    extent: NotRequired[tuple[At, At]]


class Update(PageDraws):
    """What a map shows now.

    `layers` are those filtered by, None for all; `countries` those named on the map, the most
    important first; `places` the symbols beside records; `pressed` the filters' buttons, as an
    address has them; `query` differs whenever the address does.
    """

    version: str
    shown: Positions
    layers: list[str] | None
    themes: list[str]
    alliances: list[str]
    countries: list[str]
    places: list[str]
    select: str | None
    pressed: str
    query: str
    present: bool


class SentUpdate(PageDraws):
    """An update on its way to the app's map: as short as it can be said, see `update.js`.

    What is empty, false or None is left out; `pressed` says themes, layers and alliances too, lists
    are words with spaces between them, places are without ``place:``.
    """

    version: str
    query: str
    shown: NotRequired[Positions]
    countries: NotRequired[str]
    places: NotRequired[str]
    select: NotRequired[str]
    pressed: NotRequired[str]
    present: NotRequired[bool]


class ListData(TypedDict):
    """What the list of records is told, and by it the forecast of a click.

    `scene` is where that is fetched, `reachable` are the records that pass all filters without
    buttons, `address` the page's own query, `asked` what the buttons said where Python did
    otherwise, `run` differs each time.
    """

    scene: str
    version: str
    shown: Positions
    reachable: Positions
    pressed: str
    select: str | None
    hidden: bool
    address: str
    run: str
    asked: NotRequired[str]


class PlayerData(TypedDict):
    """The clock of a page that plays: the step that is shown, and how long, in milliseconds."""

    playing: bool
    step: str
    pause: int


class ChooseData(TypedDict):
    """A field for a reader's own file.

    `endings` are without the dot, `largest` is in bytes, `held` the number of the choice that
    Python has.
    """

    key: str
    label: str
    hint: str
    endings: list[str]
    largest: int
    held: int


class ChosenFile(TypedDict):
    """A reader's file on its way to Python; without a name it was taken away again.

    `number` differs for each choice, `content` is base64.
    """

    number: int
    name: str
    content: str
    size: NotRequired[int]


class SavedFile(TypedDict):
    """What stands before a file on its way to the reader: a line of JSON."""

    number: int
    name: str
    type: str


class Told(TypedDict):
    """What the page tells Python, each by its own.

    What is selected, where a link leads, that the page is there again after a wire broke, that the
    player's pause is over, and which file was chosen.
    """

    select: str
    goto: str
    again: str
    tick: str
    file: ChosenFile


class PackedShape(TypedDict):
    """Land or water: numbers of arcs by ring and polygon, or that of a line; ~n is n backwards."""

    properties: dict[str, Any]
    polygons: NotRequired[list[list[list[int]]]]
    line: NotRequired[int]


class OutlinesHead(TypedDict):
    """What stands before packed outlines, see `geodata.outlines`.

    `arcs` are the lengths of the arcs, `zoom` is that beyond which finer ones are wanted.
    """

    arcs: list[int]
    per_degree: int
    features: list[PackedShape]
    zoom: NotRequired[float]


class StandaloneScene(Drawn):
    """What a briefing in one file shows; `colourless`: its themes have no colours of their own."""

    colourless: bool


class StandalonePage(TypedDict):
    """How a briefing in one file opens; `options` are Leaflet's."""

    options: dict[str, Any]
    update: Update
    select: str | None
