"""Runs of words of the source documents, kept as hashes: the documents themselves are not ours to ship.

Written once with ``python -m tests.questionnaires.seed_texts FILE...``; reading needs no document.
"""

import hashlib
import re
import sys
from pathlib import Path

RUN = 8  # words; a run as long as this is a sentence of somebody else's
_HASHES = Path(__file__).with_name("seed_texts.txt")
_WORD = re.compile(r"[a-z0-9]+")


def runs(text: str) -> set[str]:
    """Every run of :data:`RUN` words of a text, whatever the signs and capitals between them."""
    words = _WORD.findall(text.lower())
    return {" ".join(words[start : start + RUN]) for start in range(len(words) - RUN + 1)}


def hash_of(run: str) -> str:
    return hashlib.sha256(run.encode()).hexdigest()[:16]


def known_hashes() -> frozenset[str]:
    return frozenset(_HASHES.read_text(encoding="ascii").split())


def copied(text: str, known: frozenset[str]) -> list[str]:
    """The runs of a text that stand in a source document as well."""
    return sorted(run for run in runs(text) if hash_of(run) in known)


if __name__ == "__main__":
    found = {hash_of(run) for name in sys.argv[1:] for run in runs(Path(name).read_text(encoding="utf-8"))}
    _HASHES.write_text("".join(f"{each}\n" for each in sorted(found)), encoding="ascii")
