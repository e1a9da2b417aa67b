"""What a page of an expert posts. The page is drawn by templates; the form reads and checks it."""

import hashlib

from django import forms
from django.utils.translation import gettext as _

from panels.models import PanelNote
from scoring.panel_verdicts import HIGHEST_RATING, LOWEST_RATING

RATINGS = [str(value) for value in range(LOWEST_RATING, HIGHEST_RATING + 1)]
LONGEST_NOTE = PanelNote._meta.get_field("text").max_length
_CONTROL_FIELDS = frozenset({"csrfmiddlewaretoken", "go", "base"})
_UNRATED = "0"


def field_of(item, target):
    """The name of the field for one rating."""
    return f"{item}-{target}"


def note_field_of(item):
    return f"{item}-catatan"


def page_token(page, ratings, notes) -> str:
    """What a page was drawn from, so that an old tab only writes what was changed in it.

    Args:
        ratings: ``{(item, target): value}`` as stored.
        notes: ``{item: text}`` as stored.
    """
    drawn = "".join(str(ratings.get(key, _UNRATED)) for key in page.keys)
    return ".".join([drawn, *(_fingerprint(notes.get(entry.code, "")) for entry in page.entries)])


def _fingerprint(text):
    return hashlib.sha256(text.encode()).hexdigest()[:12]


class NoteField(forms.CharField):
    """A remark, with line ends as the browser counts them: one character each."""

    def to_python(self, value):
        return super().to_python(value).replace("\r\n", "\n")


class PageForm(forms.Form):
    """The ratings and remarks of one page.

    After validation ``ratings`` and ``notes`` hold what was changed on it; ``shown`` and ``remarks`` what it said.
    """

    base = forms.CharField(required=False, max_length=1000)

    def __init__(self, data, *, page):
        super().__init__(data)
        self.page = page
        for item, target in page.keys:
            self.fields[field_of(item, target)] = forms.ChoiceField(
                choices=[(value, value) for value in RATINGS],
                required=False,
                error_messages={
                    "invalid_choice": _(
                        "Penilaian ini berada di luar 1 sampai 5 dan tidak disimpan. Pilih salah satu."
                    )
                },
            )
        for entry in page.entries:
            self.fields[note_field_of(entry.code)] = NoteField(
                required=False,
                max_length=LONGEST_NOTE,
                error_messages={
                    "max_length": _(
                        "Catatan paling panjang %(limit_value)d karakter; yang ini %(show_value)d. Halaman belum "
                        "disimpan, catatan Anda masih ada di bawah. Persingkatlah, lalu simpan lagi."
                    )
                },
            )

    def clean(self):
        unknown = sorted(set(self.data) - set(self.fields) - _CONTROL_FIELDS)
        if unknown:
            raise forms.ValidationError(
                _(
                    "Halaman ini mengirim isian yang tidak dikenal (%(names)s). Tidak ada yang diubah; "
                    "muat ulang halaman dan coba lagi."
                )
                % {"names": ", ".join(name[:40] for name in unknown[:3])}
            )
        return super().clean()

    @property
    def shown(self):
        """The ratings that the page sent, valid ones only: what it is drawn with again."""
        posted = {key: self.data.get(field_of(*key), "") for key in self.page.keys}
        return {key: int(value) for key, value in posted.items() if value in RATINGS}

    @property
    def remarks(self):
        """The remarks that the page sent."""
        return {entry.code: self.data.get(note_field_of(entry.code), "") for entry in self.page.entries}

    @property
    def ratings(self):
        """The ratings that differ from those the page was drawn with."""
        drawn = dict(zip(self.page.keys, self._base[0], strict=False))
        return {key: value for key, value in self.shown.items() if drawn.get(key) != str(value)}

    @property
    def notes(self):
        """The remarks that differ from those the page was drawn with."""
        drawn = dict(zip((entry.code for entry in self.page.entries), self._base[1:], strict=False))
        said = {entry.code: self.cleaned_data[note_field_of(entry.code)] for entry in self.page.entries}
        return {code: text for code, text in said.items() if drawn.get(code) != _fingerprint(text)}

    @property
    def _base(self):
        return self.cleaned_data["base"].split(".")
