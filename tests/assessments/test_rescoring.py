"""Scoring a closed campaign again: beside what was told, once, to the end even after a kill, and told in numbers."""

import json
from dataclasses import replace
from fractions import Fraction
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from assessments import rescoring, sheets
from assessments.models import Attempt, ScoreSheet
from assessments.rescoring import CannotRescore, rescore_campaign
from audit.models import AuditEvent
from scoring.actions import publish_rule
from scoring.rules import STANDARD_RULE
from scoring.selectors import plan_of
from tests.factories.assessments import open_campaign
from tests.factories.questionnaires import published_version
from tests.factories.samples import closed_campaign
from tests.factories.scoring import calibration_set, norm_set

pytestmark = pytest.mark.django_db

PEOPLE = 23


@pytest.fixture
def version():
    return published_version()


@pytest.fixture
def campaign(version):
    return closed_campaign(version, people=PEOPLE)


def higher_cuts():
    """The standard rule with every cut but the lowest ten points higher: nobody can come into a higher band."""
    bands = [replace(band, minimum=band.minimum and band.minimum + 10) for band in STANDARD_RULE.bands]
    return replace(STANDARD_RULE, bands=tuple(bands))


def told():
    return list(ScoreSheet.objects.filter(number=ScoreSheet.TOLD).order_by("pk").values())


def again():
    return ScoreSheet.objects.exclude(number=ScoreSheet.TOLD)


def shown(sheet, code):
    return sheets.unpack(plan_of(sheet.rule_id), [sheet.scores]).person(0)[code]


def run(campaign, *arguments):
    out = StringIO()
    call_command("rescore_campaign", campaign.code, *arguments, stdout=out)
    return out.getvalue()


def test_new_sheets_stand_beside_what_people_were_told(campaign, version):
    before = told()
    rule = publish_rule(version=version, by=None, rule=higher_cuts())
    calibration, norm = calibration_set(version), norm_set(version)
    [changes] = rescore_campaign(campaign=campaign, by=None)

    assert told() == before
    assert changes.people == changes.written == again().count() == PEOPLE
    for sheet in again():
        assert (sheet.number, sheet.rule, sheet.calibration, sheet.norm) == (2, rule, calibration, norm)


def test_the_report_counts_who_came_into_another_band(campaign, version):
    publish_rule(version=version, by=None, rule=higher_cuts())
    [changes] = rescore_campaign(campaign=campaign, by=None)
    first = {sheet.attempt_id: sheet for sheet in ScoreSheet.objects.filter(number=1)}
    for code, counted in changes.scales.items():
        fallen = sum(
            shown(sheet, code).band != shown(first[sheet.attempt_id], code).band for sheet in again()
        )
        assert (counted.band_up, counted.band_down) == (0, fallen)
        assert (counted.same, counted.moved, counted.gained, counted.lost) == (PEOPLE, 0, 0, 0)
    assert any(counted.band_down for counted in changes.scales.values())


def test_the_report_counts_who_got_another_score_or_lost_it(campaign, version):
    """As if an earlier engine had told everybody the scores of one person, and to two of them none."""
    plan = plan_of(ScoreSheet.objects.first().rule_id)
    rows = list(ScoreSheet.objects.order_by("pk"))
    full = sheets.unpack(plan, [rows[0].scores])
    empty = sheets.unpack(plan, [rows[0].scores])
    empty.numerator[:], empty.denominator[:], empty.status[:] = 0, 0, 2
    ScoreSheet.objects.all().delete()
    for place, row in enumerate(rows):
        row.scores, row.engine_version = sheets.pack(empty if place < 2 else full), "0"
    ScoreSheet.objects.bulk_create(rows)

    [changes] = rescore_campaign(campaign=campaign, by=None)
    old = full.person(0)["RAPI"].display
    now = [shown(sheet, "RAPI").display for sheet in again().order_by("attempt_id")]
    assert (changes.scales["RAPI"].gained, changes.scales["RAPI"].lost) == (2, 0)
    assert changes.scales["RAPI"].moved == sum(display != old for display in now[2:]) > 0
    assert changes.scales["RAPI"].same == sum(display == old for display in now[2:])


def test_what_is_scored_with_the_present_figures_already_is_passed_over(campaign, version):
    [changes] = rescore_campaign(campaign=campaign, by=None)
    assert (changes.people, changes.written) == (PEOPLE, 0)
    assert not again().exists()
    assert not AuditEvent.objects.filter(event="campaign.rescored").exists()


def test_a_run_that_was_killed_is_finished_by_the_next_and_does_nothing_twice(campaign, version, monkeypatch):
    publish_rule(version=version, by=None, rule=higher_cuts())
    monkeypatch.setattr(rescoring, "BATCH", 5)

    def killed(done, total):
        if done >= 10:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        rescore_campaign(campaign=campaign, by=None, progress=killed)
    assert again().count() == 10
    [changes] = rescore_campaign(campaign=campaign, by=None)
    assert (changes.people, changes.written) == (PEOPLE, PEOPLE - 10)
    assert again().count() == PEOPLE
    assert set(again().values_list("number", flat=True)) == {2}


