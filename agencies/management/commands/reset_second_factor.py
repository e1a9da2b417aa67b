"""Resets a second factor that no administrator may reset: of operators, and of roles that reach beyond one agency."""

from django.core.management.base import BaseCommand, CommandError

from accounts.models import User
from accounts.nip import normalise
from agencies.actions import reset_second_factor


class Command(BaseCommand):
    help = (
        "Mengatur ulang faktor kedua seseorang di luar jangkauan administrator instansi. NIP dan alasan ditanyakan, "
        "supaya tidak tertinggal di riwayat perintah."
    )

    def handle(self, **options):
        person = User.objects.filter(nip=normalise(input("NIP: "))).first()
        if person is None:
            raise CommandError("Tidak ada akun dengan NIP itu. Tidak ada yang diubah.")
        reason = input(f"Alasan mengatur ulang faktor kedua {person.get_full_name()}: ").strip()
        if len(reason) < 10:
            raise CommandError("Alasannya terlalu pendek (paling sedikit 10 huruf). Tidak ada yang diubah.")
        reset_second_factor(person=person, reason=reason, by=None)
        self.stdout.write("Faktor kedua diatur ulang dan semua perangkatnya dikeluarkan.")
