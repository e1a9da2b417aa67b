"""The person's data as JSON, and the published schema of that file."""

import json

from django.utils import timezone

from privacy.own_data.collecting import TABLES
from privacy.own_data.values import FORMAT, Coded, Column, Kind, OwnData, Table, Value

_TYPES = {
    Kind.TEXT: {"type": ["string", "null"]},
    Kind.NUMBER: {"type": ["integer", "null"]},
    Kind.YES_NO: {"type": ["boolean", "null"]},
    Kind.DAY: {"type": ["string", "null"], "format": "date"},
    Kind.MOMENT: {"type": ["string", "null"], "format": "date-time"},
    Kind.CODED: {
        "type": ["object", "null"],
        "properties": {"code": {"type": "string"}, "words": {"type": "string"}},
        "required": ["code", "words"],
        "additionalProperties": False,
    },
}


def to_json(data: OwnData) -> bytes:
    """The whole file; every table is there, an empty one as an empty list."""
    content = {
        "format": FORMAT,
        "made_at": _moment(data.made_at),
        "language": data.language,
        "name": data.name,
        "data": {part.table.code: [_record(part.table, row) for row in part.rows] for part in data.parts},
    }
    return json.dumps(content, ensure_ascii=False, indent=2).encode()


def _record(table: Table, row) -> dict:
    return {column.code: _plain(cell, column.kind) for column, cell in zip(table.columns, row, strict=True)}


def _plain(value: Value, kind: Kind):
    if isinstance(value, Coded):
        return {"code": value.code, "words": value.words}
    if value is None:
        return None
    if kind == Kind.MOMENT:
        return _moment(value)
    return value.isoformat() if kind == Kind.DAY else value


def _moment(value):
    return timezone.localtime(value).isoformat(timespec="seconds")


def schema() -> dict:
    """The JSON Schema of the file; privacy/schemas/ keeps it, so that a change of the format is seen as one."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": FORMAT,
        "description": "Salinan data pribadi dari Cermin ASN (UU 27/2022 pasal 13). Waktu memakai zona yang tertulis.",
        "type": "object",
        "properties": {
            "format": {"const": FORMAT},
            "made_at": {"type": "string", "format": "date-time"},
            "language": {"enum": ["id", "en"]},
            "name": {"type": "string"},
            "data": _object({table.code: _table(table) for table in TABLES}),
        },
        "required": ["format", "made_at", "language", "name", "data"],
        "additionalProperties": False,
    }


def _table(table: Table) -> dict:
    columns = {column.code: _column(column) for column in table.columns}
    return {
        "title": str(table.title),
        "description": str(table.about),
        "type": "array",
        "items": _object(columns),
    }


def _column(column: Column) -> dict:
    return {"title": str(column.label), **_TYPES[column.kind]}


def _object(properties: dict) -> dict:
    return {
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }
