"""The banks that ship: they load, publish, travel and cover their source documents."""

from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command

from questionnaires.bank_files import read, write
from questionnaires.document import load_document
from questionnaires.models import Competency, Version
from questionnaires.version_document import content_hash, parse_document

FOLDER = settings.BASE_DIR / "fixtures" / "banks"
BANKS = sorted(FOLDER.glob("*.yaml"))
WRITTEN = {path.stem: path for path in BANKS}

# The codes of the trait map of the source documents: every one must be asked about by at least one item.
TRAITS = {
    "kontras-perilaku": "000-1a 000-1b 000-2a 000-2b 000-3 000-4 000-5a 000-5b 000-6a 000-6b 000-6c 000-7 000-8 000-9",
    "tiga-kepemimpinan": (
        "001-1a 001-1b 001-1c 001-1d 001-1e 001-1f 001-2a 001-2b 001-2c 001-2d 001-2e 001-2f 001-2g "
        "001-3a 001-3b 001-3c 001-4 001-5"
    ),
    "jiwa-melayani": (
        "002-1a 002-1b 002-1c 002-1d 002-2 002-3 002-4a 002-4b 002-5a 002-5b 002-6a 002-6b 002-6c 002-7 002-8 002-9"
    ),
    "budaya-kerja": (
        "003-1a 003-1b 003-1c 003-2a 003-2b 003-2c 003-3a 003-3b 003-3c 003-3d 003-3e 003-4a 003-4b 003-4c 003-4d "
        "003-5a 003-5b 003-5c 003-6a 003-6b 003-6c 003-6d 003-7a 003-7b 003-8"
    ),
    "asn-masa-depan": (
        "004-1a 004-1b 004-1c 004-2a 004-2b 004-2c 004-2d 004-2e 004-2f 004-3a 004-3b 004-3c 004-4a 004-4b 004-4c "
        "004-5 004-6a 004-6b 004-7 004-8 004-9 004-10 004-11 004-12 004-13 004-14"
    ),
}


def document_of(path: Path):
    return read(path.read_bytes(), filename=path.name).document


@pytest.mark.parametrize("code", sorted(TRAITS))
def test_every_trait_of_the_source_document_is_asked_about(code):
    document = parse_document(document_of(WRITTEN[code]))
    tagged = {trait for item in document.items if item.role == "content" for trait in item.traits}
    assert set(TRAITS[code].split()) - tagged == set()


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
    assert set(published) == set(WRITTEN) == set(TRAITS)
    for code, version in published.items():
        assert version.status == Version.Status.PUBLISHED
        assert load_document(version.pk).questionnaire == code
        exported = tmp_path / f"{code}.yaml"
        call_command("export_bank", code, output=exported)
        assert content_hash(document_of(exported)) == version.content_hash
        call_command("import_bank", str(exported), publish=True)
    assert Version.objects.count() == len(published)
    call_command("verify_versions")
