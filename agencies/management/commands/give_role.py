"""Gives a role that nobody can give on a page: the first administrator's, the general ones, the auditor's."""

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from accounts import actions as accounts
from accounts.models import User
from accounts.nip import NipError, normalise
from agencies.actions import grant_role
from agencies.models import Agency, Role
from agencies.policies import PolicyError, check_grant, check_reason


class Command(BaseCommand):
    help = (
        "Memberi seseorang peran; akunnya dibuat bila belum ada, dan kode aktivasinya ditampilkan sekali. "
        "NIP, nama, dan alasan ditanyakan, supaya tidak tertinggal di riwayat perintah."
    )

    def add_arguments(self, parser):
        parser.add_argument("role", choices=[role for role in Role.values if role != Role.RESPONDENT])
        parser.add_argument(
            "--agency", help="kode instansi; dikosongkan untuk peran yang berlaku di semua instansi"
        )

    def handle(self, *, role, agency, **options):
        try:
            place = _agency(agency)
            check_grant(role, place, None)
            with transaction.atomic():
                person = self._person()
                reason = input(
                    f"Alasan memberi peran {Role(role).label} kepada {person.get_full_name()}: "
                ).strip()
                check_reason(reason)
                grant_role(user=person, role=role, agency=place, reason=reason, by=None)
                codes = accounts.issue_codes(users=[person], by=None, agency_id=place.pk if place else None)
        except (PolicyError, NipError) as fault:
            raise CommandError(f"{fault} Tidak ada yang dibuat atau diubah.") from None
        self.stdout.write(f"{person.get_full_name()} kini {Role(role).label}.")
        for code in codes.values():
            self.stdout.write(
                f"Kode aktivasi: {code}\nSerahkan langsung kepada orangnya; kode ini tidak dapat ditampilkan lagi."
            )

    def _person(self):
        number = normalise(input("NIP: "))
        known = User.objects.filter(nip=number).first()
        return known or accounts.create_user(nip=number, name=self._name(), by=None)

    def _name(self):
        name = input("Belum ada akun dengan NIP itu. Nama lengkap tanpa gelar: ").strip()
        if not name:
            raise CommandError("Nama belum diisi. Tidak ada yang dibuat atau diubah.")
        return name


def _agency(code):
    if code is None:
        return None
    try:
        return Agency.objects.get(code=code)
    except Agency.DoesNotExist:
        raise CommandError(
            f"Tidak ada instansi dengan kode {code}. Tidak ada yang dibuat atau diubah."
        ) from None
