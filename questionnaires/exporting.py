"""A version in the formats that leave the product: the bank itself, and forms for the tools of others."""

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from questionnaires import bank_files, policies
from questionnaires.document import build_document
from questionnaires.problems import blocking
from questionnaires.validation import find_document_problems

# The first line of every YAML that leaves; the workbook says the same on its first sheet.
KEY_NOTE = (
    "# Kunci di berkas ini adalah kunci penyusun, belum divalidasi panel ahli, "
    "kecuali butir dengan key_basis: panel.\n"
)


@dataclass(frozen=True)
class Format:
    """One format: how it is called, what its files end in, and how a version is written.

    ``is_form``: goes to respondents, so it holds nothing of the key, and needs a version without blocking problems.
    """

    label: str
    about: str
    suffix: str
    content_type: str
    write: Callable
    is_form: bool = False


FORMATS = {
    "yaml": Format(
        "YAML",
        gettext_lazy("Bank lengkap dengan kunci; dapat diimpor kembali."),
        ".yaml",
        "application/yaml; charset=utf-8",
        lambda document, version: KEY_NOTE + bank_files.write(document),
    ),
    "xlsx": Format(
        "XLSX",
        gettext_lazy("Bank lengkap dengan kunci sebagai lembar kerja; dapat diisi dan diimpor kembali."),
        ".xlsx",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        lambda document, version: bank_files.write_workbook(document),
    ),
    "xlsform": Format(
        "XLSForm",
        gettext_lazy("Formulir tanpa kunci untuk ODK dan KoboToolbox."),
        "-xlsform.xlsx",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        lambda document, version: bank_files.write_xlsform(document, form_version=str(version.number)),
        is_form=True,
    ),
    "surveyjs": Format(
        "SurveyJS",
        gettext_lazy("Formulir tanpa kunci untuk SurveyJS."),
        "-surveyjs.json",
        "application/json; charset=utf-8",
        lambda document, version: bank_files.write_surveyjs(document),
        is_form=True,
    ),
}


def export(version, name) -> bytes:
    """A version in one of :data:`FORMATS`.

    Raises:
        PolicyError: a form of a version that still has blocking problems, or a text too long for a cell.
    """
    chosen = FORMATS[name]
    document = version.document or build_document(version)
    if chosen.is_form and not version.document and blocking(find_document_problems(document)):
        raise policies.PolicyError(
            _(
                "Versi ini masih mempunyai masalah yang menghalangi penerbitan, jadi belum dapat menjadi formulir. "
                "Bereskan dahulu, atau ekspor sebagai YAML."
            )
        )
    try:
        written = chosen.write(document, version)
    except bank_files.TooLongForACell as error:
        raise policies.PolicyError(str(error)) from None
    return written.encode() if isinstance(written, str) else written


def file_name(version, name) -> str:
    """What the file of an export is called."""
    return f"{version.questionnaire.code}-v{version.number}{FORMATS[name].suffix}"
