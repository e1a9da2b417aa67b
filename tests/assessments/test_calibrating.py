"""Calibrations and norms of a closed campaign: who is counted, what a scale needs, what a dry run leaves alone."""

from collections import Counter
from fractions import Fraction
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from assessments import calibrating
from assessments.calibrating import NoSample, calibration_findings, instruments_of, norm_findings, sample_of
from assessments.models import ScoreSheet
from assessments.sheets import unpack
from audit.models import AuditEvent
from scoring.actions import NothingToFreeze
from scoring.models import Calibration, CalibrationSet, NormSet, NormTable
from scoring.norms import percentile_rank
from scoring.selectors import calibration_of, norms_of, plan_of
from tests.factories.agencies import AgencyFactory, add_unit, root_of
from tests.factories.assessments import open_campaign
from tests.factories.questionnaires import published_version
from tests.factories.samples import closed_campaign, one_factor_answers

pytestmark = pytest.mark.django_db


@pytest.fixture
def version():
    return published_version()


def sample(campaign):
    [instrument] = instruments_of(campaign)
    return sample_of(campaign, instrument)


def finding(findings, code):
    return next(entry for entry in findings if entry.scale.code == code)


def run(command, campaign, *arguments):
    out = StringIO()
    call_command(command, campaign.code, *arguments, stdout=out)
    return out.getvalue()


# --- Who is counted ------------------------------------------------------------------------------------------


def test_low_rated_answers_are_left_out_and_counted(version):
    made = sample(closed_campaign(version, people=12, low=3))
    assert (made.people, made.left_out) == (9, 3)
    assert made.facts().quality_version == "1"


def test_a_campaign_that_still_takes_answers_gives_no_sample(version):
    with pytest.raises(NoSample, match="belum ditutup"):
        sample(open_campaign(version))


def test_a_campaign_that_nobody_answered_gives_no_sample(version):
    with pytest.raises(NoSample, match="Belum ada jawaban"):
        sample(closed_campaign(version, people=0))


def test_contributors_are_agencies_where_five_take_part(version):
    contributors = sample(closed_campaign(version, people=11)).facts().contributors
    assert sorted(contributors.values()) == [2, 2, 2, 2, 3]


def test_contributors_are_units_below_the_top_where_few_agencies_take_part(version):
    top = root_of(AgencyFactory(code="kab-satu"))
    health = add_unit(top, "dinkes")
    clinic = add_unit(health, "puskesmas")
    campaign = closed_campaign(version, people=9, units=[top, health, clinic], agency=top.agency)
    # the clinic belongs to the unit right below the top, the top stands for itself
    assert sample(campaign).facts().contributors == Counter({"kab-satu/dinkes": 6, f"kab-satu/{top.code}": 3})


# --- What a scale needs --------------------------------------------------------------------------------------


@pytest.mark.parametrize(("people", "is_frozen"), [(99, False), (100, True)])
def test_a_calibration_needs_a_hundred_people(version, people, is_frozen):
    found = finding(calibration_findings(sample(closed_campaign(version, people=people))), "RAPI")
    assert (found.value is not None) == is_frozen
    if not is_frozen:
        assert found.refusals == ("Perlu sedikitnya 100 orang yang menjawab semua 4 butir; ada 99.",)


@pytest.mark.parametrize(("people", "is_frozen"), [(199, False), (200, True)])
def test_a_norm_needs_two_hundred_people(version, people, is_frozen):
    found = finding(norm_findings(sample(closed_campaign(version, people=people))), "RAPI")
    assert (found.value is not None) == is_frozen
    if not is_frozen:
        assert found.refusals == ("Kelompok pembanding harus sedikitnya 200 orang.",)


def test_a_norm_needs_five_contributors_of_which_none_is_the_half(version):
    units = [root_of(AgencyFactory()) for _n in range(5)]
    few = closed_campaign(version, people=204, units=units[:2])
    assert "sedikitnya 5 instansi" in finding(norm_findings(sample(few)), "RAPI").refusals[0]
    lopsided = closed_campaign(version, people=200, units=[units[0]] * 5 + units[1:])
    # 112 of 200 from the first
    [reason] = finding(norm_findings(sample(lopsided)), "RAPI").refusals
    assert "lebih dari separuh" in reason


