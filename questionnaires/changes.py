"""Differences of two versions as pages and terminal show them: by item, in words, with the changed words marked."""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from questionnaires.differences import SCORING, Differences, compare
from questionnaires.word_differences import Piece, mark_words

# Keys of a document as the form calls them.
LABELS = {
    "accept": gettext_lazy("nilai yang lulus"),
    "allow_ipsative": gettext_lazy("boleh memuat pilihan paksa"),
    "anchor": gettext_lazy("jangkar"),
    "code": gettext_lazy("kode"),
    "competencies": gettext_lazy("kompetensi"),
    "definition": gettext_lazy("definisi"),
    "desirability": gettext_lazy("keberterimaan kutub"),
    "effectiveness": gettext_lazy("ketepatan"),
    "en": gettext_lazy("Inggris"),
    "experts": gettext_lazy("jumlah ahli"),
    "feedback": gettext_lazy("umpan balik"),
    "id": gettext_lazy("Indonesia"),
    "instruction": gettext_lazy("petunjuk"),
    "introduction": gettext_lazy("pengantar"),
    "jp": gettext_lazy("JP"),
    "key": gettext_lazy("kunci"),
    "key_basis": gettext_lazy("dasar kunci"),
    "kind": gettext_lazy("jenis"),
    "label": gettext_lazy("label"),
    "left": gettext_lazy("kutub A"),
    "level_target": gettext_lazy("level kompetensi"),
    "longest": gettext_lazy("karakter paling banyak"),
    "meaning": gettext_lazy("makna"),
    "method": gettext_lazy("metode"),
    "minutes": gettext_lazy("perkiraan menit"),
    "na_allowed": gettext_lazy("boleh tidak berlaku"),
    "na_label": gettext_lazy("label tidak berlaku"),
    "name": gettext_lazy("nama"),
    "neutral_values": gettext_lazy("nilai netral"),
    "option_keys": gettext_lazy("pilihan"),
    "option_texts": gettext_lazy("pilihan"),
    "options": gettext_lazy("pilihan"),
    "panel": gettext_lazy("panel ahli"),
    "parent": gettext_lazy("dimensi"),
    "positive_values": gettext_lazy("nilai positif"),
    "reason": gettext_lazy("alasan"),
    "reflection": gettext_lazy("pertanyaan refleksi"),
    "response_set": gettext_lazy("set jawaban"),
    "right": gettext_lazy("kutub B"),
    "role": gettext_lazy("peran"),
    "scale": gettext_lazy("skala"),
    "sjt_scoring": gettext_lazy("cara skor"),
    "sources": gettext_lazy("dokumen sumber"),
    "stem": gettext_lazy("pernyataan"),
    "summary": gettext_lazy("ringkasan"),
    "text": gettext_lazy("teks"),
    "tips": gettext_lazy("saran"),
    "title": gettext_lazy("judul"),
    "traits": gettext_lazy("kode sifat"),
    "type": gettext_lazy("jenis"),
    "vignette": gettext_lazy("situasi"),
    "weight": gettext_lazy("bobot"),
}
# What moves a score without a word being changed.
_STRONG = {*SCORING, "effectiveness", "positive_values", "neutral_values", "kind", "parent", "value"}


@dataclass(frozen=True)
class ChangeRow:
    """One changed value, in pieces; ``is_strong`` where a score depends on it."""

    field: str
    before: tuple[Piece, ...]
    after: tuple[Piece, ...]
    is_strong: bool


@dataclass(frozen=True)
class ChangedEntry:
    """One item, scale, response set or page that exists on both sides, or came or went whole."""

    heading: str
    rows: tuple[ChangeRow, ...]


@dataclass(frozen=True)
class Line:
    """An item that came, went or moved: its code and what is to be said of it."""

    code: str
    text: str


@dataclass(frozen=True)
class Changes:
    """Everything that the page shows, in the order of the form."""

    added: tuple[Line, ...]
    removed: tuple[Line, ...]
    moved: tuple[Line, ...]
    entries: tuple[ChangedEntry, ...]
    pairs_changed: bool

    @property
    def is_empty(self) -> bool:
        return not (self.added or self.removed or self.moved or self.entries or self.pairs_changed)


