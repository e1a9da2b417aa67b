"""scripts/messages.py: what is found, what is kept, what is complained about."""

import gettext
import io
from pathlib import Path

import pytest

import messages

PO = messages.PO_PATH


@pytest.fixture
def root(tmp_path):
    (tmp_path / "templates").mkdir()
    return tmp_path


def found_in_python(text: str) -> list:
    return [(use.context, use.message) for use in messages.extract_from_python(text, "views.py")]


def found_in_template(text: str) -> list:
    return [(use.context, use.message) for use in messages.extract_from_template(text, "page.html")]


def translate(root: Path, message: str, english: str) -> None:
    text = (root / PO).read_text()
    assert f'msgid "{message}"\nmsgstr ""' in text
    text = text.replace(f'msgid "{message}"\nmsgstr ""', f'msgid "{message}"\nmsgstr "{english}"')
    (root / PO).write_text(text)


class TestPython:
    @pytest.mark.parametrize(
        ("call", "context", "message"),
        [
            ("_('Simpan')", None, "Simpan"),
            ("gettext_lazy('Dua ' 'bagian')", None, "Dua bagian"),
            ("ngettext('satu orang', '%(n)d orang', n)", None, ("satu orang", "%(n)d orang")),
            ("pgettext('bulan', 'Mei')", "bulan", "Mei"),
            ("npgettext('jam', 'satu', 'banyak', n)", "jam", ("satu", "banyak")),
        ],
    )
    def test_every_function_of_django_is_read(self, call, context, message):
        assert found_in_python(call) == [(context, message)]

    @pytest.mark.parametrize(
        "call", ["_(name)", "_(f'Halo {name}')", "pgettext(where, 'Mei')", "ngettext('a', b, n)"]
    )
    def test_what_is_no_literal_is_no_message(self, call):
        assert found_in_python(call) == []


class TestTemplate:
    @pytest.mark.parametrize(
        ("tag", "context", "message"),
        [
            ("{% translate 'Simpan' %}", None, "Simpan"),
            ("{% translate 'Mei' context 'bulan' as label %}", "bulan", "Mei"),
            ("{{ _('Batal') }}", None, "Batal"),
            ("{% include 'x.html' with title=_('Judul') %}", None, "Judul"),
            ("{% translate 'Diskon 50%' %}", None, "Diskon 50%%"),
            ("{% blocktranslate with a=b %}Halo {{ a }}{% endblocktranslate %}", None, "Halo %(a)s"),
            ("{% blocktranslate trimmed %}\n  Satu\n  dua\n{% endblocktranslate %}", None, "Satu dua"),
            (
                "{% blocktranslate count n=list|length %}Satu{% plural %}{{ n }} butir{% endblocktranslate %}",
                None,
                ("Satu", "%(n)s butir"),
            ),
            ("{% blocktranslate context 'salam' %}Pagi{% endblocktranslate %}", "salam", "Pagi"),
        ],
    )
    def test_every_tag_of_django_is_read(self, tag, context, message):
        assert found_in_template("{% load i18n %}\n" + tag) == [(context, message)]

    def test_ragged_markup_with_quotes_and_brackets_does_no_harm(self):
        page = "<p title='it\"s (x'>\n      {% translate 'Satu' %}\n  {# it's #} ]\n    {% translate 'Dua' %}\n </p>"
        assert found_in_template(page) == [(None, "Satu"), (None, "Dua")]


class TestUpdate:
    def test_translations_survive_and_unused_messages_go(self, root):
        page = root / "templates" / "page.html"
        page.write_text("{% load i18n %}{% translate 'Simpan' %}{% translate 'Lama' %}")
        messages.update(root)
        translate(root, "Simpan", "Save")
        page.write_text("{% load i18n %}{% translate 'Baru' %}{% translate 'Simpan' %}")
        messages.update(root)
        text = (root / PO).read_text()
        assert 'msgid "Simpan"\nmsgstr "Save"' in text
        assert 'msgid "Baru"\nmsgstr ""' in text
        assert "Lama" not in text
        assert "fuzzy" not in text

    def test_a_message_that_gains_a_plural_keeps_its_translation_as_the_singular(self, root):
        (root / "views.py").write_text("_('satu orang')")
        messages.update(root)
        translate(root, "satu orang", "one person")
        (root / "views.py").write_text("ngettext('satu orang', '%(n)d orang', n)")
        messages.update(root)
        assert 'msgstr[0] "one person"\nmsgstr[1] ""' in (root / PO).read_text()

    def test_the_compiled_catalogue_answers_in_english(self, root):
        (root / "views.py").write_text("_('Simpan'); pgettext('bulan', 'Mei')")
        messages.update(root)
        translate(root, "Simpan", "Save")
        messages.update(root)
        compiled = gettext.GNUTranslations(io.BytesIO((root / PO).with_suffix(".mo").read_bytes()))
        assert compiled.gettext("Simpan") == "Save"
        assert compiled.pgettext("bulan", "Mei") == "Mei"

    def test_the_same_sources_give_the_same_bytes(self, root):
        (root / "views.py").write_text("_('Simpan')")
        messages.update(root)
        first = (root / PO).read_bytes(), (root / PO).with_suffix(".mo").read_bytes()
        (root / "views.py").write_text("\n\n\n_('Simpan')")
        messages.update(root)
        assert first == ((root / PO).read_bytes(), (root / PO).with_suffix(".mo").read_bytes())


class TestCheck:
    def test_a_complete_catalogue_passes(self, root):
        (root / "views.py").write_text("_('Simpan')")
        messages.update(root)
        translate(root, "Simpan", "Save")
        messages.update(root)
        assert messages.check(root) == 0

    def test_a_missing_translation_fails(self, root, capsys):
        (root / "views.py").write_text("_('Simpan')")
        messages.update(root)
        assert messages.check(root) == 1
        assert 'Belum ada bahasa Inggrisnya: "Simpan" (views.py)' in capsys.readouterr().err

    def test_a_catalogue_older_than_the_code_fails(self, root, capsys):
        (root / "views.py").write_text("_('Simpan')")
        messages.update(root)
        translate(root, "Simpan", "Save")
        messages.update(root)
        (root / "views.py").write_text("")
        assert messages.check(root) == 1
        assert "django.po tidak sesuai" in capsys.readouterr().err

    def test_a_compiled_catalogue_older_than_the_text_fails(self, root, capsys):
        (root / "views.py").write_text("_('Simpan')")
        messages.update(root)
        translate(root, "Simpan", "Save")
        assert messages.check(root) == 1
        assert "django.mo tidak sesuai" in capsys.readouterr().err

    @pytest.mark.parametrize(
        ("message", "english"),
        [("Halo %(nama)s", "Hello %(name)s"), ("Halo {nama}", "Hello {name}"), ("Halo {nama}", "Hello")],
    )
    def test_a_placeholder_that_differs_fails(self, root, message, english):
        (root / "views.py").write_text(f"_({message!r})")
        messages.update(root)
        translate(root, message, english)
        messages.update(root)
        assert messages.check(root) == 1