def test_a_dry_run_says_the_same_and_writes_nothing(campaign, version):
    publish_rule(version=version, by=None, rule=higher_cuts())
    [tried] = rescore_campaign(campaign=campaign, by=None, is_dry_run=True)
    assert not again().exists()
    [done] = rescore_campaign(campaign=campaign, by=None)
    assert tried.scales == done.scales
    assert (tried.written, done.written) == (0, PEOPLE)


def test_a_third_set_of_figures_is_a_third_sheet(campaign, version):
    publish_rule(version=version, by=None, rule=higher_cuts())
    rescore_campaign(campaign=campaign, by=None)
    calibration_set(version)
    rescore_campaign(campaign=campaign, by=None)
    assert ScoreSheet.objects.filter(number=3).count() == PEOPLE


def test_progress_is_told_after_every_batch(campaign, monkeypatch):
    monkeypatch.setattr(rescoring, "BATCH", 10)
    steps = []
    rescore_campaign(campaign=campaign, by=None, progress=lambda done, total: steps.append((done, total)))
    assert steps == [(10, PEOPLE), (20, PEOPLE), (PEOPLE, PEOPLE)]


def test_scores_again_are_those_that_the_engine_gives_one_person(campaign, version):
    calibration_set(version)
    rescore_campaign(campaign=campaign, by=None)
    for sheet in again():
        first = ScoreSheet.objects.get(attempt=sheet.attempt_id, number=1)
        assert bytes(sheet.scores) == bytes(first.scores)
        assert isinstance(shown(sheet, "RAPI").score, Fraction)


def test_the_trail_tells_it_once_without_scores(campaign, version):
    calibration_set(version)
    rescore_campaign(campaign=campaign, by=None)
    event = AuditEvent.objects.get(event="campaign.rescored")
    assert event.detail == {"sheets": PEOPLE}


def test_an_open_campaign_is_refused(version):
    with pytest.raises(CannotRescore, match="belum ditutup"):
        rescore_campaign(campaign=open_campaign(version), by=None)


def test_a_campaign_that_nobody_answered_is_refused(version):
    with pytest.raises(CannotRescore, match="Belum ada jawaban"):
        rescore_campaign(campaign=closed_campaign(version, people=0), by=None)


# --- the command --------------------------------------------------------------------------------------------------


def test_the_command_says_what_changed_and_writes_it_down(campaign, version, tmp_path):
    publish_rule(version=version, by=None, rule=higher_cuts())
    file = tmp_path / "perubahan.json"
    said = run(campaign, "--report", str(file))
    [written] = json.loads(file.read_text())
    assert f"{PEOPLE} pengisian, {PEOPLE} lembar skor baru" in said

    assert f"{written['scales']['RAPI']['band_down']} kategori turun" in said
    assert (written["people"], written["written"]) == (PEOPLE, PEOPLE)


def test_nothing_is_said_about_fewer_people_than_the_smallest_group(version, tmp_path):
    campaign = closed_campaign(version, people=9)
    publish_rule(version=version, by=None, rule=higher_cuts())
    file = tmp_path / "perubahan.json"
    said = run(campaign, "--report", str(file))
    assert "kurang dari 10 orang" in said
    assert "RAPI" not in said
    [written] = json.loads(file.read_text())
    assert written["scales"] is written["quality"] is None
    assert again().count() == 9


def test_the_dry_run_of_the_command_says_that_it_is_one(campaign):
    calibration_set(campaign.instruments.get().version)
    assert "tidak ada yang ditulis" in run(campaign, "--dry-run")
    assert not again().exists()


def test_a_report_that_cannot_be_written_is_refused_before_anything_is_scored(campaign, tmp_path):
    calibration_set(campaign.instruments.get().version)
    for report, sentence in (
        (tmp_path, "itu direktori, bukan berkas"),
        (tmp_path / "tiada" / "laporan.json", "berkas atau direktorinya tidak ada"),
    ):
        with pytest.raises(CommandError, match=sentence):
            run(campaign, "--report", report)
    assert not again().exists()


def test_a_refused_campaign_leaves_an_earlier_report_alone(version, tmp_path):
    still_open = open_campaign(version)
    earlier, new = tmp_path / "lama.json", tmp_path / "baru.json"
    earlier.write_text("lama", encoding="utf-8")
    for report in (earlier, new):
        with pytest.raises(CommandError, match="belum ditutup"):
            run(still_open, "--report", report)
    assert earlier.read_text(encoding="utf-8") == "lama"
    assert not new.exists()


def test_an_unknown_campaign_is_named(db):
    with pytest.raises(CommandError, match="“tidak-ada” tidak ada"):
        call_command("rescore_campaign", "tidak-ada")


def test_the_number_of_queries_of_a_batch_does_not_grow_with_its_people(version, django_assert_num_queries):
    few, many = closed_campaign(version, people=3), closed_campaign(version, people=30, seed=2)
    calibration_set(version)
    rescore_campaign(campaign=few, by=None, is_dry_run=True)  # plan and document are in memory now
    with django_assert_num_queries(10) as counted:
        rescore_campaign(campaign=few, by=None)
    with django_assert_num_queries(len(counted)):
        rescore_campaign(campaign=many, by=None)
    assert Attempt.objects.count() == 33