def present(a, b) -> Changes:
    """From document ``a`` to document ``b``."""
    found = compare(a, b)
    old, new = _items(a), _items(b)
    return Changes(
        added=tuple(Line(code, new[code][1]["stem"]["id"]) for code in found.added),
        removed=tuple(Line(code, old[code][1]["stem"]["id"]) for code in found.removed),
        moved=tuple(Line(code, _way(old[code][0], new[code][0])) for code in found.moved),
        entries=tuple(_entries(found, a, b)),
        pairs_changed=found.pairs_changed,
    )


def _items(document):
    """Item code to its place, as page and number on it, and the item."""
    return {
        item["code"]: ((section["code"], number), item)
        for section in document["sections"]
        for number, item in enumerate(section["items"], start=1)
    }


def _way(before, after):
    return _("dari bagian %(old)s urutan %(old_place)d ke bagian %(new)s urutan %(new_place)d") % {
        "old": before[0],
        "old_place": before[1],
        "new": after[0],
        "new_place": after[1],
    }


def _entries(found: Differences, a, b):
    if found.head:
        yield ChangedEntry(_("Kepala kuesioner"), _rows(found.head))
    by_item = {}
    for differences in (found.reworded, found.rescored, found.remapped):
        for difference in differences:
            by_item.setdefault(difference.code, []).extend(difference.changes)
    for code in _items(b):
        if code in by_item:
            yield ChangedEntry(_("Butir %(code)s") % {"code": code}, _rows(by_item[code]))
    yield from _named(_("Skala %(code)s"), found.scales)
    yield from _whole(_("Skala %(code)s"), found.scales_added, b["scales"], is_new=True)
    yield from _whole(_("Skala %(code)s"), found.scales_removed, a["scales"], is_new=False)
    yield from _named(_("Set jawaban %(code)s"), found.response_sets)
    yield from _named(_("Bagian %(code)s"), found.sections)


def _named(heading, differences):
    for difference in differences:
        yield ChangedEntry(heading % {"code": difference.code}, _rows(difference.changes))


def _whole(heading, codes, entries, *, is_new):
    """Scales that came or went, with their names on the side where they are."""
    for entry in entries:
        if entry["code"] in codes:
            side = (Piece(_value(entry), True),)
            row = ChangeRow("", () if is_new else side, side if is_new else (), True)
            yield ChangedEntry(heading % {"code": entry["code"]}, (row,))


def _rows(changes):
    return tuple(_row(change) for change in changes)


def _row(change):
    before, after = _value(change.before), _value(change.after)
    if isinstance(change.before, str) and isinstance(change.after, str):
        left, right = mark_words(before, after)
    else:
        left, right = _side(before), _side(after)
    parts = change.field.split(".") if change.field else []
    field = " · ".join(str(LABELS.get(part, part)) for part in parts)
    return ChangeRow(field, left, right, any(part in _STRONG for part in parts) or not parts)


def _side(text):
    return (Piece(text, True),) if text else ()


_YES, _NO = gettext_lazy("ya"), gettext_lazy("tidak")


def _value(value) -> str:
    """A value of a document as text; of a whole entry only what names it."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(_YES if value else _NO)
    if isinstance(value, list):
        return ", ".join(_value(each) for each in value)
    if isinstance(value, dict) and set(value) == {"id", "en"}:
        return f"{value['id']} / {value['en']}"
    if isinstance(value, dict):
        named = value.get("title") or value.get("name") or value.get("text") or value.get("meaning")
        return " ".join(_value(each) for each in (value.get("code"), named) if each) or ", ".join(
            f"{LABELS.get(key, key)} {_value(each)}" for key, each in value.items()
        )
    return str(value)


def lines_of(changes) -> list[str]:
    """The same for a terminal: what came with +, what went with -; ``(!)`` where a score depends on it."""
    if changes.is_empty:
        return [_("Tidak ada perbedaan isi.")]
    lines = [f"+ {line.code}: {line.text}" for line in changes.added]
    lines += [f"- {line.code}: {line.text}" for line in changes.removed]
    lines += [f"~ {line.code}: {line.text}" for line in changes.moved]
    for entry in changes.entries:
        lines.append(entry.heading)
        for row in entry.rows:
            lines.append(f"  {row.field or '–'}{' (!)' if row.is_strong else ''}")
            lines += [
                f"    {sign} {line}"
                for sign, pieces in (("-", row.before), ("+", row.after))
                for line in "".join(piece.text for piece in pieces).splitlines()
            ]
    return lines + ([_("Pasangan konsistensi berubah.")] if changes.pairs_changed else [])
