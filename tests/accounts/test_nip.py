from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accounts.nip import NipError, NipKind, mask, parse_nip

TODAY = date(2026, 11, 23)


def test_a_pns_number_is_taken_apart():
    nip = parse_nip("198609262015051001", today=TODAY)
    assert nip.kind is NipKind.PNS
    assert nip.born_on == date(1986, 9, 26)
    assert (nip.appointment_year, nip.appointment_month, nip.contract_number) == (2015, 5, None)
    assert (nip.sex_digit, nip.serial) == (1, 1)


def test_a_pppk_number_is_taken_apart():
    nip = parse_nip("200012312024211001", today=TODAY)
    assert nip.kind is NipKind.PPPK
    assert (nip.appointment_year, nip.appointment_month, nip.contract_number) == (2024, None, 1)


@pytest.mark.parametrize(
    "written",
    [
        "19860926 201505 1 001",
        "19860926.201505.1.001",
        "19860926-201505-1-001",
        "'198609262015051001",
        " 198609262015051001\n",
    ],
)
def test_blanks_dots_dashes_and_a_leading_apostrophe_do_not_matter(written):
    assert parse_nip(written, today=TODAY).number == "198609262015051001"


@pytest.mark.parametrize(
    ("written", "sentence"),
    [
        ("", "hanya berisi angka"),
        ("19860926201505100", "18 angka, sedangkan yang Anda isikan 17"),
        ("1986092620150510011", "yang Anda isikan 19"),
        ("19860926201505,001", "hanya berisi angka"),
        ("19860926201505A001", "hanya berisi angka"),
        ("١٩٨٦٠٩٢٦٢٠١٥٠٥١٠٠١", "hanya berisi angka"),  # digits, but not ours
        ("1.98609E+17", "lembar kerja"),
        ("1,98609E+17", "lembar kerja"),
        ("198602302015051001", "tanggal lahir yang nyata"),  # 30 February
        ("199913012015051001", "tanggal lahir yang nyata"),  # month 13
        ("202611242045051001", "masa depan"),  # born tomorrow
        ("198609262015001001", "01–12"),
        ("198609262015131001", "01–12"),
        ("198609262015201001", "21–29"),
        ("198609262015301001", "21–29"),
        ("198609262015053001", "ke-15"),
        ("198609262015050001", "ke-15"),
        ("198609262015051000", "000"),
        ("198609262000051001", "Tahun pengangkatan"),  # 14 years after birth
        ("198609262028051001", "Tahun pengangkatan"),  # the year after next
    ],
)
def test_an_impossible_number_gets_a_sentence(written, sentence):
    with pytest.raises(NipError, match=sentence.replace("(", r"\(")):
        parse_nip(written, today=TODAY)


def test_appointment_at_fifteen_and_next_year_are_the_limits():
    assert parse_nip("198609262001051001", today=TODAY).appointment_year == 1986 + 15
    assert parse_nip("198609262027051001", today=TODAY).appointment_year == 2026 + 1


def test_the_mask_shows_the_last_three_digits_only():
    assert mask("198609262015051001") == "•••••••••••••••001"
    assert str(parse_nip("198609262015051001", today=TODAY)) == "•••••••••••••••001"


@given(st.text(max_size=40))
def test_any_text_is_either_read_or_refused_with_a_sentence(text):
    try:
        nip = parse_nip(text, today=TODAY)
    except NipError as error:
        assert str(error).endswith(".")
    else:
        assert len(nip.number) == 18


@given(
    st.dates(min_value=date(1950, 1, 1), max_value=date(2005, 12, 31)),
    st.integers(15, 21),
    st.one_of(st.integers(1, 12), st.integers(21, 29)),
    st.sampled_from("12"),
    st.integers(1, 999),
)
def test_every_well_formed_number_is_read(born_on, age, appointment, sex, serial):
    number = f"{born_on:%Y%m%d}{born_on.year + age}{appointment:02d}{sex}{serial:03d}"
    nip = parse_nip(number, today=TODAY)
    assert (nip.born_on, nip.serial) == (born_on, serial)
    assert nip.kind is (NipKind.PPPK if appointment > 12 else NipKind.PNS)
