"""The pages of a scoring rule in the editor's room."""

from dataclasses import replace

import pytest
from django.urls import reverse

from agencies.models import Role
from questionnaires import actions as versions
from questionnaires.version_document import Text
from scoring import selectors
from scoring.actions import propose_rule, publish_rule, rule_in_force
from scoring.composites import Composite, Part
from scoring.level_rules import LevelDisplay
from scoring.rules import STANDARD_RULE, from_document
from tests.factories.accounts import UserFactory
from tests.factories.agencies import person_with_role
from tests.factories.levels import levelled_bank, load_competencies
from tests.factories.questionnaires import draft_version, published_version

pytestmark = pytest.mark.django_db

TOGETHER = Composite("BERSAMA", Text("Bersama", "Together"), (Part("RAPI", 1), Part("PEKA", 0.5)))


@pytest.fixture
def editor():
    return person_with_role(Role.BANK_EDITOR)


@pytest.fixture
def approver():
    return person_with_role(Role.BANK_APPROVER)


def page(version, name="rule", query=""):
    return reverse(f"admin:questionnaires_version_{name}", args=[version.pk]) + query


def filled_in(response, **changes):
    """What a browser would send back, with some fields changed."""
    editor = response.context["editor"]
    data = {"langkah": "simpan"}
    for form in (editor.form, editor.composites.management_form, *editor.composites.forms):
        for name in form.fields:
            value = form[name].value()
            if value is not None and value is not False:
                data[form.add_prefix(name)] = value
    return data | changes


def text_of(response):
    return " ".join(response.content.decode().split())


def test_an_editor_changes_the_rule_of_a_draft_by_form(client, editor):
    draft = draft_version()
    client.force_login(editor)
    form = client.get(page(draft))
    assert "minimal 80% dari butir yang berlaku" in text_of(form)
    data = filled_in(
        form,
        answered="2/3",
        minimum_items="4",
        bands_kuat_minimum="72",
        **{
            "composites-0-code": "BERSAMA",
            "composites-0-name_ind": "Bersama",
            "composites-0-name_eng": "Together",
            "composites-0-weight_RAPI": "1",
            "composites-0-weight_PEKA": "0.50",
        },
    )
    response = client.post(page(draft), data, follow=True)
    assert "belum berlaku sebelum diterbitkan" in text_of(response)
    rule = selectors.coming_rule(draft)
    need = rule.completeness
    assert (need.answered_numerator, need.answered_denominator, need.minimum_items) == (2, 3, 4)
    assert [band.minimum for band in rule.bands] == [0, 50, 72, 85]
    assert rule.composites == (TOGETHER,)
    draft.refresh_from_db()
    assert draft.last_edited_by == editor


def test_saving_the_form_unchanged_keeps_the_rule_to_the_letter(client, editor):
    draft = draft_version()
    propose_rule(version=draft, rule=replace(STANDARD_RULE, composites=(TOGETHER,)), by=UserFactory())
    client.force_login(editor)
    client.post(page(draft), filled_in(client.get(page(draft))))
    assert selectors.coming_rule(draft) == replace(STANDARD_RULE, composites=(TOGETHER,))
    data = filled_in(client.get(page(draft)), **{"composites-0-DELETE": "on"})
    client.post(page(draft), data)
    assert selectors.coming_rule(draft) == STANDARD_RULE


def test_the_rule_is_said_in_words_while_it_is_typed_and_nothing_is_saved(client, editor):
    draft = draft_version()
    client.force_login(editor)
    form = client.get(page(draft))
    words = text_of(client.post(page(draft), filled_in(form, langkah="uraian", answered="75 %")))
    assert "minimal 75% dari butir" in words
    assert "<html" not in words
    checked = client.post(page(draft), filled_in(form, langkah="periksa", answered="75"))
    assert "minimal 75% dari butir" in text_of(checked)
    assert selectors.open_proposal(draft) is None


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"answered": "banyak"}, "Isilah persentase atau pecahan"),
        ({"answered": "1/0"}, "Isilah persentase atau pecahan"),
        ({"applicable": "101%"}, "paling banyak 100%"),
        ({"minimum_items": "0"}, "Jawaban paling sedikit"),
        ({"bands_kuat_minimum": "40"}, "Batas kategori harus naik"),
        ({"bands_prioritas_minimum": "1"}, "mulai dari 0"),
        ({"bands_kuat_name_eng": ""}, "Nama (Inggris): kuat"),
        ({"composites-0-code": "kecil"}, "Gunakan huruf besar"),
        (
            {
                "composites-0-code": "SATU",
                "composites-0-name_ind": "Satu",
                "composites-0-name_eng": "One",
                "composites-0-weight_RAPI": "1",
            },
            "sedikitnya 2 skala",
        ),
    ],
)
def test_every_fault_is_said_and_nothing_is_saved(client, editor, changes, words):
    draft = draft_version()
    client.force_login(editor)
    form = client.get(page(draft))
    for step in ("simpan", "uraian"):
        assert words in text_of(client.post(page(draft), filled_in(form, **changes, langkah=step)))
    assert selectors.open_proposal(draft) is None


