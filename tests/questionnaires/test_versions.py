"""The life of a version, and that nothing published can change."""

import threading

import pytest
from django.db import IntegrityError, connection, connections, transaction
from django.db.models import ProtectedError

from audit.models import AuditEvent
from questionnaires import actions, policies
from questionnaires.document import NotPublished, build_document, content_hash, load_document
from questionnaires.feedback_bands import ALL_BANDS
from questionnaires.freezing import FROZEN_COLUMNS
from questionnaires.models import (
    FeedbackText,
    FeedbackTip,
    Item,
    Option,
    Questionnaire,
    ResponseSet,
    Scale,
    Version,
)
from tests.factories.accounts import UserFactory
from tests.factories.item_types import ItemOptionFactory, rich_bank, rich_document
from tests.factories.questionnaires import (
    QuestionnaireFactory,
    VersionFactory,
    bank_file,
    draft_version,
    published_version,
    small_bank,
    small_document,
)
from tests.questionnaires.refusals import constraint_called, refused_by

pytestmark = pytest.mark.django_db

Status = Version.Status


def submitted(**options):
    version = draft_version(**options)
    return actions.submit_for_review(version=version, by=version.last_edited_by)


# --- From draft to publication ---------------------------------------------------------------------------


def test_the_rows_of_an_imported_bank_give_its_document_back():
    assert build_document(draft_version()) == small_document()


def test_the_rows_of_a_bank_with_every_item_type_give_its_document_back():
    assert build_document(draft_version(bank=rich_bank())) == rich_document()


def test_building_a_document_takes_the_same_number_of_queries_for_any_size(django_assert_max_num_queries):
    small = draft_version()
    bank = small_bank(code="besar")
    template = bank["sections"][0]
    for n in range(20):
        entries = [{**entry, "code": f"{entry['code']}X{n}"} for entry in template["items"]]
        bank["sections"].append({**template, "code": f"X{n}", "items": entries})
        vignettes = [
            {**entry, "code": f"{entry['code']}X{n}"} for entry in rich_bank()["sections"][3]["items"]
        ]
        bank["sections"].append({**template, "code": f"V{n}", "items": vignettes})
    bank["scales"] = rich_bank()["scales"]
    bank["response_sets"] = rich_bank()["response_sets"]
    large = draft_version(bank=bank)
    with django_assert_max_num_queries(13) as captured:
        build_document(small)
    few = len(captured)
    with django_assert_max_num_queries(few):
        # Four items of one slot, and four vignettes with 1 + 2 + 4 + 1 slots, twenty times.
        assert len(build_document(large)["slots"]) == 12 + 20 * (4 + 8)


def test_publishing_freezes_document_and_hash_and_leaves_one_event():
    editor, approver = UserFactory(), UserFactory()
    version = submitted(by=editor)
    before = AuditEvent.objects.count()
    version = actions.publish_version(version=version, change_note=" Terbitan pertama. ", by=approver)
    version.refresh_from_db()
    assert version.status == Status.PUBLISHED
    assert version.document == small_document()
    assert version.content_hash == content_hash(small_document())
    assert version.published_by == approver
    assert version.change_note == "Terbitan pertama."
    assert AuditEvent.objects.count() == before + 1
    assert AuditEvent.objects.first().event == "version.published"


def test_allowing_forced_choice_is_published_with_the_version():
    version = published_version(bank=rich_bank())
    version.refresh_from_db()
    assert version.allow_ipsative
    assert load_document(version.pk).allow_ipsative
    assert "allow_ipsative" not in published_version().document["questionnaire"]


def test_publishing_the_next_version_retires_the_one_before():
    first = published_version()
    editor = UserFactory()
    second = actions.start_draft(questionnaire=first.questionnaire, copy_from=first, by=editor)
    actions.update_version(version=second, title_ind="Bank Kecil Baru", by=editor)
    actions.submit_for_review(version=second, by=editor)
    actions.publish_version(version=second, change_note="Judul.", by=UserFactory())
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.status, second.status) == (Status.RETIRED, Status.PUBLISHED)
    assert (second.number, second.derived_from) == (2, first)
    assert first.document["questionnaire"]["title"]["id"] == "Bank Kecil"


