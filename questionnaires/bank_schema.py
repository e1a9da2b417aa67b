"""The shape of a bank: the published JSON Schema, with every complaint said in Indonesian. Pure."""

import json
from functools import cache
from pathlib import Path

from jsonschema import Draft202012Validator

from questionnaires.problems import Problem

SCHEMA_FILE = Path(__file__).parent / "schemas" / "bank-1.schema.json"

_KINDS = {
    "object": "kelompok kunci",
    "array": "daftar",
    "string": "teks",
    "integer": "bilangan bulat",
    "number": "bilangan",
    "boolean": "true atau false",
    "null": "kosong (null)",
}
_LANGUAGES = {"id": "bahasa Indonesia (id)", "en": "bahasa Inggris (en)"}


@cache
def validator() -> Draft202012Validator:
    """The compiled schema; one for the life of the process."""
    return Draft202012Validator(json.loads(SCHEMA_FILE.read_text(encoding="utf-8")))


def find_shape_problems(bank) -> list[Problem]:
    """Every place where the shape is wrong."""
    problems = []
    for error in validator().iter_errors(bank):
        keys = tuple(error.absolute_path)
        problems.extend(_SAY.get(error.validator, _say_anything)(keys, error))
    return problems


def _say_required(keys, error):
    # jsonschema reports each missing key on its own, but names it only inside the English sentence.
    missing = error.message.split("'")[1]
    if missing in _LANGUAGES and set(error.validator_value) == set(_LANGUAGES):
        return [Problem(f"Teks {_LANGUAGES[missing]} belum ada.", (*keys, missing))]
    return [Problem(f"Kunci “{missing}” wajib ada.", (*keys, missing))]


def _say_unknown_keys(keys, error):
    known = ", ".join(error.schema["properties"])
    label = "Kategori" if keys and keys[-1] == "feedback" else "Kunci"
    return [
        Problem(f"{label} “{key}” tidak dikenal di sini. Yang dikenal: {known}.", (*keys, key))
        for key in error.instance
        if key not in error.schema["properties"]
    ]


def _say_type(keys, error):
    wanted = error.validator_value if isinstance(error.validator_value, list) else [error.validator_value]
    words = " atau ".join(_KINDS[kind] for kind in wanted)
    return [Problem(f"Isinya harus berupa {words}, bukan {_shown(error.instance)}.", keys)]


def _say_const(keys, error):
    return [
        Problem(
            f"Format {_shown(error.instance)} tidak dikenal; yang dikenal “{error.validator_value}”.", keys
        )
    ]


def _say_enum(keys, error):
    if error.validator_value == [1, -1]:
        return [Problem(f"Kunci skor harus 1 atau -1, bukan {_shown(error.instance)}.", keys)]
    choices = ", ".join(str(choice) for choice in error.validator_value)
    return [Problem(f"{_shown(error.instance)} tidak dikenal; pilihannya: {choices}.", keys)]


def _say_pattern(keys, error):
    if error.validator_value != "\\S":
        return [Problem(f"Kode {_shown(error.instance)} hanya boleh berisi huruf, angka, - dan _.", keys)]
    if keys and keys[-1] in _LANGUAGES:
        return [Problem(f"Teks {_LANGUAGES[keys[-1]]} masih kosong.", keys)]
    return [Problem("Teks ini masih kosong.", keys)]


def _say_too_long(keys, error):
    return [
        Problem(f"Panjangnya {len(error.instance)} karakter; paling banyak {error.validator_value}.", keys)
    ]


def _say_too_few(keys, error):
    if not error.instance:
        return [Problem("Daftar ini masih kosong.", keys)]
    return [Problem(f"Isinya {len(error.instance)}; paling sedikit {error.validator_value}.", keys)]


def _say_too_many(keys, error):
    return [Problem(f"Isinya {len(error.instance)}; paling banyak {error.validator_value}.", keys)]


def _say_minimum(keys, error):
    return [Problem(f"Bilangannya {error.instance}; paling kecil {error.validator_value}.", keys)]


def _say_maximum(keys, error):
    return [Problem(f"Bilangannya {error.instance}; paling besar {error.validator_value}.", keys)]


def _say_repeated(keys, _error):
    return [Problem("Ada isi yang sama lebih dari satu kali.", keys)]


def _say_control_character(keys, _error):
    return [Problem("Ada karakter kendali yang tidak dapat disimpan.", keys)]


def _say_anything(keys, error):
    return [Problem(f"Isinya tidak sesuai dengan skema ({error.validator}).", keys)]


def _shown(value):
    if value is None:
        return "kosong"
    if isinstance(value, dict | list):
        return _KINDS["object" if isinstance(value, dict) else "array"]
    text = str(value)
    return f"“{text if len(text) <= 40 else text[:40] + '…'}”"


_SAY = {
    "required": _say_required,
    "additionalProperties": _say_unknown_keys,
    "type": _say_type,
    "const": _say_const,
    "enum": _say_enum,
    "pattern": _say_pattern,
    "maxLength": _say_too_long,
    "minItems": _say_too_few,
    "maxItems": _say_too_many,
    "minimum": _say_minimum,
    "maximum": _say_maximum,
    "uniqueItems": _say_repeated,
    "not": _say_control_character,
}
