"""What makes the options of an item, and the key of a vignette, fit to be used (measurement.md 1.4, 1.5). Pure."""

from questionnaires.problems import Problem, Severity, listed
from questionnaires.version_document import (
    BIPOLAR,
    FORCED_CHOICE,
    PANEL_KEY,
    SINGLE_CHOICE,
    SITUATIONAL_TYPES,
)

LETTERS = "ABCDEFGHI"
# Fewest and most options an item of each type offers.
OPTION_COUNTS = {
    **dict.fromkeys(SITUATIONAL_TYPES, (3, 6)),
    FORCED_CHOICE: (2, 6),
    SINGLE_CHOICE: (2, 9),
}
FEWEST_EXPERTS = 8
LOWEST_AGREEMENT = 0.80  # ICC(2,k) of the panel
# By how much the best action is more effective than the next one (points of 1..5).
CLEAR_LEAD = 0.5
LARGEST_SPREAD = 1.0  # SD of the experts' ratings of one option


def find_option_problems(view, item):
    """The problems of an item's options and of what its key rests on."""
    item_type = item.text("type")
    if item_type == BIPOLAR:
        yield from _find_decimal_problems(item.entry("desirability"), ("left", "right"), 2)
    if item_type not in OPTION_COUNTS:
        return
    options = item.entries_of("options")
    yield from _find_list_problems(item, options)
    if item_type == FORCED_CHOICE:
        yield from _find_statement_problems(view, item, options)
    elif item_type in SITUATIONAL_TYPES:
        if not item.has("vignette"):
            yield Problem("Butir situasional memerlukan situasi (vignette).", (*item.keys, "vignette"))
        yield from _find_action_problems(options)
        yield from _find_key_problems(item, options)
    for option in options:
        yield from _find_strange_key_problems(item_type, option)


def _find_list_problems(item, options):
    fewest, most = OPTION_COUNTS[item.text("type")]
    keys = (*item.keys, "options")
    if not item.has("options"):
        yield Problem("Butir ini belum mempunyai pilihan (options).", keys)
    elif options and not fewest <= len(options) <= most:
        yield Problem(
            f"Butir berjenis ini mempunyai {fewest} sampai {most} pilihan, bukan {len(options)}.", keys
        )
    codes = [option.text("code") for option in options]
    if codes != list(LETTERS[: len(codes)]):
        yield Problem("Kode pilihan harus A, B, C, … berurutan tanpa celah.", keys)


def _find_statement_problems(view, item, options):
    dimensions = []
    for option in options:
        keys = (*option.keys, "scale")
        code = option.get("scale")
        scale = view.scale_by_code.get(code)
        if code is None:
            yield Problem("Pernyataan ini harus menyebut dimensinya (scale).", keys)
        elif scale is None:
            yield Problem(f"Skala “{code}” tidak ada.", keys)
        elif scale.get("kind") != "dimension":
            yield Problem(f"“{code}” bukan dimensi; pilihan paksa membandingkan dimensi.", keys)
        elif code in dimensions:
            yield Problem(f"Dua pernyataan berasal dari dimensi yang sama (“{code}”).", keys)
        dimensions.append(code)


def _find_action_problems(options):
    for option in options:
        if not option.has("effectiveness"):
            yield Problem(
                "Tindakan ini belum mempunyai ketepatan (effectiveness, 1 sampai 5).",
                (*option.keys, "effectiveness"),
            )
        yield from _find_decimal_problems(option, ("effectiveness",), 2)
        if not option.has("reason"):
            yield Problem("Alasan tindakan ini (reason) belum ada.", (*option.keys, "reason"))


def _find_strange_key_problems(item_type, option):
    known = {FORCED_CHOICE: {"scale"}, SINGLE_CHOICE: set()}.get(item_type, {"effectiveness", "reason"})
    for key in sorted({"effectiveness", "reason", "scale"} - known):
        if option.has(key):
            yield Problem(f"Pilihan butir berjenis {item_type} tidak mempunyai {key}.", (*option.keys, key))


def _find_key_problems(item, options):
    """The best action must stand out; a panel's key must be that of enough experts who agree."""
    is_panel = item.get("key_basis") == PANEL_KEY
    keys = (*item.keys, "options")
    ratings = sorted(o.number("effectiveness") for o in options if o.number("effectiveness") is not None)
    if len(ratings) >= 2 and len(ratings) == len(options):
        lead = round(ratings[-1] - ratings[-2], 4)
        if ratings[0] == ratings[-1]:
            yield Problem("Ketepatan semua tindakan sama, sehingga tidak ada yang dapat dinilai.", keys)
        elif lead <= 0:
            yield Problem(
                "Harus ada satu tindakan yang paling tepat; dua tindakan teratas bernilai sama.", keys
            )
        elif lead < CLEAR_LEAD:
            yield Problem(
                f"Tindakan terbaik hanya {_said(lead)} lebih tepat daripada yang berikutnya; "
                f"paling sedikit {_said(CLEAR_LEAD)}.",
                keys,
                severity=Severity.BLOCKING if is_panel else Severity.WARNING,
            )
    if is_panel:
        yield from _find_panel_problems(item, options)
    elif item.has("panel"):
        yield Problem("Angka panel hanya untuk kunci panel (key_basis: panel).", (*item.keys, "panel"))


def _find_panel_problems(item, options):
    panel, keys = item.entry("panel"), (*item.keys, "panel")
    if not item.has("panel"):
        yield Problem("Kunci panel harus menyertakan jumlah ahli, ICC(2,k), dan simpangan bakunya.", keys)
        return
    yield from _find_decimal_problems(panel, ("icc",), 3)
    experts, icc, spread = panel.number("experts"), panel.number("icc"), panel.entry("sd")
    if experts is not None and experts < FEWEST_EXPERTS:
        yield Problem(
            f"Panel baru {_said(experts)} ahli; paling sedikit {FEWEST_EXPERTS}.", (*keys, "experts")
        )
    if icc is not None and icc < LOWEST_AGREEMENT:
        yield Problem(
            f"Kesepakatan panel ICC(2,k) {_said(icc)}; paling sedikit {_said(LOWEST_AGREEMENT)}.",
            (*keys, "icc"),
        )
    codes = [option.text("code") for option in options]
    missing = [code for code in codes if code and not spread.has(code)]
    if missing:
        yield Problem(f"Simpangan baku untuk pilihan {listed(missing)} belum ada.", (*keys, "sd"))
    for code in spread.names:
        yield from _find_decimal_problems(spread, (code,), 2)
        if code not in codes:
            yield Problem(f"Pilihan “{code}” tidak ada.", (*keys, "sd", code))
        elif (spread.number(code) or 0) > LARGEST_SPREAD:
            yield Problem(
                f"Pendapat ahli tentang pilihan {code} terlalu beragam: simpangan baku "
                f"{_said(spread.number(code))}; paling besar {_said(LARGEST_SPREAD)}.",
                (*keys, "sd", code),
            )


def _find_decimal_problems(entry, names, places):
    for name in names:
        value = entry.number(name)
        if value is not None and round(value, places) != value:
            words = {2: "dua", 3: "tiga"}[places]
            yield Problem(f"Paling banyak {words} angka di belakang koma.", (*entry.keys, name))


def _said(value) -> str:
    """A number as Indonesian writes it: 0,5."""
    return f"{value:g}".replace(".", ",")