def test_a_copy_of_a_published_version_has_the_same_content():
    version = published_version()
    copy = actions.start_draft(questionnaire=version.questionnaire, copy_from=version, by=UserFactory())
    assert content_hash(build_document(copy)) == version.content_hash
    assert copy.items.count() == version.items.count() == 12


def test_a_version_in_review_can_be_given_back_and_edited_again():
    version = submitted()
    with pytest.raises(policies.PolicyError, match="sedang ditelaah"):
        actions.update_version(version=version, minutes=9, by=UserFactory())
    version = actions.return_to_draft(version=version, by=UserFactory())
    assert actions.update_version(version=version, minutes=9, by=UserFactory()).minutes == 9


def test_the_last_editor_may_not_publish():
    editor = UserFactory()
    version = submitted(by=editor)
    with pytest.raises(policies.PolicyError, match="ikut menyunting"):
        actions.publish_version(version=version, change_note="Baru.", by=editor)
    version.refresh_from_db()
    assert version.status == Status.IN_REVIEW


def test_an_earlier_editor_may_not_publish_either():
    first, second = UserFactory(), UserFactory()
    version = draft_version(by=first)
    version = actions.update_version(version=version, minutes=9, by=second)
    version = actions.submit_for_review(version=version, by=second)
    with pytest.raises(policies.PolicyError, match="ikut menyunting"):
        actions.publish_version(version=version, change_note="Baru.", by=first)


def test_a_draft_is_published_only_after_review_except_at_bootstrap():
    version = draft_version()
    with pytest.raises(policies.PolicyError, match="Ajukan draf ini"):
        actions.publish_version(version=version, change_note="Baru.", by=UserFactory())
    technical = version.last_edited_by
    version = actions.publish_version(version=version, change_note="Bawaan.", by=technical, bootstrap=True)
    assert version.status == Status.PUBLISHED
    assert AuditEvent.objects.first().detail["bootstrap"] is True


def test_a_version_with_blocking_problems_is_neither_submitted_nor_published():
    version = draft_version()
    version.items.filter(scale__code="RAPI").delete()
    with pytest.raises(policies.HasProblems) as refused:
        actions.submit_for_review(version=version, by=UserFactory())
    assert any("belum mempunyai butir" in problem.message for problem in refused.value.problems)
    with pytest.raises(policies.HasProblems):
        actions.publish_version(version=version, change_note="x", by=UserFactory(), bootstrap=True)
    version.refresh_from_db()
    assert version.status == Status.DRAFT


def test_a_publication_needs_a_change_note():
    with pytest.raises(policies.PolicyError, match="catatan perubahan"):
        actions.publish_version(version=submitted(), change_note="  ", by=UserFactory())


def test_the_same_content_is_not_published_twice():
    first = published_version()
    editor = UserFactory()
    copy = actions.start_draft(questionnaire=first.questionnaire, copy_from=first, by=editor)
    copy = actions.submit_for_review(version=copy, by=editor)
    with pytest.raises(policies.PolicyError, match="sama persis dengan versi 1"):
        actions.publish_version(version=copy, change_note="Lagi.", by=UserFactory())
    first.refresh_from_db()
    assert first.status == Status.PUBLISHED


def test_a_published_version_cannot_be_submitted_returned_published_or_discarded():
    version = published_version()
    by = UserFactory()
    for refused in (
        lambda: actions.submit_for_review(version=version, by=by),
        lambda: actions.return_to_draft(version=version, by=by),
        lambda: actions.publish_version(version=version, change_note="x", by=by),
        lambda: actions.publish_version(version=version, change_note="x", by=by, bootstrap=True),
        lambda: actions.discard_draft(version=version, by=by),
    ):
        with pytest.raises(policies.PolicyError):
            refused()


def test_a_stale_object_does_not_publish_a_second_time():
    version = submitted()
    stale = Version.objects.get(pk=version.pk)
    actions.publish_version(version=version, change_note="Satu.", by=UserFactory())
    with pytest.raises(policies.PolicyError, match="sudah pernah diterbitkan"):
        actions.publish_version(version=stale, change_note="Dua.", by=UserFactory())
    assert Version.objects.get(pk=version.pk).change_note == "Satu."


