"""The banks that ship: they load, publish and travel. What they ask about: test_content.py."""

from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command

from questionnaires.bank_files import read, write
from questionnaires.document import load_document
from questionnaires.models import Competency, Version
from questionnaires.version_document import content_hash

FOLDER = settings.BASE_DIR / "fixtures" / "banks"
BANKS = sorted(FOLDER.glob("*.yaml"))
WRITTEN = {path.stem: path for path in BANKS}


def document_of(path: Path):
    return read(path.read_bytes(), filename=path.name).document


@pytest.mark.parametrize("path", WRITTEN.values(), ids=WRITTEN)
def test_a_written_bank_has_neither_problem_nor_advice_against_it(path):
    bank_file = read(path.read_bytes(), filename=path.name)
    assert [bank_file.describe(problem) for problem in bank_file.problems] == []
    assert bank_file.document["questionnaire"]["code"] == path.stem


@pytest.mark.parametrize("path", WRITTEN.values(), ids=WRITTEN)
def test_a_bank_written_and_read_again_has_the_same_hash(path):
    document = document_of(path)
    again = read(write(document), filename=path.name).document
    assert content_hash(again) == content_hash(document)


@pytest.mark.django_db
def test_the_shipped_banks_load_publish_and_travel(tmp_path):
    call_command("import_frameworks")
    assert Competency.objects.count() == 9 + 7  # eight managerial and one sociocultural, seven values
    call_command("import_bank", *map(str, BANKS), publish=True)
    published = {version.questionnaire.code: version for version in Version.objects.all()}
    assert set(published) == set(WRITTEN)
    for code, version in published.items():
        assert version.status == Version.Status.PUBLISHED
        assert load_document(version.pk).questionnaire == code
        exported = tmp_path / f"{code}.yaml"
        call_command("export_bank", code, output=exported)
        assert content_hash(document_of(exported)) == version.content_hash
        call_command("import_bank", str(exported), publish=True)
    assert Version.objects.count() == len(published)
    call_command("verify_versions")
