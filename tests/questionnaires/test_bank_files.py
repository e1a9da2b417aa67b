"""Reading and writing bank files: every problem at once, with its line; what is written reads back the same."""

import copy

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from questionnaires.bank_documents import complete, to_bank
from questionnaires.bank_files import read, write
from questionnaires.bank_files.reading import LARGEST_FILE
from questionnaires.version_document import content_hash, parse_document
from tests.factories.item_types import rich_bank
from tests.factories.questionnaires import small_bank, small_document


def yaml_of(bank):
    """A bank that may be broken, as a file: JSON is YAML, one value a line keeps the lines apart."""
    import json

    return json.dumps(bank, ensure_ascii=False, indent=1)


def messages(bank, **options):
    return [problem.message for problem in read(yaml_of(bank), filename="uji.yaml", **options).problems]


def item(bank, code):
    return next(i for section in bank["sections"] for i in section["items"] if i["code"] == code)


def test_the_small_bank_has_no_problem():
    bank_file = read(yaml_of(small_bank()), filename="uji.yaml")
    assert bank_file.problems == ()
    assert bank_file.document == small_document()
    assert parse_document(bank_file.document).slots[:2] == ("A1", "A2")


# --- Each thing that can be wrong ------------------------------------------------------------------------

BROKEN = [
    (lambda b: b.update(format="cermin-bank/9"), "Format “cermin-bank/9” tidak dikenal"),
    (lambda b: b.pop("scales"), "Kunci “scales” wajib ada."),
    (lambda b: b.update(warna="biru"), "Kunci “warna” tidak dikenal di sini."),
    (lambda b: b["questionnaire"]["title"].pop("en"), "Teks bahasa Inggris (en) belum ada."),
    (lambda b: b["questionnaire"]["title"].update(id="  "), "Teks bahasa Indonesia (id) masih kosong."),
    (
        lambda b: b["questionnaire"]["title"].update(id="x" * 121),
        "Panjangnya 121 karakter; paling banyak 120.",
    ),
    (lambda b: b["questionnaire"]["title"].update(id="a\u0000b"), "Ada karakter kendali"),
    (lambda b: b["questionnaire"].update(minutes=0), "Bilangannya 0; paling kecil 1."),
    (lambda b: b["questionnaire"].update(minutes="dua"), "Isinya harus berupa bilangan bulat, bukan “dua”."),
    (lambda b: b["questionnaire"].update(code="kode salah"), "hanya boleh berisi huruf, angka, - dan _."),
    (lambda b: b["questionnaire"].update(code="kode\n"), "hanya boleh berisi huruf, angka, - dan _."),
    (lambda b: b["sections"].clear(), "Daftar ini masih kosong."),
    (lambda b: b["sections"][0]["items"].clear(), "Daftar ini masih kosong."),
    (
        lambda b: b["response_sets"].append(b["response_sets"][0]),
        "Kode set jawaban “frekuensi” sudah dipakai",
    ),
    (lambda b: b["scales"].append(b["scales"][2]), "Kode skala “SD” sudah dipakai di atas."),
    (lambda b: b["sections"][1].update(code="A"), "Kode bagian “A” sudah dipakai di atas."),
    (lambda b: item(b, "B1").update(code="A1"), "Kode butir “A1” sudah dipakai di atas."),
    (
        lambda b: b["response_sets"][0]["options"][2].update(value=9),
        "Nilai pilihan harus 1, 2, 3, … berurutan",
    ),
    (lambda b: b["response_sets"][1]["options"].pop(), "harus mempunyai 7 pilihan, bukan 6."),
    (lambda b: b["response_sets"][0].update(positive_values=[4, 6]), "Nilai 6 tidak ada di set jawaban ini."),
    (lambda b: b["response_sets"][0].update(neutral_values=[4]), "Nilai 4 sekaligus positif dan netral."),
    (lambda b: b["scales"][0]["feedback"].pop("kuat"), "Umpan balik untuk kategori “kuat” belum ada."),
    (lambda b: b["scales"][0]["feedback"].update(jelek={}), "Kategori “jelek” tidak dikenal di sini."),
    (lambda b: b["scales"][0]["feedback"]["prioritas"]["tips"].pop(), "baru 2; paling sedikit 3."),
    (
        lambda b: b["scales"][2].update(feedback=b["scales"][0]["feedback"]),
        "Umpan balik hanya untuk dimensi, iklim,",
    ),
    (lambda b: b["scales"][1].update(parent="RAPI"), "Hanya skala berjenis facet yang mempunyai"),
    (lambda b: b["scales"][1].update(kind="facet", feedback=None), "harus menyebut dimensi induknya"),
    (
        lambda b: b["scales"][1].update(kind="facet", feedback=None, parent="X"),
        "Dimensi induk “X” tidak ada.",
    ),
    (lambda b: b["scales"][1].update(kind="facet", feedback=None, parent="SD"), "Induk “SD” bukan dimensi."),
    (lambda b: b["scales"][1].update(kind="facet", feedback=None, parent="PEKA"), "melingkar kembali"),
    (lambda b: b["scales"].append({**b["scales"][0], "code": "SEPI"}), "Skala ini belum mempunyai butir."),
    (lambda b: item(b, "A1").update(response_set="lain"), "Set jawaban “lain” tidak ada."),
    (lambda b: item(b, "A1").update(scale="LAIN"), "Skala “LAIN” tidak ada."),
    (lambda b: item(b, "A1").update(scale=None), "Butir ini belum mempunyai skala."),
    (lambda b: item(b, "A1").update(scale="SD"), "Butir isi tidak boleh berada di skala gaya menjawab “SD”."),
    (lambda b: item(b, "C2").update(scale="RAPI"), "harus berada di skala response_style"),
    (lambda b: item(b, "A1").update(key=2), "Kunci skor harus 1 atau -1, bukan “2”."),
    (lambda b: item(b, "A1").update(key=0), "Kunci skor harus 1 atau -1, bukan “0”."),
    (lambda b: item(b, "A1").update(weight=-1), "Bilangannya -1; paling kecil 0."),
    (lambda b: item(b, "A1").update(weight=0.125), "Bobot paling banyak dua angka di belakang koma."),
    (lambda b: [item(b, f"A{n}").update(weight=0) for n in (1, 2, 3, 4)], "Bobot semua butir skala ini nol"),
    (lambda b: item(b, "B4").pop("left"), "Butir dua kutub memerlukan teks kutub kiri (left)."),
    (lambda b: item(b, "B4").pop("right"), "Butir dua kutub memerlukan teks kutub kanan (right)."),
    (lambda b: item(b, "B4").update(response_set="frekuensi"), "memakai set jawaban berjenis bipolar"),
    (lambda b: item(b, "A1").update(response_set="kutub"), "memakai set jawaban berjenis bipolar"),
    (lambda b: item(b, "A1").update(left={"id": "x", "en": "x"}), "Hanya butir berjenis bipolar"),
    (lambda b: item(b, "B4").update(na_allowed=True), "tidak mempunyai na_label."),
    (lambda b: item(b, "C1").update(accept=[9]), "Nilai 9 di luar set jawabannya."),
    (lambda b: item(b, "C1").pop("accept"), "Butir perhatian harus menyebut nilai yang lulus (accept)."),
    (lambda b: item(b, "C1").update(scale="RAPI"), "Butir perhatian tidak termasuk skala mana pun"),
    (lambda b: item(b, "A1").update(accept=[1]), "Hanya butir perhatian (attention) yang mempunyai accept."),
    (
        lambda b: item(b, "A1").update(type="pilihan"),
        "“pilihan” tidak dikenal; pilihannya: likert, bipolar, sjt",
    ),
    (lambda b: item(b, "A1").pop("response_set"), "Kunci “response_set” wajib ada."),
    (
        lambda b: item(b, "A1").update(role="unscored"),
        "berjenis likert harus berperan content atau attention",
    ),
    (lambda b: item(b, "A1").update(longest=9), "Kunci “longest” tidak dipakai oleh butir berjenis likert."),
    (lambda b: item(b, "A1").update(level_target=6, competencies=["M.01"]), "Bilangannya 6; paling besar 5."),
    (lambda b: item(b, "A1").update(level_target=0, competencies=["M.01"]), "Bilangannya 0; paling kecil 1."),
    (lambda b: item(b, "A1").update(level_target=2), "tepat satu kompetensi PermenPANRB 38/2017"),
    (
        lambda b: item(b, "A1").update(level_target=2, competencies=["M.01", "M.02"]),
        "tepat satu kompetensi PermenPANRB 38/2017",
    ),
    (lambda b: item(b, "A1").update(level_target=2, competencies=["B.01"]), "tepat satu kompetensi"),
    (lambda b: item(b, "C1").update(level_target=1, competencies=["M.01"]), "Hanya butir isi (content)"),
    (lambda b: b["consistency_pairs"].append(["A1", "Z9"]), "Butir “Z9” pada pasangan ini tidak ada."),
    (lambda b: b["consistency_pairs"].append(["A2", "A2"]), "dua butir yang berbeda."),
    (lambda b: b["consistency_pairs"].append(["A4", "A1"]), "Pasangan ini sudah ada di atas."),
    (lambda b: b["consistency_pairs"].append(["A1"]), "Isinya 1; paling sedikit 2."),
]


