"""From a bank file to a draft."""

from django.db import transaction
from django.utils.translation import gettext as _

from audit.actions import record
from questionnaires import policies
from questionnaires.actions.versions import open_version
from questionnaires.document import build_document, content_hash
from questionnaires.models import Questionnaire, Version
from questionnaires.rows import head_fields, write_rows
from questionnaires.validation import find_document_problems


@transaction.atomic
def import_bank(*, bank_file, by):
    """Makes a draft of a bank file, and its questionnaire where there is none yet.

    Content that is there already (published, retired, or as the open draft) is left alone.

    Returns:
        ``(version, created)``: the version that holds the content, and whether it was made now.

    Raises:
        HasProblems: something in the file blocks it.
        PolicyError: another draft of the questionnaire is open.
    """
    policies.check_problems(bank_file.problems)
    document = bank_file.document
    policies.check_problems(find_document_problems(document))
    questionnaire, is_new = Questionnaire.objects.get_or_create(code=document["questionnaire"]["code"])
    if not is_new:
        same = _version_with_content(questionnaire, document)
        if same:
            return same, False
        _check_no_open_draft(questionnaire)
    version = open_version(
        questionnaire=questionnaire,
        by=by,
        derived_from=questionnaire.versions.filter(status=Version.Status.PUBLISHED).first(),
        **head_fields(document),
    )
    write_rows(version, document)
    detail = {"number": version.number, "file": bank_file.filename}
    record(event="version.imported", by=by, target=version, detail=detail)
    return version, True


def _version_with_content(questionnaire, document):
    digest = content_hash(document)
    frozen = questionnaire.versions.filter(content_hash=digest).order_by("-number").first()
    if frozen:
        return frozen
    draft = questionnaire.versions.filter(status__in=Version.OPEN).first()
    return draft if draft and content_hash(build_document(draft)) == digest else None


def _check_no_open_draft(questionnaire):
    draft = questionnaire.versions.filter(status__in=Version.OPEN).first()
    if draft:
        raise policies.PolicyError(
            _(
                "Kuesioner “%(code)s” sudah mempunyai draf (versi %(number)d) dengan isi yang lain. "
                "Terbitkan atau hapus draf itu sebelum mengimpor."
            )
            % {"code": questionnaire.code, "number": draft.number}
        )
