"""JSON Schemas of all that a dossier is made of: editors complete by them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from pydantic import BaseModel
from pydantic.json_schema import GenerateJsonSchema, JsonSchemaValue, models_json_schema
from pydantic_core import core_schema

from annotations.coverage import Coverage
from annotations.head import DossierHead
from annotations.schema import KINDS, RECORD_TYPES, Actor, Place
from annotations.vocabulary import Term

SCHEMA_FOLDER = Path(__file__).parent / "schema"

MODELS: dict[str, type[BaseModel]] = {
    **{kind: RECORD_TYPES[folder] for kind, folder in KINDS.items()},
    "actor": Actor,
    "place": Place,
    "dossier": DossierHead,
    "coverage": Coverage,
}
"""What a file can be → its model; the names of the files in `SCHEMA_FOLDER`."""

_DIALECT = "https://json-schema.org/draft/2020-12/schema"


# --- schema ------------------------------------------------------------------------------------


class _WithDefinitions(GenerateJsonSchema):
    """JSON Schema whose vocabularies carry the definition of each term."""

    def enum_schema(self, schema: core_schema.EnumSchema) -> JsonSchemaValue:
        """Add the definitions term by term, in the form that editors show while one chooses."""
        result = super().enum_schema(schema)
        terms = [term for term in schema["members"] if isinstance(term, Term)]
        if terms:
            result["markdownEnumDescriptions"] = [term.definition for term in terms]
        return result


def json_schema(name: str | None = None) -> dict[str, Any]:
    """Make the JSON Schema of one sort of file, or of all.

    Parameters
    ----------
    name : str, optional
        A key of `MODELS`; without it the schema accepts any file of a dossier.

    Returns
    -------
    dict
        A schema of draft 2020-12, with every term's definition in it.
    """
    if name is not None:
        schema = MODELS[name].model_json_schema(schema_generator=_WithDefinitions)
    else:
        inputs = [(model, "validation") for model in MODELS.values()]
        references, schema = models_json_schema(
            inputs,  # type: ignore[arg-type]
            schema_generator=_WithDefinitions,
            title="A file of a dossier",
        )
        schema = {"anyOf": list(references.values()), **schema}
    for definition in schema.get("$defs", {}).values():
        # In the description too, for readers of the schema and for other editors. Pydantic sets it
        # from the docstring after enum_schema, so that it can only be extended here.
        terms = zip(
            definition.get("enum", []), definition.get("markdownEnumDescriptions", []), strict=False
        )
        for term, meaning in terms:
            definition["description"] += f"\n- {term}: {meaning}"
    return {"$schema": _DIALECT, **schema}


def schema_text(name: str | None = None) -> str:
    """Return `json_schema` as the text that is committed in ``annotations/schema``."""
    return json.dumps(json_schema(name), ensure_ascii=False, indent=2) + "\n"


def write_schemas(folder: Path = SCHEMA_FOLDER) -> list[Path]:
    """Write the schema of each sort of file to `folder`; return the files."""
    folder.mkdir(exist_ok=True)
    written = []
    for name in MODELS:
        path = folder / f"{name}.json"
        path.write_text(schema_text(name), encoding="utf-8", newline="\n")
        written.append(path)
    return written