def test_the_approver_sees_and_publishes_version_and_rule_together(client, editor, approver):
    first = published_version()
    rule_in_force(version=first)
    draft = versions.start_draft(questionnaire=first.questionnaire, copy_from=first, by=editor)
    versions.update_item(item=draft.items.get(code="A1"), stem_ind="Saya menata meja.", by=editor)
    propose_rule(version=draft, rule=replace(STANDARD_RULE, composites=(TOGETHER,)), by=editor)
    versions.submit_for_review(version=draft, by=editor)
    client.force_login(approver)
    shown = text_of(client.get(page(draft, "publish")))
    assert "Perubahan aturan skor" in shown
    assert "Skor gabungan BERSAMA: bobot Peka" in shown
    assert "Bersama = rata-rata berbobot skor Rapi (bobot 1), Peka (bobot 0,5)" in shown
    client.post(page(draft, "publish"), {"change_note": "Kata dan skor gabungan."})
    draft.refresh_from_db()
    assert draft.status == draft.Status.PUBLISHED
    assert from_document(draft.scoring_rules.get().document).composites == (TOGETHER,)
    shown = text_of(client.get(page(draft, "compare", "?dengan=1")))
    assert "Skor gabungan BERSAMA: bobot Peka" in shown


def test_a_new_rule_of_a_version_in_use_takes_two_people(client, editor, approver):
    version = published_version()
    rule_in_force(version=version)
    client.force_login(editor)
    client.post(page(version), filled_in(client.get(page(version)), answered="90%"))
    assert client.post(page(version), {"change_note": "Lebih ketat."}).status_code == 403
    client.force_login(approver)
    shown = text_of(client.get(page(version)))
    assert "<td>80%</td>" in shown
    assert 'id="aturan"' not in shown
    refusal = client.post(page(version), {"change_note": " "}, follow=True)
    assert "Isilah catatan perubahan" in text_of(refusal)
    response = client.post(page(version), {"change_note": "Lebih ketat."}, follow=True)
    assert "Aturan skor 2 telah terbit." in text_of(response)
    assert "Lebih ketat." in text_of(response)
    assert rule_in_force(version=version).number == 2


def test_an_editor_takes_a_proposal_back(client, editor):
    version = published_version()
    propose_rule(version=version, rule=replace(STANDARD_RULE, composites=(TOGETHER,)), by=editor)
    client.force_login(editor)
    response = client.post(page(version), {"langkah": "tarik"}, follow=True)
    assert "tetap seperti semula" in text_of(response)
    assert selectors.open_proposal(version) is None


def test_readers_read_and_what_is_in_review_stands_still(client, editor, approver):
    draft = draft_version(by=editor)
    client.force_login(editor)
    data = filled_in(client.get(page(draft)))
    client.force_login(approver)
    assert client.post(page(draft), data).status_code == 403
    versions.submit_for_review(version=draft, by=editor)
    client.force_login(editor)
    assert 'id="aturan"' not in text_of(client.get(page(draft)))
    assert client.post(page(draft), data).status_code == 403
    client.force_login(UserFactory())
    assert client.get(page(draft)).status_code in (302, 403)


def test_every_field_of_the_form_has_a_label_of_its_own(client, editor):
    draft = draft_version()
    client.force_login(editor)
    response = client.get(page(draft))
    form = response.context["editor"].form
    labels = [form[name].label for name in form.fields]
    assert len(set(labels)) == len(labels)
    shown = text_of(response)
    for name in form.fields:
        assert f'<label for="id_{name}">' in shown


def test_the_page_takes_no_more_queries_for_more_rules(client, editor, django_assert_max_num_queries):
    version = published_version()
    rule_in_force(version=version)
    client.force_login(editor)
    client.get(page(version))
    with django_assert_max_num_queries(24) as captured:
        client.get(page(version))
    few = len(captured)
    for _rule in range(4):
        publish_rule(version=version, by=UserFactory())
    with django_assert_max_num_queries(few):
        assert client.get(page(version)).status_code == 200


def test_levels_are_turned_on_by_form_only_where_items_are_tagged(client, editor):
    load_competencies()
    draft = draft_version(bank=levelled_bank())
    client.force_login(editor)
    form = client.get(page(draft))
    response = client.post(page(draft), filled_in(form, shows_levels="on", level_PLK="2", level_JPTM=""))
    assert response.status_code == 302
    rule = from_document(selectors.open_proposal(draft).document)
    assert dict(rule.levels.required) == {"JPTP": 4, "ADM": 3, "PWS": 2, "PLK": 2}
    shown = client.get(page(draft))
    assert "Indikasi mandiri level kompetensi" in text_of(shown)
    assert {change.what for change in shown.context["changes"]} > {"Indikasi mandiri level kompetensi"}
    client.post(page(draft), filled_in(shown, level_PLK="2"))
    assert from_document(selectors.open_proposal(draft).document).levels.required_of("PLK") == 2

    plain = draft_version()
    refused = client.post(page(plain), filled_in(client.get(page(plain)), shows_levels="on"))
    assert "tidak mempunyai butir dengan level kompetensi" in text_of(refused)
    assert selectors.open_proposal(plain) is None


def test_a_new_version_without_tagged_items_does_not_inherit_the_switch():
    load_competencies()
    version = published_version(bank=levelled_bank())
    publish_rule(version=version, by=None, rule=replace(STANDARD_RULE, levels=LevelDisplay()))
    after = versions.start_draft(questionnaire=version.questionnaire, copy_from=version, by=UserFactory())
    after.items.update(level_target=None)
    after = versions.submit_for_review(version=after, by=UserFactory())
    after = versions.publish_version(version=after, change_note="Tanpa level.", by=UserFactory())
    assert from_document(rule_in_force(version=after).document).levels is None
