"""Small banks for the linter: one item changed, and what is said about it."""

from questionnaires.bank_rules import check
from tests.factories.questionnaires import small_bank


def findings(change):
    """The findings about the small bank after a change to it; the bank itself has none."""
    bank = small_bank()
    change(bank)
    return check(bank)


def codes(change):
    return [finding.code for finding in findings(change)]


def item(bank, code):
    return next(i for section in bank["sections"] for i in section["items"] if i["code"] == code)


def about_stem(stem, *, code="A1", **changes):
    """The rules that find something in an item with this stem."""

    def change(bank):
        item(bank, code).update(stem={"id": stem, "en": "In English."}, **changes)

    return codes(change)


def about_pole(pole):
    """The rules that find something in a pair with this left pole."""
    return codes(lambda bank: item(bank, "B4").update(left={"id": pole, "en": "In English."}))
