"""Length, pages and what is missing."""

import re
from pathlib import Path

from django.conf import settings

from questionnaires import bank_advice
from tests.questionnaires.advice.banks import about_pole, about_stem, codes, findings, item


def words(count):
    return " ".join(["kata"] * count)


def test_a_long_stem_is_advised_against():
    # 23 words are one more than the 22 of the writing rules.
    assert about_stem(words(22)) == []
    assert about_stem(words(23)) == ["long-stem"]
    assert about_pole(words(23)) == ["long-stem"]


def test_a_page_of_seven_items_is_advised_against():
    def change(bank):
        first = item(bank, "A1")
        bank["sections"][0]["items"] += [
            {**first, "code": f"X{n}", "stem": {"id": f"Saya melakukan X{n}.", "en": "x"}} for n in range(3)
        ]

    (finding,) = findings(change)
    assert finding.message == "Bagian ini berisi 7 butir; satu halaman sebaiknya 4–6 butir."


def test_a_dimension_of_two_items_is_advised_against():
    def change(bank):
        for each in bank["sections"][0]["items"][2:]:
            each["scale"] = "PEKA"

    assert "short-dimension" in codes(change)


def test_a_missing_reflection_is_advised_against():
    assert codes(lambda bank: item(bank, "A1").pop("reflection")) == ["no-reflection"]


def test_a_text_copied_into_both_languages_is_found():
    same = "Saya membaca aturan sebelum menjawab."
    assert codes(lambda bank: item(bank, "A1")["stem"].update(id=same, en=same)) == ["untranslated"]
    # A name may be the same in both.
    assert codes(lambda bank: bank["questionnaire"]["title"].update(id="Cermin ASN", en="Cermin ASN")) == []


def test_a_missing_language_stops_publication():
    (finding,) = findings(lambda bank: item(bank, "A1")["stem"].pop("en"))
    assert finding.is_blocking
    assert finding.code == "structure"


def test_vignettes_have_limits_of_their_own():
    from questionnaires.bank_advice.layout import find
    from questionnaires.bank_view import BankView

    def about(vignette, option):
        vignettes = [
            {
                "code": "V1",
                "type": "sjt_best",
                "vignette": {"id": words(vignette), "en": "x"},
                "stem": {"id": "Mana yang paling tepat?", "en": "x"},
                "options": [{"code": "A", "text": {"id": words(option), "en": "x"}}],
            }
        ]
        return [f.code for f in find(BankView({"sections": [{"code": "A", "items": vignettes}]}))]

    assert about(75, 25) == []
    assert about(76, 26) == ["long-vignette", "long-option"]


def test_the_page_of_rules_names_every_rule_and_no_other():
    source = "".join(
        path.read_text(encoding="utf-8") for path in Path(bank_advice.__file__).parent.glob("*.py")
    )
    in_code = set(re.findall(r'(?:advice|refusal)\(\s*"([a-z-]+)"', source)) | set(
        re.findall(r'_find_long\("([a-z-]+)"', source)
    )
    page = (settings.BASE_DIR / "docs" / "content-rules.md").read_text(encoding="utf-8")
    rows = [line.split("|")[1] for line in page.splitlines() if line.startswith("| `")]
    on_page = {code for row in rows for code in re.findall(r"`([a-z-]+)`", row)}
    assert on_page == in_code | {"structure"}
