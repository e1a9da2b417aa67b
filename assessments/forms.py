"""What a page of answers posts. The page is drawn by templates; the form reads and checks it."""

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext as _

from assessments import answers as answer_bytes
from questionnaires.version_document import NOT_APPLICABLE, Section

# Fields of the page that are not answers.
CONTROL_FIELDS = frozenset({"csrfmiddlewaretoken", "go", "base", "seconds"})


def _to_answer(text):
    return NOT_APPLICABLE if text == NOT_APPLICABLE else int(text)


class SectionForm(forms.Form):
    """The answers of one section, with the answers that the page was drawn from.

    After validation ``mine`` holds the answers as the person left them; an item that was not posted counts as
    untouched.
    """

    base = forms.CharField(required=False)
    seconds = forms.FloatField(required=False, min_value=0)

    def __init__(self, data, *, section: Section):
        super().__init__(data)
        self.section = section
        for item in section.items:
            choices = [(str(option.value), "") for option in item.response_set.options]
            if item.na_allowed:
                choices.append((NOT_APPLICABLE, ""))
            self.fields[item.code] = forms.TypedChoiceField(
                choices=choices,
                coerce=_to_answer,
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

    def clean_base(self):
        try:
            return answer_bytes.read_page_token(self.section, self.cleaned_data["base"])
        except answer_bytes.InvalidAnswer as error:
            raise forms.ValidationError(gettext(error.sentence) % error.values) from None

    def clean(self):
        known = {item.code for item in self.section.items} | CONTROL_FIELDS
        unknown = sorted(set(self.data) - known)
        if unknown:
            raise forms.ValidationError(
                _(
                    "Halaman ini mengirim butir yang tidak dikenal (%(codes)s). Tidak ada jawaban yang diubah; "
                    "muat ulang halaman dan coba lagi."
                )
                % {"codes": ", ".join(code[:40] for code in unknown[:3])}
            )
        return super().clean()

    @property
    def drawn_from(self):
        """The answers that the page was drawn from."""
        return self.cleaned_data.get("base") or {}

    @property
    def mine(self):
        """The page's answers as the person left them."""
        posted = {
            item.code: self.cleaned_data[item.code]
            for item in self.section.items
            if self.cleaned_data.get(item.code) is not None
        }
        return {**self.drawn_from, **posted}

    @property
    def touched(self):
        """Only what the person changed on this page; the rest may have moved on elsewhere since."""
        return {code: value for code, value in self.mine.items() if self.drawn_from.get(code) != value}
