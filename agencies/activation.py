"""Codes for people within reach: who still needs one, and the sheet to print and cut, or the work of mailing them."""

from dataclasses import dataclass

from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX
from django.db.models import Count, Exists, OuterRef, Q
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from accounts import actions as accounts
from accounts.models import ActivationCode, User
from accounts.nip import mask
from agencies.authorization import Permission, scope_of
from agencies.models import Placement, Role, RoleGrant, Unit
from agencies.policies import PolicyError, check_reason
from background import actions as background
from background.models import BackgroundJob
from typesetting.blocks import Document, Facts, Section, Text

MAIL = "codes.mail"
MOST_CODES = 300  # on one sheet; typesetting takes about a second


@dataclass(frozen=True)
class Waiting:
    """How many within reach cannot sign in yet, how many of them hold a code, and how many could be mailed one."""

    people: int
    with_code: int
    to_mail: int


def places_without_password(user, agency, unit=None):
    """Present places of people within the person's reach who cannot sign in yet; each with the person and the unit.

    Whoever holds a role besides answering is left out: that account's door is not opened by a sheet of paper.
    """
    return _places_in_reach(user, agency, unit).filter(
        ~_holds_a_role(), person__password__startswith=UNUSABLE_PASSWORD_PREFIX
    )


def places_to_mail(user, agency, unit=None):
    """Those of them who have an address and hold no code."""
    return places_without_password(user, agency, unit).exclude(person__email="").filter(~_holds_a_code())


def count_waiting(user, agency) -> Waiting:
    """For the page; one query."""
    counts = places_without_password(user, agency).aggregate(
        people=Count("pk"),
        with_code=Count("pk", filter=_holds_a_code()),
        to_mail=Count("pk", filter=~_holds_a_code() & ~Q(person__email="")),
    )
    return Waiting(**counts)


def issue_sheet(*, agency, unit, numbers, is_again, by, language) -> Document:
    """Makes codes for the people of a unit, or for those of them that are named, and the document that holds them.

    Args:
        is_again: also for those who hold a code that is still good, which it replaces. Named people always get one.

    Raises:
        PolicyError: nobody needs one, a named one is not among them, or too many for one sheet. Nothing is made then.
    """
    places = places_without_password(by, agency, unit)
    if numbers:
        places = places.filter(person__nip__in=numbers)
    elif not is_again:
        places = places.filter(~_holds_a_code())
    places = list(places[: MOST_CODES + 1])
    if len(places) > MOST_CODES:
        raise PolicyError(
            _("Lebih dari %(most)d pegawai. Pilih unit yang lebih kecil; belum ada kode yang dibuat.")
            % {"most": MOST_CODES}
        )
    missing = len(set(numbers) - {place.person.nip for place in places})
    if missing:
        raise PolicyError(
            _(
                "%(count)d NIP bukan pegawai dalam jangkauan Anda yang masih memerlukan kode: salah ketik, sudah aktif "
                "atau memegang peran lain. Belum ada kode yang dibuat."
            )
            % {"count": missing}
        )
    if not places:
        raise PolicyError(
            _("Tidak ada pegawai yang masih memerlukan kode di sini. Tidak ada kode yang dibuat.")
        )
    codes = accounts.issue_codes(users=[place.person for place in places], by=by, agency_id=agency.pk)
    slips = [(place, codes[place.person]) for place in places if place.person in codes]
    return _document(slips, agency, language, lasts=accounts.CODE_LASTS)


def issue_slip(*, agency, number, reason, by, language) -> tuple[Document, User]:
    """Makes a code for one person who forgot the password: its sheet, and the person, who should be told.

    Raises:
        PolicyError: nobody within reach, the person holds a role, or it is the own account.
    """
    place = _places_in_reach(by, agency).filter(person__nip=number).first()
    if place is None or not place.person.has_usable_password():
        raise PolicyError(
            _("Tidak ada pegawai dalam jangkauan Anda dengan NIP ini yang sudah mempunyai kata sandi.")
        )
    if place.person == by:
        raise PolicyError(_("Ini akun Anda sendiri. Ubah kata sandi Anda di menu akun."))
    if RoleGrant.objects.filter(user=place.person).exclude(role=Role.RESPONDENT).exists():
        raise PolicyError(
            _("Akun ini memegang peran lain. Kata sandinya hanya dapat diatur ulang oleh operator teknis.")
        )
    check_reason(reason)
    code = accounts.issue_forgotten_code(user=place.person, reason=reason, by=by, agency_id=agency.pk)
    document = _document([(place, code)], agency, language, lasts=accounts.FORGOTTEN_CODE_LASTS)
    return document, place.person


def ask_to_mail(*, agency, unit, by):
    """Asks workers to mail codes to everybody of a unit who has an address and holds no code.

    Raises:
        PolicyError: there is nobody.
    """
    if not places_to_mail(by, agency, unit).exists():
        raise PolicyError(
            _("Tidak ada pegawai tanpa kode yang mempunyai alamat surel di sini. Tidak ada yang dikirim.")
        )
    unit = unit or Unit.objects.get(agency=agency, parent=None)
    return background.start(kind=MAIL, subject_id=unit.pk, agency_id=agency.pk, by=by)


def last_mailing(agency):
    """The newest piece of work that mailed codes for the agency; None before there was any."""
    return BackgroundJob.objects.filter(kind=MAIL, agency_id=agency.pk).first()


def _places_in_reach(user, agency, unit=None):
    scope = scope_of(user, Permission.MANAGE_PEOPLE)
    places = Placement.objects.filter(
        scope.condition(agency="unit__agency", path="unit__path"),
        valid_to__isnull=True,
        unit__agency=agency,
        person__is_active=True,
        person__is_superuser=False,
    )
    if unit is not None:
        places = places.filter(unit__path__startswith=unit.path)
    return places.select_related("person", "unit").order_by("unit__path", "person__name", "pk")


def _holds_a_role():
    return Exists(RoleGrant.objects.filter(user=OuterRef("person")).exclude(role=Role.RESPONDENT))


def _holds_a_code():
    return Exists(ActivationCode.objects.filter(user=OuterRef("person"), expires_at__gt=timezone.now()))


def _document(slips, agency, language, *, lasts):
    until = date_format(timezone.localtime(timezone.now() + lasts), "j F Y H.i")
    return Document(
        kick=agency.name,
        title=_("Kode untuk memasang kata sandi"),
        subtitle=[
            _("Potong dan serahkan hanya kepada orangnya. Kode lama orang yang sama tidak berlaku lagi.")
        ],
        language=language,
        made_at=timezone.now(),
        description=_("Kode sekali pakai untuk akun pegawai"),
        footer=_("Rahasia. Musnahkan lembar yang tidak terpakai."),
        sections=[_slip(place, code, until) for place, code in slips],
    )


def _slip(place, code, until):
    facts = [
        (_("Unit kerja"), place.unit.name),
        (_("NIP"), mask(place.person.nip or "")),
        (_("Kode"), code),
        (_("Berlaku sampai"), until),
    ]
    how = _(
        "Buka halaman masuk, pilih Aktifkan akun, isi NIP lengkap dan kode ini, lalu pilih kata sandi sendiri."
    )
    return Section(place.person.get_full_name(), [Facts(facts), Text(how, is_quiet=True)])
