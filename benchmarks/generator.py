"""Makes one synthetic dossier: actors, places and records, as many as are asked for."""

from __future__ import annotations

import copy
import math
import random
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from annotations.files import COVERAGE, HEAD
from annotations.parts import SUMMARY_LENGTH, TITLE_LENGTH
from annotations.schema import KINDS
from benchmarks.sample import Data, Sample, actors_in, places_in, roles_in
from geodata.boundaries import load_countries

MOST_OF = {"alliance": 24, "corridor": 60}
"""Kinds that do not grow with the archive, and where they stop."""


def kinds_of(count: int, sample: Sample) -> list[str]:
    """Kind of each of `count` records, in the sample's proportions, at least one of each."""
    weights = {kind: len(records) for kind, records in sample.records.items()}
    result: list[str] = []
    capped = {
        kind: min(most, max(1, round(count * weights[kind] / sum(weights.values()))))
        for kind, most in MOST_OF.items()
    }
    for kind, number in capped.items():
        result += [kind] * number
    free = {kind: weight for kind, weight in weights.items() if kind not in capped}
    left, total = count - len(result), sum(free.values())
    for kind, weight in free.items():
        number = max(1, round(left * weight / total))
        result += [kind] * number
        left, total = left - number, total - weight
    return result


@dataclass
class _Pool:
    """Names to draw from, the first more often than those after them."""

    names: list[str]
    weights: list[float] = field(init=False)

    def __post_init__(self) -> None:
        total = 0.0
        self.weights = [total := total + 1 / (rank + 3) for rank in range(len(self.names))]

    def draw(self, rng: random.Random) -> str:
        return rng.choices(self.names, cum_weights=self.weights)[0]


