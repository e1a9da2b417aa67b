"""What a page of answers posts. The page is drawn by templates; the form reads and checks it."""

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext as _

from assessments import answers as answer_bytes
from assessments.open_texts import TextPage, normalised
from questionnaires.version_document import (
    NOT_APPLICABLE,
    RESPONSE_SET_TYPES,
    SJT_BEST_WORST,
    Answer,
    Item,
    Section,
    has_same_best_and_worst,
)

# Fields of the page that are not answers.
CONTROL_FIELDS = frozenset({"csrfmiddlewaretoken", "go", "base", "seconds"})


def seen_field(code: str) -> str:
    """The field with the mark of the open text that the page was drawn with."""
    return f"{code}:seen"


def _to_value(text):
    return NOT_APPLICABLE if text == NOT_APPLICABLE else int(text)


class SectionForm(forms.Form):
    """The answers of one section, with the answers that the page was drawn from.

    Every slot of an item is a field named like the slot. After validation ``mine`` holds the answers as the person
    left them; an item, or a part of one, that was not posted counts as untouched.
    """

    base = forms.CharField(required=False)
    seconds = forms.FloatField(required=False, min_value=0)

    def __init__(self, data, *, section: Section):
        super().__init__(data)
        self.section = section
        for item in section.items:
            for slot in item.slots:
                self.fields[slot] = _slot_field(item)
            if item.is_open_text:
                self.fields[item.code] = forms.CharField(required=False, strip=False)
                self.fields[seen_field(item.code)] = forms.CharField(required=False)

    def clean_base(self):
        try:
            return answer_bytes.read_page_token(self.section, self.cleaned_data["base"])
        except answer_bytes.InvalidAnswer as error:
            raise forms.ValidationError(gettext(error.sentence) % error.values) from None

    def clean(self):
        unknown = sorted(set(self.data) - set(self.fields) - CONTROL_FIELDS)
        if unknown:
            raise forms.ValidationError(
                _(
                    "Halaman ini mengirim butir yang tidak dikenal (%(codes)s). Tidak ada jawaban yang diubah; "
                    "muat ulang halaman dan coba lagi."
                )
                % {"codes": ", ".join(code[:40] for code in unknown[:3])}
            )
        for item in self.section.items:
            if item.type == SJT_BEST_WORST and has_same_best_and_worst(self._answer_to(item) or {}):
                self.add_error(item.slots[0], _same_best_and_worst())
            if item.is_open_text and len(self._text_of(item)) > item.longest:
                self.add_error(item.code, _too_long(item, self._text_of(item)))
        return super().clean()

    def error_of(self, item: Item) -> str:
        """What is wrong with an item, or an empty text."""
        for name in (*item.slots, item.code):
            if name in self.errors:
                return self.errors[name][0]
        return ""

    @property
    def drawn_from(self):
        """The answers that the page was drawn from."""
        return self.cleaned_data.get("base") or {}

    @property
    def mine(self):
        """The page's answers as the person left them."""
        posted = {item.code: self._answer_to(item) for item in self.section.items if item.slots}
        return {**self.drawn_from, **{code: answer for code, answer in posted.items() if answer is not None}}

    @property
    def touched(self):
        """Only what the person changed on this page; the rest may have moved on elsewhere since."""
        return {code: value for code, value in self.mine.items() if self.drawn_from.get(code) != value}

    @property
    def texts(self) -> TextPage:
        """The page's open texts as the person left them; a text that was not posted counts as untouched."""
        posted = [item for item in self.section.items if item.is_open_text and item.code in self.data]
        return TextPage(
            mine={item.code: self._text_of(item) for item in posted},
            seen={item.code: self.cleaned_data.get(seen_field(item.code), "") for item in posted},
        )

    def _text_of(self, item) -> str:
        # From what was posted: a text with an error is drawn again as it was written.
        return normalised(self.data.get(item.code, ""))

    def _answer_to(self, item: Item) -> Answer | None:
        """The posted answer to an item; for one of several parts, the posted parts over those it was drawn from."""
        if not item.parts:
            return self.cleaned_data.get(item.code)
        posted = {
            part: self.cleaned_data.get(slot) for part, slot in zip(item.parts, item.slots, strict=True)
        }
        given = {part: value for part, value in posted.items() if value is not None}
        answer = {**(self.drawn_from.get(item.code) or {}), **given}
        if item.type == SJT_BEST_WORST and len(given) == 1 and has_same_best_and_worst(answer):
            return given  # the action was moved from one side to the other, which leaves its old side open
        return answer or None


def _slot_field(item: Item):
    choices = [(str(value), "") for value in item.values]
    if item.na_allowed:
        choices.append((NOT_APPLICABLE, ""))
    return forms.TypedChoiceField(
        choices=choices,
        coerce=_to_value if item.type in RESPONSE_SET_TYPES else str,
        empty_value=None,
        required=False,
        error_messages={
            "invalid_choice": _(
                "Jawaban untuk butir %(code)s berada di luar pilihannya dan tidak disimpan. "
                "Pilih salah satu jawaban."
            )
            % {"code": item.code}
        },
    )


def _same_best_and_worst():
    return _(
        "Tindakan yang sama dipilih sebagai yang paling tepat dan yang paling kurang tepat. "
        "Pilih dua tindakan yang berbeda; jawaban lain di halaman ini tetap seperti yang Anda pilih."
    )


def _too_long(item, text):
    values = {"code": item.code, "longest": item.longest, "length": len(text)}
    return gettext(answer_bytes.TEXT_TOO_LONG) % values
