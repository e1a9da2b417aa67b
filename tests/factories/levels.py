"""A bank whose items were written for levels of PermenPANRB 38/2017, as plain values. :func:`levelled_bank` is the
small bank and::

    page K   K1a K1b K1c ... K5a K5b K5c   three items for each level of M.02, dimension RAPI (K1c reversed)
    page L   P1a P1b P1c  P2a P2b          three items for level 1 of M.05, two for level 2, dimension PEKA
"""

from tests.factories.questionnaires import CompetencyFactory, FrameworkFactory, small_bank

COLLABORATION, SERVICE = "M.02", "M.05"


def levelled_bank(*, code="bank-berjenjang") -> dict:
    """The small bank with items of levels. Yours to change."""
    bank = small_bank(code=code)
    rungs = [_item(f"K{level}{letter}", level, COLLABORATION) for level in range(1, 6) for letter in "abc"]
    rungs[2]["key"] = -1
    service = [
        _item(f"P{place}", int(place[0]), SERVICE, scale="PEKA") for place in ("1a", "1b", "1c", "2a", "2b")
    ]
    bank["sections"] += [_section("K", rungs), _section("L", service)]
    return bank


def load_competencies():
    """The two competencies that the bank speaks of."""
    framework = FrameworkFactory(code="permenpanrb-38-2017", name_ind="Standar Kompetensi Jabatan ASN")
    CompetencyFactory(
        framework=framework, code=COLLABORATION, name_ind="Kerja Sama", name_eng="Collaboration"
    )
    CompetencyFactory(
        framework=framework, code=SERVICE, name_ind="Pelayanan Publik", name_eng="Public service"
    )


def _item(code, level, competency, scale="RAPI"):
    return {
        "code": code,
        "type": "likert",
        "scale": scale,
        "response_set": "frekuensi",
        "stem": _text(f"Saya melakukan hal {code}.", f"I do the thing {code}."),
        "na_allowed": True,
        "competencies": [competency],
        "level_target": level,
        "traits": ["000-1a"],
        "reflection": _text("Kapan terakhir?", "When was the last time?"),
    }


def _section(code, items):
    return {
        "code": code,
        "title": _text(f"Bagian {code}", f"Section {code}"),
        "instruction": _text("Ingat 3 bulan terakhir.", "Recall the last 3 months."),
        "items": items,
    }


def _text(indonesian, english):
    return {"id": indonesian, "en": english}
