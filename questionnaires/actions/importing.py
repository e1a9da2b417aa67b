"""From a bank file to a draft."""

from django.db import transaction

from audit.actions import record
from questionnaires import importing, policies
from questionnaires.actions.versions import open_version
from questionnaires.models import Questionnaire, Version
from questionnaires.rows import head_fields, write_rows
from questionnaires.validation import find_document_problems


@transaction.atomic
def import_bank(*, bank_file, by, base=None):
    """Makes a draft of a bank file, and its questionnaire where there is none yet.

    Content that is there already (published, retired, or as the open draft) is left alone.

    Args:
        base: ``ImportPlan.base`` of the dry run that the person saw; None where there was none.

    Returns:
        ``(version, created)``: the version that holds the content, and whether it was made now.

    Raises:
        HasProblems: something in the file blocks it.
        PolicyError: another draft of the questionnaire is open, or the newest version is not the one of ``base``.
    """
    policies.check_problems(bank_file.problems)
    document = bank_file.document
    policies.check_problems(find_document_problems(document))
    code = document["questionnaire"]["code"]
    questionnaire, is_new = Questionnaire.objects.get_or_create(code=code)
    Questionnaire.objects.select_for_update().get(pk=questionnaire.pk)
    newest = None if is_new else importing.newest_version(code)
    if base is not None:
        importing.check_base(newest, base)
    same = importing.version_with_content(code, document)
    if same:
        return same, False
    importing.check_no_open_draft(newest)
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
