"""What the database holds of scoring material: frozen rules, samples that are large enough, one row a thing."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection, transaction
from django.db.models import ProtectedError
from django.urls import reverse
from django.utils import timezone

from agencies.models import Role
from questionnaires.version_document import content_hash
from scoring.actions import publish_rule
from scoring.freezing import RULE_GUARD
from scoring.models import Calibration, NormTable, ScoringRule
from tests.factories.accounts import UserFactory
from tests.factories.agencies import person_with_role
from tests.factories.questionnaires import published_version
from tests.questionnaires.refusals import refused_by

pytestmark = pytest.mark.django_db

NOW = timezone.now()


def published_rule(code="bank-kecil"):
    return publish_rule(version=published_version(code=code), by=UserFactory())


def calibration(*, version, **fields):
    fields = {"sample_size": 100, "item_count": 14, "scale_code": "RAPI", "frozen_at": NOW} | fields
    return Calibration.objects.create(
        version=version, sample="Contoh.", mean=60, standard_deviation=12, reliability=0.8, **fields
    )


def norm_table(*, version, **fields):
    fields = {"sample_size": 200, "population": "JF", "scale_code": "RAPI", "frozen_at": NOW} | fields
    return NormTable.objects.create(
        version=version, mean=60, standard_deviation=12, frequencies=[[60, 200]], **fields
    )


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


@pytest.mark.parametrize(
    ("constraint", "make"), [("calibration_unique", calibration), ("norm_table_unique", norm_table)]
)
def test_the_same_figures_are_frozen_once(constraint, make):
    version = published_version()
    make(version=version)
    make(version=version, scale_code="PEKA")
    refused_by(constraint, lambda: make(version=version))


@pytest.mark.parametrize(
    ("constraint", "make", "too_small"),
    [
        ("calibration_sample_large_enough", calibration, {"sample_size": 99}),
        # 15 items x 7 people = 105
        ("calibration_sample_large_enough", calibration, {"sample_size": 104, "item_count": 15}),
        ("norm_table_sample_large_enough", norm_table, {"sample_size": 199}),
    ],
)
def test_figures_of_too_few_people_are_not_kept(constraint, make, too_small):
    version = published_version()
    make(version=version)  # the smallest sample that will do
    refused_by(constraint, lambda: make(version=version, scale_code="PEKA", **too_small))


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
    "calibration": lambda version: calibration(version=version),
    "normtable": lambda version: norm_table(version=version),
}


@pytest.mark.parametrize("table", MAKERS)
def test_the_lists_take_no_more_queries_for_more_rows(client, table, django_assert_max_num_queries):
    client.force_login(person_with_role(Role.BANK_EDITOR))
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
    client.force_login(person_with_role(Role.BANK_EDITOR))
    MAKERS[table](published_version())
    with django_assert_max_num_queries(30) as captured:
        response = client.get(reverse(f"admin:scoring_{table}_changelist"))
    assert "Bank Kecil · versi 1" in response.content.decode()
    assert not [query["sql"] for query in captured if 'questionnaires_version"."document"' in query["sql"]]
