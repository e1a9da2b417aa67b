from django.core.management.base import BaseCommand, CommandError

from accounts.models import User
from accounts.nip import normalise
from privacy.erasing import StillNeeded, erase_person

SHORTEST_REASON = 10


class Command(BaseCommand):
    help = (
        "Menghapus semua data seseorang untuk selamanya, atas permintaannya. NIP dan alasan ditanyakan, supaya tidak "
        "tertinggal di riwayat perintah. Hasil agregat yang sudah dibekukan tetap; salinan di cadangan hilang bersama "
        "cadangannya."
    )

    def handle(self, **options):
        person = self._person()
        if person is None:
            raise CommandError("Tidak ada akun dengan NIP itu. Tidak ada yang dihapus.")
        reason = input("Nomor permintaan atau alasan, tanpa nama: ").strip()
        if len(reason) < SHORTEST_REASON:
            raise CommandError(
                f"Alasannya terlalu pendek (paling sedikit {SHORTEST_REASON} huruf). Tidak ada yang dihapus."
            )
        name = person.get_full_name()
        if input(f"Ketik nama lengkapnya ({name}) untuk menghapus datanya selamanya: ").strip() != name:
            raise CommandError("Namanya tidak sama. Tidak ada yang dihapus.")
        try:
            erasure = erase_person(person=person, reason=reason, by=None)
        except StillNeeded as error:
            raise CommandError(str(error)) from error
        self.stdout.write(
            f"{erasure.removed} baris dihapus; nama diambil dari {erasure.events} peristiwa jejak audit. Hapus lagi "
            "orang ini bila basis data pernah dipulihkan dari cadangan yang lebih lama."
        )

    def _person(self):
        """None where there is nobody. Two accounts can have one number, each sealed with another key (seal_nips)."""
        found = {str(person.pk): person for person in User.objects.filter(nip=normalise(input("NIP: ")))}
        if len(found) > 1:
            return found.get(input(f"Akun {', '.join(found)} mempunyai NIP itu. Nomor akun: ").strip())
        return next(iter(found.values()), None)