@pytest.mark.parametrize(("break_it", "sentence"), BROKEN, ids=[sentence for _b, sentence in BROKEN])
def test_a_broken_bank_is_refused_with_a_sentence(break_it, sentence):
    bank = small_bank()
    break_it(bank)
    bank_file = read(yaml_of(bank), filename="uji.yaml")
    assert not bank_file.is_valid
    assert any(sentence in problem.message for problem in bank_file.problems), bank_file.problems
    assert all(problem.line for problem in bank_file.problems)


def test_one_mistake_is_reported_once():
    bank = small_bank()
    item(bank, "A1")["key"] = 7
    assert messages(bank) == ["Kunci skor harus 1 atau -1, bukan “7”."]


def test_an_unknown_competency_is_found_only_when_the_frameworks_are_known():
    bank = small_bank()
    item(bank, "A1")["competencies"] = ["M.99"]
    assert messages(bank) == []
    assert messages(bank, competency_codes={"M.01"}) == ["Kompetensi “M.99” tidak ada di kerangka mana pun."]


def test_all_problems_are_collected_with_their_lines():
    text = write(small_document()).splitlines()
    stem = next(n for n, line in enumerate(text) if "Saya melakukan hal A2." in line)
    pair = next(n for n, line in enumerate(text) if "[A1, A4]" in line)
    text[stem] = text[stem].replace("Saya melakukan hal A2.", "")
    text[pair] = text[pair].replace("A4", "Z9")
    bank_file = read("\n".join(text), filename="folder/uji.yaml")
    assert [problem.line for problem in bank_file.problems] == [stem + 1, pair + 1]
    assert bank_file.describe(bank_file.problems[0]) == (
        f"uji.yaml:{stem + 1}: butir A2 · sections[0].items[1].stem.id: Teks bahasa Indonesia (id) masih kosong."
    )


