"""Reading a bank that may be broken: entries with their positions, never an exception. Pure."""

from functools import cached_property


class Entry:
    """One mapping of a bank (a scale, an item, ...) and where it stands."""

    def __init__(self, value, keys):
        self._value = value if isinstance(value, dict) else {}
        self.keys = keys

    def get(self, key, default=None):
        value = self._value.get(key, default)
        # Whoever asks wants to compare or to look up; an unhashable value has been reported as a wrong shape.
        return value if not isinstance(value, list) else default

    def text(self, key) -> str:
        """The value if it is text, else the empty text."""
        value = self._value.get(key)
        return value if isinstance(value, str) else ""

    def items_of(self, key) -> list:
        value = self._value.get(key)
        return value if isinstance(value, list) else []

    def has(self, key) -> bool:
        """Whether there is anything under the key, of whatever shape."""
        return self._value.get(key) not in (None, [], {}, "")

    def number(self, key):
        """The value if it is a number, else None."""
        value = self._value.get(key)
        return value if isinstance(value, int | float) and not isinstance(value, bool) else None

    def entry(self, key) -> "Entry":
        """The mapping under the key, as an entry; an empty one where there is none."""
        return Entry(self._value.get(key), (*self.keys, key))

    def entries_of(self, key) -> list["Entry"]:
        """The mappings of the list under the key."""
        return [Entry(each, (*self.keys, key, n)) for n, each in enumerate(self.items_of(key))]

    @property
    def names(self) -> list[str]:
        """The keys of the mapping that are text."""
        return [key for key in self._value if isinstance(key, str)]

    def in_language(self, key, language="id") -> str:
        """One language of a text pair; empty where there is none."""
        pair = self._value.get(key)
        value = pair.get(language) if isinstance(pair, dict) else None
        return value if isinstance(value, str) else ""

    @property
    def option_values(self) -> list:
        return [o.get("value") for o in self.items_of("options") if isinstance(o, dict)]


class BankView:
    """A bank as lists of entries."""

    def __init__(self, bank):
        self.bank = bank
        self.response_sets = self._entries("response_sets")
        self.scales = self._entries("scales")
        self.sections = self._entries("sections")
        self.items = [item for section in self.sections for item in items_of(section)]
        self.pairs = bank.get("consistency_pairs") if isinstance(bank.get("consistency_pairs"), list) else []

    @property
    def allows_ipsative(self) -> bool:
        head = self.bank.get("questionnaire")
        return isinstance(head, dict) and head.get("allow_ipsative") is True

    def _entries(self, key):
        value = self.bank.get(key)
        return [Entry(each, (key, n)) for n, each in enumerate(value)] if isinstance(value, list) else []

    @cached_property
    def set_by_code(self):
        return _Lookup(self.response_sets)

    @cached_property
    def scale_by_code(self):
        return _Lookup(self.scales)

    @cached_property
    def item_by_code(self):
        return _Lookup(self.items)


class _Lookup(dict):
    """Entries by code. Asking for something unhashable is answered like any other unknown code."""

    def __init__(self, entries):
        super().__init__((entry.text("code"), entry) for entry in entries if entry.text("code"))

    def __contains__(self, key):
        return isinstance(key, str) and super().__contains__(key)

    def get(self, key, default=None):
        return super().get(key, default) if isinstance(key, str) else default


def items_of(section) -> list[Entry]:
    """The items of a section entry."""
    return [Entry(item, (*section.keys, "items", n)) for n, item in enumerate(section.items_of("items"))]


_PLACES = {"response_sets": "set jawaban", "scales": "skala", "sections": "bagian"}


def where(bank, keys) -> str:
    """A position in words: the innermost entry that has a code, such as ``butir TK01``."""
    if keys[:1] == ("questionnaire",):
        return "kepala kuesioner"
    if keys[:1] == ("consistency_pairs",):
        return f"pasangan konsistensi {keys[1] + 1}" if len(keys) > 1 else "pasangan konsistensi"
    if len(keys) < 2 or keys[0] not in _PLACES:
        return ""
    entry = bank[keys[0]][keys[1]]
    place, number = _PLACES[keys[0]], keys[1]
    if keys[0] == "sections" and len(keys) >= 4 and keys[2] == "items":
        place, number, entry = "butir", keys[3], entry["items"][keys[3]]
    code = entry.get("code") if isinstance(entry, dict) else None
    return f"{place} {code}" if isinstance(code, str) and code else f"{place} ke-{number + 1}"
