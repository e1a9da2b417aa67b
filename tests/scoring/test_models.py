"""What the database holds of scoring material: frozen rules, samples that are large enough, one row a thing."""

from datetime import date
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection, transaction
from django.db.models import ProtectedError
from django.urls import reverse
from django.utils import timezone

from agencies.models import Role
from audit.models import AuditEvent
from questionnaires.version_document import content_hash
from scoring.actions import NothingToFreeze, freeze_calibration, publish_rule
from scoring.freezing import RULE_GUARD
from scoring.models import Calibration, CalibrationSet, NormSet, NormTable, ScoringRule
from tests.factories import scoring as figures
from tests.factories.accounts import UserFactory
from tests.factories.agencies import person_with_role
from tests.factories.questionnaires import published_version
from tests.questionnaires.refusals import refused_by

pytestmark = pytest.mark.django_db

NOW = timezone.now()


@pytest.fixture
def version():
    return published_version()


def published_rule(code="bank-kecil"):
    return publish_rule(version=published_version(code=code), by=UserFactory())


# --- One row a thing, from enough people -------------------------------------------------------------------


def test_a_rule_number_is_given_once_in_a_version():
    rule = published_rule()
    again = ScoringRule(
        version=rule.version,
        number=1,
        document=rule.document,
        content_hash=rule.content_hash,
        published_at=NOW,
    )
    refused_by("scoring_rule_number_unique_in_version", again.save)


FROZEN_ONCE = {
    "calibration_set_number_unique_in_version": (CalibrationSet, {"campaign_code": "lain"}),
    "calibration_set_once_per_campaign_and_rules": (CalibrationSet, {"number": 2}),
    "norm_set_number_unique_in_version": (NormSet, {"campaign_code": "lain"}),
    "norm_set_once_per_campaign_and_rules": (NormSet, {"number": 2}),
}
MAKE = {
    CalibrationSet: figures.calibration_set,
    Calibration: figures.calibration_set,
    NormSet: figures.norm_set,
    NormTable: figures.norm_set,
}
# The smallest samples that will do.
SMALLEST = {Calibration: 100, NormTable: 200}


def values_of(model, version):
    """The columns of a frozen row that has just been made, but for its key."""
    MAKE[model](version)
    return {name: value for name, value in model.objects.values().get().items() if name != "id"}


@pytest.mark.parametrize("constraint", FROZEN_ONCE)
def test_the_same_sample_is_frozen_once(constraint, version):
    model, change = FROZEN_ONCE[constraint]
    values = values_of(model, version)
    refused_by(constraint, lambda: model.objects.create(**values | change))


def test_freezing_the_same_sample_again_gives_what_is_there(version):
    assert figures.calibration_set(version) == figures.calibration_set(version)
    assert figures.norm_set(version) == figures.norm_set(version)
    assert figures.calibration_set(version, campaign_code="berikutnya").number == 2
    assert AuditEvent.objects.filter(event="calibration.frozen").count() == 2
    assert AuditEvent.objects.filter(event="norm.frozen").count() == 1


def test_freezing_needs_a_scale(version):
    with pytest.raises(NothingToFreeze, match="Belum ada skala yang memenuhi syarat"):
        freeze_calibration(facts=figures.sample_facts(version), scales=[], by=None)
    assert not CalibrationSet.objects.exists()


@pytest.mark.parametrize(
    ("constraint", "model", "change"),
    [
        ("calibration_sample_large_enough", Calibration, {"sample_size": 99}),
        # 15 items x 7 people = 105
        ("calibration_sample_large_enough", Calibration, {"sample_size": 104, "item_count": 15}),
        ("calibration_figures_possible", Calibration, {"reliability": 1.0}),
        ("calibration_figures_possible", Calibration, {"standard_deviation": 0.0}),
        ("calibration_coefficient_known", Calibration, {"coefficient": "retest"}),
        ("calibration_scale_once_in_set", Calibration, {"scale_code": "RAPI"}),
        ("norm_table_sample_large_enough", NormTable, {"sample_size": 199, "largest_contribution": 40}),
        ("norm_table_sample_mixed_enough", NormTable, {"contributor_count": 4}),
        # 201 of 401 are more than half, 200 of 400 would not be
        ("norm_table_sample_mixed_enough", NormTable, {"sample_size": 401, "largest_contribution": 201}),
        ("norm_table_scale_once_in_set", NormTable, {"scale_code": "RAPI"}),
    ],
)
def test_figures_of_too_little_are_not_kept(constraint, model, change, version):
    values = values_of(model, version)
    model.objects.create(**values | {"scale_code": "PEKA", "sample_size": SMALLEST[model]})
    refused_by(constraint, lambda: model.objects.create(**values | {"scale_code": "LAIN"} | change))


@pytest.mark.parametrize(
    ("constraint", "model", "change"),
    [
        ("calibration_set_sample_large_enough", CalibrationSet, {"people": 99}),
        ("calibration_set_days_in_order", CalibrationSet, {"last_day": date(2026, 8, 31)}),
        ("norm_set_sample_large_enough", NormSet, {"people": 199}),
        ("norm_set_days_in_order", NormSet, {"last_day": date(2026, 8, 31)}),
    ],
)
def test_a_sample_that_cannot_be_is_not_kept(constraint, model, change, version):
    values = values_of(model, version) | {"number": 2, "campaign_code": "lain"}
    refused_by(constraint, lambda: model.objects.create(**values | change))


