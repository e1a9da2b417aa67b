"""Makes an agency, which only the operator may: from then on its own administrator imports units and people."""

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.core.validators import validate_slug

from agencies.actions import create_agency
from agencies.models import Agency


class Command(BaseCommand):
    help = "Membuat satu instansi beserta unit akarnya; sesudah itu berikan peran administratornya dengan give_role."

    def add_arguments(self, parser):
        parser.add_argument("code", help="kode pendek tanpa spasi, misalnya kab-jenawi")
        parser.add_argument("--name", required=True, help="nama resmi instansi")
        parser.add_argument("--kind", required=True, choices=Agency.Kind.values)
        parser.add_argument("--time-zone", required=True, choices=Agency.TimeZone.values)
        parser.add_argument(
            "--dpo-contact",
            required=True,
            help="kontak petugas pelindungan data pribadi, sebaiknya surel jabatan",
        )

    def handle(self, *, code, name, kind, time_zone, dpo_contact, **options):
        try:
            validate_slug(code)
        except ValidationError:
            raise CommandError(
                "Kode hanya boleh berisi huruf, angka, tanda hubung, dan garis bawah. Tidak ada yang dibuat."
            ) from None
        if Agency.objects.filter(code=code).exists():
            raise CommandError(f"Sudah ada instansi dengan kode {code}. Tidak ada yang dibuat atau diubah.")
        agency = create_agency(
            code=code, name=name, kind=kind, time_zone=time_zone, dpo_contact=dpo_contact, by=None
        )
        self.stdout.write(
            f"{agency.name} dibuat. Lanjutkan: manage.py give_role agency_administrator --agency {code}"
        )
