from argparse import ArgumentTypeError
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.db import connection

from backups.actions import back_up
from backups.archive import BackupError, remove_all_but


class Command(BaseCommand):
    help = "Mencadangkan seluruh basis data ke sebuah folder, tanpa menghentikan peladen."
    requires_system_checks = ()

    def add_arguments(self, parser):
        parser.add_argument("into", type=Path, help="folder tempat cadangan-cadangan disimpan")
        parser.add_argument(
            "--keep",
            type=_at_least_one,
            help="hapus cadangan tertua sampai tersisa sekian; bawaan: simpan semua",
        )

    def handle(self, *args, into, keep, **options):
        try:
            made = back_up(connection, into)
        except (BackupError, OSError) as error:
            raise CommandError(f"Tidak ada cadangan yang dibuat. {error}") from error
        self.stdout.write(
            f"{made.folder}: {sum(made.manifest.rows.values())} baris dalam {len(made.manifest.rows)} tabel, isi "
            f"{made.manifest.content}"
        )
        if keep:
            for gone in remove_all_but(into, keep):
                self.stdout.write(f"{gone}: dihapus")


def _at_least_one(text):
    if not text.isdecimal() or int(text) < 1:
        raise ArgumentTypeError("isilah bilangan mulai dari 1")
    return int(text)
