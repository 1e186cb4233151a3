"""Synthetic dossiers of any size, in the real one's shape.

``python -m benchmarks.synthetic 1000 DIR`` writes one of 1,000 records.

Every record starts from a real one of its kind and gets its own actors, places, dates, evidence,
verdict and words, drawn with the real dossier's frequencies. What is said is gibberish on purpose:
nobody can take it for a claim, and it packs like prose. The same number and seed give the same
bytes.

What grows how:

- records: one file each, kinds in the real proportions; alliances and corridors stop growing
  (`MOST_OF`), since there are not thousands of them in the world; the other kinds fill up.
- actors and places: by the square root of the records, as names do in a growing collection; a
  state only where the country data has one.
- the article's lines: in proportion. ``coverage.yml`` is left out where it would be larger than the
  reader takes (`annotations.yaml_text.SIZE_LIMIT`), and so are the fingerprints of the lines.
"""

from __future__ import annotations

import argparse
import copy
import hashlib
import math
import random
import re
import shutil
import sys
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, cached_property
from pathlib import Path
from typing import Any

import yaml

from annotations.files import COVERAGE, HEAD
from annotations.parts import SUMMARY_LENGTH, TITLE_LENGTH
from annotations.schema import KINDS
from annotations.yaml_text import SIZE_LIMIT, read_file
from geodata.boundaries import load_countries

REAL = Path(__file__).parents[1] / "annotations" / "russia-iran"
SIZES = (100, 1_000, 10_000, 100_000)
SEED = 6

MOST_OF = {"alliance": 24, "corridor": 60}
"""Kinds that do not grow with the archive, and where they stop."""

# libyaml's is many times faster; the text is the same.
_Dumper: Any = getattr(yaml, "CSafeDumper", yaml.SafeDumper)

Data = dict[str, Any]


@dataclass(frozen=True)
class Sample:
    """What the real dossier is made of, to draw from.

    Attributes
    ----------
    head : dict
        Content of ``dossier.yml``.
    actors, places : dict of str to dict
        Content of the files, by id.
    records : dict of str to list of dict
        Content of the records' files, by kind, sorted by id.
    titles, prose : list of str
        Words of the titles, and of summaries and notes; as often as they occur.
    """

    head: Data
    actors: dict[str, Data]
    places: dict[str, Data]
    records: dict[str, list[Data]]
    titles: list[str]
    prose: list[str]


def _read(path: Path) -> Data:
    reading = read_file(path)
    if reading.data is None or reading.flaws:
        raise ValueError(f"{path}: {reading.flaws}")
    return reading.data


_WORD = re.compile(r"[^\W\d_]{2,}")


@cache
def read_sample(folder: Path = REAL) -> Sample:
    """Read the dossier that the synthetic ones are shaped like."""

    def folder_of(name: str) -> list[Data]:
        return [_read(path) for path in sorted((folder / name).glob("*.yml"))]

    records = {kind: folder_of(sub) for kind, sub in KINDS.items()}
    everything = [record for kind in records.values() for record in kind]
    return Sample(
        head=_read(folder / HEAD),
        actors={actor["id"]: actor for actor in folder_of("actors")},
        places={place["id"]: place for place in folder_of("places")},
        records=records,
        titles=[w for r in everything for w in _WORD.findall(r["title"])],
        prose=[w for r in everything for w in _WORD.findall(r["summary"])],
    )


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


class _Writer:
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
        named = Counter(a for kind in sample.records.values() for r in kind for a in _actors_in(r))
        self.actor_pool = _Pool(
            sorted(self.actors, key=lambda a: (-named[a], a not in sample.actors))
        )
        points = [p for p, place in self.places.items() if place["type"] not in _ON_THE_WAY]
        used = Counter(p for kind in sample.records.values() for r in kind for p in _places_in(r))
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
        own = _roles_in(record)
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


_ROLES = ("from", "to", "by", "against", "toward", "actor", "affiliation", "about")


def _flat(record: Mapping[str, Any], keys: Sequence[str]) -> list[str]:
    found: list[str] = []
    for key in keys:
        value = record.get(key, [])
        found += value if isinstance(value, list) else [value]
    return found


def _roles_in(record: Mapping[str, Any]) -> list[str]:
    return _flat(record, _ROLES)


def _actors_in(record: Mapping[str, Any]) -> list[str]:
    return _flat(record, (*_ROLES, "actors"))


def _places_in(record: Mapping[str, Any]) -> list[str]:
    return _flat(record, ("place", "places", "from_place", "to_place"))


def as_text(content: Data) -> str:
    """A file's text, as a curator would lay it out: short lists and mappings in one line."""
    return yaml.dump(
        content,
        Dumper=_Dumper,
        allow_unicode=True,
        sort_keys=False,
        default_flow_style=None,
        width=100,
    )


def write(count: int, folder: Path, seed: int = SEED, sample: Sample | None = None) -> int:
    """Write a synthetic dossier.

    Parameters
    ----------
    count : int
        Number of records, at least 20.
    folder : Path
        Where to; must not exist, or be empty.
    seed : int
        Another seed gives another dossier of the same shape.
    sample : Sample, optional
        The dossier whose shape it takes; the project's own by default.

    Returns
    -------
    int
        Number of files.
    """
    if count < 20:
        raise ValueError(f"{count} records cannot hold every kind: at least 20")
    if folder.exists() and any(folder.iterdir()):
        raise FileExistsError(f"{folder} is not empty")
    writer = _Writer(count, seed, sample or read_sample())
    for name in ("actors", "places", *KINDS.values()):
        (folder / name).mkdir(parents=True, exist_ok=True)
    written = 0
    for name, content in writer.files():
        text = as_text(content)
        if name == COVERAGE and len(text.encode()) > SIZE_LIMIT:
            continue  # it would be refused; a dossier may lack it
        (folder / name).write_text(text, encoding="utf-8", newline="\n")
        written += 1
    return written


def kept(count: int, under: Path, seed: int = SEED) -> Path:
    """Folder of a synthetic dossier below `under`, written only if it is not there yet.

    Its name holds a digest of this module and of the sample, so that none outlives its generator.
    """
    made_of = Path(__file__).read_bytes() + repr(read_sample()).encode()
    digest = hashlib.sha256(made_of).hexdigest()[:8]
    folder = under / f"synthetic-{count}-{seed}-{digest}"
    if not folder.exists():
        half = folder.with_suffix(".part")  # whoever is interrupted leaves no half dossier
        shutil.rmtree(half, ignore_errors=True)
        write(count, half, seed)
        half.rename(folder)
    return folder


def main(argv: Sequence[str] | None = None) -> int:
    """Command line."""
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.synthetic", description="Write a synthetic dossier."
    )
    parser.add_argument("count", type=int, metavar="N", help="number of records")
    parser.add_argument("folder", type=Path, metavar="DIR", help="empty or new folder")
    parser.add_argument("--seed", type=int, default=SEED, help=f"default: {SEED}")
    args = parser.parse_args(argv)
    try:
        files = write(args.count, args.folder, args.seed)
    except (OSError, ValueError) as error:
        print(error, file=sys.stderr)
        return 1
    print(f"{args.folder}: {args.count:,} records, {files:,} files")
    return 0


if __name__ == "__main__":
    sys.exit(main())
