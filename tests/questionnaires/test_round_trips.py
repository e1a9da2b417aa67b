"""A bank goes into the database and comes out again, as YAML and as a workbook, the same to the last character."""

import copy

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from questionnaires import actions
from questionnaires.bank_documents import complete
from questionnaires.bank_files import read, write, write_workbook
from questionnaires.document import build_document
from questionnaires.version_document import content_hash
from tests.factories.accounts import UserFactory
from tests.factories.questionnaires import CompetencyFactory
from tests.questionnaires.strategies import banks, banks_of_every_type

pytestmark = pytest.mark.django_db

SLOW = settings(
    max_examples=12,
    suppress_health_check=[
        HealthCheck.too_slow,
        HealthCheck.data_too_large,
        HealthCheck.function_scoped_fixture,  # the database, which every example leaves as it was
    ],
)
every_bank = st.one_of(banks(), banks_of_every_type())


def read_whole(source, name):
    bank_file = read(source, filename=name)
    assert bank_file.is_valid, [str(problem) for problem in bank_file.problems if problem.is_blocking]
    return bank_file


def through_the_database(bank_file):
    """The document of the draft that the file becomes; the database is left as it was."""
    with transaction.atomic():
        CompetencyFactory(code="M.01")
        version, created = actions.import_bank(bank_file=bank_file, by=UserFactory())
        assert created
        document = build_document(version)
        transaction.set_rollback(True)
    return document


@SLOW
@given(bank=every_bank)
def test_yaml_to_the_database_and_back_loses_nothing(bank):
    text = write(complete(copy.deepcopy(bank)))
    document = through_the_database(read_whole(text, "uji.yaml"))
    assert write(document) == text
    assert content_hash(document) == content_hash(complete(bank))


@SLOW
@given(bank=every_bank)
def test_a_workbook_to_the_database_and_back_loses_nothing(bank):
    document = complete(copy.deepcopy(bank))
    stored = through_the_database(read_whole(write_workbook(document), "uji.xlsx"))
    assert stored == document
    again = read_whole(write_workbook(stored), "uji.xlsx").document
    assert again == document
    assert content_hash(again) == content_hash(document)