@pytest.mark.postgres_only  # the suite's SQLite lives in memory, where a second connection cannot write
@pytest.mark.django_db(transaction=True)
def test_of_two_approvers_at_once_one_publishes():
    version = submitted()
    approvers = [UserFactory(), UserFactory()]
    outcomes, start = [], threading.Barrier(2)

    def publish(approver):
        start.wait()
        try:
            actions.publish_version(version=version, change_note=approver.name, by=approver)
            outcomes.append("terbit")
        except policies.PolicyError:
            outcomes.append("ditolak")
        finally:
            connections.close_all()

    threads = [threading.Thread(target=publish, args=[approver]) for approver in approvers]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["ditolak", "terbit"]
    assert AuditEvent.objects.filter(event="version.published").count() == 1


def test_a_retired_version_keeps_its_document():
    version = actions.retire_version(version=published_version(), by=UserFactory())
    assert version.status == Status.RETIRED
    assert load_document(version.pk).slots[0] == "A1"
    with pytest.raises(policies.PolicyError, match="Hanya versi terbit"):
        actions.retire_version(version=version, by=UserFactory())


def test_discarding_a_draft_leaves_nothing_but_the_event():
    version = draft_version()
    actions.discard_draft(version=version, by=UserFactory())
    assert not Version.objects.exists()
    assert not Item.objects.exists()
    assert AuditEvent.objects.first().event == "version.discarded"


# --- One draft at a time -----------------------------------------------------------------------------------


def test_a_questionnaire_has_one_draft_at_a_time():
    version = draft_version()
    with pytest.raises(policies.PolicyError, match="sudah mempunyai draf"):
        actions.start_draft(questionnaire=version.questionnaire, by=UserFactory())


def test_an_empty_draft_can_be_started_and_lists_what_is_missing():
    from questionnaires.validation import find_problems

    questionnaire = actions.create_questionnaire(code="baru", by=UserFactory())
    version = actions.start_draft(questionnaire=questionnaire, by=UserFactory())
    sentences = [problem.message for problem in find_problems(version)]
    assert "Teks bahasa Indonesia (id) masih kosong." in sentences
    assert "Daftar ini masih kosong." in sentences


def test_a_draft_copies_only_versions_of_its_own_questionnaire():
    with pytest.raises(policies.PolicyError, match="kuesioner yang sama"):
        actions.start_draft(
            questionnaire=QuestionnaireFactory(), copy_from=published_version(), by=UserFactory()
        )


def test_a_code_is_given_to_one_questionnaire_only():
    actions.create_questionnaire(code="sama", by=UserFactory())
    with pytest.raises(policies.PolicyError, match="sudah ada"):
        actions.create_questionnaire(code="sama", by=UserFactory())


# --- Importing ---------------------------------------------------------------------------------------------


def test_importing_published_content_again_changes_nothing():
    version = published_version()
    assert actions.import_bank(bank_file=bank_file(), by=UserFactory()) == (version, False)
    assert Version.objects.count() == 1


def test_importing_the_content_of_the_open_draft_again_changes_nothing():
    version = draft_version()
    assert actions.import_bank(bank_file=bank_file(), by=UserFactory()) == (version, False)


def test_importing_other_content_beside_a_draft_is_refused():
    draft_version()
    bank = small_bank()
    bank["questionnaire"]["minutes"] = 44
    with pytest.raises(policies.PolicyError, match="dengan isi yang lain"):
        actions.import_bank(bank_file=bank_file(bank), by=UserFactory())


def test_importing_new_content_over_a_published_version_opens_the_next_draft():
    first = published_version()
    bank = small_bank()
    bank["questionnaire"]["minutes"] = 44
    version, created = actions.import_bank(bank_file=bank_file(bank), by=UserFactory())
    assert created
    assert (version.number, version.status, version.derived_from) == (2, Status.DRAFT, first)


def test_importing_a_bank_with_an_unknown_competency_writes_nothing():
    bank = small_bank()
    bank["scales"][0]["competencies"] = ["M.99"]
    with pytest.raises(policies.HasProblems, match=r"“M\.99” tidak ada"):
        actions.import_bank(bank_file=bank_file(bank), by=UserFactory())
    assert not Questionnaire.objects.exists()


# --- What runs ---------------------------------------------------------------------------------------------


def test_a_published_document_is_loaded_once(django_assert_num_queries):
    version = published_version()
    with django_assert_num_queries(1):
        first = load_document(version.pk)
    with django_assert_num_queries(0):
        assert load_document(version.pk) is first


