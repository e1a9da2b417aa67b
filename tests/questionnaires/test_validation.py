"""Problems of a draft."""

import pytest

from questionnaires import actions
from questionnaires.policies import PolicyError
from questionnaires.validation import find_problems
from tests.factories.questionnaires import draft_version


@pytest.mark.django_db
def test_the_problems_of_a_draft_name_their_place_and_blocking_ones_come_first():
    version = draft_version()
    version.items.filter(code="A1").update(reflection_ind="", reflection_eng="")
    version.items.filter(code="B1").update(stem_eng="")
    version.items.filter(code="A2").update(accept=[{"x": 1}])
    problems = find_problems(version)
    assert [(problem.where, problem.is_blocking) for problem in problems] == [
        ("butir A2", True),  # not a number
        ("butir A2", True),  # not an attention item
        ("butir B1", True),
        ("butir A1", False),
    ]


@pytest.mark.django_db
def test_what_nobody_may_be_asked_stops_a_publication_and_advice_does_not():
    version = draft_version()
    version.items.filter(code="A1").update(stem_ind="Saya mendukung partai yang memerintah.")
    version.items.filter(code="A2").update(stem_ind="Saya mencatat dan mengirim laporan.")
    problems = find_problems(version)
    assert [(p.code, p.is_blocking) for p in problems] == [("party", True), ("double-barrelled", False)]
    with pytest.raises(PolicyError, match="pilihan politik"):
        actions.submit_for_review(version=version, by=version.last_edited_by)
    version.items.filter(code="A1").update(stem_ind="Saya menyapa setiap tamu lebih dahulu.")
    assert (
        actions.submit_for_review(version=version, by=version.last_edited_by).status
        == version.Status.IN_REVIEW
    )
