"""Whether somebody knows a person by name. Pure; no Django.

A NIP alone would be enough to find out who holds it, and a wrong digit would give a report to a stranger. So the owner
writes the name as well, and both must belong to the same person.
"""

import re
import unicodedata

# One word of a longer name is too easily guessed.
FEWEST_WORDS = 2

_INSIDE_WORDS = re.compile(r"[.'’`ʼ]")
_BETWEEN_WORDS = re.compile(r"[^\w]+")


def words_of(text: str) -> list[str]:
    """The words of a name without case, accents, dots and apostrophes: ``Ma'ruf, S.T.`` gives ``maruf``, ``st``."""
    plain = unicodedata.normalize("NFKD", text)
    plain = "".join(letter for letter in plain if not unicodedata.combining(letter))
    return [word for word in _BETWEEN_WORDS.split(_INSIDE_WORDS.sub("", plain).casefold()) if word]


def is_name_of(written: str, *, name: str, titles: str = "") -> bool:
    """Whether what was written names this person: at least two words of the name, and no word of another.

    Args:
        titles: front and back titles, which may be written or left out.
    """
    known = set(words_of(name))
    given = set(words_of(written)) - (set(words_of(titles)) - known)
    return given <= known and len(given) >= min(FEWEST_WORDS, len(known)) > 0
