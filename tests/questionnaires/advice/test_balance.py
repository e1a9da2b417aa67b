"""Keys and sides: about a quarter reversed, half of the poles on each side, never three alike in a row."""

from tests.questionnaires.advice.banks import codes, findings, item


def more_pairs(bank, keys):
    pair = item(bank, "B4")
    pair["key"] = keys[0]
    bank["sections"].append({**bank["sections"][1], "code": "P", "items": []})
    bank["sections"][-1]["items"] = [
        {**pair, "code": f"P{n}", "key": key, "left": {"id": f"Saya {n}.", "en": "x"}}
        for n, key in enumerate(keys[1:])
    ]


def test_two_of_four_are_too_many_reversed_items():
    # Two of four are more than a third of the dimension; two of the seven rating items are more than a quarter.
    found = findings(lambda bank: item(bank, "A1").update(key=-1))
    assert [f.message for f in found] == [
        "Butir berskor terbalik ada 2 dari 4; sebaiknya tidak lebih dari sepertiga.",
        "Butir berskor terbalik ada 2 dari 7 di kuesioner ini; paling banyak satu dari empat.",
    ]


def test_a_long_dimension_without_a_reversed_item_is_advised_against():
    def change(bank):
        for each in bank["sections"][1]["items"][:3]:
            each["scale"] = "RAPI"
        item(bank, "A4")["key"] = 1

    assert "key-balance" in codes(change)  # RAPI now has seven straight items


def test_poles_on_one_side_are_advised_against():
    found = findings(lambda bank: more_pairs(bank, [-1, -1, 1, -1, -1]))
    assert [f.message for f in found if f.code == "side-balance"] == [
        "Kutub positif berada di kanan pada 1 dari 5 butir; usahakan separuh-separuh."
    ]
    assert "side-balance" not in codes(lambda bank: more_pairs(bank, [-1, 1, -1, 1]))


def test_three_sides_alike_in_a_row_are_advised_against():
    found = findings(lambda bank: more_pairs(bank, [-1, 1, 1, 1, -1, -1]))
    (run,) = [f for f in found if f.code == "alike-in-a-row"]
    assert run.message == "3 butir berturut-turut kutub positif di sisi yang sama; paling banyak 2."
    assert run.where == "butir P2"
    assert "alike-in-a-row" not in codes(lambda bank: more_pairs(bank, [-1, 1, 1, -1, -1, 1]))


def test_three_reversed_items_in_a_row_are_advised_against():
    def change(bank):
        for code in ("A2", "A3", "A4"):
            item(bank, code)["key"] = -1

    (run,) = [f for f in findings(change) if f.code == "alike-in-a-row"]
    assert run.message == "3 butir berturut-turut berskor terbalik; paling banyak 2."
