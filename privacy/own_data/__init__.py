"""*Data saya*: everything that is held about one person, read for that person alone.

* ``values``: tables of plain values; page, JSON, CSV and PDF are made of them.
* ``person``, ``rights``, ``answers``, ``plan``, ``sharing``, ``signing_in``, ``trail``: what each room holds.
* ``inventory``: which columns of which models that is, and which are left out, with the reason; the suite compares it
  with the models, so that a new one cannot be forgotten.
"""

from privacy.own_data.collecting import own_data
from privacy.own_data.values import FORMAT, OwnData, Part, Table

__all__ = ["FORMAT", "OwnData", "Part", "Table", "own_data"]
