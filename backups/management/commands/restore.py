from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.db import connection

from backups.actions import restore
from backups.archive import BackupError


class Command(BaseCommand):
    help = "Memulihkan basis data dari cadangan, lalu memeriksa bahwa isinya sama dengan aslinya."
    requires_system_checks = ()

    def add_arguments(self, parser):
        parser.add_argument("folder", type=Path, help="folder satu cadangan")
        parser.add_argument(
            "--replace",
            action="store_true",
            help="ganti basis data yang tidak kosong; hentikan dahulu peladen dan pekerja",
        )

    def handle(self, *args, folder, replace, **options):
        try:
            manifest = restore(connection, folder, replace=replace)
        except (BackupError, OSError) as error:
            raise CommandError(str(error)) from error
        self.stdout.write(
            f"Dipulihkan: keadaan {manifest.made_at}, {sum(manifest.rows.values())} baris, isinya sama dengan aslinya. "
            "Jalankan manage.py migrate bila kodenya lebih baru daripada cadangan."
        )
