"""What whoever runs the measurement can do with a closed campaign in the admin: freeze figures, score again."""

from django.contrib import admin, messages
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from assessments import calibrating
from assessments.calibrating import NoSample
from assessments.models import Attempt
from assessments.rescore_report import lines_of
from assessments.rescoring import CannotRescore, rescore_campaign
from assessments.samples import DamagedAnswers
from scoring.actions import NothingToFreeze

# A page that is awaited longer than some ten seconds is given up by browsers and balancers.
MOST_WHILE_WAITING = 5_000


@admin.action(description=gettext_lazy("Bekukan kalibrasi dari jawaban periode ini"))
def freeze_calibration(modeladmin, request, queryset):
    for instrument in queryset:
        frozen = _frozen(calibrating.freeze_calibration, request, instrument)
        if frozen is not None:
            _tell_frozen(request, frozen, _("Kalibrasi %(number)s untuk %(version)s: %(scales)s."))


@admin.action(description=gettext_lazy("Bekukan kelompok norma dari jawaban periode ini"))
def freeze_norm(modeladmin, request, queryset):
    for instrument in queryset:
        frozen = _frozen(calibrating.freeze_norm, request, instrument)
        if frozen is not None:
            _tell_frozen(request, frozen, _("Kelompok norma %(number)s untuk %(version)s: %(scales)s."))


def _frozen(freeze, request, instrument):
    """The frozen set, or None after a sentence that says why there is none."""
    try:
        return freeze(campaign=instrument.campaign, instrument=instrument, by=request.user)
    except (NoSample, DamagedAnswers, NothingToFreeze) as error:
        messages.warning(request, f"{instrument.version}: {error}")
        return None


def _tell_frozen(request, frozen, sentence):
    count = frozen.scales.count()
    scales = ngettext("%(count)s skala", "%(count)s skala", count) % {"count": count}
    words = {"number": frozen.number, "version": frozen.version, "scales": scales}
    messages.success(request, sentence % words)


@admin.action(description=gettext_lazy("Periksa apa yang berubah bila skor dihitung ulang"))
def try_rescoring(modeladmin, request, queryset):
    _rescore(request, queryset, is_dry_run=True)


@admin.action(description=gettext_lazy("Hitung ulang skor seluruh periode (lembar lama tetap)"))
def rescore(modeladmin, request, queryset):
    _rescore(request, queryset, is_dry_run=False)


def _rescore(request, queryset, *, is_dry_run):
    """Scores whole campaigns, each once, whichever of its instruments was ticked."""
    for campaign in {instrument.campaign_id: instrument.campaign for instrument in queryset}.values():
        sent = Attempt.objects.filter(assignment__campaign=campaign, state=Attempt.State.SUBMITTED).count()
        if sent > MOST_WHILE_WAITING:
            messages.warning(request, _too_many(campaign, sent))
            continue
        try:
            changes = rescore_campaign(campaign=campaign, by=request.user, is_dry_run=is_dry_run)
        except CannotRescore as error:
            messages.warning(request, f"{campaign}: {error}")
            continue
        for line in lines_of(changes, smallest=campaign.minimum_group_size):
            messages.info(request, line.strip())
        if is_dry_run:
            messages.info(request, _("Uji coba: tidak ada yang ditulis."))


def _too_many(campaign, sent):
    return _(
        "%(campaign)s: %(sent)s pengisian terlalu banyak untuk ditunggu di halaman ini; tidak ada yang ditulis. "
        "Jalankan manage.py rescore_campaign %(code)s di server."
    ) % {"campaign": campaign, "sent": sent, "code": campaign.code}


MEASURING = (freeze_calibration, freeze_norm, try_rescoring, rescore)