# --- Frozen figures never change ---------------------------------------------------------------------------


@pytest.mark.parametrize("model", MAKE)
def test_the_database_refuses_to_change_frozen_figures(model, version):
    before = values_of(model, version)
    for name, value in before.items():
        with pytest.raises(IntegrityError, match="frozen calibration or norm"), transaction.atomic():
            model.objects.update(**{name: value})


# --- A published rule never changes ------------------------------------------------------------------------

COLUMNS = [field.column for field in ScoringRule._meta.concrete_fields if not field.primary_key]


@pytest.mark.parametrize("column", COLUMNS)
def test_the_database_refuses_to_change_a_rule(column):
    rule = published_rule()
    other = {
        "version_id": published_version(code="lain").pk,
        "number": 7,
        "document": {"format": "lain"},
        "content_hash": "0" * 64,
        "published_at": "2020-01-01T00:00:00Z",
        "published_by_id": UserFactory().pk,
    }
    with pytest.raises(IntegrityError, match="rule never changes"), transaction.atomic():
        ScoringRule.objects.filter(pk=rule.pk).update(**{column: other[column]})
    kept = ScoringRule.objects.filter(pk=rule.pk).values_list(column, flat=True).get()
    assert kept == getattr(rule, column)


def test_the_guard_also_stops_sql_that_goes_around_the_product():
    rule = published_rule()
    with (
        pytest.raises(IntegrityError, match="rule never changes"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute("UPDATE scoring_scoringrule SET number = number + 1 WHERE id = %s", [rule.pk])


def test_a_version_with_a_rule_cannot_be_deleted():
    rule = published_rule()
    with pytest.raises(ProtectedError):
        rule.version.delete()


def verify():
    out = StringIO()
    call_command("verify_rules", stdout=out)
    return out.getvalue()


def test_verifying_finds_a_rule_whose_document_changed_behind_the_guard():
    rule = published_rule()
    assert verify() == "1 aturan diperiksa; semua sidik isi cocok.\n"
    changed = rule.document | {"label": {"id": "Lain", "en": "Other"}}
    connection.check_constraints()  # PostgreSQL drops no trigger while constraints of the transaction are pending
    RULE_GUARD.remove(None, connection.schema_editor())
    ScoringRule.objects.filter(pk=rule.pk).update(document=changed)
    connection.check_constraints()
    RULE_GUARD.install(None, connection.schema_editor())
    with pytest.raises(CommandError, match="bank-kecil versi 1 aturan 1"):
        verify()
    assert content_hash(changed) != rule.content_hash


# --- The lists of the admin --------------------------------------------------------------------------------

MAKERS = {
    "scoringrule": lambda version: publish_rule(version=version, by=UserFactory()),
    "calibrationset": figures.calibration_set,
    "normset": figures.norm_set,
}


@pytest.mark.parametrize("table", MAKERS)
def test_the_lists_take_no_more_queries_for_more_rows(client, table, django_assert_max_num_queries):
    client.force_login(person_with_role(Role.PSYCHOMETRICIAN))
    address = reverse(f"admin:scoring_{table}_changelist")
    MAKERS[table](published_version(code="satu"))
    client.get(address)
    with django_assert_max_num_queries(30) as captured:
        client.get(address)
    few = len(captured)
    for n in range(3):
        MAKERS[table](published_version(code=f"lain-{n}"))
    with django_assert_max_num_queries(few):
        assert client.get(address).context["cl"].result_count == 4


@pytest.mark.parametrize("table", MAKERS)
def test_the_lists_do_not_read_the_documents_of_versions(client, table, django_assert_max_num_queries):
    client.force_login(person_with_role(Role.PSYCHOMETRICIAN))
    MAKERS[table](published_version())
    with django_assert_max_num_queries(30) as captured:
        response = client.get(reverse(f"admin:scoring_{table}_changelist"))
    assert "Bank Kecil · versi 1" in response.content.decode()
    assert not [query["sql"] for query in captured if 'questionnaires_version"."document"' in query["sql"]]


def test_bank_editors_see_rules_and_no_statistics(client, version):
    calibration, norm = figures.calibration_set(version), figures.norm_set(version)
    addresses = [
        reverse("admin:scoring_calibrationset_change", args=[calibration.pk]),
        reverse("admin:scoring_normset_change", args=[norm.pk]),
    ]
    client.force_login(person_with_role(Role.BANK_EDITOR))
    assert [client.get(address).status_code for address in addresses] == [403, 403]
    client.force_login(person_with_role(Role.PSYCHOMETRICIAN))
    pages = [client.get(address) for address in addresses]
    assert [page.status_code for page in pages] == [200, 200]
    assert "Sebaran" not in pages[1].content.decode()
    assert "100 → 99, " in pages[1].content.decode()