@pytest.mark.parametrize("make", [draft_version, submitted, lambda: Version(pk=999)])
def test_what_is_not_published_is_not_loaded(make):
    with pytest.raises(NotPublished):
        load_document(make().pk)


# --- The database holds it ---------------------------------------------------------------------------------

OTHER_VALUES = {
    "document": {"format": "lain"},
    "content_hash": "0" * 64,
    "number": 7,
    "questionnaire_id": None,
    "minutes": 99,
    "sources": ["lain"],
    "allow_ipsative": True,
    "published_at": "2020-01-01T00:00:00Z",
    "published_by_id": None,
}


@pytest.mark.parametrize("retire", [False, True], ids=["published", "retired"])
@pytest.mark.parametrize("column", FROZEN_COLUMNS)
def test_the_database_refuses_to_change_a_published_column(column, retire):
    version = published_version()
    if retire:
        actions.retire_version(version=version, by=UserFactory())
    value = OTHER_VALUES.get(column, "lain")
    if column == "questionnaire_id":
        value = QuestionnaireFactory().pk
    if column == "published_by_id":
        value = UserFactory().pk
    with pytest.raises(IntegrityError, match="never changes"), transaction.atomic():
        Version.objects.filter(pk=version.pk).update(**{column: value})
    version.refresh_from_db()
    assert version.content_hash == content_hash(version.document)


@pytest.mark.parametrize(
    ("before", "after"),
    [("published", "draft"), ("published", "in_review"), ("retired", "published"), ("retired", "draft")],
)
def test_the_database_lets_a_published_version_only_retire(before, after):
    version = published_version()
    if before == "retired":
        version = actions.retire_version(version=version, by=UserFactory())
    with pytest.raises(IntegrityError, match="never changes"), transaction.atomic():
        Version.objects.filter(pk=version.pk).update(status=after)


