"""Length, pages, and what is missing (measurement.md section 1). Pure."""

from questionnaires.bank_advice.findings import advice, content_items, options, statements
from questionnaires.bank_view import items_of

LONGEST_STEM = 22  # words
# A vignette is read once and kept in mind while its options are weighed, on a phone.
LONGEST_VIGNETTE, LONGEST_OPTION = 75, 25
FEWEST_ITEMS_A_PAGE, MOST_ITEMS_A_PAGE = 4, 6
# A vignette fills a screen of its own, so two make a page.
FEWEST_VIGNETTES_A_PAGE, MOST_VIGNETTES_A_PAGE = 1, 3
FEWEST_ITEMS_A_DIMENSION = 3
# A name or a code may be the same word in both languages.
_SAME_IN_BOTH = 3  # words
SITUATIONAL = ("sjt_best", "sjt_best_worst", "sjt_rate")


def find(view):
    yield from _find_long_texts(view)
    yield from _find_uneven_pages(view)
    yield from _find_short_dimensions(view)
    yield from _find_missing_reflections(view)
    yield from _find_untranslated(view.bank, ())


def _find_long_texts(view):
    for item in view.items:
        judged = {(*item.keys, "stem", "id"): item.in_language("stem"), **dict(statements(item))}
        for keys, text in judged.items():
            yield from _find_long("long-stem", text, LONGEST_STEM, keys)
        if item.get("type") in SITUATIONAL:
            vignette = item.in_language("vignette")
            yield from _find_long("long-vignette", vignette, LONGEST_VIGNETTE, (*item.keys, "vignette", "id"))
            for keys, text in options(item):
                yield from _find_long("long-option", text, LONGEST_OPTION, keys)


def _find_long(code, text, longest, keys):
    words = len(text.split())
    if words > longest:
        yield advice(code, f"Panjangnya {words} kata; lebih dari {longest} kata sukar dibaca.", keys)


def _find_uneven_pages(view):
    for section in view.sections:
        items = items_of(section)
        vignettes = sum(item.get("type") in SITUATIONAL for item in items)
        fewest, most = (
            (FEWEST_VIGNETTES_A_PAGE, MOST_VIGNETTES_A_PAGE)
            if vignettes and vignettes == len(items)
            else (FEWEST_ITEMS_A_PAGE, MOST_ITEMS_A_PAGE)
        )
        if items and not fewest <= len(items) <= most:
            yield advice(
                "page-length",
                f"Bagian ini berisi {len(items)} butir; satu halaman sebaiknya {fewest}–{most} butir.",
                section.keys,
            )


def of_scale(view, scale):
    """The content items of a dimension and of its facets."""
    code = scale.text("code")
    codes = {code} | {other.text("code") for other in view.scales if other.get("parent") == code}
    return [item for item in content_items(view) if item.text("scale") in codes]


def _find_short_dimensions(view):
    for scale in view.scales:
        count = len(of_scale(view, scale))
        if scale.get("kind") in ("dimension", "climate") and 0 < count < FEWEST_ITEMS_A_DIMENSION:
            yield advice(
                "short-dimension",
                f"Dimensi ini baru mempunyai {count} butir; paling sedikit {FEWEST_ITEMS_A_DIMENSION} "
                "agar skornya berarti.",
                scale.keys,
            )


def _find_missing_reflections(view):
    for item in content_items(view):
        if item.get("type") in ("likert", "bipolar") and not item.in_language("reflection"):
            yield advice("no-reflection", "Pertanyaan refleksi belum ada.", (*item.keys, "reflection"))


def _find_untranslated(value, keys):
    """A missing language is a matter of shape; one text copied into both is found here."""
    if isinstance(value, list):
        for index, each in enumerate(value):
            yield from _find_untranslated(each, (*keys, index))
    elif isinstance(value, dict):
        indonesian, english = value.get("id"), value.get("en")
        if isinstance(indonesian, str) and indonesian == english and len(english.split()) > _SAME_IN_BOTH:
            yield advice(
                "untranslated", "Teks bahasa Inggris sama persis dengan teks Indonesianya.", (*keys, "en")
            )
        for key, each in value.items():
            yield from _find_untranslated(each, (*keys, key))
