"""From a closed campaign to its technical report."""

from django.utils.translation import gettext as _

from assessments.bank_quality import report_of
from assessments.models import Campaign, CampaignInstrument
from questionnaires.changes import present
from questionnaires.document import load_document
from questionnaires.models import Version
from reports.technical import figures
from reports.technical import sample as reads
from reports.technical.values import (
    Basis,
    EarlierCampaign,
    EarlierVersion,
    InstrumentReport,
    ResponseRate,
    TechnicalReport,
)
from scoring.models import CalibrationSet, NormSet, ScoringRule
from scoring.rule_differences import compare_rules
from scoring.rules import describe, from_document
from scoring.selectors import facts_of, latest_rule


class NotYet(LookupError):
    """There is no report of this campaign yet; the message is the sentence that the user reads."""


def technical_report(campaign: Campaign, *, language: str) -> TechnicalReport:
    """How well the questionnaires of a closed campaign measured.

    Args:
        language: of the names of questionnaires and scales; sentences come in the active language.

    Raises:
        NotYet: the campaign is not closed.
        DamagedAnswers: stored answers do not fit their version.
    """
    if campaign.state != Campaign.State.CLOSED:
        raise NotYet(_("Periode ini belum ditutup; selama itu hanya tingkat partisipasi yang terlihat."))
    instruments = campaign.instruments.select_related("campaign", "version__questionnaire", "rule").order_by(
        "position"
    )
    return TechnicalReport(
        campaign=campaign.title,
        agency=campaign.agency.name if campaign.agency else _("Semua instansi"),
        opened_at=campaign.opens_at,
        closed_at=campaign.closed_at,
        minimum_group_size=campaign.minimum_group_size,
        instruments=tuple(_instrument(campaign, each, language) for each in instruments),
    )


def _instrument(campaign, instrument: CampaignInstrument, language) -> InstrumentReport:
    document = load_document(instrument.version_id)
    sample = reads.read_sample(instrument)
    quality = _item_report(instrument, sample, language)
    groups = (
        (_("PPPK dibandingkan dengan PNS"), sample.is_contract),
        (_("Yang membawahi pegawai lain dibandingkan dengan yang tidak"), sample.supervises),
    )
    return InstrumentReport(
        title=document.title.in_language(language),
        version=instrument.version.number,
        items=len(document.items),
        started=sample.started,
        people=sample.people,
        rates=_rates(campaign, instrument),
        scales=quality.scales if quality else (),
        screenings=quality.screenings if quality else (),
        quality=figures.response_quality(reads.told_quality(instrument)),
        climate=figures.climates(
            document,
            sample.stored,
            sample.units,
            smallest=campaign.minimum_group_size,
            language=language,
        ),
        comparisons=figures.compare_groups(document, sample.stored, groups) if sample.people else (),
        basis=_basis(instrument, language),
        earlier_version=_earlier_version(instrument),
        earlier_campaign=_earlier_campaign(campaign, instrument, language),
    )


def _item_report(instrument, sample, language):
    """The item statistics of a sample; None where nobody has sent anything."""
    if not sample.people:
        return None
    return report_of(instrument.version, sample.stored, campaign=instrument.campaign, language=language)


def _rates(campaign, instrument) -> tuple[ResponseRate, ...]:
    rows = [
        (str(job.label), str(kind.label), asked, sent)
        for job, kind, asked, sent in reads.response_counts(instrument)
    ]
    return figures.response_rates(rows, smallest=campaign.minimum_group_size, everybody=_("Semua"))


def _basis(instrument, language) -> Basis | None:
    told = reads.told_basis(instrument)
    if not told["rule_id"]:
        return None
    names = {
        scale.code: scale.name.in_language(language) for scale in load_document(instrument.version_id).scales
    }
    rule = from_document(instrument.rule.document)
    return Basis(
        rule=_("Aturan skor %(number)s: %(label)s")
        % {"number": instrument.rule.number, "label": rule.label.in_language(language)},
        rule_sentences=describe(rule, language, names),
        engines=tuple(sorted(told["engine_version"])),
        calibrations=tuple(_frozen(CalibrationSet, each) for each in sorted(told["calibration_id"])),
        norms=tuple(_frozen(NormSet, each) for each in sorted(told["norm_id"])),
        scored_again=reads.times_scored_again(instrument),
    )


def _frozen(sets, set_id) -> str:
    facts = facts_of(sets, set_id)
    return _("nomor %(number)s, n = %(people)s: %(population)s") % facts


def _earlier_version(instrument) -> EarlierVersion | None:
    version = instrument.version
    earlier = (
        Version.objects.filter(
            questionnaire=version.questionnaire_id, number__lt=version.number, status__in=Version.FROZEN
        )
        .order_by("-number")
        .first()
    )
    if earlier is None:
        return None
    rule = latest_rule(earlier)
    names = {scale["code"]: scale["name"]["id"] for scale in version.document["scales"]}
    return EarlierVersion(
        number=earlier.number,
        changes=present(earlier.document, version.document),
        rule_changes=_rule_changes(rule, instrument.rule, names),
    )


def _rule_changes(before: ScoringRule | None, after: ScoringRule, names):
    if before is None:
        return ()
    return compare_rules(from_document(before.document), from_document(after.document), names)


def _earlier_campaign(campaign, instrument, language) -> EarlierCampaign | None:
    """The last time that the same agency asked the same questionnaire, if anybody answered then."""
    earlier = (
        CampaignInstrument.objects.filter(
            version__questionnaire=instrument.version.questionnaire_id,
            campaign__agency=campaign.agency_id,
            campaign__unit=campaign.unit_id,
            campaign__state=Campaign.State.CLOSED,
            campaign__closed_at__lt=campaign.closed_at,
        )
        .select_related("campaign", "version", "rule")
        .order_by("-campaign__closed_at")
        .first()
    )
    if earlier is None:
        return None
    sample = reads.read_sample(earlier)
    quality = _item_report(earlier, sample, language)
    if quality is None:
        return None
    return EarlierCampaign(
        title=earlier.campaign.title,
        version=earlier.version.number,
        people=sample.people,
        rate=_rates(earlier.campaign, earlier)[0],
        alphas={scale.code: scale.statistics.alpha for scale in quality.scales},
    )