def test_the_guard_also_stops_sql_that_goes_around_the_product():
    version = published_version()
    sql = "UPDATE questionnaires_version SET title_ind = 'lain' WHERE id = %s"
    with (
        pytest.raises(IntegrityError, match="never changes"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(sql, [version.pk])


def test_the_guard_lets_drafts_and_untouched_columns_change():
    draft = draft_version()
    assert Version.objects.filter(pk=draft.pk).update(title_ind="Lain", number=3) == 1
    version = published_version(code="lain")
    assert Version.objects.filter(pk=version.pk).update(title_ind=version.title_ind) == 1


def test_a_questionnaire_with_versions_cannot_be_deleted():
    version = published_version()
    with pytest.raises(ProtectedError):
        version.questionnaire.delete()


def test_a_version_number_is_unique_in_its_questionnaire():
    version = published_version()
    refused_by(
        "version_number_unique_in_questionnaire",
        lambda: VersionFactory(questionnaire=version.questionnaire, number=1),
    )


def test_the_database_allows_one_draft_per_questionnaire():
    version = draft_version()
    refused_by(
        "version_one_draft_per_questionnaire",
        lambda: VersionFactory(questionnaire=version.questionnaire, number=2, status=Status.IN_REVIEW),
    )


def test_the_database_allows_one_published_version_per_questionnaire():
    version = published_version()
    fields = {
        name: getattr(version, name)
        for name in ("questionnaire", "status", "document", "content_hash", "published_at", "published_by")
    }
    refused_by("version_one_published_per_questionnaire", lambda: VersionFactory(number=2, **fields))


@pytest.mark.parametrize(
    "half",
    [
        {"status": Status.PUBLISHED},
        {"document": {}},
        {"content_hash": "a" * 64},
        {"status": "lain"},
    ],
)
def test_a_publication_is_whole_or_absent(half):
    version = draft_version()
    refused_by(
        "version_publication_whole_or_absent",
        lambda: Version.objects.filter(pk=version.pk).update(**half),
    )


def pair_of(version):
    """The two items of the version's consistency pair."""
    return version.consistency_pairs.values("first_id", "second_id").get()


@pytest.mark.parametrize(
    ("constraint", "write"),
    [
        ("item_key_is_plus_or_minus_one", lambda v: v.items.update(key=2)),
        ("item_weight_not_negative", lambda v: v.items.update(weight=-1)),
        ("item_code_unique_in_version", lambda v: v.items.update(code="SAMA")),
        ("item_position_unique_in_section", lambda v: v.items.update(position=1)),
        ("scale_code_unique_in_version", lambda v: v.scales.update(code="SAMA")),
        ("scale_parent_only_for_facets", lambda v: v.scales.update(kind="facet")),
        ("option_value_fits_a_slot", lambda v: Option.objects.filter(value=5).update(value=255)),
        ("option_value_fits_a_slot", lambda v: Option.objects.filter(value=5).update(value=0)),
        ("option_value_unique_in_response_set", lambda v: Option.objects.update(value=1)),
        ("feedback_tip_position_unique", lambda v: FeedbackTip.objects.update(position=1)),
        (
            "consistency_pair_of_two_items",
            lambda v: v.consistency_pairs.update(first=v.items.first(), second=v.items.first()),
        ),
        ("consistency_pair_unique", lambda v: v.consistency_pairs.create(**pair_of(v))),
        ("response_set_code_unique_in_version", lambda v: v.response_sets.update(code="sama")),
        ("section_code_unique_in_version", lambda v: v.sections.update(code="SAMA")),
        ("section_position_unique_in_version", lambda v: v.sections.update(position=1)),
        ("feedback_text_unique_in_scale", lambda v: FeedbackText.objects.update(band="kuat")),
        ("feedback_text_band_known", lambda v: FeedbackText.objects.filter(band="kuat").update(band="lain")),
        ("feedback_tip_method_known", lambda v: FeedbackTip.objects.update(method="lain")),
        ("item_type_known", lambda v: v.items.update(type="lain")),
        ("item_role_known", lambda v: v.items.update(role="lain")),
        ("response_set_kind_known", lambda v: v.response_sets.update(kind="lain")),
        ("scale_kind_known", lambda v: v.scales.update(kind="lain")),
        ("item_response_set_matches_type", lambda v: v.items.update(response_set=None)),
        ("item_response_set_matches_type", lambda v: v.items.update(type="open_text")),
        ("item_key_basis_known", lambda v: v.items.update(key_basis="lain")),
        ("item_sjt_scoring_known", lambda v: v.items.update(sjt_scoring="lain")),
        ("item_panel_whole_or_absent", lambda v: v.items.update(panel_experts=9)),
        ("item_panel_whole_or_absent", lambda v: v.items.update(panel_experts=9, panel_icc="1.001")),
        ("item_desirability_whole_or_absent", lambda v: v.items.update(desirability_left=4)),
        ("item_longest_within_reach", lambda v: v.items.update(longest=2001)),
        ("item_longest_within_reach", lambda v: v.items.update(longest=0)),
        ("item_level_target_one_to_five", lambda v: v.items.update(level_target=0)),
        ("item_level_target_one_to_five", lambda v: v.items.update(level_target=6)),
        (
            "item_option_code_unique_in_item",
            lambda v: [ItemOptionFactory(item=v.items.first()) for _n in "AB"],
        ),
        ("item_option_code_is_a_letter", lambda v: ItemOptionFactory(item=v.items.first(), code="J")),
        (
            "item_option_effectiveness_on_its_scale",
            lambda v: ItemOptionFactory(item=v.items.first(), effectiveness=6),
        ),
        ("item_option_sd_not_negative", lambda v: ItemOptionFactory(item=v.items.first(), sd=-1)),
    ],
)
def test_the_database_refuses_rows_that_make_no_sense(constraint, write):
    version = draft_version()
    refused_by(constraint, lambda: write(version))


@pytest.mark.parametrize(
    ("constraint", "field", "choices"),
    [
        ("feedback_text_band_known", "band", ALL_BANDS),
        ("feedback_tip_method_known", "method", FeedbackTip.Method.values),
        ("item_type_known", "type", Item.Type.values),
        ("item_role_known", "role", Item.Role.values),
        ("response_set_kind_known", "kind", ResponseSet.Kind.values),
        ("scale_kind_known", "kind", Scale.Kind.values),
        ("item_key_basis_known", "key_basis", Item.KeyBasis.values),
        ("item_sjt_scoring_known", "sjt_scoring", Item.SjtScoring.values),
    ],
)
def test_the_database_knows_every_choice_that_the_forms_offer(constraint, field, choices):
    _model, check = constraint_called(constraint)
    assert dict(check.condition.children) == {f"{field}__in": choices}