def test_people_without_an_answer_to_every_item_are_in_no_calibration(version):
    def answer(document, rng):
        given = one_factor_answers(document, rng)
        return {code: value for code, value in given.items() if code != "A1"} if rng.random() < 0.5 else given

    found = calibration_findings(sample(closed_campaign(version, people=120, answer=answer)))
    assert finding(found, "RAPI").value is None
    assert finding(found, "PEKA").value.sample_size == 120


# --- Freezing ------------------------------------------------------------------------------------------------


def test_the_command_freezes_what_its_dry_run_has_said(version):
    campaign = closed_campaign(version, people=210, low=4)
    said = run("freeze_calibration", campaign, "--dry-run")
    assert "206 orang disertakan, 4 tidak" in said
    assert "ya     RAPI: n=206, 4 butir, r=" in said
    assert "Uji coba: tidak ada yang ditulis." in said
    assert not CalibrationSet.objects.exists()
    done = run("freeze_calibration", campaign)
    assert said.splitlines()[:3] == done.splitlines()[:3]
    frozen = CalibrationSet.objects.get()
    assert (frozen.people, frozen.left_out, frozen.campaign_code) == (206, 4, campaign.code)
    assert "rendah" in frozen.inclusion
    assert {row.scale_code for row in Calibration.objects.all()} == {"RAPI", "PEKA"}
    assert AuditEvent.objects.filter(event="calibration.frozen").exists()


def test_the_command_freezes_a_norm_with_its_sentence(version):
    campaign = closed_campaign(version, people=200)
    assert "ya     RAPI: n=200, 5 penyumbang" in run("freeze_norm", campaign, "--dry-run")
    assert not NormSet.objects.exists()
    run("freeze_norm", campaign, "--population", "ASN lima instansi contoh.", "--questionnaire", "bank-kecil")
    frozen = NormSet.objects.get()
    assert frozen.population == "ASN lima instansi contoh."
    assert NormTable.objects.filter(contributor_count=5, largest_contribution=40).count() == 2


def test_freezing_twice_keeps_one_set(version):
    campaign = closed_campaign(version, people=100)
    run("freeze_calibration", campaign)
    run("freeze_calibration", campaign)
    assert CalibrationSet.objects.count() == 1


def test_nothing_is_written_where_no_scale_passes(version):
    campaign = closed_campaign(version, people=20)
    assert "tidak ada yang dibekukan" in run("freeze_calibration", campaign)
    [instrument] = instruments_of(campaign)
    with pytest.raises(NothingToFreeze):
        calibrating.freeze_norm(campaign=campaign, instrument=instrument, by=None)
    assert not CalibrationSet.objects.exists()


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [(["tidak-ada"], "tidak ada"), (["CODE", "--questionnaire", "lain"], "tidak menanyakan")],
)
def test_the_command_says_what_it_does_not_find(version, arguments, sentence):
    campaign = closed_campaign(version, people=2)
    with pytest.raises(CommandError, match=sentence):
        call_command("freeze_norm", *[campaign.code if a == "CODE" else a for a in arguments])


def test_frozen_figures_are_those_of_the_stored_sheets(version):
    campaign = closed_campaign(version, people=200)
    run("freeze_calibration", campaign)
    run("freeze_norm", campaign)
    rule = campaign.instruments.get().rule
    scores = unpack(plan_of(rule.pk), list(ScoreSheet.objects.values_list("scores", flat=True)))
    column = scores.column("RAPI")
    exact = [
        Fraction(100 * int(top), int(bottom))
        for top, bottom in zip(scores.numerator[:, column], scores.denominator[:, column], strict=True)
    ]
    mean = float(sum(exact) / 200)
    frozen = calibration_of(CalibrationSet.objects.get().pk)["RAPI"]
    assert frozen.mean == pytest.approx(mean)
    assert frozen.sd == pytest.approx((sum((float(s) - mean) ** 2 for s in exact) / 199) ** 0.5)
    group = norms_of(NormSet.objects.get().pk)["RAPI"]
    assert group.n == 200
    below, equal = sum(s < exact[0] for s in exact), sum(s == exact[0] for s in exact)
    assert percentile_rank(group, exact[0]) == Fraction(100 * (2 * below + equal), 400)
