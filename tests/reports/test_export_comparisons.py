"""Comparisons and learning needs in files: what the pages say of every unit, and nothing else."""

import io

import pytest
from django.urls import reverse
from pypdf import PdfReader

from reports.results import freeze_all
from tests.factories import assessments as campaigns
from tests.factories.agencies import AgencyFactory, analyst_of, placed_person, root_of
from tests.factories.exports import export_of, file_of, table_of
from tests.factories.item_types import rich_bank
from tests.factories.questionnaires import published_version
from tests.reports.worlds import frozen_world, second_wave

pytestmark = pytest.mark.django_db

COMPARED, NEEDED = "Pembanding", "Kebutuhan belajar"


def lines_of(made, unit="", *, kind):
    release = made.campaign.releases.get()
    export = export_of(release, made.units[unit], by=made.analyst)
    return [line for line in table_of(export) if line["Jenis angka"] == kind]


def page_of(client, made, name, unit):
    client.force_login(made.analyst)
    address = [made.campaign.public_id, made.agency.code, made.units[unit].code]
    return client.get(reverse(f"reports:{name}", args=address)).context["content"]


def told_by(page):
    """(scale, beside what, figure, direction) of everything on a page of comparisons."""
    for row in (row for table in page.tables for row in table.rows):
        for name, beside in (
            ("Induk", row.parent),
            ("Median instansi sejenis", row.median),
            ("Periode sebelumnya", row.previous),
        ):
            if beside:
                yield row.scale.code, name, beside.display, beside.words
        if row.upper_quartile is not None:
            yield row.scale.code, "Kuartil atas instansi sejenis", str(row.upper_quartile), ""


def told_in(lines, unit):
    return [
        (line["Kode"], line["Kelompok"], line["Angka"], line["Keterangan"])
        for line in lines
        if line["Kode unit"] == unit
    ]


def test_every_unit_is_compared_as_on_its_page(client):
    sizes = {"": 12, "utara": 30, "selatan": 24, "selatan/pantai": 14, "selatan/bukit": 12, "kecil": 4}
    made = frozen_world(
        sizes, answers={"utara": 5, "selatan/pantai": 2}, version=published_version(bank=rich_bank())
    )
    lines = lines_of(made, kind=COMPARED)
    seen = set()
    for name, unit in made.units.items():
        expected = sorted(told_by(page_of(client, made, "comparisons", name)))
        assert sorted(told_in(lines, unit.code)) == expected
        seen |= {(name, direction) for _scale, _beside, _figure, direction in expected}
    assert {("utara", "lebih tinggi"), ("selatan/pantai", "lebih rendah")} <= seen
    assert not told_in(lines, "kecil")


def test_a_part_of_the_agency_is_compared_with_what_stands_above_it(client):
    made = frozen_world({"besar/utara": 12, "besar/selatan": 24, "lain": 15}, answers={"besar/utara": 5})
    lines = lines_of(made, "besar/utara", kind=COMPARED)
    expected = sorted(told_by(page_of(client, made, "comparisons", "besar/utara")))
    assert expected and sorted(told_in(lines, "besar-utara")) == expected


def test_the_wave_before_stands_beside_the_units_that_were_there(client):
    made = frozen_world({"utara": 30, "selatan": 20})
    made = second_wave(made, made.version, 5)
    lines = lines_of(made, kind=COMPARED)
    before = [line for line in lines if line["Kelompok"] == "Periode sebelumnya"]
    assert {line["Kode unit"] for line in before} == {made.units[""].code, "utara"}
    assert "naik" in {line["Keterangan"] for line in before}
    for name in ("", "utara"):
        expected = sorted(told_by(page_of(client, made, "comparisons", name)))
        assert sorted(told_in(lines, made.units[name].code)) == expected


def test_agencies_of_the_same_kind_stand_beside_the_agency_as_a_whole():
    version = published_version()
    places = [AgencyFactory() for _n in range(8)]
    people = [placed_person(root_of(agency)) for agency in places for _n in range(30)]
    campaign = campaigns.open_campaign(version, people=people)
    for number, person in enumerate(people):
        campaigns.submitted_attempt(person, version, campaign=campaign, default=2 + number // 30 % 4)
    freeze_all(campaign=campaigns.close(campaign), by=None)
    release = campaign.releases.get(agency=places[3])
    lines = table_of(export_of(release, root_of(places[3]), by=analyst_of(places[3])))
    told = [line for line in told_in(lines, root_of(places[3]).code) if line[0] == "RAPI"]
    assert ("RAPI", "Median instansi sejenis", "56", "lebih tinggi") in told
    assert ("RAPI", "Kuartil atas instansi sejenis", "66", "") in told


def test_learning_needs_are_those_of_the_pages(client):
    made = frozen_world({"utara": 30, "selatan": 24}, answers={"utara": 2, "selatan": 5})
    lines = lines_of(made, kind=NEEDED)
    for name in ("", "utara", "selatan"):
        areas = page_of(client, made, "learning", name).areas
        expected = [
            (area.code, suggestion.method, str(suggestion.jp), suggestion.text.id)
            for area in areas
            for suggestion in area.suggestions
        ]
        assert told_in(lines, made.units[name].code) == expected
        assert bool(expected) == (name != "selatan")


def test_the_printed_report_compares_too():
    made = frozen_world({"utara": 12, "selatan": 24}, answers={"utara": 5})
    export = export_of(made.campaign.releases.get(), made.units["utara"], by=made.analyst, form="pdf")
    text = " ".join(
        " ".join(page.extract_text() for page in PdfReader(io.BytesIO(file_of(export))).pages).split()
    )
    assert "Rapi 75 67 (lebih tinggi)" in text
