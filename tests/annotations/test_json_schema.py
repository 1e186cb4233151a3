"""The JSON Schemas by which editors complete and check."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from annotations import Dossier, vocabulary
from annotations.__main__ import main
from annotations.coverage import NoRecord
from annotations.files import FOLDERS
from annotations.json_schema import MODELS, SCHEMA_FOLDER, json_schema, schema_text, write_schemas
from annotations.vocabulary import Term
from annotations.yaml_text import read_file
from tests.nonempty import nonempty

SETTINGS = Path(__file__).parents[2] / ".vscode/settings.json"
TERMS = [
    thing
    for thing in [*vars(vocabulary).values(), NoRecord]
    if isinstance(thing, type) and issubclass(thing, Term) and thing is not Term
]


@pytest.mark.parametrize("name", MODELS)
def test_committed_schema_is_current(name: str) -> None:
    """After a change of the models: ``python -m annotations schema --write``."""
    committed = (SCHEMA_FOLDER / f"{name}.json").read_text(encoding="utf-8")
    assert committed == schema_text(name)


def test_no_other_schema_is_committed(tmp_path: Path) -> None:
    """There is one for each sort of file."""
    written = {path.name for path in write_schemas(tmp_path / "schema")}
    assert written == {path.name for path in SCHEMA_FOLDER.iterdir()}


@pytest.mark.parametrize("terms", TERMS, ids=lambda terms: terms.__name__)
def test_definitions_are_in_the_schema(terms: type[Term]) -> None:
    """An editor shows a term's definition where the term is chosen."""
    schema = json_schema()["$defs"][terms.__name__]
    assert schema["enum"] == [term.value for term in terms]
    assert schema["markdownEnumDescriptions"] == [term.definition for term in terms]
    assert all(
        f"- {term.value}: {term.definition}" in schema["description"] for term in nonempty(terms)
    )


def test_schema_is_printed(capsys: pytest.CaptureFixture[str]) -> None:
    """One sort of file, or any."""
    assert main(["schema", "flow"]) == 0
    assert json.loads(capsys.readouterr().out)["properties"]["kind"]["const"] == "flow"
    assert main(["schema"]) == 0
    assert len(json.loads(capsys.readouterr().out)["anyOf"]) == len(MODELS)


def _mapping() -> dict[str, str]:
    settings: dict[str, Any] = json.loads(SETTINGS.read_text(encoding="utf-8"))
    return {Path(schema).stem: glob for schema, glob in settings["yaml.schemas"].items()}


def test_editors_know_which_schema_is_whose() -> None:
    """Each sort of file has its schema in the editor's settings."""
    mapping = _mapping()
    assert set(mapping) == set(MODELS)
    folders = {glob.split("/")[2] for glob in mapping.values() if glob.endswith("/*.yml")}
    assert folders == set(FOLDERS)


@pytest.mark.parametrize("name", MODELS)
def test_schema_accepts_what_the_loader_accepts(name: str, lakes: Dossier) -> None:
    """An editor marks nothing in a file that ``check`` passes."""
    jsonschema = pytest.importorskip("jsonschema")
    validator = jsonschema.Draft202012Validator(json_schema(name))
    within = _mapping()[name].split("/", 2)[2]  # the editors' is of the dossiers of the project
    for path in nonempty(lakes.folder.glob(within)):
        assert [error.message for error in validator.iter_errors(read_file(path).data)] == []