# --- Files that are no banks -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("source", "line", "sentence"),
    [
        ("a: 1\nb: [1, 2\nc: 3\n", 3, "Penulisan YAML di sini keliru"),
        ("a: 1\n---\nb: 2\n", 2, "lebih dari satu dokumen"),
        ("", None, "kosong"),
        ("- satu\n- dua\n", 1, "Isinya harus berupa kelompok kunci, bukan daftar."),
        ("42", 1, "Isinya harus berupa kelompok kunci"),
        ("[" * 5000, None, "bersarang terlalu dalam"),
        ("a: " + "[" * 30 + "]" * 30, None, "bersarang terlalu dalam"),
        ("- " * 30 + "x", None, "bersarang terlalu dalam"),
        ("format: cermin-bank/1\nformat: cermin-bank/1\n", 2, "Kunci “format” ditulis dua kali."),
        ("a: &x [1]\nb: *x\n", 1, "Jangkar dan alias YAML"),
        ("a: !!python/object:os.system x\n", 1, "Tanda jenis YAML"),
        ("? [a, b]\n: 1\n", 1, "Nama kunci harus berupa teks."),
        (b"a: \xff\n", 1, "bukan teks UTF-8"),
        ("a: \x07\n", None, "tidak dapat dibaca sebagai YAML"),
        (b"#" * (LARGEST_FILE + 1), None, "terlalu besar"),
    ],
)
def test_a_file_that_is_no_bank_is_refused_with_a_sentence(source, line, sentence):
    bank_file = read(source, filename="uji.yaml")
    assert not bank_file.is_valid
    found = [p for p in bank_file.problems if sentence in p.message]
    assert found, bank_file.problems
    assert line is None or found[0].line == line


def test_an_alias_bomb_is_not_unfolded():
    levels = "".join(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]\n" for n in range(1, 40))
    bank_file = read("a0: &a0 [x]\n" + levels, filename="bom.yaml")
    assert not bank_file.is_valid


