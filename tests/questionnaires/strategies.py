"""Banks that hypothesis makes up: odd characters, line breaks, texts that look like something else."""

import re

from hypothesis import strategies as st

from tests.factories.item_types import rich_bank
from tests.factories.questionnaires import small_bank

# What a spreadsheet or YAML would gladly take for a formula, a date, a number, an escape or markup.
LOOKALIKES = [
    *(
        "=1+1",
        "+62",
        "-",
        "- x",
        "@SUM(A1)",
        "'teks",
        "''",
        '"',
        '"a", b',
        "1-2",
        "2026-11-25",
        "1e3",
        "007",
        "TRUE",
    ),
    *(
        "null",
        "ya",
        "#REF!",
        "_x0041_",
        "_x005F_",
        "x005F_",
        "<r><t>x</t></r>",
        "&lt;",
        "%{x}",
        "${a}",
        "a\n\nb",
        "\t",
    ),
    *("001-2d", "3/4", "a, b", ";", "\u2028x", "x\ufffe", "😀", "‮abc", "é", "x" * 120),
]

_prose = st.text(
    st.characters(exclude_categories=["Cs", "Cc"], include_characters="\n\t"), min_size=1, max_size=40
)
# hypothesis takes words from our own sources too, and a bank with these two is refused (questionnaires.bank_advice).
_VERDICTS = re.compile("ukses|gagal", re.IGNORECASE)
sentences = (
    (_prose | st.sampled_from(LOOKALIKES))
    .map(str.strip)
    .filter(lambda text: text and not _VERDICTS.search(text))
)
pairs = st.fixed_dictionaries({"id": sentences, "en": sentences})
# A code stands on one line and is short.
codes = (
    (
        st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=20)
        | st.sampled_from([each for each in LOOKALIKES if len(each) <= 20])
    )
    .map(str.strip)
    .filter(bool)
)
weights = st.integers(min_value=1, max_value=99_999).map(lambda n: n / 100)
item_codes = st.from_regex(r"[A-Za-z0-9][A-Za-z0-9_-]{0,11}", fullmatch=True)


@st.composite
def banks(draw):
    """The small bank with other texts, codes, weights, keys and optional parts."""
    bank = small_bank()
    for part in (bank["questionnaire"], *bank["scales"], *bank["sections"]):
        for key in ("title", "summary", "introduction", "name", "definition", "instruction"):
            if key in part:
                part[key] = draw(pairs)
    for scale in bank["scales"]:
        for band in (scale.get("feedback") or {}).values():
            band["meaning"] = draw(pairs)
            band["tips"][0] = {"text": draw(pairs), "method": "coaching", "jp": draw(st.integers(0, 900))}
    items = [item for section in bank["sections"] for item in section["items"]]
    new_codes = draw(st.lists(item_codes, min_size=len(items), max_size=len(items), unique=True))
    names = dict(zip([item["code"] for item in items], new_codes, strict=True))
    for item in items:
        item["code"] = names[item["code"]]
        item["stem"] = draw(pairs)
        item["key"] = draw(st.sampled_from([1, -1]))
        item["weight"] = draw(weights)
        item["traits"] = draw(st.lists(codes, unique=True, max_size=3))
        if draw(st.booleans()):
            item.pop("reflection", None)
    for option in bank["response_sets"][0]["options"]:
        option["anchor"] = draw(st.none() | pairs)
    bank["response_sets"][0]["positive_values"] = draw(st.permutations([4, 5]))
    bank["questionnaire"]["sources"] = draw(st.lists(codes, unique=True, max_size=3))
    bank["consistency_pairs"] = [[names[first], names[second]] for first, second in bank["consistency_pairs"]]
    if draw(st.booleans()):
        bank.pop("consistency_pairs")
    return bank


ratings = st.integers(min_value=100, max_value=500).map(lambda n: n / 100)


@st.composite
def banks_of_every_type(draw):
    """The rich bank (vignettes, forced choice, single choice, open text) with other texts, ratings and figures."""
    bank = rich_bank()
    for section in bank["sections"]:
        section["instruction"] = draw(pairs)
        for item in section["items"]:
            item["stem"] = draw(pairs)
            if "vignette" in item:
                item["vignette"] = draw(pairs)
            _draw_options(draw, item)
            if item["type"] in ("likert", "bipolar") and item.get("role", "content") == "content":
                level = draw(st.none() | st.integers(1, 5))
                item |= {"level_target": level, "competencies": ["M.01"]} if level else {}
            if item["type"] == "open_text":
                item["longest"] = draw(st.integers(1, 2000))
            if "panel" in item:
                item["panel"]["experts"] = draw(st.integers(8, 40))
                item["panel"]["icc"] = draw(st.integers(80, 99)) / 100
            if "desirability" in item:
                item["desirability"] = {
                    "left": draw(ratings),
                    "right": draw(ratings),
                    "experts": draw(st.integers(8, 40)),
                }
    return bank


def _draw_options(draw, item):
    """Other texts everywhere; of a vignette other reasons and ratings, the first of which leads as a panel's must."""
    options = item.get("options", ())
    for place, option in enumerate(options):
        option["text"] = draw(pairs)
        if "reason" in option:
            option["reason"] = draw(pairs)
            option["effectiveness"] = 4.6 if place == 0 else draw(ratings.filter(lambda rating: rating <= 4))
