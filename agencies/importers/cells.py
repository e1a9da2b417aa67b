"""Single cells of a roster, as people and spreadsheets write them."""

import re
from datetime import date, timedelta

_MONTHS = {
    name: number
    for number, names in enumerate(
        [
            ("januari", "jan", "january"), ("februari", "feb", "pebruari", "february"), ("maret", "mar", "march"),
            ("april", "apr"), ("mei", "may"), ("juni", "jun", "june"), ("juli", "jul", "july"),
            ("agustus", "agu", "agt", "ags", "august", "aug"), ("september", "sep", "sept"),
            ("oktober", "okt", "october", "oct"), ("november", "nov", "nopember", "nop"),
            ("desember", "des", "december", "dec"),
        ],
        start=1,
    )
    for name in names
}  # fmt: skip
# Day 1 of spreadsheets; the two days more than the calendar's are their leap year of 1900.
_SPREADSHEET_EPOCH = date(1899, 12, 30)
_SERIALS = range(14_611, 73_415)  # 1940 to 2100
_BLANKS = re.compile(r"\s+")
_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_EMAIL = re.compile(r"[^@\s<>()\"',;]+@[^@\s<>()\"',;]+\.[A-Za-z]{2,}")
_YES, _NO = {"ya", "y", "yes", "1", "true", "benar"}, {"tidak", "t", "no", "n", "0", "false", "bukan", "-"}


def clean(text: str) -> str:
    """The text in one line, without signs that cannot be seen; a lone dash means nothing."""
    text = _BLANKS.sub(" ", _CONTROLS.sub("", text.replace("\u00a0", " "))).strip()
    return "" if text in {"-", "–", "NULL", "null", "N/A", "#N/A"} else text


def read_date(text: str) -> date | None:
    """The day that a cell means, or None: ISO, day first, with an Indonesian month, or a spreadsheet's number."""
    text = re.sub(r"[ T]\d{1,2}[:.]\d{2}([:.]\d{2})?(\.\d+)?$", "", text.strip())
    number = re.fullmatch(r"(\d{5})([.,]0+)?", text)
    if number and int(number[1]) in _SERIALS:
        return _SPREADSHEET_EPOCH + timedelta(days=int(number[1]))
    if found := re.fullmatch(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})", text):
        return _day(found[1], found[2], found[3])
    if found := re.fullmatch(r"(\d{1,2})[-/. ](\d{1,2})[-/. ](\d{4})", text):
        return _day(found[3], found[2], found[1])
    if (found := re.fullmatch(r"(\d{1,2})[-/. ]+([A-Za-z]+)[-/. ]+(\d{4})", text)) and (
        month := _MONTHS.get(found[2].casefold())
    ):
        return _day(found[3], month, found[1])
    return None


def read_yes_no(text: str) -> bool | None:
    """What a cell says, or None if it says neither."""
    word = text.casefold()
    return True if word in _YES else False if word in _NO else None


def is_email(text: str) -> bool:
    return len(text) <= 254 and _EMAIL.fullmatch(text) is not None


def unit_code(text: str) -> str:
    """A unit's code as it is kept: what is no letter, digit, dash or underscore becomes a dash."""
    text = re.sub(r"\.0+$", "", text) if re.fullmatch(r"\d+\.0+", text) else text
    return re.sub(r"[^A-Za-z0-9_-]+", "-", text).strip("-")


def _day(year, month, day):
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None
