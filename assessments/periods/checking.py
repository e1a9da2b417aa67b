"""What stands in the way of opening a period, and what its maker should know before: one sentence each."""

from dataclasses import dataclass
from enum import IntEnum

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from agencies.templatetags.local_time import long_date
from assessments.models import Audience, Campaign, CampaignInstrument
from assessments.periods.audience import Sizes
from questionnaires.document import load_document
from questionnaires.models import Version

# Units named one by one in a remark; the others are counted.
_NAMED_UNITS = 8


class Step(IntEnum):
    """The four steps of the form."""

    QUESTIONNAIRES = 1
    PEOPLE = 2
    TIMES = 3
    CHECK = 4


@dataclass(frozen=True)
class Problem:
    """One sentence, and the step where it is mended. ``is_blocking``: the period cannot be opened with it."""

    text: str
    step: Step
    is_blocking: bool = True


def find_problems(campaign: Campaign, sizes: Sizes, *, now) -> tuple[Problem, ...]:
    """Everything about a draft, in the order of the form."""
    return (
        *_about_questionnaires(campaign),
        *_about_people(campaign, sizes),
        *_about_times(campaign, now),
        *_about_law(campaign),
        *_about_overlaps(campaign),
    )


def _about_questionnaires(campaign):
    if not campaign.title.strip():
        yield Problem(_("Periode ini belum mempunyai judul."), Step.QUESTIONNAIRES)
    instruments = list(campaign.instruments.select_related("version").defer("version__document"))
    if not instruments:
        yield Problem(_("Belum ada kuesioner yang dipilih."), Step.QUESTIONNAIRES)
    for instrument in instruments:
        if instrument.version.status != Version.Status.PUBLISHED:
            title = load_document(instrument.version_id).title.in_language(get_language() or "id")
            text = _("Versi %(number)d dari %(title)s sudah ditarik. Pilih versi yang terbit.")
            yield Problem(text % {"number": instrument.version.number, "title": title}, Step.QUESTIONNAIRES)


def _about_people(campaign, sizes):
    if sizes.total == 0:
        yield Problem(_("Belum ada seorang pegawai pun yang termasuk dalam sasaran."), Step.PEOPLE)
        return
    minimum = campaign.minimum_group_size
    if sizes.total < minimum:
        text = _(
            "Sasarannya hanya %(people)d orang, kurang dari %(minimum)d. Laporan pribadi tetap ada, tetapi hasil "
            "kelompok tidak akan tampil."
        )
        yield Problem(text % {"people": sizes.total, "minimum": minimum}, Step.PEOPLE, is_blocking=False)
    elif sizes.small:
        yield Problem(_small_units(sizes.small, minimum), Step.PEOPLE, is_blocking=False)
    audience = campaign.audience
    if audience.base == Audience.Base.LIST and audience.rejected_rows:
        text = ngettext(
            "%(rows)d baris daftar yang diunggah tidak dapat dipakai dan tidak ikut ditugasi.",
            "%(rows)d baris daftar yang diunggah tidak dapat dipakai dan tidak ikut ditugasi.",
            audience.rejected_rows,
        )
        yield Problem(text % {"rows": audience.rejected_rows}, Step.PEOPLE, is_blocking=False)


def _small_units(small, minimum):
    names = ", ".join(size.unit.name for size in small[:_NAMED_UNITS])
    if len(small) > _NAMED_UNITS:
        names = _("%(names)s, dan %(others)d unit lain") % {
            "names": names,
            "others": len(small) - _NAMED_UNITS,
        }
    text = ngettext(
        "%(units)d unit berisi kurang dari %(minimum)d orang, jadi hasilnya sendiri tidak tampil dan hanya ikut "
        "dihitung pada unit di atasnya: %(names)s.",
        "%(units)d unit berisi kurang dari %(minimum)d orang, jadi hasilnya sendiri tidak tampil dan hanya ikut "
        "dihitung pada unit di atasnya: %(names)s.",
        len(small),
    )
    return text % {"units": len(small), "minimum": minimum, "names": names}


def _about_times(campaign, now):
    if campaign.opens_at is None:
        yield Problem(_("Waktu pembukaan belum diisi."), Step.TIMES)
    if campaign.closes_at is None:
        yield Problem(_("Batas waktu belum diisi."), Step.TIMES)
    if campaign.opens_at is None or campaign.closes_at is None:
        return
    if campaign.closes_at <= campaign.opens_at:
        yield Problem(_("Batas waktu mendahului waktu pembukaan."), Step.TIMES)
    elif campaign.closes_at <= now:
        yield Problem(_("Batas waktunya sudah lewat."), Step.TIMES)
    elif campaign.opens_at <= now:
        text = _("Waktu pembukaan sudah lewat, jadi pegawai dapat mengisi segera setelah periode dibuka.")
        yield Problem(text, Step.TIMES, is_blocking=False)


def _about_law(campaign):
    if not campaign.legal_basis:
        yield Problem(_("Dasar hukum belum diisi."), Step.TIMES)
    if not campaign.dpia_reference:
        text = _(
            "Rujukan penilaian dampak pelindungan data pribadi (DPIA) belum diisi. Menilai orang termasuk pemrosesan "
            "berisiko tinggi (UU 27/2022 Pasal 34), jadi tanpa DPIA periode tidak dapat dibuka."
        )
        yield Problem(text, Step.TIMES)
    if not campaign.notice_version:
        yield Problem(_("Versi pemberitahuan privasi belum diisi."), Step.TIMES)


def _about_overlaps(campaign):
    for other, title in _overlapping(campaign):
        with timezone.override(campaign.agency.zone):
            first, last = long_date(other.opens_at), long_date(other.closes_at)
        text = _(
            "%(questionnaire)s juga ditanyakan dalam periode %(period)s (%(first)s sampai %(last)s). Pegawai yang "
            "termasuk dalam keduanya mengisinya dua kali."
        )
        yield Problem(
            text % {"questionnaire": title, "period": other.title, "first": first, "last": last},
            Step.QUESTIONNAIRES,
            is_blocking=False,
        )


def _overlapping(campaign):
    """``(period, title)`` of open periods that ask the same questionnaire of the same agency at the same time."""
    if campaign.opens_at is None or campaign.closes_at is None:
        return
    asked = campaign.instruments.values("version__questionnaire")
    others = (
        CampaignInstrument.objects.filter(
            Q(campaign__agency_id=campaign.agency_id) | Q(campaign__agency__isnull=True),
            campaign__state=Campaign.State.OPEN,
            campaign__opens_at__lt=campaign.closes_at,
            campaign__closes_at__gt=campaign.opens_at,
            version__questionnaire__in=asked,
        )
        .select_related("campaign")
        .order_by("campaign__opens_at", "campaign_id", "position")
    )
    language = get_language() or "id"
    for row in others:
        yield row.campaign, load_document(row.version_id).title.in_language(language)
