"""Filling in vignettes, choices and open texts, through the pages."""

import pytest
from django.urls import reverse

from assessments import actions, answers
from assessments.actions import StaleRevision
from assessments.models import Attempt, OpenText
from assessments.open_texts import mark
from questionnaires.document import load_document
from tests.factories.agencies import AgencyFactory, placed_person, root_of
from tests.factories.assessments import started_attempt
from tests.factories.item_types import rich_bank
from tests.factories.questionnaires import published_version

pytestmark = pytest.mark.django_db

VIGNETTES, CHOICES = 4, 5  # page numbers of the rich bank


@pytest.fixture
def version():
    return published_version(bank=rich_bank())


@pytest.fixture
def person():
    return placed_person(root_of(AgencyFactory()))


@pytest.fixture
def attempt(person, version):
    return started_attempt(person, version)


@pytest.fixture
def member(client, person):
    client.force_login(person)
    return client


def url_of(attempt, number):
    return reverse("assessments:section", args=[attempt.public_id, number])


def stored(attempt):
    return answers.decode(load_document(attempt.version_id), Attempt.objects.get(pk=attempt.pk).answers)


def post(member, attempt, number, *, base=None, go="next", **fields):
    section = load_document(attempt.version_id).sections[number - 1]
    token = answers.page_token(section, stored(attempt) if base is None else base)
    body = {"base": token, "go": go, **{name.replace("__", ":"): value for name, value in fields.items()}}
    return member.post(url_of(attempt, number), body)


def test_a_page_of_vignettes_is_saved_slot_by_slot(member, attempt):
    response = post(
        member, attempt, VIGNETTES, D1="B", D2__best="A", D2__worst="D", D3__A="5", D3__C="2", D4="A"
    )
    assert response.status_code == 302
    assert stored(attempt) == {
        "D1": "B",
        "D2": {"best": "A", "worst": "D"},
        "D3": {"A": 5, "C": 2},
        "D4": "A",
    }


def test_a_part_that_was_not_posted_stays_as_it_was(member, attempt):
    post(member, attempt, VIGNETTES, D2__best="A", D2__worst="D", D3__A="5")
    post(member, attempt, VIGNETTES, D2__best="B", D3__B="1")
    assert stored(attempt) == {"D2": {"best": "B", "worst": "D"}, "D3": {"A": 5, "B": 1}}


def test_one_action_cannot_be_best_and_worst_and_nothing_chosen_is_lost(member, attempt):
    response = post(member, attempt, VIGNETTES, D1="C", D2__best="A", D2__worst="A")
    assert response.status_code == 400
    page = response.content.decode()
    assert "Pilih dua tindakan yang berbeda" in page
    assert page.count('value="C" checked') == 1
    assert page.count('value="A"') > 2
    assert 'name="D2:best" value="A" aria-describedby' in page
    assert stored(attempt) == {}


def test_an_action_moved_to_the_other_side_leaves_its_old_side_open(member, attempt):
    post(member, attempt, VIGNETTES, D2__best="A", D2__worst="D")
    assert post(member, attempt, VIGNETTES, D2__worst="A").status_code == 302
    assert stored(attempt)["D2"] == {"worst": "A"}


@pytest.mark.parametrize("fields", [{"D1": "Z"}, {"D2__best": "Z"}, {"D3__A": "6"}, {"E1": "A"}])
def test_a_forged_option_is_refused_and_nothing_changes(member, attempt, fields):
    assert post(member, attempt, VIGNETTES, **fields).status_code == 400
    assert stored(attempt) == {}


def test_choices_and_a_text_are_saved(member, attempt):
    response = post(
        member, attempt, CHOICES, E1="B", E3="C", E4="Belajar\r\nmenulis.", E4__seen=mark(""), go="autosave"
    )
    assert response.json()["seen"] == {"E4": mark("Belajar\nmenulis.")}
    assert stored(attempt) == {"E1": "B", "E3": "C"}
    assert OpenText.objects.get().text == "Belajar\nmenulis."


def test_an_emptied_text_is_taken_away(member, attempt):
    post(member, attempt, CHOICES, E4="Sementara", E4__seen=mark(""))
    post(member, attempt, CHOICES, E4=" ", E4__seen=mark("Sementara"))
    assert not OpenText.objects.exists()


def test_a_text_that_another_tab_changed_is_not_overwritten_unseen(member, attempt):
    post(member, attempt, CHOICES, E4="Dari tab kiri", E4__seen=mark(""))
    response = post(member, attempt, CHOICES, E4="Dari tab kanan", E4__seen=mark(""))
    assert response.status_code == 409
    page = response.content.decode()
    assert "dijawab berbeda" in page
    assert "Dari tab kanan" in page
    assert OpenText.objects.get().text == "Dari tab kiri"
    # The redrawn page has seen the other text, so the next press decides.
    post(member, attempt, CHOICES, E4="Dari tab kanan", E4__seen=mark("Dari tab kiri"))
    assert OpenText.objects.get().text == "Dari tab kanan"


def test_a_text_that_is_too_long_is_kept_on_the_page_with_its_length(member, attempt):
    response = post(member, attempt, CHOICES, E4="a" * 10_000, E4__seen=mark(""))
    assert response.status_code == 400
    page = response.content.decode()
    assert "panjangnya 10000 karakter; paling panjang 1000" in page
    assert "a" * 10_000 in page
    assert not OpenText.objects.exists()


def test_a_text_is_shown_as_text(member, attempt):
    post(member, attempt, CHOICES, E4="<script>alert(1)</script>", E4__seen=mark(""))
    for url in (url_of(attempt, CHOICES), reverse("assessments:review", args=[attempt.public_id])):
        page = member.get(url).content.decode()
        assert "<script>alert" not in page
        assert "&lt;script&gt;alert" in page


def test_a_stale_save_writes_no_text(attempt):
    with pytest.raises(StaleRevision):
        actions.save_answers(
            attempt=attempt, patch={}, seen_revision=7, by=attempt.person, texts={"E4": "Terlambat"}
        )
    assert not OpenText.objects.exists()


def test_the_review_says_each_answer_in_words(member, attempt):
    post(member, attempt, VIGNETTES, D1="B", D2__best="A", D3__A="5")
    page = member.get(reverse("assessments:review", args=[attempt.public_id])).content.decode()
    assert "Tindakan B." in page
    assert "Paling tepat:" in page
    assert "Sangat tepat" in page
    assert "Dikosongkan" in page


def test_pages_without_texts_do_not_ask_for_any(member, attempt, django_assert_num_queries):
    member.get(url_of(attempt, 1))
    with django_assert_num_queries(3):  # session, person with roles, attempt
        member.get(url_of(attempt, 1))
    with django_assert_num_queries(4):
        member.get(url_of(attempt, CHOICES))


@pytest.mark.parametrize("number", [VIGNETTES, CHOICES])
def test_no_page_before_sending_tells_a_key_or_a_reason(member, attempt, number):
    for page in (
        member.get(url_of(attempt, number)),
        post(member, attempt, number, go="autosave"),
        member.get(reverse("assessments:review", args=[attempt.public_id])),
    ):
        text = page.content.decode()
        assert "Rahasia" not in text
        assert "effectiveness" not in text
        assert "4.6" not in text
