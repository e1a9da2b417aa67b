"""What an agency tells its people about their data: privacy notices by number, and whom to ask."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from agencies.models import Agency, PrivacyNotice
from agencies.policies import PolicyError
from audit.actions import record

# The notice that comes with the product: what holds for every agency as long as it has published none of its own.
STANDARD = "baku-1"


def current_version(agency) -> str:
    """The version of the notice that the agency's next period names."""
    newest = agency.privacy_notices.order_by("-number").first()
    return str(newest.number) if newest else STANDARD


def versions_of(agency) -> list[tuple[str, str]]:
    """``(version, name)`` of every notice of the agency, the newest first, and of the standard one."""
    own = [
        (str(notice.number), name_of(str(notice.number)))
        for notice in agency.privacy_notices.order_by("-number").only("number")
    ]
    return [*own, (STANDARD, name_of(STANDARD))]


def name_of(version: str) -> str:
    """How a version is called."""
    return _("Baku, nomor 1") if version == STANDARD else _("Nomor %(number)s") % {"number": version}


def notice_of(agency, version: str) -> PrivacyNotice | None:
    """A notice of the agency's own; None where the standard one holds."""
    return agency.privacy_notices.filter(number=int(version)).first() if version.isdecimal() else None


@transaction.atomic
def publish_notice(*, agency, text_id, text_en, by) -> PrivacyNotice:
    """Publishes the agency's next notice; periods that are open keep theirs.

    Raises:
        PolicyError: a language is missing, or nothing has changed.
    """
    text_id, text_en = text_id.strip(), text_en.strip()
    if not text_id or not text_en:
        raise PolicyError(_("Tuliskan pemberitahuan dalam kedua bahasa."))
    # Two tabs must not give the same number.
    agency = Agency.objects.select_for_update().get(pk=agency.pk)
    newest = agency.privacy_notices.order_by("-number").first()
    if newest and (newest.text_id, newest.text_en) == (text_id, text_en):
        raise PolicyError(
            _("Tidak ada yang berubah dari pemberitahuan terakhir. Tidak ada yang diterbitkan.")
        )
    notice = PrivacyNotice.objects.create(
        agency=agency,
        number=newest.number + 1 if newest else 1,
        text_id=text_id,
        text_en=text_en,
        published_at=timezone.now(),
        published_by=by,
    )
    record(
        event="privacy_notice.published",
        by=by,
        target=notice,
        agency_id=agency.pk,
        detail={"number": notice.number},
    )
    return notice


@transaction.atomic
def change_dpo_contact(*, agency, contact, by) -> bool:
    """Says whom people of the agency ask about their data; returns whether that is new.

    Raises:
        PolicyError: nobody is named.
    """
    contact = contact.strip()
    if not contact:
        raise PolicyError(
            _("Isilah kontaknya: UU 27/2022 Pasal 53 mewajibkan petugas pelindungan data pribadi.")
        )
    if not Agency.objects.filter(pk=agency.pk).exclude(dpo_contact=contact).update(dpo_contact=contact):
        return False
    record(event="agency.dpo_contact_changed", by=by, target=agency, agency_id=agency.pk)
    return True
