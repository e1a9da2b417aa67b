"""A share needs a NIP and the name that belongs to it; the name may be written as people write names."""

import pytest

from reports.sharing.naming import is_name_of, words_of


@pytest.mark.parametrize(
    "written",
    [
        "Siti Nur Rahmawati",
        "siti nur rahmawati",
        "  Siti   Rahmawati ",
        "Rahmawati, Siti",
        "Dr. Siti Nur Rahmawati, S.T., M.Si.",
        "Siti Rahmawati ST MSi",
        "Síti Rahmawati",
    ],
)
def test_a_name_is_known_in_any_spelling_with_or_without_titles(written):
    assert is_name_of(written, name="Siti Nur Rahmawati", titles="Dr. S.T., M.Si.")


@pytest.mark.parametrize(
    "written",
    [
        "",
        "   ",
        "...",
        "Siti",
        "Siti Siti",
        "Siti Aminah",
        "Dr. Siti",
        "S.T. M.Si.",
        "Siti Nur Rahmawati Aminah",
        "S N R",
    ],
)
def test_one_word_a_title_or_a_word_too_many_is_not_the_name(written):
    assert not is_name_of(written, name="Siti Nur Rahmawati", titles="Dr. S.T., M.Si.")


def test_a_single_name_is_enough_for_whoever_has_only_one():
    assert is_name_of("Suparman", name="Suparman")
    assert not is_name_of("Supar", name="Suparman")


def test_a_title_that_is_a_name_too_counts_as_the_name():
    assert is_name_of("Raden Ayu", name="Raden Ayu", titles="Raden")


def test_apostrophes_and_dots_do_not_divide_a_name():
    assert words_of("Ma’ruf, S.T.") == words_of("MA'RUF st") == ["maruf", "st"]
    assert is_name_of("Nur Jum'ah", name="Nur Jumah")


def test_nobody_is_found_without_a_name():
    assert not is_name_of("", name="")
    assert not is_name_of("Siti", name="")