class Generator:
    """One synthetic dossier in the making."""

    def __init__(self, count: int, seed: int, sample: Sample) -> None:
        self.count = count
        self.sample = sample
        self.rng = random.Random(f"{seed}/{count}")
        records = sum(len(kind) for kind in sample.records.values())
        self.growth = max(1.0, math.sqrt(count / records))
        self.lines = max(1, round(count * sample.head["article"]["lines"] / records))
        self.cited: dict[int, list[str]] = {}
        self.places = dict(sample.places)
        self.actors = dict(sample.actors)
        self._grow_places()
        self._grow_actors()
        self._cite_chokepoints()
        named = Counter(a for kind in sample.records.values() for r in kind for a in actors_in(r))
        self.actor_pool = _Pool(
            sorted(self.actors, key=lambda a: (-named[a], a not in sample.actors))
        )
        points = [p for p, place in self.places.items() if place["type"] not in _ON_THE_WAY]
        used = Counter(p for kind in sample.records.values() for r in kind for p in places_in(r))
        self.place_pool = _Pool(sorted(points, key=lambda p: (-used[p], p not in sample.places)))

    # --- what records refer to ---

    def _grow_places(self) -> None:
        """More places, each near a real one of its type."""
        real = [self.sample.places[name] for name in sorted(self.sample.places)]
        for number in range(round(len(real) * (self.growth - 1))):
            place = copy.deepcopy(self.rng.choice(real))
            place.pop("relevance", None)
            place.pop("lines", None)
            if place["type"] == "chokepoint":
                place["type"] = "waypoint"
            place["id"] = f"place-{number}"
            place["name"] = self._words(self.sample.titles, 18).title()
            place["lat"] = round(min(80.0, max(-60.0, place["lat"] + self.rng.gauss(0, 1.5))), 2)
            place["lon"] = round((place["lon"] + self.rng.gauss(0, 1.5) + 180) % 360 - 180, 2)
            self.places[place["id"]] = place

    def _grow_actors(self) -> None:
        """More actors: states as far as there are any, then others based in a known city."""
        missing = round(len(self.actors) * (self.growth - 1))
        countries = load_countries()
        states = sorted(set(countries.index) - set(self.actors))
        self.rng.shuffle(states)
        share = sum(a["type"] == "state" for a in self.actors.values()) / len(self.actors)
        for code in states[: round(missing * share)]:
            if re.fullmatch("[A-Z]{3}", code):
                name = str(countries.loc[code, "name"])
                self.actors[code] = {"id": code, "name": name, "type": "state", "country": code}
        others = [a for a in self.sample.actors.values() if a["type"] == "armed-group"]
        cities = [p for p in self.places.values() if p["type"] == "city" and p.get("country")]
        for number in range(len(self.sample.actors) + missing - len(self.actors)):
            actor = copy.deepcopy(self.rng.choice(others))
            city = self.rng.choice(cities)
            actor |= {"id": f"group-{number}", "country": city["country"], "seat": city["id"]}
            actor["name"] = self._words(self.sample.titles, 28).title()
            actor.pop("note", None)
            if "aliases" in actor:
                actor["aliases"] = [self._words(self.sample.titles, 14).title() for _ in "ab"]
            self.actors[actor["id"]] = actor

    def _cite_chokepoints(self) -> None:
        for name, place in list(self.places.items()):
            if "lines" in place:
                self.places[name] = {**place, "lines": self._lines(len(place["lines"]))}

    # --- parts of a record ---

    def _words(self, stock: Sequence[str], length: int) -> str:
        """About `length` characters of gibberish, never more, never less than three."""
        text = self.rng.choice(stock)
        while len(text) < length:
            text += f" {self.rng.choice(stock)}"
        text = text[:length].strip()
        return text if len(text) > 2 else "Item"

    def _prose(self, like: str) -> str:
        """Gibberish as long as a real text."""
        words = self._words(self.sample.prose, min(len(like), SUMMARY_LENGTH) - 1)
        return f"{words[0].upper()}{words[1:]}."

    def _lines(self, number: int) -> list[int]:
        number = min(number, self.lines)
        return sorted(self.rng.sample(range(1, self.lines + 1), number))

    def _actor(self, taken: Sequence[str] = ()) -> str:
        while (name := self.actor_pool.draw(self.rng)) in taken:
            pass
        return name

    def _several(self, draw: Any, number: int, taken: Sequence[str] = ()) -> list[str]:
        found: list[str] = []
        while len(found) < number:
            name = draw(self.rng)
            if name not in found and name not in taken:
                found.append(name)
        return found

    def _when(self, when: Data) -> Data:
        """The same span up to three years earlier; its precision stays, and old dates stay."""
        dates = [str(value) for key, value in when.items() if key in {"date", "from", "to"}]
        if when.get("expected") or min(dates) < "2003":
            return when
        months = self.rng.randrange(0, 36)
        return {
            key: _earlier(value, months) if key in {"date", "from", "to"} else value
            for key, value in when.items()
        }

    def _peer(self, kind: str) -> Data:
        return self.rng.choice(self.sample.records[kind])

    def _texts(self, value: Any) -> Any:
        """A copy in which notes and grounds are gibberish."""
        if isinstance(value, dict):
            return {
                key: self._prose(inner)
                if key in {"note", "reference"} and isinstance(inner, str)
                else self._texts(inner)
                for key, inner in value.items()
            }
        return [self._texts(item) for item in value] if isinstance(value, list) else value

    # --- records ---

    def record(self, kind: str, number: int) -> Data:
        """One record: a real one's form, with everything that filters ask for drawn anew."""
        sample = self._peer(kind)
        record: Data = copy.deepcopy(sample)
        title = self._words(self.sample.titles, min(len(sample["title"]), TITLE_LENGTH))
        record["title"] = f"{title[0].upper()}{title[1:]}"
        slug = "-".join(re.findall("[a-z]{2,}", title.lower()))[: len(sample["id"])].strip("-")
        record["id"] = f"{slug or kind}-{number}"
        record["summary"] = self._prose(sample["summary"])
        record["themes"] = list(self._peer(kind)["themes"])
        record["when"] = self._when(sample["when"])
        record["source"] = {"lines": self._lines(len(sample["source"]["lines"]))}
        if note := sample["source"].get("note"):
            record["source"]["note"] = self._prose(note)
        record["evidence"] = dict(self._peer(kind)["evidence"])
        record["check"] = self._texts(self._peer(kind)["check"])
        getattr(self, f"_{kind}", self._nothing_more)(record)
        own = roles_in(record)
        if kind != "alliance":
            number_of = len(record.get("actors", []))
            record["actors"] = self._several(self.actor_pool.draw, number_of, own)
        for line in record["source"]["lines"]:
            self.cited.setdefault(line, []).append(record["id"])
        return record

    def _nothing_more(self, record: Data) -> None:
        pass

    def _flow(self, record: Data) -> None:
        record["from"] = self._actor()
        record["to"] = self._actor([record["from"]])
        for end in ("from_place", "to_place"):
            if end in record:
                record[end] = self.place_pool.draw(self.rng)
        if record.get("from_place") and record.get("from_place") == record.get("to_place"):
            del record["from_place"]

    def _event(self, record: Data) -> None:
        record["places"] = self._several(self.place_pool.draw, len(record["places"]))
        for side in ("by", "against"):
            if side in record:
                record[side] = self._several(self.actor_pool.draw, len(record[side]))

    def _relation(self, record: Data) -> None:
        record["by"] = self._several(self.actor_pool.draw, len(record["by"]))
        record["toward"] = self._several(self.actor_pool.draw, len(record["toward"]), record["by"])

    def _presence(self, record: Data) -> None:
        record["actor"] = self._actor()
        record["places"] = self._several(self.place_pool.draw, len(record["places"]))

    def _statement(self, record: Data) -> None:
        record["speaker"] = self._words(self.sample.titles, 16).title()
        record["affiliation"] = self._actor()
        record["about"] = self._several(
            self.actor_pool.draw, len(record["about"]), [record["affiliation"]]
        )
        record["place"] = self.place_pool.draw(self.rng)

    def _indicator(self, record: Data) -> None:
        record["actor"] = self._actor()
        record["value"] = round(self.rng.uniform(0.1, 90), 1)
        if "place" in record:
            record["place"] = self.place_pool.draw(self.rng)

    def _alliance(self, record: Data) -> None:
        record["short"] = self._words(self.sample.titles, 8).upper()[:8].strip()
        # One actor for another: who is a member twice in turn stays so.
        names = list(dict.fromkeys(member["actor"] for member in record["members"]))
        drawn = iter(self._several(self._state, len(names)))
        other = {name: next(drawn) for name in names}
        record["members"] = [
            self._texts({**member, "actor": other[member["actor"]]}) for member in record["members"]
        ]
        record["actors"] = [other.get(actor, actor) for actor in record.get("actors", [])]

    def _state(self, rng: random.Random) -> str:
        """A state, each as likely as the next."""
        return rng.choice(self.states)

    def _corridor(self, record: Data) -> None:
        record["branches"] = self._texts(record["branches"])
        for published in record.get("published", []):
            published["reference"] = self._prose(published["reference"])
            # It would name one that is not made here.
            published.pop("corridor", None)

    @cached_property
    def states(self) -> list[str]:
        """Ids of the states among the actors."""
        return [name for name, actor in self.actors.items() if actor["type"] == "state"]

    # --- files ---

    def files(self) -> Iterator[tuple[str, Data]]:
        """Name and content of each file. The records must be made before head and coverage."""
        for name, actor in self.actors.items():
            yield f"actors/{name}.yml", actor
        for name, place in self.places.items():
            yield f"places/{name}.yml", place
        kinds = kinds_of(self.count, self.sample)
        alliances: list[str] = []
        for number, kind in enumerate(kinds):
            record = self.record(kind, number)
            if kind == "alliance":
                alliances.append(record["id"])
            yield f"{KINDS[kind]}/{record['id']}.yml", record
        article = {k: v for k, v in self.sample.head["article"].items() if k != "fingerprints"}
        yield (
            HEAD,
            self.sample.head
            | {
                "title": f"Synthetic dossier of {self.count:,} records",
                "subtitle": "Gibberish in the shape of a dossier, to measure by",
                "article": article | {"lines": self.lines},
                "alliances_shown": [],
                "alliances_compared": alliances[:3],
            },
        )
        yield COVERAGE, {"lines": [self._covered(line) for line in range(1, self.lines + 1)]}

    def _covered(self, line: int) -> Data:
        records = self.cited.get(line)
        return {"line": line} | ({"records": records} if records else {"reason": "rhetoric"})


_ON_THE_WAY = {"waypoint", "chokepoint", "crossing"}
"""Types of places that corridors pass; nothing happens there."""


def _earlier(text: str | int, months: int) -> str | int:
    """A date `months` earlier, as precise as it was."""
    parts = str(text).split("-")
    year = int(parts[0])
    if len(parts) == 1:
        return year - months // 12
    count = year * 12 + int(parts[1]) - 1 - months
    day = f"-{min(int(parts[2]), 28):02d}" if len(parts) == 3 else ""
    return f"{count // 12}-{count % 12 + 1:02d}{day}"