def test_a_byte_order_mark_and_windows_line_ends_do_not_matter():
    text = write(small_document()).replace("\n", "\r\n")
    assert read(b"\xef\xbb\xbf" + text.encode(), filename="uji.yaml").document == small_document()


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3),
    max_leaves=5,
)


def positions(value, keys=()):
    yield keys
    children = (
        value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    )
    for key, child in children:
        yield from positions(child, (*keys, key))


@settings(max_examples=300, suppress_health_check=[HealthCheck.too_slow])
@given(place=st.sampled_from(sorted(positions(rich_bank()), key=str)), value=json_values)
def test_no_value_anywhere_makes_the_reader_fall_over(place, value):
    from questionnaires.bank_rules import check

    bank = rich_bank()
    target = bank
    for key in place[:-1]:
        target = target[key]
    if place:
        target[place[-1]] = value
    else:
        bank = value
    problems = check(bank, competency_codes=frozenset())
    if not any(problem.is_blocking for problem in problems):
        complete(bank)


# --- The round trip ----------------------------------------------------------------------------------------

sentences = (
    st.text(
        st.characters(exclude_categories=["Cs", "Cc"], include_characters="\n\t"), min_size=1, max_size=40
    )
    .map(lambda text: text.strip())
    .filter(bool)
)
pairs = st.fixed_dictionaries({"id": sentences, "en": sentences})
# A code stands on one line.
codes = (
    st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=20)
    .map(lambda text: text.strip())
    .filter(bool)
)


@st.composite
def banks(draw):
    """The small bank with other texts, weights, keys and optional parts."""
    bank = small_bank()
    for part in (bank["questionnaire"], *bank["scales"], *bank["sections"]):
        for key in ("title", "summary", "introduction", "name", "definition", "instruction"):
            if key in part:
                part[key] = draw(pairs)
    for entry in [i for section in bank["sections"] for i in section["items"]]:
        entry["stem"] = draw(pairs)
        entry["key"] = draw(st.sampled_from([1, -1]))
        entry["weight"] = draw(st.integers(min_value=1, max_value=99_999).map(lambda n: n / 100))
        entry["traits"] = draw(st.lists(codes, unique=True, max_size=3))
        if draw(st.booleans()):
            entry.pop("reflection", None)
    for option in bank["response_sets"][0]["options"]:
        option["anchor"] = draw(st.none() | pairs)
    bank["questionnaire"]["sources"] = draw(
        st.lists(st.sampled_from(["001", "1e3", "ya", "null", "0x1F"]), unique=True)
    )
    if draw(st.booleans()):
        bank.pop("consistency_pairs")
    return bank


@pytest.mark.parametrize(
    "code", ["?x", "- x", ": x", "#x", "[x", "'x", "!x", "@x", "%x", "1e3", "null", "ya"]
)
def test_a_code_that_looks_like_yaml_reads_back_the_same(code):
    bank = small_bank()
    bank["sections"][0]["items"][0]["traits"] = [code]
    document = complete(bank)
    assert read(write(document), filename="uji.yaml").document == document


@settings(max_examples=40, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(bank=banks())
def test_what_is_written_reads_back_the_same(bank):
    document = complete(copy.deepcopy(bank))
    text = write(document)
    bank_file = read(text, filename="uji.yaml")
    assert bank_file.is_valid, [str(problem) for problem in bank_file.problems]
    assert bank_file.document == document
    assert content_hash(bank_file.document) == content_hash(document)
    assert write(bank_file.document) == text
    assert complete(to_bank(document)) == document


def test_defaults_are_left_out_and_texts_stay_on_their_line():
    text = write(small_document())
    assert "na_allowed: false" not in text
    assert "role: content" not in text
    assert '          id: "Saya melakukan hal A1."\n' in text
    assert "    id: |-\n      Jawablah apa adanya.\n\n      Tidak ada jawaban salah.\n" in text


def test_a_document_whose_keys_come_in_another_order_is_written_the_same():
    def shuffled(value):
        if isinstance(value, dict):
            return {key: shuffled(value[key]) for key in sorted(value, reverse=True)}
        return [shuffled(each) for each in value] if isinstance(value, list) else value

    assert write(shuffled(small_document())) == write(small_document())


def test_a_text_without_its_blanks_is_the_same_text():
    bank = small_bank()
    bank["questionnaire"]["title"]["id"] = "  Bank Kecil\r\n"
    assert content_hash(complete(bank)) == content_hash(small_document())
