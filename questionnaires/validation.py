"""What still stands between a version and its publication."""

from questionnaires import bank_rules
from questionnaires.bank_documents import to_bank
from questionnaires.document import build_document
from questionnaires.models import Competency
from questionnaires.problems import Problem


def find_problems(version) -> list[Problem]:
    """Every problem of a version, blocking ones first.

    The rules are those of bank files: what can be published can be exported and imported again.
    """
    problems = find_document_problems(build_document(version))
    return sorted(problems, key=lambda problem: not problem.is_blocking)


def find_document_problems(document) -> list[Problem]:
    """The problems of a document that is already built, in the order of the form."""
    return bank_rules.check(to_bank(document), competency_codes=competency_codes())


def competency_codes() -> frozenset[str]:
    """Every competency that scales and items may be mapped onto."""
    return frozenset(Competency.objects.values_list("code", flat=True))
