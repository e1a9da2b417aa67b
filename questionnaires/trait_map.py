"""The trait map of the source documents, kept as data in ``data/traits.yaml``. Pure."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from ruamel.yaml import YAML

from questionnaires.version_document import Text

_FILE = Path(__file__).with_name("data") / "traits.yaml"


@dataclass(frozen=True)
class Trait:
    """One construct. The first three digits of its ``code`` are the source document; ``about``: self or unit."""

    code: str
    about: str
    name: Text

    @property
    def source(self) -> str:
        return self.code.partition("-")[0]


@cache
def load_traits() -> tuple[Trait, ...]:
    """Every trait, in the order of the source documents."""
    entries = YAML(typ="safe", pure=True).load(_FILE.read_text(encoding="utf-8"))["traits"]
    return tuple(
        Trait(entry["code"], entry["about"], Text(entry["name"]["id"], entry["name"]["en"]))
        for entry in entries
    )
