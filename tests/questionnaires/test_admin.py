"""The editor's room: an editor builds, an approver publishes, and what is published is only read."""

import re

import pytest
from django.urls import reverse

from agencies.models import Role
from questionnaires import actions
from questionnaires.bank_files import read
from questionnaires.models import Item, Questionnaire, Version
from questionnaires.version_document import content_hash
from tests.factories.accounts import UserFactory
from tests.factories.agencies import person_with_role
from tests.factories.questionnaires import (
    FrameworkFactory,
    draft_version,
    published_version,
    small_bank,
    small_document,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor():
    return person_with_role(Role.BANK_EDITOR)


@pytest.fixture
def approver():
    return person_with_role(Role.BANK_APPROVER)


def page(name, *args, **query):
    address = reverse(f"admin:questionnaires_{name}", args=args)
    return f"{address}?{'&'.join(f'{k}={v}' for k, v in query.items())}" if query else address


def version_page(version):
    return page("version_change", version.pk)


def form_data(response):
    """What a browser would send back if the person pressed Save at once."""
    form = response.context["adminform"].form
    data = {name: form[name].value() for name in form.fields}
    for name, value in list(data.items()):
        data[name] = form.fields[name].prepare_value(value)
    for inline in response.context["inline_admin_formsets"]:
        for each in (inline.formset.management_form, *inline.formset.forms):
            for name in each.fields:
                data[each.add_prefix(name)] = each[name].value()
    return {name: value for name, value in data.items() if value is not None and value is not False}


def step(client, version, name):
    return client.post(page("version_step", version.pk), {"langkah": name}, follow=True)


def text_of(response):
    return re.sub(r"\s+", " ", response.content.decode())


# --- The journey -------------------------------------------------------------------------------------------


def test_an_editor_corrects_a_word_and_another_person_publishes_it(client, editor, approver):
    first = published_version()
    client.force_login(editor)
    response = step(client, first, "salin")
    assert "Draf versi 2 dimulai." in text_of(response)
    draft = Version.objects.get(number=2)

    item = draft.items.get(code="A1")
    address = page("item_change", item.pk)
    data = form_data(client.get(address))
    response = client.post(address, data | {"stem_ind": ""}, follow=True)
    assert response.context["adminform"].form.errors["stem_ind"]
    response = client.post(address, data | {"stem_ind": "Saya menata meja kerja."}, follow=True)
    assert response.redirect_chain[-1][0] == version_page(draft)
    draft.refresh_from_db()
    assert draft.last_edited_by == editor

    response = step(client, draft, "ajukan")
    assert "diajukan untuk ditelaah" in text_of(response)
    assert client.post(page("version_publish", draft.pk), {"change_note": "x"}).status_code == 403

    client.force_login(approver)
    response = client.get(page("version_publish", draft.pk))
    assert "<ins>menata meja kerja.</ins>" in text_of(response)
    assert client.post(page("version_publish", draft.pk), {"change_note": " "}).status_code == 200
    response = client.post(
        page("version_publish", draft.pk), {"change_note": "Kata diperjelas."}, follow=True
    )
    assert "Versi 2 telah terbit." in text_of(response)
    draft.refresh_from_db()
    first.refresh_from_db()
    assert (draft.status, first.status) == (Version.Status.PUBLISHED, Version.Status.RETIRED)
    assert draft.document["sections"][0]["items"][0]["stem"]["id"] == "Saya menata meja kerja."
    assert content_hash(first.document) == content_hash(small_document())


def test_the_list_names_the_questionnaires_and_the_page_offers_the_next_version(client, editor):
    first = published_version()
    client.force_login(editor)
    listed = text_of(client.get(page("questionnaire_changelist")))
    assert first.title_ind in listed
    assert Version.Status.PUBLISHED.label in listed
    offered = page("questionnaire_change", first.questionnaire_id)
    assert "Mulai draf baru dari versi 1" in text_of(client.get(offered))

    client.post(page("version_step", first.pk), {"langkah": "salin"})
    assert "Mulai draf baru" not in text_of(client.get(offered))  # one open draft at a time
    assert Version.Status.DRAFT.label in text_of(client.get(page("questionnaire_changelist")))


def test_an_editor_builds_a_questionnaire_from_nothing(client, editor):
    client.force_login(editor)
    client.post(page("questionnaire_add"), {"code": "baru"})
    questionnaire = Questionnaire.objects.get(code="baru")
    client.post(page("start_draft", questionnaire.pk))
    version = questionnaire.versions.get()
    response = client.get(version_page(version))
    assert "masalah menghalangi penerbitan" in text_of(response)
    data = form_data(response) | {"title_ind": "Baru", "title_eng": "New", "sources": "000, 001"}
    data |= {f"{name}_{lang}": "Teks" for name in ("summary", "introduction") for lang in ("ind", "eng")}
    assert client.post(version_page(version), data).status_code == 302

    texts = {"title_ind": "A", "title_eng": "A", "instruction_ind": "Pilih.", "instruction_eng": "Choose."}
    response = client.post(page("section_add", version=version.pk), {"code": "A", **texts})
    assert response["Location"] == version_page(version)
    options = {"options-TOTAL_FORMS": "5", "options-INITIAL_FORMS": "0"}
    for n in range(5):
        options |= {
            f"options-{n}-value": n + 1,
            f"options-{n}-label_ind": "Ya",
            f"options-{n}-label_eng": "Yes",
        }
    fields = {"code": "frekuensi", "kind": "frequency", "positive_values": "4, 5", "neutral_values": "3"}
    assert client.post(page("responseset_add", version=version.pk), fields | options).status_code == 302
    fields = {"code": "RAPI", "kind": "dimension", "name_ind": "Rapi", "name_eng": "Tidy"}
    fields |= {"definition_ind": "Menata.", "definition_eng": "Ordering."}
    assert client.post(page("scale_add", version=version.pk), fields).status_code == 302
    scale, section = version.scales.get(), version.sections.get()
    tips = {"tips-TOTAL_FORMS": "2", "tips-INITIAL_FORMS": "0"}
    for n in range(2):
        tips |= {f"tips-{n}-position": n + 1, f"tips-{n}-text_ind": "Coba.", f"tips-{n}-text_eng": "Try."}
        tips |= {f"tips-{n}-method": "coaching", f"tips-{n}-jp": "1"}
    fields = {"band": "kuat", "meaning_ind": "Kuat.", "meaning_eng": "Strong."}
    assert client.post(page("feedbacktext_add", scale=scale.pk), fields | tips).status_code == 302
    for code in ("A1", "A2"):
        fields = {"code": code, "type": "likert", "role": "content", "key": "1", "weight": "1.5"}
        fields |= {"stem_ind": "Saya.", "stem_eng": "I.", "scale": scale.pk, "traits": "000-1a"}
        fields |= {"response_set": version.response_sets.get().pk, "key_basis": "author"}
        fields |= {"sjt_scoring": "graded", "options-TOTAL_FORMS": "0", "options-INITIAL_FORMS": "0"}
        assert client.post(page("item_add", section=section.pk), fields).status_code == 302
    first, second = version.items.all()
    fields = {"first": first.pk, "second": second.pk}
    assert client.post(page("consistencypair_add", version=version.pk), fields).status_code == 302

    problems = [
        listed.problem.message for listed in client.get(version_page(version)).context["overview"].problems
    ]
    assert [message for message in problems if "Umpan balik" in message] == [
        f"Umpan balik untuk kategori “{band}” belum ada."
        for band in ("prioritas", "berkembang", "sangat_konsisten")
    ]
    version.refresh_from_db()
    assert version.sources == ["000", "001"]
    assert version.last_edited_by == editor


def test_every_problem_links_to_the_page_where_it_is_put_right(client, editor):
    version = draft_version()
    item = version.items.get(code="B4")
    version.items.filter(pk=item.pk).update(left_ind="", left_eng="")
    client.force_login(editor)
    response = client.get(version_page(version))
    assert "1 masalah menghalangi penerbitan" in text_of(response)
    (listed,) = response.context["overview"].problems
    assert listed.url == page("item_change", item.pk)
    assert "Butir dua kutub memerlukan teks kutub kiri" in text_of(response)
    assert "Masih ada 1 masalah" in text_of(step(client, version, "ajukan"))


def test_the_last_editor_is_told_why_the_publication_waits(client, approver):
    person = person_with_role(Role.BANK_EDITOR, person=approver)
    version = draft_version(by=person)
    client.force_login(person)
    step(client, version, "ajukan")
    response = client.post(page("version_publish", version.pk), {"change_note": "Baru."}, follow=True)
    assert "Anda ikut menyunting versi ini." in text_of(response)


# --- Small edits -------------------------------------------------------------------------------------------


def test_an_item_is_sent_to_another_page_and_deleted(client, editor):
    version = draft_version()
    client.force_login(editor)
    item = version.items.get(code="A2")
    address = page("item_change", item.pk)
    target = version.sections.get(code="B")
    client.post(address, form_data(client.get(address)) | {"section": target.pk})
    item.refresh_from_db()
    assert (item.section, item.position) == (target, 5)
    response = client.post(page("item_delete", item.pk), {"post": "yes"}, follow=True)
    assert "telah dihapus" in text_of(response)
    assert not Item.objects.filter(pk=item.pk).exists()


def test_a_scale_in_use_is_not_deleted(client, editor):
    version = draft_version()
    client.force_login(editor)
    scale = version.scales.get(code="RAPI")
    client.post(page("scale_delete", scale.pk), {"post": "yes"}, follow=True)
    assert version.scales.filter(pk=scale.pk).exists()


def test_tips_of_a_feedback_text_change_places(client, editor):
    version = draft_version()
    client.force_login(editor)
    text = version.scales.get(code="RAPI").feedback_texts.get(band="kuat")
    first, second = text.tips.all()
    address = page("feedbacktext_change", text.pk)
    data = form_data(client.get(address)) | {"tips-0-position": 2, "tips-1-position": 1}
    assert client.post(address, data).status_code == 302
    assert list(text.tips.order_by("position")) == [second, first]


def test_a_form_speaks_of_what_is_wrong(client, editor):
    version = draft_version()
    client.force_login(editor)
    wrong = [
        (
            "item",
            version.items.get(code="A1"),
            {"code": "A2"},
            "code",
            "Kode ini sudah dipakai di versi ini.",
        ),
        ("item", version.items.get(code="C1"), {"accept": "dua"}, "accept", "Isilah bilangan bulat"),
        (
            "scale",
            version.scales.get(code="RAPI"),
            {"kind": "facet"},
            "parent",
            "harus berada di bawah sebuah dimensi",
        ),
        (
            "scale",
            version.scales.get(code="RAPI"),
            {"parent": version.scales.get(code="PEKA").pk},
            "parent",
            "Hanya aspek",
        ),
    ]
    for table, row, change, field, sentence in wrong:
        address = page(f"{table}_change", row.pk)
        response = client.post(address, form_data(client.get(address)) | change)
        assert sentence in str(response.context["adminform"].form.errors[field]), (table, change)
    pair = version.consistency_pairs.get()
    same = {"first": pair.first_id, "second": pair.first_id}
    response = client.post(page("consistencypair_add", version=version.pk), same)
    assert response.context["adminform"].form.errors["second"]
    again = {"first": pair.first_id, "second": pair.second_id}
    response = client.post(page("consistencypair_add", version=version.pk), again)
    assert response.context["adminform"].form.non_field_errors()
    text = version.scales.get(code="RAPI").feedback_texts.first()
    tips = {"tips-TOTAL_FORMS": "0", "tips-INITIAL_FORMS": "0"}
    fields = {"band": text.band, "meaning_ind": "x", "meaning_eng": "x", **tips}
    response = client.post(page("feedbacktext_add", scale=text.scale_id), fields)
    assert response.context["adminform"].form.non_field_errors()


def test_choices_come_from_the_same_version_only(client, editor):
    version, other = draft_version(), draft_version(bank=small_bank(code="lain"))
    client.force_login(editor)
    form = client.get(page("item_change", version.items.first().pk)).context["adminform"].form
    assert set(form.fields["scale"].queryset) == set(version.scales.all())
    assert not set(form.fields["scale"].queryset) & set(other.scales.all())


def test_a_new_part_needs_an_owner_that_exists(client, editor):
    client.force_login(editor)
    for address in (page("item_add"), page("item_add", section="x"), page("section_add", version=999)):
        assert client.get(address).status_code == 404


# --- Export, comparison ----------------------------------------------------------------------------


def test_an_export_reads_back_with_the_same_hash(client, approver):
    version = published_version()
    client.force_login(approver)
    response = client.get(page("version_export_file", version.pk, "yaml"))
    assert response["Content-Disposition"] == 'attachment; filename="bank-kecil-v1.yaml"'
    assert content_hash(read(response.content, filename="x").document) == version.content_hash


def test_two_versions_are_compared(client, editor):
    first = published_version()
    client.force_login(editor)
    assert "baru mempunyai satu versi" in text_of(client.get(page("version_compare", first.pk)))
    draft = actions.start_draft(questionnaire=first.questionnaire, copy_from=first, by=editor)
    assert "Tidak ada perbedaan isi." in text_of(client.get(page("version_compare", draft.pk)))
    actions.update_item(item=draft.items.get(code="A1"), key=-1, stem_eng="I tidy.", by=editor)
    shown = text_of(client.get(page("version_compare", draft.pk, dengan=1)))
    assert "I <del>do the thing A1.</del>" in shown
    assert "I <ins>tidy.</ins>" in shown
    assert "<caption>Butir A1</caption>" in shown
    # From either side the older version stands on the left.
    assert "I <del>do the thing A1.</del>" in text_of(client.get(page("version_compare", first.pk, dengan=2)))
    assert client.get(page("version_compare", draft.pk, dengan=9)).status_code == 404


# --- Published is read-only, and rights hold ---------------------------------------------------------------

PARTS = ["section", "item", "scale", "responseset", "feedbacktext", "consistencypair"]


def first_part(version, table):
    rows = {
        "section": version.sections,
        "item": version.items,
        "scale": version.scales,
        "responseset": version.response_sets,
        "consistencypair": version.consistency_pairs,
    }
    return rows[table].first() if table in rows else version.scales.first().feedback_texts.first()


@pytest.mark.parametrize("who", ["editor", "superuser"])
def test_nobody_changes_a_published_version_in_the_admin(client, editor, who):
    version = published_version()
    client.force_login(editor if who == "editor" else UserFactory(is_superuser=True, is_staff=True))
    response = client.get(version_page(version))
    assert response.status_code == 200
    assert 'name="title_ind"' not in text_of(response)
    assert client.post(version_page(version), {"title_ind": "Lain"}).status_code == 403
    for table in PARTS:
        part = first_part(version, table)
        assert client.get(page(f"{table}_change", part.pk)).status_code == 200
        assert client.post(page(f"{table}_change", part.pk), {"code": "X"}).status_code == 403
        assert client.post(page(f"{table}_delete", part.pk), {"post": "yes"}).status_code == 403
        assert first_part(version, table) == part
    section, scale = version.sections.first(), version.scales.first()
    for address in (
        page("section_add", version=version.pk),
        page("item_add", section=section.pk),
        page("feedbacktext_add", scale=scale.pk),
    ):
        assert client.post(address, {"code": "X"}).status_code == 403
    item = version.items.first()
    client.post(page("version_move", version.pk), {"pindah": f"item-{item.pk}-turun"})
    step(client, version, "hapus")
    assert client.post(page("version_delete", version.pk), {"post": "yes"}).status_code == 403
    version.refresh_from_db()
    assert version.items.first() == item
    assert content_hash(version.document) == version.content_hash == content_hash(small_document())


def test_a_version_in_review_is_read_only(client, editor):
    version = draft_version(by=editor)
    actions.submit_for_review(version=version, by=editor)
    client.force_login(editor)
    assert client.post(version_page(version), {"title_ind": "Lain"}).status_code == 403
    assert "kembali menjadi draf" in text_of(step(client, version, "kembalikan"))


def test_an_approver_reads_but_does_not_edit(client, approver):
    version = draft_version()
    client.force_login(approver)
    assert client.get(version_page(version)).status_code == 200
    assert client.post(version_page(version), {"title_ind": "Lain"}).status_code == 403
    assert client.post(page("item_delete", version.items.first().pk), {"post": "yes"}).status_code == 403
    assert client.post(page("version_step", version.pk), {"langkah": "ajukan"}).status_code == 403
    assert client.post(page("version_move", version.pk), {"pindah": "item-1-naik"}).status_code == 403
    assert client.get(page("import")).status_code == 403
    assert client.get(page("questionnaire_add")).status_code == 403


def test_an_editor_does_not_retire_and_an_approver_does(client, editor, approver):
    version = published_version()
    client.force_login(editor)
    assert client.post(page("version_step", version.pk), {"langkah": "tarik"}).status_code == 403
    client.force_login(approver)
    assert "Versi 1 ditarik." in text_of(step(client, version, "tarik"))


def addresses(version):
    yield page("questionnaire_changelist")
    yield page("questionnaire_change", version.questionnaire_id)
    yield page("version_changelist")
    yield version_page(version)
    for name in ("publish", "export", "compare"):
        yield page(f"version_{name}", version.pk)
    yield page("import")
    yield page("framework_changelist")
    for table in PARTS:
        yield page(f"{table}_changelist")
        yield page(f"{table}_change", first_part(version, table).pk)


def test_who_holds_no_bank_role_sees_nothing_of_the_bank(client):
    version = draft_version()
    auditor = person_with_role(Role.AUDITOR)  # may enter the admin, but not for this
    for person in (auditor, UserFactory()):
        client.force_login(person)
        for address in addresses(version):
            assert client.get(address).status_code in (302, 403), address
            if client.get(address).status_code == 302:
                assert "/admin/questionnaires/" not in client.get(address)["Location"].split("?")[0]


def test_steps_are_taken_by_post_only(client, editor):
    version = draft_version()
    client.force_login(editor)
    for name in ("step", "move"):
        assert client.get(page(f"version_{name}", version.pk)).status_code == 405
    assert client.get(page("start_draft", version.questionnaire_id)).status_code == 405
    assert client.post(page("version_step", version.pk), {"langkah": "lain"}).status_code == 404
    assert client.post(page("version_step", 999), {"langkah": "ajukan"}).status_code == 404


def test_discarding_a_draft_leads_back_to_the_questionnaire(client, editor):
    version = draft_version()
    client.force_login(editor)
    response = step(client, version, "hapus")
    assert response.redirect_chain[-1][0] == page("questionnaire_change", version.questionnaire_id)
    assert not Version.objects.exists()


def test_the_pages_hold_no_inline_script_or_style(client, editor):
    version = draft_version()
    FrameworkFactory()
    client.force_login(editor)
    for address in (version_page(version), page("import"), page("version_compare", version.pk)):
        shown = text_of(client.get(address))
        assert not re.search(r"<style|\sstyle=|\son[a-z]+=", shown), address
        assert not re.search(r"<script(?![^>]*\bsrc=)(?![^>]*application/json)[^>]*>", shown), address


# --- Growth ------------------------------------------------------------------------------------------------


def large_bank(code, pages):
    bank = small_bank(code=code)
    template = bank["sections"][0]
    for n in range(pages):
        entries = [{**entry, "code": f"{entry['code']}X{n}"} for entry in template["items"]]
        bank["sections"].append({**template, "code": f"X{n}", "items": entries})
    return bank


@pytest.mark.parametrize("what", ["draft", "published"])
def test_the_page_of_a_version_takes_no_more_queries_for_200_items(
    client, editor, what, django_assert_max_num_queries
):
    make = draft_version if what == "draft" else published_version
    small, large = make(bank=small_bank(code="kecil")), make(bank=large_bank("besar", 47))
    assert large.items.count() == 200
    client.force_login(editor)
    client.get(version_page(small))
    with django_assert_max_num_queries(40) as captured:
        client.get(version_page(small))
    few = len(captured)
    with django_assert_max_num_queries(few):
        client.get(version_page(large))


@pytest.mark.parametrize("table", ["section", "item", "scale"])
def test_the_pages_of_parts_take_no_more_queries_for_200_items(
    client, editor, table, django_assert_max_num_queries
):
    small, large = draft_version(), draft_version(bank=large_bank("besar", 47))
    client.force_login(editor)
    client.get(page(f"{table}_change", first_part(small, table).pk))
    with django_assert_max_num_queries(40) as captured:
        client.get(page(f"{table}_change", first_part(small, table).pk))
    few = len(captured)
    with django_assert_max_num_queries(few):
        client.get(page(f"{table}_change", first_part(large, table).pk))


def test_the_lists_take_no_more_queries_for_more_rows(client, editor, django_assert_max_num_queries):
    published_version(code="satu")
    client.force_login(editor)
    for address in (page("version_changelist"), page("questionnaire_changelist")):
        client.get(address)
        with django_assert_max_num_queries(30) as captured:
            client.get(address)
        few = len(captured)
        for n in range(3):
            draft_version(bank=small_bank(code=f"{address.strip('/').split('/')[-1]}-{n}"))
        with django_assert_max_num_queries(few):
            assert client.get(address).status_code == 200


def test_the_list_of_versions_reads_no_documents(client, editor, django_assert_max_num_queries):
    first = published_version()
    actions.start_draft(questionnaire=first.questionnaire, copy_from=first, by=editor)
    client.force_login(editor)
    with django_assert_max_num_queries(30) as captured:
        response = client.get(page("version_changelist"))
    assert "versi 2" in text_of(response)
    assert not [query["sql"] for query in captured if '."document"' in query["sql"]]
